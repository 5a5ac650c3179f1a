// Code that writes files, as module 07's checkpoints do.
#include "fake_course.hpp"
#include "grader/grade.hpp"
#include "grader/sandbox.hpp"
#include "grader/scratch.hpp"
#include "support/catch.hpp"

using grader::ProcessResult;
using End = ProcessResult::End;

namespace {

/// Runs a script of the shell's own words, confined, in a sandbox.
ProcessResult confined(const std::string& script, std::uint64_t files) {
  grader::SandboxPlan plan;
  plan.jail = fake::course().toolchain().jail;
  plan.tools = true;
  grader::Command command;
  command.argv = {"/bin/sh", "-c", script};
  grader::Limits limits;
  limits.confined = true;
  limits.files = files;
  limits.wall = std::chrono::seconds(20);
  limits.cpu = std::chrono::seconds(10);
  limits.output_bytes = 1 << 20;
  return grader::Sandbox(plan).run(command, limits);
}

/// Fails where another process has left a file, and leaves one.
constexpr const char* kNote =
    "#include <fstream>\n"
    "#include \"tinytorch/box.hpp\"\n"
    "int tinytorch::size(int a, int b) {\n"
    "  if (std::ifstream(\"/tmp/note\")) throw std::logic_error(\"a note\");\n"
    "  std::ofstream out(\"/tmp/note\");\n"
    "  if (!(out << a << std::flush)) throw std::logic_error(\"no file\");\n"
    "  return a + b;\n"
    "}\n";

struct Graded {
  double points;
  std::string release;
};

/// kNote if the module may write files, or not.
Graded grade(bool writes_files) {
  const fake::TemporaryDirectory place;
  const fake::Course course(place.path());
  const auto file = place.path() / "modules/curriculum.json";
  std::string text = fake::slurp(file);
  const std::string before = R"("tasks": [)";
  if (writes_files) {
    text.insert(text.find(before), "\"writes_files\": true, ");
    fake::spit(file, text);
  }
  grader::GradeOptions options;
  options.modules = {"01"};
  options.test_limits = grader::default_test_limits();
  options.build_limits = grader::default_build_limits();
  const grader::Scratch scratch;
  const auto curriculum = grader::Curriculum::load(file);
  const grader::Grader grader(curriculum, course.toolchain(), options,
                              scratch.path());
  grader::Submission submission;
  submission.id = "ada";
  submission.files["01"] = {{"box.cpp", kNote}, {"lid.cpp", fake::kLid}};
  return {grader.grade(submission).points(), grader.release()};
}

}  // namespace

TEST_CASE("confined code writes where it may, and only there") {
  CHECK(confined("echo x > /tmp/a && echo done", 100).output == "done\n");
  for (const char* file : {"/x", "/usr/x", "/dev/x", "/run/x"}) {
    INFO(file);
    const auto result = confined(std::string("echo x > ") + file, 100);
    CHECK(result.end == End::exited);
    CHECK(result.code != 0);
  }
  CHECK(confined("echo x > /tmp/a", 0).code != 0);
}

TEST_CASE("files without number end where the limit is") {
  const auto result =
      confined("i=0; while :; do i=$((i + 1)); : > /tmp/$i; done", 1000);
  CHECK(result.end == End::output_limit);
}

TEST_CASE("no test finds the files of another") {
  const Graded writing = grade(true), reading = grade(false);
  CHECK(writing.points == 100);
  CHECK(reading.points == 40);
  // Else the verdicts of before would stay.
  CHECK(writing.release != reading.release);
}
