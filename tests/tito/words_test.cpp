// What tito says to words that it does not know, and where there is no course.
#include <sstream>

#include "course_workspace.hpp"
#include "ui/text.hpp"

namespace {

void check_usage(const CourseWorkspace& workspace,
                 const std::vector<std::string>& words,
                 const std::string& expected) {
  const auto result = workspace.tito(words);
  INFO(result.output);
  CHECK(result.code == 2);
  CHECK(contains(result.output, expected));
  CHECK(contains(result.output, "tito: "));
  CHECK(std::count(result.output.begin(), result.output.end(), '\n') == 1);
}

/// The commands that a help page lists.
std::vector<std::string> listed_commands(const std::string& help) {
  std::istringstream lines(
      help.substr(std::min(help.find("\nSubcommands:\n"), help.size())));
  std::vector<std::string> commands;
  for (std::string line; std::getline(lines, line);) {
    if (commands.size() > 0 && line.empty()) break;
    const bool entry = line.starts_with("  ") && line[2] != ' ';
    if (entry) commands.push_back(line.substr(2, line.find(' ', 2) - 2));
  }
  return commands;
}

/// What stands below the options of a help page.
std::string examples_in(const std::string& help) {
  const std::size_t at = help.find("\nExample");
  return at == std::string::npos ? "" : help.substr(at);
}

/// Checks the help of a command and of all below it; returns their number.
int check_help(const Scratch& scratch, std::vector<std::string> words,
               const std::string& examples_above = "") {
  words.emplace_back("--help");
  const auto result = tito_in(scratch.path(), words);
  words.pop_back();
  CHECK(result.code == 0);
  std::istringstream lines(result.output);
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK(tito::display_width(line) <= 80);
  }
  const std::string examples = examples_in(result.output);
  CHECK((examples.empty() || examples != examples_above));
  int pages = 1;
  for (const std::string& command : listed_commands(result.output)) {
    words.push_back(command);
    pages += check_help(scratch, words, examples);
    words.pop_back();
  }
  return pages;
}

}  // namespace

TEST_CASE("unknown words bring the nearest known one") {
  const CourseWorkspace workspace;
  check_usage(workspace, {"modul"}, "Did you mean 'module'?");
  check_usage(workspace, {"module", "tset"}, "Did you mean 'test'?");
  check_usage(workspace, {"module", "test", "--jsno"}, "'--json'?");
  check_usage(workspace, {"module", "test", "tesnor"}, "'tensor'?");
  check_usage(workspace, {"module", "view", "99"}, "tito module list");
  check_usage(workspace, {"module", "test", "01", "--task", "01.77"}, "01.7");
  check_usage(workspace, {"module", "hint", "01.99"}, "no task '01.99'");
  check_usage(workspace, {"milestone", "run", "perceptorn"}, "'perceptron'?");
  check_usage(workspace, {"milestone", "run"}, "milestone");
  check_usage(workspace, {"module", "test", "01", "02"}, "'02'");
  check_usage(workspace, {"completion", "tcsh"}, "completion --help");
  check_usage(workspace, {"watch"}, "tito watch --once");
  check_usage(workspace, {"module", "reset", "01"}, "--yes");
}

TEST_CASE("an option before its command is told where it belongs") {
  const CourseWorkspace workspace;
  check_usage(workspace, {"--json", "grade", "status"},
              "belongs after the command: tito grade status --json");
  check_usage(workspace, {"grade", "--json", "status"},
              "belongs after the command: tito grade status --json");
  check_usage(workspace, {"--gradebook", "b.db", "grade", "status"},
              "belongs after the command: tito grade status --gradebook");
  check_usage(workspace, {"grade", "status", "--jsno"}, "'--json'?");
}

TEST_CASE("a list of modules is one word") {
  const CourseWorkspace workspace;
  for (const char* command : {"run", "similarity"}) {
    const std::vector<std::string> modules = {"--modules", "01,02"};
    std::vector<std::string> words = {"grade", command, "nowhere"};
    words.insert(words.end(), modules.begin(), modules.end());
    std::vector<std::string> turned = {"grade", command, "--modules", "01,02",
                                       "nowhere"};
    if (command == std::string("run")) {
      words.insert(words.end(), {"--out", "x.csv"});
      turned.insert(turned.end(), {"--out", "x.csv"});
    }
    check_usage(workspace, words, "'nowhere' is not a directory");
    check_usage(workspace, turned, "'nowhere' is not a directory");
  }
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{
           {"grade", "export", "--format", "csv", "--out", "x", "--module"},
           {"grade", "feedback", "--out", "x", "--module"},
           {"grade", "ci", "--modules"},
           {"submit", "--student", "ada", "--modules"}}) {
    auto two = words;
    two.insert(two.end(), {"01", "02"});
    check_usage(workspace, two, "does not know the argument '02'");
    auto unknown = words;
    unknown.emplace_back("02,tesnor");
    if (words.back() == "--modules") check_usage(workspace, unknown, "tesnor");
  }
}

