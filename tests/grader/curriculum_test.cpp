#include "grader/curriculum.hpp"

#include "fake_course.hpp"
#include "support/catch.hpp"

using grader::Curriculum;
using grader::CurriculumError;

namespace {

Curriculum load(const std::string& text) {
  const fake::TemporaryDirectory directory;
  fake::spit(directory.path() / "curriculum.json", text);
  return Curriculum::load(directory.path() / "curriculum.json");
}

/// The fake curriculum with `from` replaced by `to`.
std::string changed(const std::string& from, const std::string& to) {
  std::string text = fake::kCurriculum;
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string error_of(const std::string& text) {
  try {
    load(text);
  } catch (const CurriculumError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("the course's own curriculum loads") {
  const auto curriculum =
      Curriculum::load(COURSE_DIR "/modules/curriculum.json");
  REQUIRE(curriculum.modules().size() >= 4);
  CHECK(curriculum.modules()[0].folder() == "01_tensor");
  for (const auto& module : curriculum.modules()) {
    CHECK(module.points() == Approx(100));
  }
}

TEST_CASE("a module is found by number, name and folder in any case") {
  const auto curriculum = load(fake::kCurriculum);
  for (const char* word : {"1", "01", "001", "box", "Box", "01_box"}) {
    INFO(word);
    REQUIRE(curriculum.module(word) != nullptr);
    CHECK(curriculum.module(word)->number == "01");
  }
  for (const char* word : {"", "0", "3", "x", "01_", "-1", "1a"}) {
    INFO(word);
    CHECK(curriculum.module(word) == nullptr);
  }
}

TEST_CASE("a milestone is found by number, name, alias and folder") {
  const auto curriculum = load(fake::kCurriculum);
  for (const char* word : {"1", "01", "room", "Chamber", "01_1900_room"}) {
    INFO(word);
    CHECK(curriculum.milestone(word) != nullptr);
  }
  CHECK(curriculum.milestone("2") == nullptr);
}

TEST_CASE("tasks lead to their module, modules to what they need") {
  const auto curriculum = load(fake::kCurriculum);
  REQUIRE(curriculum.module_of_task("02.1") != nullptr);
  CHECK(curriculum.module_of_task("02.1")->number == "02");
  CHECK(curriculum.module_of_task("02.2") == nullptr);
  const auto needed = curriculum.prerequisites(*curriculum.module("02"));
  REQUIRE(needed.size() == 1);
  CHECK(needed[0]->number == "01");
  CHECK(curriculum.prerequisites(*curriculum.module("01")).empty());
}

TEST_CASE("what is wrong in the file is named") {
  struct Case {
    std::string from, to, message;
  };
  const auto c = GENERATE(
      Case{"\"version\": 1", "\"version\": 2", "reads version 1"},
      Case{"\"version\": 1,", "\"version\": 1,,", "is not valid JSON"},
      Case{"\"version\": 1,", "\"version\": 1e999,", "number overflow"},
      Case{"\"version\": 1,", "", "\"version\" is missing"},
      Case{"\"points\": 60", "\"points\": \"60\"",
           "is string where a number belongs"},
      Case{"\"points\": 60", "\"points\": -1", "is negative"},
      Case{"\"requires\": [\"01\"], \"headers\"",
           "\"requires\": [\"03\"], \"headers\"", "\"03\" is not a module"},
      Case{"\"requires\": [], \"headers\"",
           "\"requires\": [\"02\"], \"headers\"", "\"02\" is not a module"},
      Case{"\"number\": \"02\"", "\"number\": \"01\"", "does not have the"},
      Case{"\"number\": \"02\"", "\"number\": \"2\"", "two digits"},
      Case{"\"name\": \"shelf\"", "\"name\": \"box\"", "is taken"},
      Case{"\"name\": \"shelf\"", "\"name\": \"Box\"", "\"Box\" is taken"},
      Case{"\"name\": \"shelf\"", "\"name\": \"1\"", "\"1\" is taken"},
      Case{"\"name\": \"shelf\"", "\"name\": \"01_Box\"", "is taken"},
      Case{"\"name\": \"shelf\"", "\"name\": \"../x\"", "plain folder name"},
      Case{"\"id\": \"01.2\"", "\"id\": \"01.1\"", "twice"},
      Case{"\"builds_on\": [\"01.1\"]", "\"builds_on\": [\"09.9\"]",
           "\"09.9\" is not a task"},
      Case{"\"file\": \"lid.cpp\"", "\"file\": \"lip.cpp\"",
           "not among the module's sources"},
      Case{"[\"box.cpp\", \"lid.cpp\"]", "[\"box.cpp\", \"../lid.cpp\"]",
           "not a plain file name"},
      Case{"[\"box.cpp\", \"lid.cpp\"]", "[\"box.cpp\", \"box.cpp\"]",
           "stands here twice"},
      Case{"{\"min\": 0.5}", "{}", "neither min nor max"},
      Case{"\"aliases\": [\"chamber\"]", "\"aliases\": [\"room\"]", "is taken"},
      Case{"\"aliases\": [\"chamber\"]", "\"aliases\": [\"ROOM\"]", "is taken"},
      Case{"\"aliases\": [\"chamber\"]", "\"aliases\": [\"1\"]", "is taken"});
  INFO(c.to);
  const std::string error = error_of(changed(c.from, c.to));
  INFO(error);
  CHECK(error.find(c.message) != std::string::npos);
  CHECK(error.find("curriculum.json") != std::string::npos);
  CHECK(error.find("tito dev check") != std::string::npos);
}

TEST_CASE("a curriculum that is not an object, or not there, is an error") {
  CHECK(error_of("[]").find("an object belongs") != std::string::npos);
  CHECK(error_of("").find("not valid JSON") != std::string::npos);
  CHECK_THROWS_AS(Curriculum::load("/nonexistent/curriculum.json"),
                  CurriculumError);
}
