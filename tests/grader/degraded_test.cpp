// Grading without sandboxes: as root, each submission has a user of its own.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

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
  grader::Curriculum curriculum;
  grader::Grader grader;

  explicit Degraded(bool writes_files = false, bool own_code = false)
      : curriculum(curriculum_that(writes_files)),
        grader(curriculum, fake::course().toolchain(), options(own_code),
               scratch.path()) {}

  static grader::Curriculum curriculum_that(bool writes_files) {
    if (!writes_files) return fake::course().curriculum();
    std::string text = fake::kCurriculum;
    text.insert(text.find("\"tasks\": ["), "\"writes_files\": true, ");
    const fake::TemporaryDirectory place;
    fake::spit(place / "curriculum.json", text);
    return grader::Curriculum::load(place / "curriculum.json");
  }

  static grader::GradeOptions options(bool own_code) {
    grader::GradeOptions result;
    result.own_code = own_code;
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

TEST_CASE("without sandboxes code that writes files changes no code") {
  if (!is_root()) return;
  const Degraded degraded(true);
  const std::string writes =
      "#include <unistd.h>\n#include <cstdlib>\n#include <fstream>\n"
      "#include \"tinytorch/box.hpp\"\n"
      "static bool escaped = [] {\n"
      "  return unlink(\"01_box/box.o\") == 0 || unlink(\"build.ninja\") == 0 "
      "||\n"
      "         symlink(\"/etc/passwd\", \"01_box/more\") == 0 ||\n"
      "         std::ofstream(\"01_box/box.o\", std::ios::app).is_open();\n"
      "}();\n"
      "int tinytorch::size(int a, int b) {\n"
      "  const std::string name = std::getenv(\"TMPDIR\") + "
      "std::string(\"/x\");\n"
      "  if (!(std::ofstream(name) << a << std::flush)) return -100;\n"
      "  return escaped ? -200 : a + b;\n}\n";
  CHECK(degraded.grade(writes).points == 100);
}

TEST_CASE("whose own code it is grades it without being root") {
  if (!is_root()) return;
  const Degraded degraded(true, true);
  const std::string writes =
      "#include <cstdlib>\n#include <fstream>\n"
      "#include \"tinytorch/box.hpp\"\n"
      "int tinytorch::size(int a, int b) {\n"
      "  const std::string name = std::getenv(\"TMPDIR\") + "
      "std::string(\"/x\");\n"
      "  return std::ofstream(name) << a << std::flush ? a + b : -100;\n}\n";
  constexpr uid_t kNobody = 65534;
  const fs::path scratch = degraded.scratch.path();
  REQUIRE(chown(scratch.c_str(), kNobody, kNobody) == 0);
  for (const auto& entry : fs::recursive_directory_iterator(scratch)) {
    REQUIRE(lchown(entry.path().c_str(), kNobody, kNobody) == 0);
  }
  const pid_t child = fork();
  if (child == 0) {
    if (setresgid(kNobody, kNobody, kNobody) != 0 ||
        setresuid(kNobody, kNobody, kNobody) != 0) {
      _exit(2);
    }
    try {
      _exit(degraded.grade(writes).points == 100 ? 0 : 1);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
      _exit(3);
    }
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(status == 0);
}
