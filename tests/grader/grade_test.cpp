#include "grader/grade.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <chrono>

#include "grade_fixture.hpp"
#include "grader/batch.hpp"
#include "grader/sandbox.hpp"
#include "support/catch.hpp"

using namespace grade_test;
using Status = grader::TestResult::Status;

TEST_CASE("right work gets every point") {
  const auto on = GENERATE(Prerequisites::reference, Prerequisites::own);
  const auto result = grade(kBox, kLid, kShelf, on);
  CHECK(summary(result) == "passed 100, passed 100");
  CHECK(result.points() == 200);
  CHECK(result.outcome() == Outcome::passed);
}

TEST_CASE("stubs get no points, what is not handed in is missing") {
  CHECK(summary(grade(fake::kBoxStub, fake::kLidStub, "")) ==
        "failed 0, missing");
  const auto nothing = grade("", "", "");
  CHECK(summary(nothing) == "missing, missing");
  CHECK_FALSE(nothing.has_points());
}

TEST_CASE("each task counts by itself") {
  CHECK(summary(grade(kBox, fake::kLidStub, "")) == "partial 60, missing");
  CHECK(summary(grade(fake::kBoxStub, kLid, "")) == "partial 40, missing");
}

TEST_CASE("a missing file of a module counts as its stub") {
  CHECK(summary(grade(kBox, "", "")) == "partial 60, missing");
  CHECK(summary(grade("", kLid, "")) == "partial 40, missing");
}

TEST_CASE("a mistake in module 01 costs points there only") {
  const std::string wrong =
      "#include \"tinytorch/box.hpp\"\n"
      "int tinytorch::size(int a, int b) { return a - b; }\n";
  CHECK(summary(grade(wrong, kLid, kShelf)) == "partial 40, passed 100");
  CHECK(summary(grade(wrong, kLid, kShelf, Prerequisites::own)) ==
        "partial 40, failed 0");
  CHECK(summary(grade("", "", kShelf)) == "missing, passed 100");
  CHECK(summary(grade("", "", kShelf, Prerequisites::own)) ==
        "missing, failed 0");
}

TEST_CASE("what does not compile or link says so") {
  auto result = grade("int x = y;\n", kLid, kShelf);
  CHECK(summary(result) == "compile-error 0, passed 100");
  CHECK(detail(result) ==
        "01_box/src/box.cpp:1: 'y' was not declared in this scope");
  CHECK(summary(grade("int x = y;\n", kLid, kShelf, Prerequisites::own)) ==
        "compile-error 0, compile-error 0");
  result = grade(" ", kLid, "");
  CHECK(summary(result) == "link-error 0, missing");
  CHECK(detail(result) == "not defined: tinytorch::size(int, int)");
}

TEST_CASE("an attack earns nothing that it did not earn") {
  const std::string start = "__attribute__((constructor)) void start() ";
  const auto attack = GENERATE_COPY(
      std::string("#include <unistd.h>\n") + start + "{ _exit(0); }\n",
      std::string("#include <cstdlib>\n") + start + "{ std::exit(0); }\n",
      start + "{ for (;;) {} }\n", start + "{ __builtin_trap(); }\n",
      std::string("#include <cstdio>\n") + start +
          "{ for (;;) std::puts(\"endless\"); }\n");
  INFO(attack);
  CHECK(summary(grade(box_with(attack), kLid, "")) == "failed 0, missing");
}

