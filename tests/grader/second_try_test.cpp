// What the system kills is tried again; what kills itself is not spared.
#include "grader/second_try.hpp"

#include <signal.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "fake_course.hpp"
#include "grader/grade.hpp"
#include "grader/scratch.hpp"
#include "support/catch.hpp"

using grader::Command;
using grader::Launch;
using grader::Limits;
using grader::ProcessResult;
using End = ProcessResult::End;
using Status = grader::TestResult::Status;
namespace fs = std::filesystem;

namespace {

ProcessResult ended(End end, int code, const std::string& output = "") {
  ProcessResult result;
  result.end = end;
  result.code = code;
  result.output = output;
  return result;
}

/// Gives one answer after the other, and counts the questions.
struct Script {
  std::vector<ProcessResult> answers;
  std::size_t runs = 0;

  ProcessResult play(const Command& command = {}) {
    runs = 0;
    const Launch launch = [this](const Command&, const Limits&) {
      return answers.at(runs++);
    };
    return grader::with_second_try(launch)(command, {});
  }
};

/// The numbers of processes that run a program named `program` on something
/// below `place`.
std::vector<pid_t> processes(const std::string& program,
                             const std::string& place) {
  std::vector<pid_t> found;
  std::error_code error;
  for (fs::directory_iterator it("/proc", error), end; !error && it != end;
       it.increment(error)) {
    const int number = std::atoi(it->path().filename().c_str());
    if (number <= 0) continue;
    const std::string words = fake::slurp(it->path() / "cmdline");
    const fs::path first = words.substr(0, words.find('\0'));
    if (first.filename() == program && words.find(place) != words.npos) {
      found.push_back(number);
    }
  }
  return found;
}

/// Kills the first such process, as a kernel without memory would.
class Killer {
 public:
  Killer(std::string program, const fs::path& place)
      : thread_([this, program = std::move(program), place = place.string()] {
          while (!enough_ && !killed_) {
            for (const pid_t process : processes(program, place)) {
              if (!killed_) killed_ = kill(process, SIGKILL) == 0;
            }
          }
        }) {}
  ~Killer() { killed(); }

  bool killed() {
    enough_ = true;
    if (thread_.joinable()) thread_.join();
    return killed_;
  }

 private:
  std::atomic<bool> enough_ = false, killed_ = false;
  std::thread thread_;
};

/// Grades one module of the small course.
struct Grading {
  grader::Scratch scratch;
  grader::Grader grader;

  Grading()
      : grader(fake::course().curriculum(), fake::course().toolchain(),
               options(), scratch.path()) {}

  static grader::GradeOptions options() {
    grader::GradeOptions options;
    options.modules = {"01"};
    options.test_limits = grader::default_test_limits();
    options.build_limits = grader::default_build_limits();
    return options;
  }

  grader::ModuleGrade grade(const std::string& box) const {
    grader::Submission submission;
    submission.id = "s1";
    submission.files["01"] = {{"box.cpp", box}, {"lid.cpp", fake::kLid}};
    return grader.grade(submission).modules.front();
  }
};

/// Does nothing before anybody has seen it.
const std::string kSlowBox =
    "#include <chrono>\n#include <regex>\n#include <thread>\n"
    "#include \"tinytorch/box.hpp\"\n"
    "int tinytorch::size(int a, int b) {\n"
    "  std::this_thread::sleep_for(std::chrono::milliseconds(500));\n"
    "  return a + b;\n}\n";

}  // namespace

TEST_CASE("second try: what was killed runs again, and that counts") {
  Script script{
      {ended(End::signalled, SIGKILL, "half"), ended(End::exited, 0, "whole")}};
  Command command;
  std::string seen;
  command.on_output = [&](const std::string& piece) { seen += piece; };
  CHECK(script.play(command).ok());
  CHECK(seen == "whole");
}

TEST_CASE("second try: there is no third") {
  Script script{{ended(End::signalled, SIGKILL), ended(End::signalled, SIGKILL),
                 ended(End::exited, 0)}};
  CHECK(script.play().code == SIGKILL);
  CHECK(script.runs == 2);
}

TEST_CASE("second try: five in all, for what kills itself each time") {
  int runs = 0;
  const Launch launch =
      grader::with_second_try([&](const Command&, const Limits&) {
        ++runs;
        return ended(End::signalled, SIGKILL);
      });
  for (int i = 0; i < 20; ++i) launch({}, {});
  CHECK(runs == 25);
}

