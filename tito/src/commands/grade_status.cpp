// `tito grade status`: how far the course's grades are.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "commands/gradebook_commands.hpp"
#include "commands/reporting.hpp"
#include "grader/gradebook/export_table.hpp"
#include "grader/report.hpp"
#include "ui/table.hpp"
#include "ui/text.hpp"

using nlohmann::json;

namespace tito {
namespace {

constexpr std::size_t kMostRuns = 5;

struct Summary {
  int graded = 0, missing = 0, excused = 0, open = 0, late = 0, overridden = 0,
      degraded = 0;
  double sum = 0;

  std::optional<double> mean() const {
    if (graded == 0) return std::nullopt;
    return sum / graded;
  }
};

Summary summarize(const grader::ExportTable& table, std::size_t column) {
  using grader::GradeState;
  Summary summary;
  for (const grader::ExportRow* row : grader::class_rows(table)) {
    const grader::EffectiveGrade& grade = row->grades[column];
    if (grade.state == GradeState::excused) ++summary.excused;
    if (grade.state == GradeState::missing) ++summary.missing;
    if (grader::is_open(grade)) ++summary.open;
    if (grade.days_late > 0) ++summary.late;
    if (grade.overridden) ++summary.overridden;
    if (grade.degraded) ++summary.degraded;
    if (!grade.points) continue;
    ++summary.graded;
    summary.sum += *grade.points;
  }
  return summary;
}

json to_json(const grader::Run& run) {
  return {{"run", run.id},
          {"started", grader::to_text(run.started)},
          {"finished",
           run.finished ? json(grader::to_text(*run.finished)) : json(nullptr)},
          {"release", run.settings.release}};
}

json to_json(const grader::ExportColumn& column, const Summary& s) {
  return {{"module", column.folder},
          {"graded", s.graded},
          {"missing", s.missing},
          {"excused", s.excused},
          {"not_graded", s.open},
          {"late", s.late},
          {"overridden", s.overridden},
          {"degraded", s.degraded},
          {"mean", s.mean() ? json(*s.mean()) : json(nullptr)},
          {"maximum", column.maximum}};
}

void print_table(const grader::ExportTable& table, Terminal& terminal) {
  Table out({"Module", "Graded", "Missing", "Excused", "Open", "Late", "Overr.",
             "Mean"});
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Summary s = summarize(table, i);
    const auto number = [](int n) {
      return Cell{n > 0 ? std::to_string(n) : "-"};
    };
    const auto mean = s.mean();
    out.add({{table.columns[i].folder, Style::bold},
             number(s.graded),
             number(s.missing),
             number(s.excused),
             {s.open > 0 ? std::to_string(s.open) : "-",
              s.open > 0 ? Style::warn : Style::plain},
             number(s.late),
             number(s.overridden),
             {mean ? fmt::format("{:.1f}/{:g}", *mean, table.columns[i].maximum)
                   : "-"}});
  }
  terminal.write(out.render(terminal));
}

void print_sizes(std::size_t students, std::size_t strangers, std::size_t runs,
                 Terminal& terminal) {
  const std::string others = strangers == 0
                                 ? ""
                                 : fmt::format(
                                       ", {} more not on the roster and not "
                                       "counted (tito grade roster list)",
                                       strangers);
  terminal.print("{}{}, {}\n", count(static_cast<int>(students), "student"),
                 others, count(static_cast<int>(runs), "run"));
}

void print_runs(const std::vector<grader::Run>& runs, Terminal& terminal) {
  const std::size_t first =
      runs.size() > kMostRuns ? runs.size() - kMostRuns : 0;
  for (std::size_t i = first; i < runs.size(); ++i) {
    terminal.print("run {}  {}  {}\n", runs[i].id,
                   grader::to_text(runs[i].started),
                   runs[i].finished ? "finished" : "interrupted, or running");
  }
}

int run_status(const std::string& file, App& app) {
  const grader::Gradebook book(gradebook_path(file, app),
                               grader::Gradebook::Mode::existing);
  grader::ExportChoice choice;
  choice.detail = grader::Detail::scores;
  const auto table = export_table(book, course_curriculum(app), choice);
  const std::size_t strangers =
      table.rows.size() - grader::class_rows(table).size();
  const auto runs = book.runs();
  if (app.json) {
    json modules = json::array(), list = json::array();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      modules.push_back(to_json(table.columns[i], summarize(table, i)));
    }
    for (const grader::Run& run : runs) list.push_back(to_json(run));
    print_json(app, {{"students", table.rows.size() - strangers},
                     {"not_on_roster", strangers},
                     {"runs", list},
                     {"modules", modules}});
    return kPassed;
  }
  print_sizes(table.rows.size() - strangers, strangers, runs.size(),
              *app.terminal);
  print_runs(runs, *app.terminal);
  print_table(table, *app.terminal);
  warn_of_degraded(table, *app.terminal);
  return kPassed;
}

}  // namespace

void setup_grade_status(CLI::App& group, App& app) {
  const auto file = std::make_shared<std::string>();
  CLI::App* command = group.add_subcommand(
      "status",
      "How far the grades are: graded, missing, late, for each module");
  add_gradebook_option(*command, *file);
  add_json_flag(*command, app);
  set_gradebook_action(*command, app,
                       [file, &app] { return run_status(*file, app); });
}

}  // namespace tito
