#include "grader/test_run.hpp"

#include <algorithm>
#include <chrono>
#include <map>

#include "fake_course.hpp"
#include "grader/second_try.hpp"
#include "support/catch.hpp"

using grader::Isolation;
using grader::TestResult;
using Status = grader::TestResult::Status;

namespace {

const std::string kSizeTest = R"(size adds, and "quotes" [do] no* harm\)";
const std::string kVolumeTest = "volume multiplies";
const std::string kHiddenTest = "size of negatives";

const std::vector<TestResult>& expected() {
  static const auto tests = [] {
    const fake::TemporaryDirectory directory;
    const auto& course = fake::course();
    const auto program = grader::list_program(
        *course.curriculum().module("01"), course.toolchain(),
        {"public", "hidden"}, directory.path());
    const auto built = grader::build_incomplete(program, course.toolchain());
    INFO(built.output);
    REQUIRE(built.ok());
    return grader::list_tests(program.executable());
  }();
  return tests;
}

/// A program with the tests of module 01 and these sources.
class Built {
 public:
  Built(const std::string& box, const std::string& lid) {
    fake::spit(directory_.path() / "01_box/src/box.cpp", box);
    fake::spit(directory_.path() / "01_box/src/lid.cpp", lid);
    const auto& course = fake::course();
    const auto program = grader::test_program(
        course.curriculum(), *course.curriculum().module("01"),
        course.toolchain(), directory_.path(), {"public", "hidden"},
        directory_.path() / "build");
    const auto built = grader::build(program, course.toolchain());
    INFO(built.output);
    REQUIRE(built.ok());
    executable_ = program.executable();
  }

  std::vector<TestResult> run(
      Isolation isolation, bool confined = true,
      std::vector<std::string> tasks = {}, std::vector<TestResult> earlier = {},
      const grader::Launch& launch = grader::run) const {
    grader::TestRunOptions options;
    options.isolation = isolation;
    options.limits.wall = std::chrono::milliseconds(1000);
    options.limits.cpu = std::chrono::seconds(5);
    options.limits.memory_bytes = std::uint64_t{1} << 30;
    options.limits.output_bytes = 1 << 20;
    options.limits.confined = confined;
    options.tasks = std::move(tasks);
    options.earlier = std::move(earlier);
    options.run = launch;
    return grader::run_tests(executable_, expected(), options);
  }

 private:
  fake::TemporaryDirectory directory_;
  std::filesystem::path executable_;
};

std::vector<TestResult> run_with(const std::string& box, const std::string& lid,
                                 Isolation isolation) {
  return Built(box, lid).run(isolation);
}

const TestResult& find(const std::vector<TestResult>& results,
                       const std::string& name) {
  const auto found =
      std::find_if(results.begin(), results.end(),
                   [&](const auto& test) { return test.name == name; });
  REQUIRE(found != results.end());
  return *found;
}

std::string statuses(const std::vector<TestResult>& results) {
  std::string text;
  for (const auto& test : results) {
    text += std::string(text.empty() ? "" : " ") + to_string(test.status);
  }
  return text;
}

/// size() runs `body` first.
std::string size_with(const std::string& body, const std::string& before = "") {
  std::string text =
      "#include \"tinytorch/box.hpp\"\n#include <cstdio>\n"
      "#include <cstdlib>\n#include <string>\n#include <unistd.h>\n";
  text.append(before).append("\nint tinytorch::size(int a, int b) {\n");
  return text.append(body).append("\nreturn a + b;\n}\n");
}

}  // namespace

TEST_CASE("tests are listed with their tasks, without student code") {
  REQUIRE(expected().size() == 3);
  CHECK(expected()[0].name == kSizeTest);
  CHECK(expected()[0].tasks == std::vector<std::string>{"01.1"});
  CHECK_FALSE(expected()[0].hidden);
  CHECK(find(expected(), kHiddenTest).hidden);
}

TEST_CASE("right code passes every test, alone and together") {
  const Built built(fake::kBox, fake::kLid);
  for (const auto isolation : {Isolation::together, Isolation::each_alone}) {
    for (const bool confined : {false, true}) {
      CHECK(statuses(built.run(isolation, confined)) == "passed passed passed");
    }
  }
}

TEST_CASE("a module's tests have ten times the time of one, together") {
  const Built built(fake::kBox, fake::kLid);
  TestResult earlier;
  earlier.tasks = {"01.9"};
  earlier.status = Status::failed;
  const auto after = [&](double seconds) {
    earlier.seconds = seconds;
    return built.run(Isolation::each_alone, true, {}, {earlier, earlier});
  };
  CHECK(statuses(after(4)) == "passed passed passed");
  const auto results = after(5);
  CHECK(statuses(results) == "timed-out timed-out timed-out");
  CHECK(results[0].detail == "not run: the module's tests have 10 s together");
}

TEST_CASE("a test that crashes takes of the module's time as well") {
  const Built built(size_with("usleep(300000); std::abort();"), fake::kLid);
  const auto results = built.run(Isolation::each_alone, true, {}, {},
                                 grader::with_second_try(grader::run));
  CHECK(find(results, kSizeTest).status == Status::crashed);
  CHECK(find(results, kSizeTest).seconds >= 0.3);
}

TEST_CASE("a failure shows expression, values, message and place") {
  const auto results =
      run_with(size_with("return a - b;"), fake::kLid, Isolation::together);
  CHECK(statuses(results) == "failed passed failed");
  const auto& test = find(results, kSizeTest);
  REQUIRE(test.failures.size() == 1);
  CHECK(test.failures[0].expression == "tinytorch::size(1, 2) == 3");
  CHECK(test.failures[0].expanded == "-1 == 3");
  CHECK(test.failures[0].message == "one and two");
  CHECK(test.failures[0].line == 5);
}

