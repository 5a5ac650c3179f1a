// Every attack in hostile/ is handed in beside honest work: none earns a point,
// reads a file that it may not, outlives its run, or costs somebody else one.
// What stands in hostile/honest is right, however odd, and gets every point.
//
// Each .cpp file begins with what it tries and which outcomes may come of it.
// Its text replaces module 04 of the real course; see hostile/base.cpp. Code
// that has done what must not be possible throws a text with "escaped: ".
// Some reach into the process of the tests and change their verdicts: only the
// probes answer those.
#include <unistd.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "fake_course.hpp"
#include "grader/batch.hpp"
#include "grader/process.hpp"
#include "grader/report.hpp"
#include "grader/sandbox.hpp"
#include "grader/scratch.hpp"
#include "json_of.hpp"
#include "support/catch.hpp"

namespace fs = std::filesystem;

namespace {

constexpr const char* kCanaryText = "canary-7c0b1e-must-not-leak";
const fs::path kAttacks = COURSE_DIR "/tests/grader/hostile";
const fs::path kBase = kAttacks / "base.cpp";
const fs::path kHonest = COURSE_DIR "/solutions/04_losses/src/losses.cpp";

std::string replaced(std::string text, const std::string& from,
                     const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos;
       at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// The words after "// expect:".
std::set<std::string> expected_of(const std::string& text) {
  const std::string mark = "// expect:";
  const auto at = text.find(mark);
  if (at == std::string::npos) return {};
  std::istringstream line(
      text.substr(at + mark.size(), text.find('\n', at) - at - mark.size()));
  std::set<std::string> words;
  for (std::string word; line >> word;) words.insert(word);
  return words;
}

/// A directory of submissions: all attacks, and honest ones between them.
class Class {
 public:
  explicit Class(const fs::path& attacks) {
    // Only the sandbox keeps it from being read.
    fs::permissions(directory_.path(), fs::perms(0755));
    fs::create_directory(temporary());
    fake::spit(canary(), std::string(kCanaryText) + "\n");
    for (const auto& entry : fs::directory_iterator(attacks)) {
      if (entry.path().extension() == ".cpp") add_attack(entry.path());
    }
    const std::string honest = fake::slurp(kHonest);
    for (const char* id : {"a_honest", "m_honest", "z_honest"}) {
      hand_in_honest(id, honest);
    }
    for (const auto& entry : fs::directory_iterator(kAttacks / "honest")) {
      hand_in_honest("honest_" + entry.path().stem().string(),
                     fake::slurp(entry.path()) + honest);
    }
    hand_in_honest("honest_bytes",
                   "\xef\xbb\xbf// Gr\xfc\xdf"
                   "e \f\v\r\n" +
                       replaced(honest, "\n", "\r\n") + "// end");
  }

  /// What make_archives.py makes, and says of it.
  void add_archives() {
    grader::Command command;
    command.argv = {"python3", kAttacks / "make_archives.py", submissions(),
                    kHonest};
    const auto result = grader::run(command);
    INFO(result.error << result.output);
    REQUIRE(result.ok());
    std::istringstream lines(result.output);
    for (std::string line; std::getline(lines, line);) {
      const auto tab = line.find('\t');
      const std::string outcome = line.substr(tab + 1);
      if (outcome == "refused") {
        ++refused_;
      } else {
        expected_[line.substr(0, line.find('.'))] = {outcome};
      }
    }
  }

  fs::path submissions() const { return directory_.path() / "submissions"; }
  fs::path canary() const { return directory_.path() / "canary.txt"; }
  /// For the grader's own files.
  fs::path temporary() const { return directory_.path() / "temporary"; }
  /// Outcomes by id.
  const std::map<std::string, std::set<std::string>>& expected() const {
    return expected_;
  }
  std::size_t refused() const { return refused_; }

 private:
  void add_attack(const fs::path& file) {
    const std::string name = file.stem(), base = fake::slurp(kBase);
    const std::string text =
        replaced(replaced(fake::slurp(file), "@CANARY@", canary()), "@COURSE@",
                 COURSE_DIR);
    expected_[name] =
        file == kBase ? std::set<std::string>{"failed"} : expected_of(text);
    hand_in(name, file == kBase ? base : text + base);
  }

  void hand_in_honest(const std::string& id, const std::string& text) {
    hand_in(id, text);
    expected_[id] = {"passed"};
  }

  void hand_in(const std::string& id, const std::string& text) const {
    fake::spit(submissions() / id / "modules/04_losses/src/losses.cpp", text);
  }

  fake::TemporaryDirectory directory_;
  std::map<std::string, std::set<std::string>> expected_;
  std::size_t refused_ = 0;
};

grader::Report grade(const fs::path& submissions) {
  const auto toolchain = grader::Toolchain::load(fake::build_directory());
  toolchain.build_grading({"04_losses"});
  const auto curriculum = grader::Curriculum::load(toolchain.curriculum());
  grader::GradeOptions options;
  options.modules = {"04"};
  options.key = "hostile";
  options.test_limits = grader::default_test_limits();
  options.test_limits.cpu = std::chrono::seconds(1);
  options.test_limits.wall = std::chrono::seconds(5);
  options.build_limits = grader::default_build_limits();
  // A bomb costs all of it; honest code costs six seconds on a slow machine.
  options.build_limits.cpu = std::chrono::seconds(20);
  const grader::Scratch scratch;
  const grader::Grader grader(curriculum, toolchain, options, scratch.path());
  const auto entries = grader::find_entries(submissions);
  grader::Report report;
  grader::BatchOptions batch;
  batch.jobs = 2;
  report.grades = grade_all(grader, entries.accepted, batch);
  report.refused = entries.refused;
  return report;
}

/// Processes that still see something of this test's scratch directory. Other
/// tests may grade at the same time.
std::vector<std::string> survivors(const fs::path& scratch) {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const std::string mounts = fake::slurp(entry.path() / "mountinfo");
    if (mounts.find(scratch.string()) == std::string::npos) continue;
    found.push_back(fake::slurp(entry.path() / "status"));
  }
  return found;
}

/// The first thing in a report that must not reach a terminal, a spreadsheet
/// or a log: a control or a bidirectional character. Empty if there is none.
std::string harm_in(const std::string& text) {
  const auto at = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool plain = at(i) >= 32 || at(i) == '\n' || at(i) == '\t' ||
                       (at(i) == '\r' && at(i + 1) == '\n');
    const bool c1 = at(i) == 0xc2 && at(i + 1) < 0xa0;
    const bool bidirectional =
        at(i) == 0xe2 &&
        ((at(i + 1) == 0x80 && at(i + 2) >= 0x8e && at(i + 2) <= 0x8f) ||
         (at(i + 1) == 0x80 && at(i + 2) >= 0xaa && at(i + 2) <= 0xae) ||
         (at(i + 1) == 0x81 && at(i + 2) >= 0xa6 && at(i + 2) <= 0xa9));
    if (plain && at(i) != 127 && !c1 && !bidirectional) continue;
    return nlohmann::json(text.substr(i < 60 ? 0 : i - 60, 80))
        .dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  }
  return "";
}