TEST_CASE("second try: a killed compiler or linker, too") {
  for (const char* words :
       {"g++: fatal error: Killed signal terminated program cc1plus\n",
        "collect2: fatal error: ld terminated with signal 9 [Killed]\n"}) {
    Script script{{ended(End::exited, 1, words), ended(End::exited, 0)}};
    CHECK(script.play().ok());
  }
}

TEST_CASE("second try: what a cluster or a machine that shuts down ends") {
  for (const int signal : {SIGTERM, SIGHUP, SIGINT}) {
    Script script{{ended(End::signalled, signal), ended(End::exited, 0)}};
    CHECK(script.play().ok());
  }
  Script script{
      {ended(End::exited, 1,
             "c++: fatal error: Terminated signal terminated program cc1plus"),
       ended(End::exited, 0)}};
  CHECK(script.play().ok());
}

TEST_CASE("a compiler that is killed each time costs no points") {
  using Build = grader::BuildResult::End;
  const grader::Scratch scratch;
  fake::spit(scratch.path() / "01_box/src/box.cpp", "");
  const auto program = grader::test_program(
      fake::course().curriculum(), *fake::course().curriculum().module("01"),
      fake::course().toolchain(), scratch.path(), {"public"}, scratch.path());
  const auto build = [&](End end, int code, const std::string& output) {
    const Launch launch = [&](const Command&, const Limits&) {
      return ended(end, code, "FAILED: 01_box/box.o \nc++ box.cpp\n" + output);
    };
    return grader::build(program, fake::course().toolchain(), {}, launch).end;
  };
  const std::string killed =
      "c++: fatal error: Killed signal terminated program cc1plus\n";
  const std::string error = "box.cpp:1:1: error: no\n";
  CHECK(build(End::exited, 1, killed) == Build::broken);
  CHECK(build(End::signalled, SIGKILL, "") == Build::broken);
  CHECK(build(End::exited, 1, error) == Build::compile_error);
  // What a #pragma message says is no proof.
  CHECK(build(End::exited, 1, killed + error) == Build::compile_error);
  CHECK(build(End::exited, 1, killed + "CPU time limit exceeded\n") ==
        Build::limit);
  CHECK(build(End::wall_limit, SIGKILL, killed) == Build::limit);
}

TEST_CASE("second try: a full disk, which others may have filled") {
  const char* words = "box.o: No space left on device\n";
  Script script{{ended(End::exited, 1, words), ended(End::exited, 0)}};
  CHECK(script.play().ok());
  Script warned{{ended(End::exited, 0, words), ended(End::exited, 1)}};
  CHECK(warned.play().ok());
  CHECK(warned.runs == 1);
}

TEST_CASE("second try: not for crashes, limits and errors") {
  for (const ProcessResult& first :
       {ended(End::signalled, SIGSEGV), ended(End::signalled, SIGABRT),
        ended(End::cpu_limit, SIGKILL), ended(End::wall_limit, SIGKILL),
        ended(End::output_limit, SIGKILL), ended(End::exited, 1, "error"),
        ended(End::not_started, 0),
        ended(End::exited, 0, "Killed signal terminated program")}) {
    Script script{{first, ended(End::exited, 0)}};
    script.play();
    INFO(static_cast<int>(first.end) << " " << first.code);
    CHECK(script.runs == 1);
  }
}

TEST_CASE("a test that the system kills costs no points") {
  const Grading grading;
  Killer killer("public_01_box", grading.scratch.path());
  const auto grade = grading.grade(kSlowBox);
  REQUIRE(killer.killed());
  CHECK(grade.points == 100);
}

TEST_CASE("a compiler that the system kills costs no points") {
  const Grading grading;
  Killer killer("cc1plus", grading.scratch.path());
  const auto grade = grading.grade(kSlowBox);
  REQUIRE(killer.killed());
  CHECK(grade.outcome == grader::Outcome::passed);
}

TEST_CASE("a test that kills itself loses its points") {
  const Grading grading;
  const auto grade = grading.grade(
      "#include <csignal>\n#include \"tinytorch/box.hpp\"\n"
      "int tinytorch::size(int, int) { return raise(SIGKILL); }\n");
  CHECK(grade.points == 40);
  const auto killed = std::count_if(
      grade.tests.begin(), grade.tests.end(),
      [](const auto& test) { return test.status == Status::crashed; });
  CHECK(killed == 2);
}