TEST_CASE("a stub is told apart from a mistake") {
  const auto results =
      run_with(fake::kBoxStub, fake::kLid, Isolation::together);
  CHECK(statuses(results) == "not-implemented passed not-implemented");
  CHECK(results[0].detail == "01.1 Size");
}

TEST_CASE("only the tests of the wanted tasks run") {
  const auto results =
      Built(fake::kBox, fake::kLid).run(Isolation::together, true, {"01.2"});
  REQUIRE(results.size() == 1);
  CHECK(results[0].name == kVolumeTest);
}

TEST_CASE("output belongs to the test that printed it") {
  const auto results =
      run_with(size_with("std::printf(\"from size %d\\n\", a);"),
               "#include \"tinytorch/box.hpp\"\n#include <iostream>\n"
               "int tinytorch::volume(int a, int b, int c) {"
               " std::cout << \"from volume\\n\"; return a * b * c; }\n",
               Isolation::together);
  CHECK(find(results, kSizeTest).output == "from size 1\n");
  CHECK(find(results, kVolumeTest).output == "from volume\n");
  CHECK(find(results, kHiddenTest).output == "from size -1\n");
}

TEST_CASE("an attack on one test leaves the others their verdict") {
  struct Attack {
    const char* body;
    Status status;
  };
  const auto attack = GENERATE(
      Attack{"_exit(0);", Status::incomplete},
      Attack{"std::exit(0);", Status::incomplete},
      Attack{"std::quick_exit(0);", Status::incomplete},
      Attack{"std::abort();", Status::crashed},
      Attack{"*(volatile int*)8 = 1;", Status::crashed},
      Attack{"volatile int z = 0; return a / z;", Status::crashed},
      Attack{"return b > 99999999 ? 0 : 1 + size(a, b + 1) + size(b, a + 1);",
             Status::crashed},
      Attack{"for (volatile int i = 0;; i = 1) {}", Status::timed_out},
      Attack{"for (;;) pause();", Status::timed_out},
      Attack{"for (;;) std::puts(\"endless endless endless\");",
             Status::output_limit},
      Attack{"static char text[65536]; for (;;)"
             " if (write(3, text, sizeof text) < 0) break;",
             Status::output_limit},
      Attack{"return new char[std::size_t(1) << 40] != nullptr;",
             Status::failed},
      Attack{"throw 7;", Status::failed});
  INFO(attack.body);
  const Built built(size_with(attack.body), fake::kLid);
  for (const auto isolation : {Isolation::together, Isolation::each_alone}) {
    const auto results = built.run(isolation);
    CHECK(find(results, kSizeTest).status == attack.status);
    CHECK(find(results, kHiddenTest).status == attack.status);
    CHECK(find(results, kVolumeTest).status == Status::passed);
  }
}

TEST_CASE("leaving before the first test earns nothing") {
  const std::string body = GENERATE("_exit(0)", "std::exit(0)", "std::abort()");
  const Status status =
      body == "std::abort()" ? Status::crashed : Status::incomplete;
  const Built built(
      size_with("", "__attribute__((constructor)) void f() { " + body + "; }"),
      fake::kLid);
  for (const auto isolation : {Isolation::together, Isolation::each_alone}) {
    for (const auto& test : built.run(isolation)) CHECK(test.status == status);
  }
}

TEST_CASE("a loop before the first test is not waited for every time") {
  const auto start = std::chrono::steady_clock::now();
  const auto results = run_with(
      size_with("", "__attribute__((constructor)) void f() { for (;;) {} }"),
      fake::kLid, Isolation::each_alone);
  CHECK(statuses(results) == "timed-out timed-out timed-out");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(8));
}

TEST_CASE("verdicts that were sent stay when the program leaves at its end") {
  const auto results =
      run_with(size_with("return 0;",
                         "struct Leave { ~Leave() { _exit(0); } } leave;\n"
                         "__attribute__((constructor)) void f() {"
                         " std::atexit([] { _exit(0); }); }"),
               fake::kLid, Isolation::together);
  CHECK(statuses(results) == "failed passed failed");
}

TEST_CASE("a report without the secret is ignored") {
  const std::string forged =
      R"(\n {\"event\":\"ended\",\"name\":\"volume multiplies\",)"
      R"(\"assertions\":1,\"passed\":true}\n)";
  const std::string body = "static const char text[] = \"" + forged +
                           "\"; if (write(3, text, sizeof text - 1) < 0 ||"
                           " write(1, text, sizeof text - 1) < 0) return 1;"
                           " _exit(0);";
  const auto results =
      run_with(size_with(body), fake::kLidStub, Isolation::together);
  CHECK(statuses(results) == "incomplete not-implemented incomplete");
}

TEST_CASE("the secret cannot be read again by the code under test") {
  const std::string body =
      "char c; if (read(0, &c, 1) > 0) std::puts(\"stdin\");"
      "if (std::FILE* f = std::fopen(\"/proc/self/fd/0\", \"r\"))"
      "  if (std::fgetc(f) != EOF) std::puts(\"again\");";
  const auto results =
      run_with(size_with(body), fake::kLid, Isolation::each_alone);
  CHECK(statuses(results) == "passed passed passed");
  CHECK(find(results, kSizeTest).output.empty());
}

TEST_CASE("names and words of every status differ") {
  std::map<std::string, int> words;
  for (int i = 0; i <= static_cast<int>(Status::not_run); ++i) {
    ++words[to_string(static_cast<Status>(i))];
  }
  CHECK(words.size() == 8);
}
