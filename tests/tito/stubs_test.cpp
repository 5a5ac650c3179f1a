// What counts as the stub that was handed out, and what as work.
#include "own_tree.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path kActivations = "modules/02_activations/src/activations.cpp";

/// The solution, with the stubs' calls in comments.
std::string finished_with_comments() {
  std::string text = slurp(COURSE_DIR
                           "/solutions/02_activations/src/"
                           "activations.cpp");
  for (const char task : std::string("123456")) {
    text += "// not_implemented(\"02." + std::string(1, task) + "\", \"x\");\n";
  }
  return text;
}

/// The solution, with the stubs' calls where nobody gets to.
std::string finished_with_dead_calls() {
  std::string text = finished_with_comments() + "namespace tinytorch {\n";
  text += "[[maybe_unused]] static void never() {\n";
  for (const char task : std::string("123456")) {
    text += "  not_implemented(\"02." + std::string(1, task) + "\", \"x\");\n";
  }
  return text + "}\n}  // namespace tinytorch\n";
}

/// As an editor on Windows leaves it.
std::string with_other_line_ends(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '\n' ? "  \r\n" : std::string(1, c);
  return result;
}

std::string submitted(const OwnTree& tree) {
  return tree.tito({"submit", "--student", "s1"}).output;
}

}  // namespace

TEST_CASE("what was finished around a stub's call is handed in") {
  const OwnTree tree;
  const std::string stub = slurp(tree.path() / kActivations);
  REQUIRE(tree.tito({"setup"}).code == 0);
  CHECK(contains(submitted(tree), "no module has been begun"));
  spit(tree.path() / kActivations, with_other_line_ends(stub));
  CHECK(contains(submitted(tree), "no module has been begun"));
  for (const auto& text :
       {finished_with_comments(), finished_with_dead_calls()}) {
    spit(tree.path() / kActivations, text);
    CHECK(tree.tito({"setup"}).code == 0);
    const std::string output = submitted(tree);
    INFO(output);
    CHECK(contains(output, kActivations.string()));
    CHECK_FALSE(contains(output, "untouched"));
    CHECK(contains(output, "Not begun, so left out: 01"));
  }
  REQUIRE(tree.tito({"module", "reset", "02", "--yes"}).code == 0);
  CHECK(slurp(tree.path() / kActivations) == stub);
}

TEST_CASE("without a kept copy, git tells what was handed out") {
  const OwnTree tree;
  // Nothing tells: better handed in than lost.
  CHECK(contains(submitted(tree), kActivations.string()));
  tree.commit();
  CHECK(contains(submitted(tree), "no module has been begun"));
  // What is committed is no stub either, once its calls are comments.
  spit(tree.path() / kActivations, finished_with_comments());
  tree.commit();
  CHECK(contains(submitted(tree), kActivations.string()));
}

TEST_CASE("a module that was completed is handed in, whatever it looks like") {
  const OwnTree tree;
  tree.commit();
  spit(tree.progress(), R"({"version": 1, "milestones": {}, "modules": {"02":
       {"started_at": "2026-03-01T10:00:00Z",
        "completed_at": "2026-03-02T10:00:00Z", "sources": "", "points": 100}}})");
  const std::string output = submitted(tree);
  INFO(output);
  CHECK(contains(output, "activations.cpp is still the stub that you got"));
  CHECK(contains(output, "Not begun, so left out: 01"));
}

TEST_CASE("grade ci grades what was finished around a stub's call") {
  const OwnTree tree;
  grader::Toolchain::load(BUILD_DIR).build_grading();
  tree.solve("01_tensor");
  spit(tree.path() / kActivations, finished_with_comments());
  // In CI there are no kept copies, and git knows only this.
  tree.commit();
  const auto result = tree.tito({"grade", "ci", "--out", "grades.csv"});
  INFO(result.output << result.error);
  CHECK(result.code == 0);
  CHECK(contains(result.output, "Not begun, so left out: 03, 04"));
  const std::string csv = slurp(tree.path() / "grades.csv");
  CHECK(contains(csv, "workspace,01_tensor,100,100,passed"));
  CHECK(contains(csv, "workspace,02_activations,100,100,passed"));
  CHECK(contains(csv, "workspace,03_layers,,100,missing"));
}

TEST_CASE("grade ci: a file that is missing costs its tasks, not the others",
          "[class]") {
  const OwnTree tree;
  grader::Toolchain::load(BUILD_DIR).build_grading();
  tree.commit();
  for (const char* module : {"01_tensor", "02_activations"}) tree.solve(module);
  fs::remove(tree.source("views.cpp"));
  const auto grade = [&] {
    const auto result =
        tree.tito({"grade", "ci", "--modules", "01,02", "--out", "grades.csv"});
    CHECK(result.code == 1);
    return result.output + slurp(tree.path() / "grades.csv");
  };
  const std::string with_stub = grade();
  INFO(with_stub);
  CHECK(contains(with_stub, "views.cpp is not there: its stub counts"));
  CHECK(contains(with_stub, "workspace,01_tensor,"));
  CHECK(contains(with_stub, ",100,partial"));
  fs::remove_all(tree.path() / ".git");
  const std::string without = grade();
  INFO(without);
  CHECK(contains(without, "This file is missing, and its stub is not to be"));
  CHECK(contains(without, "git log -- modules/01_tensor/src/views.cpp"));
  CHECK(contains(without, "workspace,01_tensor,0,100,compile-error"));
}

TEST_CASE("grade run: an author's solution is no stub", "[class]") {
  const OwnTree tree;
  fs::create_directory_symlink(COURSE_DIR "/solutions",
                               tree.path() / "solutions");
  tree.solve("01_tensor");
  spit(tree.path() / "all/s1/tensor.cpp", slurp(tree.source("tensor.cpp")));
  grader::Toolchain::load(BUILD_DIR).build_grading();
  const auto result = tree.tito({"grade", "run", "all", "--modules", "01",
                                 "--out", "grades.csv", "--jobs", "2"});
  INFO(result.output);
  CHECK(result.code == 0);
  CHECK(contains(result.output, "views.cpp is not there: its stub counts"));
  CHECK(contains(slurp(tree.path() / "grades.csv"), "01_tensor"));
  CHECK_FALSE(contains(slurp(tree.path() / "grades.csv"), "100,100,passed"));
}