TEST_CASE("a directory that does not exist is no place to start in") {
  const CourseWorkspace workspace;
  for (const char* none : {"/nonexist", "", "modules/curriculum.json"}) {
    check_usage(workspace, {"-C", none, "grade", "status"},
                "there is no directory '" + std::string(none) + "'");
    check_usage(workspace, {"grade", "policy", "set", "-C", none},
                "name the course's");
  }
}

TEST_CASE("help and version go to standard output") {
  const Scratch scratch;
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"--help"},
                                             {},
                                             {"module", "--help"},
                                             {"module", "test", "--help"}}) {
    const auto result = tito_in(scratch.path(), words);
    CHECK(result.code == 0);
    CHECK(contains(result.output, "Usage: tito"));
  }
  CHECK(contains(tito_in(scratch.path(), {"--help"}).output,
                 "tito module start 01"));
  CHECK(contains(tito_in(scratch.path(), {"--version"}).output, "tito 0."));
  CHECK(tito_in(scratch.path(), {"module"}).code == 2);
}

TEST_CASE("every page of help fits into 80 columns") {
  const Scratch scratch;
  CHECK(check_help(scratch, {}) > 40);
  const auto formats =
      tito_in(scratch.path(), {"grade", "export", "--help"}).output;
  CHECK(contains(formats, "The system's format (csv, csv-wide, canvas,"));
  const auto jobs = tito_in(scratch.path(), {"grade", "run", "--help"}).output;
  CHECK(contains(jobs, "Submissions at a time (1 - 256)"));
}

TEST_CASE("outside of a course the message says where to go") {
  const Scratch scratch;
  const auto result = tito_in(scratch.path(), {"module", "list"});
  CHECK(result.code == 2);
  CHECK(contains(result.output, "not inside a course"));
  const CourseWorkspace workspace;
  CHECK(tito_in(scratch.path(), {"-C", workspace.path(), "module", "list"})
            .code == 0);
  CHECK(tito_in(scratch.path(), {"module", "list", "-C", workspace.path()})
            .code == 0);
}

TEST_CASE("an error is a JSON document too") {
  const CourseWorkspace workspace;
  grader::Command command;
  command.argv = {"sh", "-c",
                  BUILD_DIR
                  "/bin/tito module test nonsense --json 2>/dev/null"};
  command.directory = workspace.path();
  const auto result = grader::run(command);
  CHECK(result.code == 2);
  CHECK(nlohmann::json::parse(result.output).at("exit_code") == 2);
}

TEST_CASE("a reader that leaves early is no error") {
  const CourseWorkspace workspace;
  grader::Command command;
  command.argv = {"bash", "-c",
                  "set -o pipefail; " BUILD_DIR
                  "/bin/tito module view 01 | true; echo code $?"};
  command.directory = workspace.path();
  CHECK(grader::run(command).output == "code 0\n");
}

TEST_CASE("a full standard output is an error") {
  const CourseWorkspace workspace;
  grader::Command command;
  command.argv = {"sh", "-c", BUILD_DIR "/bin/tito module list > /dev/full"};
  command.directory = workspace.path();
  const auto result = grader::run(command);
  CHECK(result.code == 3);
  CHECK(contains(result.output, "No space left"));
}

TEST_CASE("every shell accepts its completion script") {
  const CourseWorkspace workspace;
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    const auto script = workspace.tito({"completion", shell});
    CHECK(contains(script.output, "perceptron"));
    if (grader::find_program(shell).empty()) continue;
    spit(workspace.path() / shell, script.output);
    grader::Command command;
    command.argv = {shell, "-n", (workspace.path() / shell).string()};
    const auto result = grader::run(command);
    INFO(shell << ": " << result.output);
    CHECK(result.ok());
  }
}

TEST_CASE("bash completes commands, options, modules and tasks") {
  const CourseWorkspace workspace;
  spit(workspace.path() / "tito.bash",
       workspace.tito({"completion", "bash"}).output);
  const auto complete = [&](const std::string& words, int at) {
    grader::Command command;
    command.argv = {"bash", "-c",
                    "source ./tito.bash; COMP_WORDS=(" + words +
                        "); COMP_CWORD=" + std::to_string(at) +
                        "; _tito; echo \"${COMPREPLY[*]}\""};
    command.directory = workspace.path();
    return grader::run(command).output;
  };
  CHECK(complete("tito mod", 1) == "module\n");
  CHECK(complete("tito module st", 2) == "start status\n");
  CHECK(complete("tito module test tens", 3) == "tensor\n");
  CHECK(complete("tito module test --js", 3) == "--json\n");
  CHECK(complete("tito module test --task 01.14", 4) == "01.14\n");
  CHECK(complete("tito -C /tmp module li", 4) == "list\n");
  CHECK(contains(complete("tito milestone run ''", 3), "perceptron"));
}
