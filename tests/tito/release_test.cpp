// `tito release`: who gets what, and what nobody may get.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "dev_course.hpp"
#include "release/gradescope.hpp"
#include "release/secrets.hpp"
#include "release/tree.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"
#include "system/error.hpp"

namespace {

namespace fs = std::filesystem;
using tito::dev::any_contains;
using tito::dev::Problem;
using tito::dev::SmallCourse;
using tito::release::find_secrets;
using tito::release::make_instructor_tree;
using tito::release::make_student_tree;
using tito::release::Secrets;
using tito::release::secrets_of;

const std::string kAnswer = "return the_answer_to_everything(42);";
const std::string kAssertion = "CHECK(answer(6, 7) == Approx(42.0));  // six";
const std::string kSetting = "const auto six_times_seven = multiply(6, 7);";
const std::string kName = "the answer is right for large inputs";
const std::string kPublic = "call_that_everybody_may_see_here(1);";

/// A course with one of everything that is secret.
class SecretCourse : public SmallCourse {
 public:
  SecretCourse() {
    write("solutions/01_tensor/src/tensor.cpp",
          kPublic + "\n// <solution>\n  " + kAnswer + "\n  " + kPublic +
              "\n  short();\n// </solution>\n");
    write("solutions/01_tensor/src/views.cpp", "");
    write("solutions/02_layers/src/layers.cpp", "");
    write("tests/hidden/01_tensor/a_test.cpp",
          fmt::format("TEST_CASE(\"{}\", \"[01.1]\") {{\n  {}\n  {}\n}}\n",
                      kName, kSetting, kAssertion));
    write("tests/probes/01_tensor/a_probe.cpp",
          "  probe.emit(\"the answer\", answer(6, 7));\n");
    write("tests/mutants/01_tensor.json",
          "{\n  \"why\": \"forgets that six is not seven\"\n}\n");
    write("tests/public/01_tensor/a_test.cpp", kPublic + "\n");
    write("tests/framework/a_test.cpp", "");
    write("tests/CMakeLists.txt", "");
    write("modules/01_tensor/README.md", "Nothing.\n");
    write("modules/01_tensor/src/tensor.cpp", kPublic + "\n");
    write("framework/include/tinytorch/tensor.hpp", kPublic + "\n");
    write("grader/templates/grade.yml", "on: push\n");
    write("grader/templates/gitattributes", "* text=auto eol=lf\n");
    write("grader/templates/gradescope/setup.sh", "");
    write("grader/templates/gradescope/run_autograder", "");
    write("README.md", kPublic);
    write(".ci/run", "#!/bin/sh\n");
  }
};

std::vector<Problem> secrets_in(const SecretCourse& course) {
  return find_secrets(secrets_of(course.open()), course.root());
}

/// What is found once `text` stands in `file` of the students' tree.
std::vector<Problem> found_in(const std::string& file,
                              const std::string& text) {
  const SecretCourse course;
  course.write(file, text);
  const Scratch place;
  const fs::path tree = place.path() / "tree";
  make_student_tree(course.open(), tree);
  return find_secrets(secrets_of(course.open()), tree);
}

std::vector<std::string> names_of(const std::vector<fs::path>& files) {
  std::vector<std::string> names(files.begin(), files.end());
  std::sort(names.begin(), names.end());
  return names;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool any_begins(const std::vector<std::string>& names,
                const std::string& text) {
  return std::any_of(names.begin(), names.end(),
                     [&](const auto& name) { return name.starts_with(text); });
}

}  // namespace

TEST_CASE("students get neither solutions nor hidden tests") {
  const SecretCourse course;
  const auto files = names_of(tito::release::student_files(course.open()));
  CHECK(has(files, "modules/curriculum.json"));
  CHECK(has(files, "modules/01_tensor/README.md"));
  CHECK(has(files, "tests/public/01_tensor/a_test.cpp"));
  CHECK(has(files, "tests/CMakeLists.txt"));
  for (const char* folder :
       {"solutions", "tests/hidden", "tests/probes", "tests/mutants",
        "tests/framework", ".git", ".ci"}) {
    CHECK(!any_begins(files, folder));
  }
}

TEST_CASE("left-overs and grades that lie about are given to nobody") {
  const SecretCourse course;
  const std::vector<std::string> left_overs = {
      "grades.csv",
      "s123.zip",
      ".tito/gradebook.db",
      "modules/01_tensor/me.zip",
      "modules/01_tensor/src/tensor.o",
      "modules/01_tensor/src/tensor.cpp~",
      "modules/01_tensor/src/.tensor.cpp.swp",
      "modules/01_tensor/src/tensor.cpp.orig",
      "tito/build/secret.o",
      "grader/.git/config"};
  for (const std::string& name : left_overs) course.write(name, "x");
  const auto students = names_of(tito::release::student_files(course.open()));
  const auto instructors =
      names_of(tito::release::instructor_files(course.open()));
  for (const std::string& name : left_overs) {
    INFO(name);
    CHECK(!has(students, name));
    CHECK(!has(instructors, name));
  }
}

TEST_CASE("instructors get everything that the course is made of") {
  const SecretCourse course;
  const auto files = names_of(tito::release::instructor_files(course.open()));
  for (const char* name :
       {"solutions/01_tensor/src/tensor.cpp", "README.md", ".ci/run",
        "tests/hidden/01_tensor/a_test.cpp", "tests/mutants/01_tensor.json",
        "tests/probes/01_tensor/a_probe.cpp", "tests/framework/a_test.cpp"}) {
    INFO(name);
    CHECK(has(files, name));
  }
}

TEST_CASE("a student's tree releases nothing") {
  const SecretCourse course;
  const Scratch place;
  fs::remove_all(course.root() / "solutions");
  CHECK_THROWS_AS(tito::release::instructor_files(course.open()),
                  tito::UsageError);
  CHECK_THROWS_AS(make_student_tree(course.open(), place.path() / "tree"),
                  tito::UsageError);
}

TEST_CASE("a released tree is new, and lies outside of the course") {
  const SecretCourse course;
  const Scratch place;
  spit(place.path() / "taken/file", "x");
  const auto release = [&](const fs::path& target) {
    return make_student_tree(course.open(), target);
  };
  CHECK_THROWS_AS(release(place.path() / "taken"), tito::UsageError);
  CHECK_THROWS_AS(release(course.root() / "modules/new"), tito::UsageError);
  CHECK_THROWS_AS(release(course.root() / "tests/new"), tito::UsageError);
  CHECK(release(place.path() / "new") > 0);
  CHECK(fs::exists(place.path() / "new/.github/workflows/grade.yml"));
}

TEST_CASE("stubs are released although the author has played the student") {
  const SecretCourse course;
  const Scratch place;
  course.write("modules/01_tensor/src/tensor.cpp", "int my_own_solution;\n");
  make_student_tree(course.open(), place.path() / "student");
  make_instructor_tree(course.open(), place.path() / "instructor");
  for (const char* tree : {"student", "instructor"}) {
    const std::string stub =
        slurp(place.path() / tree / "modules/01_tensor/src/tensor.cpp");
    CHECK(stub == kPublic + "\n");
  }
  const auto opened = course.open();
  for (const auto& file : tito::release::gradescope_files(
           opened, *opened.curriculum.module("01"), 5)) {
    CHECK(!contains(file.text, "my_own_solution"));
  }
  course.write("solutions/01_tensor/src/tensor.cpp", "// <solution>\n");
  CHECK_THROWS_AS(make_student_tree(course.open(), place.path() / "other"),
                  tito::NotYetError);
  CHECK(!fs::exists(place.path() / "other"));
}

TEST_CASE("what cannot be searched goes to students only if git tracks it") {
  const SecretCourse course;
  const Scratch place;
  const auto run = [&](std::vector<std::string> words) {
    grader::Command git;
    git.argv = {"git", "-C", course.root().string()};
    git.argv.insert(git.argv.end(), words.begin(), words.end());
    REQUIRE(grader::run(git).ok());
  };
  const auto release = [&] {
    return tito_in(course.root(), {"release", "student", "--out",
                                   (place.path() / "tree").string()});
  };
  run({"init", "--quiet"});
  const std::string tar = std::string(257, 'x') + "ustar";
  for (const std::string& begin :
       {std::string("PK\003\004"), std::string("\037\213"), tar,
        std::string("\3757zXZ"), std::string("\050\265\057\375"),
        std::string("\177ELF"), std::string("!<arch>\n")}) {
    course.write("datasets/mine.dat", begin + "and more");
    const auto refused = release();
    INFO(refused.output);
    CHECK(refused.code == 1);
    CHECK(contains(refused.output, "\n  datasets/mine.dat\n"));
    CHECK(contains(refused.output, "git add FILE"));
    CHECK(!fs::exists(place.path() / "tree"));
  }
  run({"add", "datasets/mine.dat"});
  CHECK(release().code == 0);
  CHECK(fs::exists(place.path() / "tree/datasets/mine.dat"));
}

TEST_CASE("a clean tree holds no secret") {
  CHECK(found_in("modules/01_tensor/hints.md", kPublic).empty());
}

TEST_CASE("secrets are found in lessons, hints and stubs") {
  const std::string deep(20'000, '\n');
  CHECK(any_contains(found_in("modules/01_tensor/README.md",
                              deep + "```cpp\n    " + kAnswer + "\n"),
                     "modules/01_tensor/README.md:20002: a line of "
                     "solutions/01_tensor/src/tensor.cpp"));
  CHECK(any_contains(found_in("modules/01_tensor/hints.md", kAssertion + "\r"),
                     "a line of tests/hidden/01_tensor/a_test.cpp"));
  for (const char* before : {"//   ", "> ", "- ", "/// * "}) {
    INFO(before);
    CHECK(found_in("modules/01_tensor/hints.md", before + kAnswer).size() == 1);
  }
  CHECK(found_in("milestones/01/a.cpp", kSetting + "\n" + kAssertion).size() ==
        2);
}

TEST_CASE("secrets are found in files that are not text") {
  const std::string bytes = std::string(100'000, '\0') +
                            "\x7f"
                            "ELF";
  for (const std::string& secret :
       {kAnswer, kAssertion, kSetting, kName,
        std::string("probe.emit(\"the answer\", answer(6, 7));"),
        std::string("\"why\": \"forgets that six is not seven\"")}) {
    INFO(secret);
    CHECK(found_in("datasets/a.bin", bytes + secret + bytes).size() == 1);
    CHECK(found_in("datasets/a.bin", bytes + secret).size() == 1);
    CHECK(found_in("datasets/a.bin", bytes + secret.substr(1)).empty());
  }
}

TEST_CASE("one line of a test may stand elsewhere by chance, two may not") {
  const std::string emit = "probe.emit(\"the answer\", answer(6, 7));";
  CHECK(found_in("modules/01_tensor/README.md", kSetting).empty());
  CHECK(found_in("modules/01_tensor/README.md", kSetting + "\nx\n" + emit)
            .empty());
  CHECK(
      found_in("modules/01_tensor/README.md", kSetting + "\n" + emit).size() ==
      2);
}

TEST_CASE("given code may be like a solution by chance, but not twice") {
  const SmallCourse small;
  const Secrets secrets = {{"first secret;", "solutions/a.cpp"},
                           {"second secret;", "solutions/a.cpp"}};
  small.write("framework/a.hpp", "first secret;\nx\nsecond secret;\n");
  CHECK(find_secrets(secrets, small.root()).empty());
  small.write("framework/b.hpp", "x\n  first secret;\n  second secret;\n");
  CHECK(find_secrets(secrets, small.root()).size() == 2);
  small.write("modules/01_tensor/README.md", "first secret;");
  CHECK(find_secrets(secrets, small.root()).size() == 3);
}

TEST_CASE("the course itself is full of secrets") {
  const SecretCourse course;
  const auto problems = secrets_in(course);
  CHECK(any_contains(problems, "tests/hidden/01_tensor/a_test.cpp:3"));
  CHECK(any_contains(problems, "tests/hidden/01_tensor/a_test.cpp:2"));
}

TEST_CASE("release student refuses a tree with a secret, and removes it") {
  const SecretCourse course;
  const Scratch place;
  const auto release = [&] {
    return tito_in(course.root(), {"release", "student", "--out",
                                   (place.path() / "tree").string()});
  };
  course.write("modules/01_tensor/README.md", kAnswer);
  const auto refused = release();
  CHECK(refused.code == 1);
  CHECK(contains(refused.output, "modules/01_tensor/README.md:1"));
  CHECK(contains(refused.output, "1 line of solutions or hidden tests"));
  CHECK(!fs::exists(place.path() / "tree"));
  course.write("modules/01_tensor/README.md", "Nothing.");
  CHECK(release().code == 0);
  CHECK(fs::exists(place.path() / "tree/modules/01_tensor/README.md"));
}

TEST_CASE("the students' tree of this course holds no secret") {
  const Scratch place;
  const fs::path tree = place.path() / "tree";
  const auto result = tito_in(
      COURSE_DIR, {"release", "student", "--json", "--out", tree.string()});
  INFO(result.output);
  REQUIRE(result.code == 0);
  CHECK(nlohmann::json::parse(result.output).at("files").get<int>() > 300);
  for (const char* name : {".git", "solutions", "tests/hidden", "tests/probes",
                           "tests/mutants", "build", ".tito"}) {
    CHECK(!fs::exists(tree / name));
  }
  const std::string workflow = slurp(tree / ".github/workflows/grade.yml");
  CHECK(contains(workflow, "bash scripts/setup.sh"));
  CHECK(
      contains(workflow, "tito grade ci --out grades.csv --junit grades.xml"));
  CHECK(contains(workflow, "if: always()"));
  const std::string attributes = slurp(tree / ".gitattributes");
  CHECK(contains(attributes, "* text=auto eol=lf\n"));
  CHECK(contains(attributes, "*.idx binary\n"));
  CHECK(contains(slurp(tree / ".gitignore"), "\n/*.zip\n"));
}

TEST_CASE("trees that are released configure", "[configure]") {
  const Scratch place;
  for (const std::string kind : {"student", "instructor"}) {
    INFO(kind);
    const fs::path tree = place.path() / kind;
    REQUIRE(
        tito_in(COURSE_DIR, {"release", kind, "--out", tree.string()}).code ==
        0);
    const auto mode = fs::status(tree / "scripts/setup.sh").permissions();
    CHECK((mode & fs::perms::owner_exec) != fs::perms::none);
    grader::Command command;
    command.argv = {"cmake", "--preset", "student"};
    command.directory = tree;
    const auto result = grader::run(command);
    INFO(result.output);
    CHECK(result.ok());
  }
}
