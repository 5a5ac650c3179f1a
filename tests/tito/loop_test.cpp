// The student's loop, with the real program and the real first module.
#include <signal.h>

#include "course_workspace.hpp"

namespace fs = std::filesystem;

namespace {

std::size_t entries(const fs::path& directory) {
  if (!fs::exists(directory)) return 0;
  return std::distance(fs::directory_iterator(directory), {});
}

}  // namespace

TEST_CASE("a locked module names what it needs and the next command") {
  const CourseWorkspace workspace;
  for (const std::string verb : {"start", "complete"}) {
    const auto result = workspace.tito({"module", verb, "02"});
    CHECK(result.code == 1);
    CHECK(contains(result.output, "needs 01 Tensor"));
    CHECK(contains(result.output, "tito module start 01"));
  }
  const auto result = workspace.tito({"milestone", "run", "perceptron"});
  CHECK(result.code == 1);
  CHECK(contains(result.output, "01 Tensor, 02 Activations and 03 Layers"));
  CHECK_FALSE(fs::exists(workspace.progress()));
}

TEST_CASE("the loop: start, test, hint, complete, change, reset") {
  const CourseWorkspace workspace;
  fs::remove(workspace.source("views.cpp"));

  auto result = workspace.tito({"module", "start", "tensor"});
  INFO(result.output);
  REQUIRE(result.code == 0);
  CHECK(contains(result.output, "Added 1 stub file"));
  CHECK(contains(result.output, "modules/01_tensor/README.md"));
  CHECK(contains(result.output, "tito module test 01"));
  CHECK(fs::exists(workspace.source("views.cpp")));

  auto report = workspace.tito_json({"module", "test", "--json"}, 1);
  CHECK(report.at("passed") == false);
  CHECK(report.at("points") == 0);
  for (const auto& task : report.at("tasks")) {
    const std::string state = task.at("state");
    CAPTURE(task.dump());
    CHECK((state == "not_written" || state == "waiting"));
  }
  CHECK(contains(workspace.tito({"module", "test"}).output,
                 "tito module hint 01.1"));

  CHECK(contains(workspace.tito({"module", "hint"}).output, "hint 1 of"));
  CHECK(contains(workspace.tito({"module", "hint"}).output, "hint 2 of"));
  workspace.tito({"module", "hint", "01.1", "--reset"});
  CHECK(
      contains(workspace.tito({"module", "hint", "01.1"}).output, "hint 1 of"));
  CHECK(workspace.tito({"module", "complete", "01"}).code == 1);

  workspace.solve("01_tensor");
  report = workspace.tito_json({"module", "test", "01", "--json"}, 0);
  CHECK(report.at("points") == report.at("maximum"));
  report = workspace.tito_json({"module", "complete", "01", "--json"}, 0);
  CHECK(report.at("complete") == true);
  CHECK(report.at("unlocked").at("modules") == nlohmann::json{"02"});
  CHECK(fs::exists(workspace.path() / ".tito/lib/libtinytorch.a"));
  report = workspace.tito_json({"module", "status", "01", "--json"}, 0);
  CHECK(report.at("complete") == true);
  CHECK(report.at("changed_since_completion") == false);

  const std::string mine = slurp(workspace.source("views.cpp")) + "// mine\n";
  spit(workspace.source("views.cpp"), mine);
  report = workspace.tito_json({"module", "status", "01", "--json"}, 0);
  CHECK(report.at("changed_since_completion") == true);
  CHECK(workspace.tito({"module", "reset", "01"}).code == 2);
  CHECK(slurp(workspace.source("views.cpp")) == mine);
  CHECK(workspace.tito({"module", "reset", "01", "--yes"}).code == 0);
  CHECK(slurp(workspace.source("views.cpp")) ==
        slurp(COURSE_DIR "/modules/01_tensor/src/views.cpp"));
  REQUIRE(entries(workspace.path() / ".tito/backups") == 1);
  const fs::path backup =
      fs::directory_iterator(workspace.path() / ".tito/backups")->path();
  CHECK(slurp(backup / "views.cpp") == mine);
}

