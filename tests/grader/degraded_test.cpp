// Grading without sandboxes: as root, each submission has a user of its own.
#include <unistd.h>

#include "fake_course.hpp"
#include "grader/batch.hpp"
#include "grader/grade.hpp"
#include "grader/scratch.hpp"
#include "support/catch.hpp"

namespace {

namespace fs = std::filesystem;
using grader::Outcome;

struct Degraded {
  grader::Scratch scratch;
  grader::Grader grader{fake::course().curriculum(), fake::course().toolchain(),
                        options(), scratch.path()};

  static grader::GradeOptions options() {
    grader::GradeOptions result;
    result.test_limits = grader::default_test_limits();
    result.build_limits = grader::default_build_limits();
    result.sandboxed = false;
    return result;
  }

  grader::ModuleGrade grade(const std::string& box) const {
    grader::Submission submission;
    submission.id = "s1";
    submission.files["01"] = {{"box.cpp", box}, {"lid.cpp", fake::kLid}};
    return grader.grade(submission).modules.front();
  }

  /// One of each that a submission must not read; all of them exist.
  std::vector<fs::path> secrets() const {
    std::vector<fs::path> files = {fake::course().root() /
                                   "solutions/01_box/src/box.cpp"};
    for (const char* folder : {"harness/hidden/01_box", "reference"}) {
      files.push_back(a_file_below(scratch.path() / "release" / folder));
    }
    return files;
  }

  static fs::path a_file_below(const fs::path& folder) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) return entry.path();
    }
    throw std::runtime_error(folder.string() + " is empty");
  }
};

bool is_root() {
  if (geteuid() == 0) return true;
  WARN("not root: submissions cannot have a user of their own");
  return false;
}

}  // namespace

TEST_CASE("without sandboxes right work gets every point, module by module") {
  const Degraded degraded;
  grader::Submission submission;
  submission.id = "s1";
  submission.files["01"] = {{"box.cpp", fake::kBox}, {"lid.cpp", fake::kLid}};
  submission.files["02"] = {{"shelf.cpp", fake::kShelf}};
  const auto grade = degraded.grader.grade(submission);
  CHECK(grade.points() == 200);
  CHECK(grader::is_degraded(grade.notes));
  CHECK(degraded.grade("int x = y;\n").outcome == Outcome::compile_error);
}

TEST_CASE("without sandboxes a compiler includes no secret for anybody") {
  if (!is_root()) return;
  const Degraded degraded;
  for (const fs::path& secret : degraded.secrets()) {
    INFO(secret.string());
    const auto grade = degraded.grade(
        std::string(fake::kBox) + "asm(\".pushsection .rodata; .incbin \\\"" +
        secret.string() + "\\\"; .popsection\");\n");
    CHECK(grade.outcome == Outcome::compile_error);
  }
  const auto included = degraded.grade(
      "#include \"" + degraded.secrets().front().string() + "\"\n");
  CHECK(included.outcome == Outcome::compile_error);
  CHECK(included.detail.find("Permission denied") != std::string::npos);
}

TEST_CASE("without sandboxes a test's process is nobody, and reads no secret") {
  if (!is_root()) return;
  const Degraded degraded;
  std::string box =
      "#include <unistd.h>\n#include <fstream>\n"
      "#include \"tinytorch/box.hpp\"\n"
      "int tinytorch::size(int a, int b) {\n"
      "  if (getuid() == 0 || getegid() == 0) return -100;\n";
  for (const fs::path& secret : degraded.secrets()) {
    box += "  if (std::ifstream(\"" + secret.string() + "\")) return -200;\n";
  }
  const auto grade = degraded.grade(box + "  return a + b;\n}\n");
  CHECK(grade.points == 100);
  // The same code, where there is something to read.
  const auto caught = degraded.grade(
      "#include <fstream>\n#include \"tinytorch/box.hpp\"\n"
      "int tinytorch::size(int a, int b) {\n"
      "  if (std::ifstream(\"/etc/passwd\")) return -200;\n"
      "  return a + b;\n}\n");
  CHECK(caught.points == 40);
}
