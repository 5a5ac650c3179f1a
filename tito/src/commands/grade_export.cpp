// `tito grade export`: grades for other systems.
#include <fmt/format.h>

#include <memory>

#include "commands/grade_report.hpp"
#include "commands/gradebook_commands.hpp"
#include "commands/output_files.hpp"
#include "commands/reporting.hpp"
#include "grader/gradebook/export.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

constexpr std::size_t kMostLeftOut = 20;

struct ExportOptions {
  std::string gradebook, format, out;
  std::vector<std::string> modules;
  bool anonymous = false;
};

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const auto format : grader::export_formats()) {
    names.emplace_back(to_string(format));
  }
  return names;
}

grader::ExportFormat format_named(const std::string& name) {
  for (const auto format : grader::export_formats()) {
    if (name == to_string(format)) return format;
  }
  throw UsageError(fmt::format("there is no format '{}'", printable(name)));
}

grader::Detail detail_for(grader::ExportFormat format) {
  return needs_tests(format) ? grader::Detail::tests : grader::Detail::scores;
}

void write_files(const grader::Export& made, grader::ExportFormat format,
                 const fs::path& out) {
  if (is_directory(format)) {
    write_directory(made.files, out);
  } else {
    write_atomically(out, made.files.at(0).text);
  }
}

/// The other system would count them, and show another total than we do.
void warn_of_dropped(const grader::ExportTable& table,
                     const ExportOptions& options, Terminal& terminal) {
  const int dropped = grader::dropped_grades(table);
  if (dropped == 0 || !counts_dropped(format_named(options.format))) return;
  terminal.warn(
      "{} among them that the policy drops: {} adds up by itself, so tell it "
      "to drop the lowest, too. See whose, in the column notes: tito grade "
      "export --format csv --out FILE\n",
      count(dropped, "grade"), options.format);
}

void report(const grader::ExportTable& table, const grader::Export& made,
            const grader::Gradebook& book, const ExportOptions& options,
            App& app) {
  const std::size_t written = table.rows.size() - made.left_out.size();
  if (app.json) {
    print_json(app, {{"format", options.format},
                     {"out", options.out},
                     {"students", written},
                     {"degraded", grader::degraded_grades(table)},
                     {"dropped", grader::dropped_grades(table)},
                     {"left_out", made.left_out}});
    return;
  }
  const auto& left_out = made.left_out;
  for (std::size_t i = 0; i < left_out.size() && i < kMostLeftOut; ++i) {
    app.terminal->warn("left out: {}\n", one_line(left_out[i]));
  }
  if (left_out.size() > kMostLeftOut) {
    app.terminal->warn("... and {} more; all of them with --json\n",
                       left_out.size() - kMostLeftOut);
  }
  // A directory leaves out who has no points.
  if (!left_out.empty() && !is_directory(format_named(options.format))) {
    app.terminal->warn("To have them in: tito grade roster import FILE\n");
  }
  warn_of_unfinished(book, *app.terminal);
  warn_of_open(table, *app.terminal);
  warn_of_degraded(table, *app.terminal);
  warn_of_dropped(table, options, *app.terminal);
  app.terminal->print("{} in {}\n", count(static_cast<int>(written), "student"),
                      options.out);
}

int run_export(const ExportOptions& options, App& app) {
  const auto format = format_named(options.format);
  const auto curriculum = course_curriculum(app);
  const grader::Gradebook book(gradebook_path(options.gradebook, app),
                               grader::Gradebook::Mode::existing);
  const fs::path out = app.directory / options.out;
  refuse_same_file({{"--out", out}}, gradebook_files(book.file()));
  grader::ExportChoice choice;
  choice.modules = module_numbers(curriculum, options.modules);
  choice.anonymous = options.anonymous;
  choice.detail = detail_for(format);
  const auto table = export_table(book, curriculum, choice);
  try {
    const grader::Export made = make_export(format, table);
    write_files(made, format, out);
    report(table, made, book, options, app);
  } catch (const grader::ExportError& error) {
    throw NotYetError(fmt::format("nothing was written to {}: {}", options.out,
                                  printable(error.what())));
  }
  return kPassed;
}

}  // namespace

void setup_grade_export(CLI::App& group, App& app) {
  const auto options = std::make_shared<ExportOptions>();
  CLI::App* command =
      group.add_subcommand("export", "Write the grades for another system");
  command->add_option("--format", options->format, "The system's format")
      ->check(CLI::IsMember(format_names()))
      ->required();
  command
      ->add_option("--out", options->out,
                   "A file; gradescope, autolab: a directory")
      ->type_name("PATH")
      ->required();
  command->add_option("--module", options->modules, "Only these: 01,02")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("MODULE");
  command->add_flag("--anonymous", options->anonymous,
                    "Pseudonyms instead of people");
  add_gradebook_option(*command, options->gradebook);
  add_json_flag(*command, app);
  command->footer(
      "Overrides and the late policy apply now, at export. What was not "
      "handed\n"
      "in is empty, never 0.");
  set_gradebook_action(*command, app,
                       [options, &app] { return run_export(*options, app); });
}

}  // namespace tito
