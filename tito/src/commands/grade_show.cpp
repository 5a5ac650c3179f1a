// `tito grade show`: one student's grades, and why they are what they are.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "commands/gradebook_commands.hpp"
#include "commands/reporting.hpp"
#include "grader/gradebook/export.hpp"
#include "grader/gradebook/export_table.hpp"
#include "grader/report.hpp"
#include "ui/table.hpp"
#include "ui/text.hpp"

using nlohmann::json;

namespace tito {
namespace {

struct ShowOptions {
  std::string gradebook, student;
};

grader::ExportTable only(grader::ExportTable table, const std::string& id) {
  std::erase_if(table.rows, [&](const grader::ExportRow& row) {
    return row.student.id != id;
  });
  return table;
}

std::vector<grader::LedgerEntry> entries_about(const grader::Gradebook& book,
                                               const std::string& id) {
  auto entries = book.ledger();
  std::erase_if(entries, [&](const auto& e) { return e.student != id; });
  return entries;
}

void print_grades(const grader::ExportTable& table,
                  const grader::ExportRow& row, Terminal& terminal) {
  Table out({"Module", "State", "Raw", "Counts", "of"});
  for (std::size_t i = 0; i < row.grades.size(); ++i) {
    const grader::EffectiveGrade& grade = row.grades[i];
    const bool changed = grade.points != grade.raw;
    out.add(
        {{table.columns[i].folder, Style::bold},
         {to_string(grade.state)},
         {points_or_dash(grade.raw)},
         {points_or_dash(grade.points), changed ? Style::warn : Style::plain},
         {grader::format_points(grade.maximum)}});
  }
  out.add({{"total", Style::bold},
           {""},
           {""},
           {points_or_dash(row.points), Style::bold},
           {grader::format_points(row.maximum)}});
  terminal.write(out.render(terminal));
}

void print_paragraph(const std::string& text, Terminal& terminal) {
  for (const std::string& line : wrap(text, terminal.width())) {
    terminal.print("{}\n", line);
  }
}

void print_reasons(const grader::ExportTable& table,
                   const grader::ExportRow& row,
                   const std::vector<grader::LedgerEntry>& entries,
                   Terminal& terminal) {
  for (std::size_t i = 0; i < row.grades.size(); ++i) {
    for (const std::string& note : row.grades[i].notes) {
      print_paragraph(fmt::format("{}: {}", table.columns[i].folder, note),
                      terminal);
    }
  }
  if (!entries.empty()) terminal.print("\nLedger:\n");
  for (const grader::LedgerEntry& e : entries) {
    print_paragraph(
        one_line(fmt::format("{} {} by {}: {} {} {} ({})", e.sequence,
                             grader::to_text(e.when), e.who,
                             grader::to_string(e.kind), e.item,
                             e.value.empty() ? "no longer" : e.value, e.why)),
        terminal);
  }
}

/// What the newest submissions' notes say that no module's do.
void print_submission_notes(const grader::Gradebook& book,
                            const grader::ExportRow& row, Terminal& terminal) {
  std::set<std::string> told = {grader::kDegradedNote};
  for (const auto& grade : row.grades) {
    told.insert(grade.notes.begin(), grade.notes.end());
  }
  for (const auto& grade : book.latest_grades(grader::Detail::scores)) {
    if (grade.student != row.student.id) continue;
    for (const std::string& note : grade.notes) {
      if (!told.insert(note).second) continue;
      print_paragraph("Handed in: " + one_line(note), terminal);
    }
  }
}

int run_show(const ShowOptions& options, App& app) {
  const grader::Gradebook book(gradebook_path(options.gradebook, app),
                               grader::Gradebook::Mode::existing);
  require_student(book, options.student);
  grader::ExportChoice choice;
  choice.detail = app.json ? grader::Detail::tests : grader::Detail::scores;
  const auto table =
      only(export_table(book, course_curriculum(app), choice), options.student);
  const auto entries = entries_about(book, options.student);
  if (app.json) {
    const auto made = make_export(grader::ExportFormat::json, table);
    json document = json::parse(made.files.at(0).text).at("students").at(0);
    document["ledger"] = json::array();
    for (const auto& e : entries) document["ledger"].push_back(ledger_json(e));
    print_json(app, document);
    return kPassed;
  }
  const grader::ExportRow& row = table.rows.at(0);
  print_paragraph(
      fmt::format("{}  {}", row.student.id, one_line(row.student.name)),
      *app.terminal);
  app.terminal->print("\n");
  print_grades(table, row, *app.terminal);
  print_submission_notes(book, row, *app.terminal);
  print_reasons(table, row, entries, *app.terminal);
  return kPassed;
}

}  // namespace

void setup_grade_show(CLI::App& group, App& app) {
  const auto options = std::make_shared<ShowOptions>();
  CLI::App* command = group.add_subcommand(
      "show", "One student's grades, and every decision about them");
  command->add_option("student", options->student, "The student's id")
      ->type_name("STUDENT")
      ->required();
  add_gradebook_option(*command, options->gradebook);
  add_json_flag(*command, app);
  set_gradebook_action(*command, app,
                       [options, &app] { return run_show(*options, app); });
}

}  // namespace tito
