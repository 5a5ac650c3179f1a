// `tito grade roster`: who takes part.
#include <fmt/format.h>

#include <memory>

#include "commands/gradebook_commands.hpp"
#include "commands/reporting.hpp"
#include "grader/gradebook/roster.hpp"
#include "ui/table.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;
using nlohmann::json;

namespace tito {
namespace {

struct RosterOptions {
  std::string gradebook, file;
};

int run_import(const RosterOptions& options, App& app) {
  const std::string text = read_given(options.file, app);
  grader::read_roster(text, options.file);  // before a gradebook is made
  const auto opened = open_or_make(options.gradebook, app);
  grader::Gradebook& book = *opened;
  std::vector<grader::Student> roster;
  const auto changes = book.import_roster([&](const auto& known) {
    return roster = grader::read_roster(text, options.file, known);
  });
  if (app.json) {
    print_json(app, {{"students", roster.size()},
                     {"added", changes.added},
                     {"changed", changes.changed},
                     {"gone", changes.gone}});
    return kPassed;
  }
  app.terminal->print("{}: {} added, {} changed, {} gone\n",
                      count(static_cast<int>(roster.size()), "student"),
                      changes.added.size(), changes.changed.size(),
                      changes.gone.size());
  print_ids("changed", changes.changed, *app.terminal);
  print_ids("gone (their grades stay)", changes.gone, *app.terminal);
  return kPassed;
}

json to_json(const grader::Student& student) {
  return {{"id", student.id},
          {"name", student.name},
          {"email", student.email},
          {"section", student.section},
          {"sis_id", student.sis_id},
          {"login", student.login},
          {"moodle_id", student.moodle_id},
          {"canvas_id", student.canvas_id},
          {"enrolled", student.enrolled}};
}

int run_list(const RosterOptions& options, App& app) {
  const grader::Gradebook book(gradebook_path(options.gradebook, app),
                               grader::Gradebook::Mode::existing);
  if (app.json) {
    json list = json::array();
    for (const auto& student : book.students())
      list.push_back(to_json(student));
    print_json(app, {{"students", list}});
    return kPassed;
  }
  Table table({"Id", "Name", "Email", "Section", ""});
  for (const grader::Student& student : book.students()) {
    table.add({{student.id, Style::bold},
               {one_line(student.name)},
               {one_line(student.email)},
               {one_line(student.section)},
               {student.enrolled ? "" : "not on the roster", Style::warn}});
  }
  app.terminal->write(table.render(*app.terminal));
  return kPassed;
}

}  // namespace

void setup_grade_roster(CLI::App& group, App& app) {
  CLI::App* roster = group.add_subcommand("roster", "Who takes part");
  roster->require_subcommand(0, 1);
  const auto options = std::make_shared<RosterOptions>();
  CLI::App* import = roster->add_subcommand(
      "import", "Take over a CSV file: new students, changes, who has gone");
  import
      ->add_option("file", options->file,
                   "Columns id, name, email, section, sis_id, login, "
                   "moodle_id, canvas_id; only id must be there. Columns that "
                   "are not there stay as they were")
      ->type_name("FILE")
      ->required();
  add_gradebook_option(*import, options->gradebook);
  add_json_flag(*import, app);
  set_gradebook_action(*import, app,
                       [options, &app] { return run_import(*options, app); });
  CLI::App* list = roster->add_subcommand("list", "All students");
  add_gradebook_option(*list, options->gradebook);
  add_json_flag(*list, app);
  set_gradebook_action(*list, app,
                       [options, &app] { return run_list(*options, app); });
}

}  // namespace tito