TEST_CASE("code that tampers with the program is denied") {
  struct Attack {
    std::string code, reason;
  };
  const auto attack = GENERATE_COPY(
      Attack{"extern \"C\" int memcmp(const void*, const void*, unsigned long)"
             " { return 0; }\n",
             "defines memcmp outside C++"},
      Attack{"extern \"C\" __attribute__((weak)) void* memchr(const void*, int,"
             " unsigned long) { return nullptr; }\n",
             "defines memchr outside C++"},
      Attack{"int main() { return 0; }\n", "defines main outside C++"},
      Attack{"extern \"C\" void __gmon_start__() {}\n",
             "defines __gmon_start__ outside C++"},
      Attack{"asm(\".section own,\\\"w\\\"\\n.globl memcmp\\nmemcmp: .quad 0\\n"
             ".text\");\n",
             "defines memcmp outside C++"},
      Attack{"asm(\".section own,\\\"\\\",@17\\n.quad 1, 2\\n.text\");\n",
             "a section that no compiler writes"},
      Attack{"extern \"C\" { extern const char memcmp[]; const char memcmp[] ="
             " {49, -64, -61}; }\n",
             "defines memcmp outside C++"},
      Attack{"#include <new>\n#include <cstdlib>\n"
             "void* operator new(std::size_t n) { return std::malloc(n); }\n",
             "operator new or delete"},
      Attack{"#include <cstdlib>\n"
             "void operator delete(void*, unsigned long) noexcept {}\n",
             "operator new or delete"},
      Attack{"namespace std { void terminate() noexcept { __builtin_trap(); }"
             " }\n",
             "in namespace std"},
      Attack{"namespace Catch { struct TestFailureException {}; }\n"
             "void leave() { throw Catch::TestFailureException(); }\n",
             "uses the test framework"},
      Attack{"namespace Catch { struct Session { int run(); };"
             " int Session::run() { return 0; } }\n",
             "uses the test framework"},
      Attack{"namespace __cxxabiv1 { void f() {} }\n", "of the C++ runtime"},
      Attack{"volatile int seen;\n"
             "__attribute__((constructor(101))) void early() { seen = 1; }\n",
             "section .init_array.00101"},
      Attack{"static void early() {}\n"
             "__attribute__((section(\".preinit_array\"), used))"
             " void (*pointer)() = early;\n",
             "section .preinit_array"},
      Attack{"extern \"C\" { static int one() { return 1; }"
             " static int (*pick())() { return one; } }\n"
             "__attribute__((ifunc(\"_ZL4pickv\"))) int chosen();\n",
             ""});
  INFO(attack.code);
  const auto result = grade(box_with(attack.code), kLid, "");
  INFO(detail(result));
  CHECK(result.points() == 0);
  if (attack.reason.empty()) return;
  CHECK(summary(result) == "denied 0, missing");
  CHECK(says(detail(result), attack.reason));
}

TEST_CASE("the compiler sees no file that a submission may not see") {
  const std::string root = fake::course().root().string();
  for (const std::string& file :
       {root + "/solutions/01_box/src/box.cpp",
        root + "/tests/hidden/01_box/box_test.cpp",
        std::string("tinytorch/../../../solutions/01_box/src/lid.cpp"),
        std::string("/etc/passwd")}) {
    INFO(file);
    const auto result = grade("#include \"" + file + "\"\n", kLid, "");
    CHECK(summary(result) == "compile-error 0, missing");
    CHECK(says(detail(result), "No such file"));
    const auto raw =
        grade(box_with("asm(\".incbin \\\"" + file + "\\\"\");\n"), kLid, "");
    CHECK(summary(raw) == "compile-error 0, missing");
  }
}

TEST_CASE("ordinary C++ is not denied") {
  const auto code = GENERATE(
      as<std::string>(),
      "#include <iostream>\nnamespace { struct Hello { Hello() {"
      " std::cerr << \"\"; } } hello; }\n",
      "#include <functional>\n#include <map>\n#include <stdexcept>\n"
      "#include <string>\n#include <vector>\n"
      "int own(int n) { std::map<std::string, std::vector<int>> m;"
      " m[\"a\"].push_back(n); std::function<int()> f = [n] { return n; };"
      " try { if (n < 0) throw std::out_of_range(\"n\"); }"
      " catch (const std::exception&) { return 1; } return f(); }\n",
      "#include <functional>\nstruct Key {};\n"
      "template <> struct std::hash<Key> {"
      " std::size_t operator()(const Key&) const { return 1; } };\n"
      "std::size_t use() { return std::hash<Key>()(Key()); }\n",
      "#include <vector>\ntemplate class std::vector<long double>;\n",
      // Names that others have too, but nobody whom it meets.
      "#include <vector>\nfloat error; std::vector<double> times; int compress;"
      " char** environ; int _own; float \u03bb;\n",
      "int count_of_calls = 0;\nextern const double kTable[];\n"
      "const double kTable[] = {1, 2};\nbool used;\n",
      "struct Base { virtual ~Base() = default; };\n"
      "struct Derived : virtual Base { ~Derived() override; };\n"
      "Derived::~Derived() = default;\n"
      "static int own_size() { return 3; }\nint counter() { static int n = "
      "own_size(); return n; }\n");
  INFO(code);
  check_passes(box_with(code));
}