TEST_CASE("wrong code is explained: compiler, linker, value, crash") {
  const CourseWorkspace workspace;
  workspace.solve("01_tensor");
  const fs::path file = workspace.source("factories.cpp");
  const std::string good = slurp(file);

  spit(file, good + "\nint broken( { return nothing; }\n");
  auto result = workspace.tito({"module", "test", "01"});
  CHECK(result.code == 1);
  CHECK(contains(result.output, "modules/01_tensor/src/factories.cpp:"));
  CHECK(contains(result.output, "int broken( { return nothing; }"));
  CHECK(contains(result.output, "^"));
  CHECK_FALSE(contains(result.output, "FAILED"));

  spit(file, "#include \"tinytorch/tensor.hpp\"\n");
  result = workspace.tito({"module", "test", "01"});
  CHECK(result.code == 1);
  CHECK(contains(result.output, "no longer defines"));
  CHECK(contains(result.output, "tinytorch::"));
  CHECK(contains(result.output, "tito module reset 01"));

  spit(file, good +
                 "\n#include <csignal>\n"
                 "static int dies = [] { return std::raise(SIGSEGV); }();\n");
  result = workspace.tito({"module", "test", "01"});
  CHECK(result.code == 1);
  CHECK_FALSE(contains(result.output, "All public tests pass"));

  spit(file, good +
                 "\n#include <cstdlib>\n"
                 "static int leaves = (std::exit(0), 0);\n");
  CHECK(workspace.tito({"module", "complete", "01"}).code == 1);
  CHECK_FALSE(contains(slurp(workspace.progress()), "completed_at"));
}

TEST_CASE("a damaged state is reported, kept, and does not stop the student") {
  const CourseWorkspace workspace;
  spit(workspace.progress(), "{\"completed\": [1,");
  auto result = workspace.tito({"module", "list"});
  CHECK(result.code == 0);
  CHECK(contains(result.output, "progress.json.broken-"));
  spit(workspace.progress(), "{\"version\": 99}");
  result = workspace.tito({"module", "list"});
  CHECK(result.code == 3);
  CHECK(contains(result.output, "newer tito"));
  CHECK(slurp(workspace.progress()) == "{\"version\": 99}");
}

TEST_CASE("an interrupted run ends with 130 and leaves no process") {
  const CourseWorkspace workspace;
  workspace.solve("01_tensor");
  const fs::path file = workspace.source("factories.cpp");
  const std::string pid_file = (workspace.path() / "pid").string();
  spit(file, slurp(file) +
                 "\n#include <fstream>\n#include <unistd.h>\n"
                 "static int waits = [] { std::ofstream(\"" +
                 pid_file +
                 "\") << getpid() << std::endl; return pause(); }();\n");
  spit(workspace.path() / "interrupt.sh", BUILD_DIR
       "/bin/tito module test 01 & tito=$!\n"
       "for i in $(seq 1200); do test -s pid && break; sleep 0.05; done\n"
       "child=$(cat pid); kill -0 $child && echo it runs\n"
       "kill -INT $tito; wait $tito; echo code $?\n"
       "for i in $(seq 100); do\n"
       "  grep -q 'State:.[RSDT]' /proc/$child/status 2>/dev/null || exit 0\n"
       "  sleep 0.05\n"
       "done\n"
       "echo left over\n");
  grader::Command command;
  command.argv = {"bash", "interrupt.sh"};
  command.directory = workspace.path();
  const auto result = grader::run(command);
  INFO(result.output);
  CHECK(contains(result.output, "it runs"));
  CHECK(contains(result.output, "code 130"));
  CHECK_FALSE(contains(result.output, "left over"));
  CHECK(contains(result.output, "tito: interrupted"));
}

TEST_CASE("doctor finds a healthy machine and a missing course") {
  const CourseWorkspace workspace;
  const auto report = workspace.tito_json({"doctor", "--json"}, 0);
  CHECK(report.at("healthy") == true);
  const Scratch empty;
  const auto result = tito_in(empty.path(), {"doctor"});
  CHECK(result.code == 3);
  CHECK(contains(result.output, "Mend it with"));
}
