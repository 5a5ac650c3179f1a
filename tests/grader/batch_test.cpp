#include "grader/batch.hpp"

#include <sstream>

#include "fake_course.hpp"
#include "grader/report.hpp"
#include "grader/scratch.hpp"
#include "json_of.hpp"
#include "support/catch.hpp"

using grader::Prerequisites;
namespace fs = std::filesystem;

namespace {

/// A class of students, honest and otherwise.
void hand_in(const std::filesystem::path& root) {
  const auto give = [&](const std::string& id, const std::string& box,
                        const std::string& lid) {
    fake::spit(root / id / "modules/01_box/src/box.cpp", box);
    fake::spit(root / id / "modules/01_box/src/lid.cpp", lid);
  };
  const std::string start = "__attribute__((constructor)) void f() ";
  const std::string loop =
      "#include \"tinytorch/box.hpp\"\n#include <unistd.h>\n"
      "int tinytorch::size(int, int) { for (;;) fork(); }\n";
  give("anna", fake::kBox, fake::kLid);
  give("bert", fake::kBoxStub, fake::kLidStub);
  give("carl", fake::kBox, fake::kLidStub);
  give("dora", "int broken", fake::kLid);
  give("emil", loop, fake::kLid);
  give("exit", fake::kBox + ("#include <unistd.h>\n" + start) + "{_exit(0);}",
       fake::kLid);
  give("=evil", fake::kBox, fake::kLid);
  std::filesystem::create_directories(root / "none");
  fake::spit(root / "torn.zip", "no archive");
}

grader::Report grade_class(const std::filesystem::path& root, unsigned jobs) {
  const auto& course = fake::course();
  const grader::Scratch scratch;
  grader::GradeOptions options;
  options.test_limits = grader::default_test_limits();
  options.test_limits.wall = std::chrono::seconds(2);
  options.build_limits = grader::default_build_limits();
  const grader::Grader grader(course.curriculum(), course.toolchain(), options,
                              scratch.path());
  const auto entries = grader::find_entries(root);
  std::size_t calls = 0;
  grader::BatchOptions batch;
  batch.jobs = jobs;
  batch.on_graded = [&](const auto& submission, const auto& grade) {
    ++calls;
    CHECK(submission.id == grade.id);
  };
  grader::Report report;
  report.grades = grade_all(grader, entries.accepted, batch);
  report.refused = entries.refused;
  report.versions = {{"tito", "test"}};
  CHECK(calls == entries.accepted.size());
  return report;
}

}  // namespace

TEST_CASE("a class is graded exactly, whoever is in it and whatever the jobs") {
  const fake::TemporaryDirectory directory;
  hand_in(directory.path());
  const auto one = grade_class(directory.path(), 1);
  CHECK(grader::csv(one) ==
        "student,module,points,maximum,outcome\r\n"
        "anna,01_box,100,100,passed\r\n"
        "anna,02_shelf,,100,missing\r\n"
        "anna,total,100,200,partial\r\n"
        "bert,01_box,0,100,failed\r\n"
        "bert,02_shelf,,100,missing\r\n"
        "bert,total,0,200,failed\r\n"
        "carl,01_box,60,100,partial\r\n"
        "carl,02_shelf,,100,missing\r\n"
        "carl,total,60,200,partial\r\n"
        "dora,01_box,0,100,compile-error\r\n"
        "dora,02_shelf,,100,missing\r\n"
        "dora,total,0,200,failed\r\n"
        "emil,01_box,40,100,partial\r\n"
        "emil,02_shelf,,100,missing\r\n"
        "emil,total,40,200,partial\r\n"
        "exit,01_box,0,100,failed\r\n"
        "exit,02_shelf,,100,missing\r\n"
        "exit,total,0,200,failed\r\n"
        "none,01_box,,100,missing\r\n"
        "none,02_shelf,,100,missing\r\n"
        "none,total,,200,missing\r\n"
        "torn,01_box,,100,unreadable\r\n"
        "torn,02_shelf,,100,unreadable\r\n"
        "torn,total,,200,unreadable\r\n"
        "'=evil,,,,refused\r\n");
  const auto two = grade_class(directory.path(), 3);
  CHECK(grader::csv(two) == grader::csv(one));
  CHECK(json_of(two) == json_of(one));
  CHECK(grader::junit(two) == grader::junit(one));
}

TEST_CASE("a failure of ours with one submission stays with it") {
  const fake::TemporaryDirectory directory;
  hand_in(directory.path());
  const auto& course = fake::course();
  const grader::Scratch scratch;
  grader::GradeOptions options;
  options.prerequisites = Prerequisites::own;
  options.test_limits = grader::default_test_limits();
  const grader::Grader grader(course.curriculum(), course.toolchain(), options,
                              scratch.path());
  grader::BatchOptions batch;
  batch.cache.find =
      [calls = 0](const auto&) mutable -> std::optional<grader::ModuleGrade> {
    if (calls++ == 0) throw std::runtime_error("no memory");
    return std::nullopt;
  };
  const auto grades = grade_all(grader,
                                {{"anna", directory.path() / "anna"},
                                 {"carl", directory.path() / "carl"}},
                                batch);
  REQUIRE(grades.size() == 2);
  CHECK(grades[0].outcome() == grader::Outcome::infrastructure_error);
  CHECK_FALSE(grades[0].has_points());
  // The other module was not handed in: nothing failed there.
  CHECK(grades[0].modules.at(1).outcome == grader::Outcome::missing);
  CHECK(grades[1].points() == 60);
}

TEST_CASE("a batch whose grades cannot be kept ends with that error") {
  const fake::TemporaryDirectory directory;
  hand_in(directory.path());
  const auto& course = fake::course();
  const grader::Scratch scratch;
  const grader::Grader grader(course.curriculum(), course.toolchain(), {},
                              scratch.path());
  grader::BatchOptions batch;
  batch.jobs = 2;
  int calls = 0;
  batch.on_graded = [&](const auto&, const auto&) {
    ++calls;
    throw std::runtime_error("the disk is full");
  };
  CHECK_THROWS_WITH(
      grade_all(grader, grader::find_entries(directory.path()).accepted, batch),
      "the disk is full");
  CHECK(calls == 1);
}

TEST_CASE("a directory that a killed run has left is removed by the next") {
  const fake::TemporaryDirectory place;
  const fake::TemporaryFilesIn here(place.path());
  const auto age = [](const fs::path& directory) {
    fs::create_directories(directory / "release");
    fs::last_write_time(
        directory, fs::file_time_type::clock::now() - std::chrono::hours(1));
  };
  const grader::Scratch running;
  age(running.path());
  age(place.path() / "tito-grade-left");
  age(place.path() / "someone-elses");
  fs::create_directories(place.path() / "tito-grade-new");
  const grader::Scratch next;
  CHECK(fs::exists(running.path()));
  CHECK_FALSE(fs::exists(place.path() / "tito-grade-left"));
  CHECK(fs::exists(place.path() / "someone-elses"));
  CHECK(fs::exists(place.path() / "tito-grade-new"));
}
