// What a grade may not depend on: other modules' files, names of this run, and
// the machine.
#include "grade_fixture.hpp"
#include "support/catch.hpp"

using namespace grade_test;

TEST_CASE("a module sees no source that does not count for it") {
  // Another student may have this shelf.cpp and another box.cpp.
  for (const std::string file : {"../../01_box/src/box.cpp", "01_box/box.o"}) {
    INFO(file);
    const auto result =
        grade(kBox, kLid, kShelf + "asm(\".incbin \\\"" + file + "\\\"\");\n");
    CHECK(result.modules.back().outcome == Outcome::compile_error);
  }
}

TEST_CASE("a file in /proc is called as the code calls it") {
  const auto result =
      grade("#include \"/proc/self/cmdline\"\n" + kBox, kLid, "");
  CHECK(detail(result) ==
        "it includes /proc/self/cmdline, which is not part of the framework");
}

TEST_CASE("every machine has the same stack and four processors") {
  check_passes(
      "#include <sys/resource.h>\n#include <thread>\n#include <vector>\n" +
      box_with("static bool same = [] {\n"
               "  rlimit stack{};\n"
               "  getrlimit(RLIMIT_STACK, &stack);\n"
               "  if (stack.rlim_cur != 8u << 20) std::abort();\n"
               "  if (std::thread::hardware_concurrency() != 4) abort();\n"
               "  return true;\n}();\nbool used() { return same; }\n"));
}

TEST_CASE("many threads that allocate fit into the limit") {
  // Each would have an arena of its own, of 64 MiB of address space or more.
  check_passes(
      "#include <latch>\n#include <thread>\n#include <vector>\n" +
      box_with("static bool fit = [] {\n"
               "  std::latch all(40);\n"
               "  std::vector<std::thread> threads;\n"
               "  for (int i = 0; i < 40; ++i) threads.emplace_back([&] {\n"
               "    std::vector<float> own(1000);\n"
               "    all.arrive_and_wait();\n"
               "  });\n"
               "  for (auto& thread : threads) thread.join();\n"
               "  return true;\n}();\nbool used() { return fit; }\n"));
}