TEST_CASE("what the kernel kills for want of memory runs once more") {
  const auto result = grade(
      box_with("#include <signal.h>\n#include <unistd.h>\n"
               "static int killed = getpid() % 2 == 0 ? raise(SIGKILL) : 0;\n"
               "int* killed_too = &killed;\n"),
      kLid, "");
  CHECK(summary(result) == "passed 100, missing");
}

TEST_CASE("a compiler bomb is a limit, not an error of ours") {
  auto few = options(Prerequisites::own);
  few.build_limits.wall = std::chrono::seconds(3);
  const grader::Scratch scratch;
  const Grader impatient(fake::course().curriculum(),
                         fake::course().toolchain(), few, scratch.path());
  Submission submission;
  submission.id = "s1";
  submission.files["01"]["box.cpp"] = box_with(
      "template <class T, int N> struct B { B<B<T, N>, N - 1> a;"
      " B<B<T*, N>, N - 1> b; };\n"
      "template <class T> struct B<T, 0> {};\nB<int, 28> bomb;\n");
  const auto result = impatient.grade(submission);
  CHECK(summary(result) == "limit 0, missing");
}

TEST_CASE("an unreadable submission has no points, not zero points") {
  Submission submission;
  submission.id = "s1";
  submission.error = "the archive is damaged";
  const auto result = grader_on(Prerequisites::reference).grade(submission);
  CHECK(summary(result) == "unreadable, unreadable");
  CHECK_FALSE(result.has_points());
}

TEST_CASE("nothing is left in the scratch directory") {
  const grader::Scratch scratch;
  const Grader own(fake::course().curriculum(), fake::course().toolchain(),
                   options(Prerequisites::own), scratch.path());
  Submission submission;
  submission.id = "s1";
  submission.files["01"]["box.cpp"] = kBox;
  own.grade(submission);
  CHECK(std::filesystem::is_empty(scratch.path() / "submissions"));
}

TEST_CASE("code cannot tell whose it is") {
  const std::string box = R"(#include "tinytorch/box.hpp"
#include <unistd.h>
#include <cstring>
static bool is_of(const char* student) {
  char program[4096] = {};
  (void)!readlink("/proc/self/exe", program, sizeof program - 1);
  return std::strstr(program, student) || std::strstr(__FILE__, student);
}
int tinytorch::size(int a, int b) {
  if (std::strcmp(__FILE__, "./01_box/src/box.cpp") != 0) return 0;
  return is_of("first") ? 0 : a + b;
})";
  Submission submission;
  submission.files["01"] = {{"box.cpp", box}, {"lid.cpp", kLid}};
  for (const char* id : {"first", "second"}) {
    submission.id = id;
    const auto result = grader_on(Prerequisites::reference).grade(submission);
    INFO(detail(result));
    CHECK(summary(result) == "passed 100, missing");
  }
}

TEST_CASE("a course without a reference refuses to grade on it") {
  grader::Toolchain toolchain = fake::course().toolchain();
  toolchain.objects.erase("reference/01_box");
  const grader::Scratch scratch;
  CHECK_THROWS_AS(Grader(fake::course().curriculum(), toolchain,
                         options(Prerequisites::reference), scratch.path()),
                  grader::ToolchainError);
}

TEST_CASE("while a public test runs nothing holds a hidden one") {
  const std::string box = R"(#include "tinytorch/box.hpp"
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
static bool tells(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::string name = std::string("size of") + " negatives";
  return text.find(name) != std::string::npos;
}
int tinytorch::size(int a, int b) {
  const std::filesystem::path program = "/proc/self/exe";
  if (tells(program)) throw std::runtime_error("it holds it");
  const auto folder = std::filesystem::read_symlink(program).parent_path();
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.is_regular_file() && tells(file)) throw std::runtime_error("near");
  }
  return a + b;
}
)";
  const auto module = grade(box, kLid, kShelf).modules.at(0);
  REQUIRE(module.tests.size() == 3);
  CHECK(module.tests[0].status == Status::passed);
  // Where it is judged it can be seen, but nobody reads that output.
  CHECK(module.tests[2].hidden);
  CHECK(module.tests[2].status == Status::failed);
}

