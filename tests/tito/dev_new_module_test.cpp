#include <filesystem>

#include "dev/check_tests.hpp"
#include "dev/new_module.hpp"
#include "dev/tree_checks.hpp"
#include "dev_course.hpp"
#include "support/catch.hpp"
#include "system/error.hpp"
#include "system/files.hpp"

namespace tito::dev {
namespace {

namespace fs = std::filesystem;

int create(const SmallCourse& small, const NewModuleOptions& options) {
  std::string said;
  Terminal terminal(&said, 80, false);
  return run_new_module(small.open(), options, terminal);
}

TEST_CASE("a new module is complete but for what only its author knows") {
  const SmallCourse small;
  NewModuleOptions options;
  options.name = "data_loader";
  options.title = "Data \"loader\"";
  options.required = {"layers", "1"};
  CHECK(create(small, options) == kPassed);

  const Course course = small.open();
  const grader::Module* module = course.curriculum.module("03");
  REQUIRE(module);
  CHECK(module->folder() == "03_data_loader");
  CHECK(module->title == options.title);
  CHECK(module->requires_ == std::vector<std::string>{"01", "02"});
  CHECK(read_text(small.root() / "modules/03_data_loader/src/data_loader.cpp")
            .find("not_implemented(\"03.1\"") != std::string::npos);

  CHECK(!any_contains(check_folders(course), "03_data_loader"));
  CHECK(!any_contains(check_stub_files(course), "03_data_loader"));
  CHECK(!any_contains(check_tags(course), "03_data_loader"));
  CHECK(!any_contains(check_layers(course), "03_data_loader"));
  CHECK(any_contains(check_lessons(course), "section \"Why\" is empty"));
  CHECK(!any_contains(check_lessons(course), "03_data_loader/README.md: no"));
  CHECK(any_contains(check_hints(course), "task 03.1 has 0 of 2"));
}

TEST_CASE("the rest of the curriculum's text stays as it is") {
  const std::string text = add_module(kSmallCurriculum, "    {}");
  CHECK(text.find("    },\n    {}\n  ],\n  \"milestones\"") !=
        std::string::npos);
  CHECK(text.size() == std::string(kSmallCurriculum).size() + 8);
  CHECK_THROWS_AS(add_module("{\"modules\": []}", "{}"), UsageError);
}

TEST_CASE("without requirements a module follows the last one") {
  const SmallCourse small;
  NewModuleOptions options;
  options.name = "training";
  create(small, options);
  const Course course = small.open();
  CHECK(course.curriculum.modules().back().title == "Training");
  CHECK(course.curriculum.modules().back().requires_ ==
        std::vector<std::string>{"02"});
}

TEST_CASE("bad and taken names are refused, and nothing is written") {
  const SmallCourse small;
  small.write("framework/include/tinytorch/taken.hpp", "");
  small.write("tests/mutants/03_used.json", "mine");
  for (const char* name :
       {"", "Autograd", "1st", "a-b", "../x", "tensor", "taken", "used"}) {
    INFO(name);
    NewModuleOptions options;
    options.name = name;
    CHECK_THROWS_AS(create(small, options), UsageError);
  }
  NewModuleOptions options;
  options.name = "fine";
  options.required = {"17"};
  CHECK_THROWS_AS(create(small, options), UsageError);
  CHECK(read_text(small.root() / "modules/curriculum.json") ==
        kSmallCurriculum);
  CHECK(!fs::exists(small.root() / "modules/03_fine"));
}

}  // namespace
}  // namespace tito::dev
