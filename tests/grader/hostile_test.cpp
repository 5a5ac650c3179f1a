// Every attack in hostile/ is handed in beside honest work: none earns a point,
// reads a file that it may not, outlives its run, or costs somebody else one.
//
// Each .cpp file begins with what it tries and which outcomes may come of it.
// Its text replaces module 04 of the real course; see hostile/base.cpp.
#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "fake_course.hpp"
#include "grader/batch.hpp"
#include "grader/report.hpp"
#include "grader/sandbox.hpp"
#include "support/catch.hpp"

namespace fs = std::filesystem;

namespace {

constexpr const char* kCanaryText = "canary-7c0b1e-must-not-leak";
const fs::path kAttacks = COURSE_DIR "/tests/grader/hostile";

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
  Class() {
    // Only the sandbox keeps it from being read.
    fs::permissions(directory_.path(), fs::perms(0755));
    fake::write(canary(), std::string(kCanaryText) + "\n");
    const std::string base = fake::read(kAttacks / "base.cpp");
    for (const auto& entry : fs::directory_iterator(kAttacks)) {
      const std::string name = entry.path().stem();
      if (entry.path().extension() != ".cpp") continue;
      const std::string text = fake::read(entry.path());
      if (name != "base") expected_[name] = expected_of(text);
      hand_in(name, replaced(text, "@CANARY@", canary()) +
                        (name == "base" ? "" : base));
    }
    const fs::path right = COURSE_DIR "/solutions/04_losses/src/losses.cpp";
    for (const char* id : {"a_honest", "m_honest", "z_honest"}) {
      hand_in(id, fake::read(right));
    }
  }

  fs::path submissions() const { return directory_.path() / "submissions"; }
  fs::path canary() const { return directory_.path() / "canary.txt"; }
  /// By the attack's name.
  const std::map<std::string, std::set<std::string>>& expected() const {
    return expected_;
  }

 private:
  void hand_in(const std::string& id, const std::string& text) const {
    fake::write(submissions() / id / "modules/04_losses/src/losses.cpp", text);
  }

  fake::TemporaryDirectory directory_;
  std::map<std::string, std::set<std::string>> expected_;
};

grader::Report grade(const fs::path& submissions) {
  const auto toolchain = grader::Toolchain::load(BUILD_DIR);
  const auto curriculum = grader::Curriculum::load(toolchain.curriculum());
  grader::GradeOptions options;
  options.modules = {"04"};
  options.key = "hostile";
  options.test_limits = grader::default_test_limits();
  options.test_limits.cpu = std::chrono::seconds(1);
  options.test_limits.wall = std::chrono::seconds(5);
  options.build_limits = grader::default_build_limits();
  options.build_limits.cpu = std::chrono::seconds(10);
  const grader::Scratch scratch;
  const grader::Grader grader(curriculum, toolchain, options, scratch.path());
  const auto entries = grader::find_entries(submissions);
  grader::Report report;
  grader::BatchOptions batch;
  batch.jobs = 2;
  report.grades = grade_all(grader, curriculum, entries.accepted, batch);
  report.refused = entries.refused;
  return report;
}

/// Processes of the users that sandboxes belong to.
std::vector<std::string> survivors() {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const std::string status = fake::read(entry.path() / "status");
    const auto at = status.find("\nUid:\t");
    const bool dead = status.find("\nState:\tZ") != std::string::npos;
    if (at == std::string::npos || dead) continue;
    const auto user = std::strtoul(status.c_str() + at + 6, nullptr, 10);
    const auto first = grader::kFirstSlotUser;
    if (user >= first && user < first + 1000) found.push_back(status);
  }
  return found;
}

}  // namespace

TEST_CASE("no hostile submission gains, leaks, survives or does harm") {
  const Class class_;
  const auto report = grade(class_.submissions());
  CHECK(report.grades.size() == class_.expected().size() + 4);
  for (const auto& grade : report.grades) {
    const auto& module = grade.modules.front();
    INFO(grade.id << ": " << to_string(module.outcome) << ": "
                  << module.detail);
    if (grade.id.find("_honest") != std::string::npos) {
      CHECK(grade.points() == 100);
      continue;
    }
    CHECK(grade.points() == 0);
    if (grade.id == "base") continue;
    const auto& expected = class_.expected().at(grade.id);
    CHECK(expected.count(to_string(module.outcome)) == 1);
  }
  CHECK(fake::read(class_.canary()) == std::string(kCanaryText) + "\n");
  CHECK(json(report).find(kCanaryText) == std::string::npos);
  CHECK(csv(report).find(kCanaryText) == std::string::npos);
  CHECK(survivors().empty());
}