TEST_CASE("equal runs find equal bytes in memory that is free") {
  const std::string box = R"(#include "tinytorch/box.hpp"
int tinytorch::size(int, int) {
  std::string seen = "bytes:";
  for (int size = 16; size < 400; size += 16) {
    auto* block = new unsigned char[size];
    unsigned char* volatile gone = block;
    delete[] block;
    for (int i = -16; i < size; ++i) seen += ' ' + std::to_string(gone[i]);
  }
  throw std::runtime_error(std::to_string(std::hash<std::string>()(seen)));
}
)";
  const auto seen = [&] {
    return grade("#include <string>\n" + box, kLid, kShelf)
        .modules.at(0)
        .tests.at(0)
        .failures.at(0)
        .message;
  };
  CHECK(seen() == seen());
}

TEST_CASE("the stub of a file that is missing is part of the verdict's key") {
  const fake::TemporaryDirectory directory;
  const fake::Course course(directory.path());
  const grader::Scratch scratch;
  const Grader grader(course.curriculum(), course.toolchain(),
                      options(Prerequisites::reference), scratch.path());
  const auto& module = *grader.modules().front();
  Submission whole, part;
  whole.files["01"] = {{"box.cpp", kBox}, {"lid.cpp", kLid}};
  part.files["01"] = {{"box.cpp", kBox}};
  const auto of_whole = grader.verdict_key(whole, module);
  const auto of_part = grader.verdict_key(part, module);
  fake::spit(directory.path() / "modules/01_box/src/lid.cpp", "// another");
  CHECK(grader.verdict_key(whole, module) == of_whole);
  CHECK(grader.verdict_key(part, module) != of_part);
}

TEST_CASE("a stub that was given counts, whatever stands in the course") {
  const fake::TemporaryDirectory directory;
  const fake::Course course(directory.path());
  // An author has played the student.
  fake::spit(directory.path() / "modules/01_box/src/lid.cpp", kLid);
  const grader::Scratch scratch;
  auto with_stubs = options(Prerequisites::reference);
  with_stubs.stubs["01_box/src/lid.cpp"] = fake::kLidStub;
  const Grader grader(course.curriculum(), course.toolchain(), with_stubs,
                      scratch.path());
  Submission part;
  part.id = "s1";
  part.files["01"] = {{"box.cpp", kBox}};
  CHECK(summary(grader.grade(part)) == "partial 60, missing");
}

TEST_CASE("the umask and the way to the course keep nobody out") {
  const fake::TemporaryDirectory closed;  // for its owner only
  auto toolchain = fake::course().toolchain();
  std::filesystem::copy_file(toolchain.jail, closed.path() / "jail");
  toolchain.jail = closed.path() / "jail";
  for (const auto& check :
       grader::check_isolation(toolchain.jail, toolchain.compiler)) {
    INFO(check.what << ": " << check.detail);
    CHECK(check.holds);
  }
  const mode_t before = umask(077);
  const grader::Scratch scratch;
  auto how = options(Prerequisites::reference);
  how.sandboxed = GENERATE(true, false);
  const Grader grader(fake::course().curriculum(), toolchain, how,
                      scratch.path());
  Submission submission;
  submission.id = "s1";
  submission.files["01"] = {{"box.cpp", kBox}, {"lid.cpp", kLid}};
  const auto result = grader.grade(submission);
  umask(before);
  INFO(detail(result));
  CHECK(summary(result) == "passed 100, missing");
}

TEST_CASE("temporary files that no other user can reach are no place") {
  if (geteuid() != 0) {
    WARN("not root: nothing has another user");
    return;
  }
  const fake::TemporaryDirectory closed;  // for its owner only
  const fake::TemporaryFilesIn here(closed.path());
  const grader::Scratch scratch;
  std::string message;
  try {
    Grader(fake::course().curriculum(), fake::course().toolchain(),
           options(Prerequisites::own), scratch.path());
  } catch (const std::runtime_error& error) {
    message = error.what();
  }
  CHECK(message.find(closed.path().string()) != std::string::npos);
  CHECK(message.find("TMPDIR") != std::string::npos);
}
