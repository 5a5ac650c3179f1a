#include "commands/reporting.hpp"

#include "system/files.hpp"
#include "system/session.hpp"
#include "ui/build_failure.hpp"

using nlohmann::json;

namespace tito {
namespace {

const char* end_name(grader::BuildResult::End end) {
  using End = grader::BuildResult::End;
  switch (end) {
    case End::ok:
      return "ok";
    case End::compile_error:
      return "compile_error";
    case End::link_error:
      return "link_error";
    case End::limit:
      return "limit";
    case End::broken:
      break;
  }
  return "broken";
}

json build_json(const ModuleReport& report, const Course& course) {
  json errors = json::array();
  for (const grader::Diagnostic& error : report.build.errors) {
    errors.push_back({{"file", short_path(error.file, course.workspace.root)},
                      {"line", error.line},
                      {"column", error.column},
                      {"message", error.message}});
  }
  return {{"result", end_name(report.build.end)},
          {"seconds", report.build_seconds},
          {"errors", errors},
          {"missing_symbols", report.build.missing_symbols}};
}

json test_json(const grader::TestResult& test, const Course& course) {
  json out = {{"name", test.name},
              {"tasks", test.tasks},
              {"status", grader::to_string(test.status)},
              {"hidden", test.hidden}};
  if (test.hidden) return out;
  out["seconds"] = test.seconds;
  out["detail"] = test.detail;
  out["failures"] = json::array();
  for (const grader::Failure& failure : test.failures) {
    out["failures"].push_back(
        {{"expression", failure.expression},
         {"expanded", failure.expanded},
         {"message", failure.message},
         {"file", short_path(failure.file, course.toolchain.course)},
         {"line", failure.line}});
  }
  return out;
}

json tasks_json(const ModuleReport& report) {
  json tasks = json::array();
  for (const TaskReport& task : report.tasks) {
    json entry = {{"id", task.task->id},
                  {"title", task.task->title},
                  {"state", to_string(task.state)},
                  {"tests", task.tests},
                  {"passed", task.passed},
                  {"points", task.points},
                  {"maximum", task.task->points}};
    if (!task.waits_for.empty()) entry["waits_for"] = task.waits_for;
    tasks.push_back(std::move(entry));
  }
  return tasks;
}

}  // namespace

Course open_course(const App& app) {
  return open_course(app.build_directory(), app.directory);
}

void add_json_flag(CLI::App& command, App& app) {
  command.add_flag("--json", app.json, "One JSON document instead of text");
}

void print_json(App& app, const json& document) {
  // Student code may print bytes that are no UTF-8.
  app.terminal->print(
      "{}\n", document.dump(2, ' ', false, json::error_handler_t::replace));
}

json report_json(const ModuleReport& report, const Course& course) {
  json tests = json::array();
  for (const auto& test : report.results) {
    tests.push_back(test_json(test, course));
  }
  return {{"module", report.module->number},
          {"name", report.module->name},
          {"passed", report.passed()},
          {"points", report.points()},
          {"maximum", report.module->points()},
          {"build", build_json(report, course)},
          {"tasks", tasks_json(report)},
          {"tests", tests}};
}

void remember_results(const ModuleReport& report, const Workspace& workspace) {
  if (report.tasks.empty()) return;
  const Session before = load_session(workspace);
  std::map<std::string, std::string> results = before.results;
  for (const TaskReport& task : report.tasks) {
    results[task.task->id] = to_string(task.state);
  }
  if (results == before.results) return;
  update_session(workspace, [&](Session& session) {
    for (const TaskReport& task : report.tasks) {
      session.results[task.task->id] = to_string(task.state);
    }
  });
}

std::string command_text(const Terminal& terminal, const std::string& command) {
  return terminal.paint(Style::accent, command);
}

}  // namespace tito