std::string list(const std::set<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += " " + word;
  return text;
}

void check_points(const grader::Report& report, const Class& class_) {
  for (const auto& grade : report.grades) {
    const auto& module = grade.modules.front();
    const std::string outcome = to_string(module.outcome);
    INFO(grade.id << ": expected" << list(class_.expected().at(grade.id))
                  << ", got " << outcome << " and " << grade.points()
                  << " points: " << module.detail);
    CHECK(class_.expected().at(grade.id).count(outcome) == 1);
    CHECK(grade.points() == (outcome == "passed" ? 100 : 0));
  }
}

void check_text(const std::string& text) {
  CHECK(text.size() < 6'000'000);
  CHECK(text.find(kCanaryText) == std::string::npos);
  const auto escaped = text.find("escaped: ");
  CHECK((escaped == std::string::npos ? "" : text.substr(escaped, 80)) == "");
  CHECK(harm_in(text) == "");
}

}  // namespace

TEST_CASE("no hostile submission gains, leaks, survives or does harm") {
  Class class_(kAttacks);
  class_.add_archives();
  const fake::TemporaryFilesIn here(class_.temporary());
  const auto report = grade(class_.submissions());
  CHECK(report.grades.size() == class_.expected().size());
  CHECK(report.refused.size() == class_.refused());
  check_points(report, class_);
  for (const auto& write : {json_of, grader::csv, grader::junit}) {
    check_text(write(report));
  }
  CHECK(fake::slurp(class_.canary()) == std::string(kCanaryText) + "\n");
  CHECK(fs::is_empty(class_.temporary()));
  CHECK(survivors(class_.temporary()).empty());
}
