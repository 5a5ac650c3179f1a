#include "dev/stub.hpp"
#include "dev/stub_files.hpp"
#include "dev_course.hpp"
#include "support/catch.hpp"
#include "system/error.hpp"
#include "system/files.hpp"

namespace tito::dev {
namespace {

namespace fs = std::filesystem;

std::string stub_of(const std::string& solution) {
  std::vector<Problem> problems;
  const auto regions = parse_regions(solution, "f.cpp", problems);
  for (const Problem& problem : problems) INFO(to_string(problem));
  REQUIRE(problems.empty());
  return generate_stub(solution, regions);
}

std::string only_problem(const std::string& solution) {
  std::vector<Problem> problems;
  parse_regions(solution, "f.cpp", problems);
  REQUIRE(problems.size() == 1);
  return to_string(problems[0]);
}

TEST_CASE("a task's region becomes one call at the same indentation") {
  CHECK(
      stub_of("Tensor reshape(Shape shape) {\n"
              "  // <solution task=\"01.2\" name=\"reshape\" args=\"shape\">\n"
              "  return view(shape);\n"
              "  // </solution>\n"
              "}\n") ==
      "Tensor reshape(Shape shape) {\n"
      "  // TODO(01.2): reshape\n"
      "  not_implemented(\"01.2\", \"reshape\", shape);\n"
      "}\n");
}

TEST_CASE("a region needs no arguments") {
  CHECK(stub_of("// <solution task=\"01.2\" name=\"a b\">\n"
                "// </solution>\n") ==
        "// TODO(01.2): a b\nnot_implemented(\"01.2\", \"a b\");\n");
}

TEST_CASE("a mark may be broken over lines, and so may the call") {
  CHECK(stub_of("    // <solution task=\"01.10\" name=\"slice\" args=\"first, "
                "last,\n"
                "    // number_of_steps, another_parameter\">\n"
                "    // </solution>\n") ==
        "    // TODO(01.10): slice\n"
        "    not_implemented(\"01.10\", \"slice\", first, last, "
        "number_of_steps,\n"
        "                    another_parameter);\n");
}

TEST_CASE("a private region disappears with the blank lines it leaves") {
  CHECK(stub_of("#include <vector>\n\n"
                "// <solution>\nint helper();\n// </solution>\n\n"
                "int f();\n") == "#include <vector>\n\nint f();\n");
  CHECK(stub_of("void f() {\n"
                "  // <solution>\n  int x;\n  // </solution>\n\n"
                "  g();\n}\n") == "void f() {\n  g();\n}\n");
  CHECK(stub_of("void f() {\n  g();\n\n"
                "  // <solution>\n  h();\n  // </solution>\n}\n") ==
        "void f() {\n  g();\n}\n");
  CHECK(stub_of("// <solution>\n#include <map>\n\n// </solution>\nint f;\n") ==
        "int f;\n");
  CHECK(stub_of("int f;\n\n// <solution>\nint g;\n// </solution>\n") ==
        "int f;\n");
}

TEST_CASE("namespaces keep the blank line behind their brace") {
  CHECK(stub_of("namespace a {\n"
                "// <solution>\nint h;\n// </solution>\n\n"
                "int f;\n\n}  // namespace a\n") ==
        "namespace a {\n\nint f;\n\n}  // namespace a\n");
}

TEST_CASE("everything else is copied as it is") {
  const std::string text = "a\n\n\n{\n\n  b\n\n}\n";
  CHECK(stub_of(text) == text);
}

TEST_CASE("each misplaced mark is named with its line") {
  CHECK(only_problem("a\n// <solution>\nb\n").find("f.cpp:2: ") == 0);
  CHECK(only_problem("a\n// <solution>\nb\n").find("never closed") !=
        std::string::npos);
  CHECK(only_problem("// <solution>\n// <solution>\n// </solution>\n")
            .find("f.cpp:2: a region inside the one of line 1") == 0);
  CHECK(only_problem("a\n// </solution>\n")
            .find("f.cpp:2: `// </solution>` "
                  "closes nothing") == 0);
  CHECK(only_problem("f();  // <solution>\n").find("a line of its own") !=
        std::string::npos);
  CHECK(only_problem("// <solution task=\"01.1\" name=\"x\"\nint a;\n"
                     "// </solution>\n")
            .find("does not end in `>`") != std::string::npos);
}

TEST_CASE("each wrong attribute is named") {
  const std::string end = "\n// </solution>\n";
  CHECK(only_problem("// <solution task=\"01.1\">" + end)
            .find("the region of task 01.1 has no name") != std::string::npos);
  CHECK(only_problem("// <solution name=\"x\">" + end).find("need a task") !=
        std::string::npos);
  CHECK(only_problem("// <solution tsk=\"01.1\">" + end)
            .find("unknown attribute `tsk`") != std::string::npos);
  CHECK(only_problem("// <solution task=01.1>" + end).find("cannot read") !=
        std::string::npos);
}

TEST_CASE("a task must be the module's, and in the file it belongs to") {
  const SmallCourse small;
  const Course course = small.open();
  std::vector<Problem> problems;
  Region region;
  region.first = 3;
  region.task = "01.2";
  const grader::Module& module = course.curriculum.modules()[0];
  check_regions({region}, module, "views.cpp", "f", problems);
  CHECK(problems.empty());
  check_regions({region}, module, "tensor.cpp", "f", problems);
  CHECK(any_contains(problems, "f:3: task 01.2 belongs into views.cpp"));
  region.task = "02.1";
  check_regions({region}, module, "views.cpp", "f", problems);
  CHECK(any_contains(problems, "f:3: module 01 has no task 02.1"));
}

const char* const kSolution =
    "int f() {\n  // <solution task=\"01.1\" name=\"f\">\n  return 1;\n"
    "  // </solution>\n}\n";
const char* const kStub =
    "int f() {\n  // TODO(01.1): f\n  not_implemented(\"01.1\", \"f\");\n}\n";

struct StubTree : SmallCourse {
  StubTree() { write("solutions/01_tensor/src/tensor.cpp", kSolution); }
  std::string stub() const { return read_text(stub_path()); }
  fs::path stub_path() const {
    return root() / "modules/01_tensor/src/tensor.cpp";
  }
  int run(const StubOptions& options) {
    said.clear();
    Terminal terminal(&said, 80, false);
    return run_stubs(open(), options, terminal);
  }
  std::string said;
};

TEST_CASE("stubs are written, compared and written again") {
  StubTree tree;
  StubOptions check;
  check.check = true;
  tree.run(check);
  CHECK(tree.said.find("modules/01_tensor/src/tensor.cpp: missing") !=
        std::string::npos);
  tree.run({});
  CHECK(tree.stub() == kStub);
  tree.run(check);
  CHECK(tree.said.find("tensor.cpp: missing. Run") == std::string::npos);
  // A stub that only the generator wrote is nobody's work.
  tree.write("solutions/01_tensor/src/tensor.cpp",
             std::string("// New.\n") + kSolution);
  CHECK(tree.run(check) == kNotPassed);
  CHECK(tree.said.find("differs from its solution: line 1") !=
        std::string::npos);
  tree.run({});
  CHECK(tree.stub() == std::string("// New.\n") + kStub);
}

TEST_CASE("a student's work is not overwritten unless forced") {
  StubTree tree;
  tree.run({});
  const std::string work = "int f() { return 7; }\n";
  write_text(tree.stub_path(), work);
  CHECK_THROWS_AS(tree.run({}), UsageError);
  CHECK(tree.stub() == work);
  StubOptions force;
  force.force = true;
  tree.run(force);
  CHECK(tree.stub() == kStub);
}

TEST_CASE("without solutions nothing is written") {
  StubTree tree;
  tree.run({});
  fs::remove_all(tree.root() / "solutions");
  CHECK_THROWS_AS(tree.run({}), UsageError);
  CHECK(tree.stub() == kStub);
}

TEST_CASE("a broken solution and an unlisted one are problems") {
  StubTree tree;
  tree.write("solutions/01_tensor/src/views.cpp", "// </solution>\n");
  tree.write("solutions/01_tensor/src/extra.cpp", "");
  CHECK(tree.run({}) == kNotPassed);
  CHECK(tree.said.find("views.cpp:1: ") != std::string::npos);
  CHECK(tree.said.find("extra.cpp: not in \"sources\"") != std::string::npos);
  CHECK(tree.said.find("02_layers/src/layers.cpp: missing") !=
        std::string::npos);
  CHECK(!fs::exists(tree.root() / "modules/01_tensor/src/views.cpp"));
}

TEST_CASE("a course is found from a folder inside it, and only there") {
  const StubTree tree;
  CHECK(open_course(tree.root() / "solutions/01_tensor/src").root ==
        fs::canonical(tree.root()));
  const grader::Scratch empty;
  CHECK_THROWS_AS(open_course(empty.path()), UsageError);
  CHECK_THROWS_AS(select_modules(tree.open(), "99"), UsageError);
}

}  // namespace
}  // namespace tito::dev
