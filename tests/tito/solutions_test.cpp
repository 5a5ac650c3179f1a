// The reference solutions of all modules, graded as a student's.
#include <fstream>
#include <string>

#include "scratch.hpp"
#include "support/catch.hpp"

TEST_CASE("the solutions earn every point of every module", "[class]") {
  const Scratch scratch;
  std::filesystem::create_directories(scratch / "submissions/ada");
  std::filesystem::copy(COURSE_DIR "/solutions",
                        scratch / "submissions/ada/modules",
                        std::filesystem::copy_options::recursive);
  const auto run =
      tito_in(scratch.path(), {"-C", COURSE_DIR, "grade", "run",
                               (scratch / "submissions").string(), "--out",
                               (scratch / "grades.csv").string(), "--gradebook",
                               (scratch / "book.db").string()});
  INFO(run.output);
  REQUIRE(run.ok());
  std::ifstream grades(scratch / "grades.csv");
  std::string line;
  std::getline(grades, line);
  int modules = 0;
  while (std::getline(grades, line)) {
    INFO(line);
    CHECK(line.find(",passed") != std::string::npos);
    ++modules;
  }
  CHECK(modules > 1);
}
