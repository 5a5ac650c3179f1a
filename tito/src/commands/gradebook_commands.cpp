#include "commands/gradebook_commands.hpp"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "commands/grade_report.hpp"
#include "commands/module_commands.hpp"
#include "commands/reporting.hpp"
#include "grader/report.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "system/workspace.hpp"
#include "ui/suggest.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;
using nlohmann::json;

namespace tito {
namespace {

Workspace gradebook_home(const App& app) {
  const auto toolchain = grader::Toolchain::load(app.build_directory());
  try {
    return find_workspace(app.directory);
  } catch (const UsageError&) {
    return {toolchain.course};
  }
}

/// The default in place of an unset shell variable would be the wrong book.
std::string check_gradebook_name(const std::string& name) {
  if (!name.empty()) return "";
  return "the name is empty; name a file, or leave the option out";
}

/// What the ledger says of this now; empty: nothing, or no longer.
std::string standing_value(const std::vector<grader::LedgerEntry>& ledger,
                           const grader::LedgerEntry& about) {
  std::string value;
  for (const auto& entry : ledger) {
    const bool same = entry.kind == about.kind &&
                      entry.student == about.student &&
                      entry.item == about.item;
    if (same) value = entry.value;
  }
  return value;
}

/// Whether a run was to grade at least what the earlier one was: the same
/// directory, and its modules among all or these.
bool grades_as_much(const grader::Run& run, const grader::Run& earlier) {
  if (run.settings.options == earlier.settings.options) return true;
  const json now = json::parse(run.settings.options, nullptr, false);
  const json then = json::parse(earlier.settings.options, nullptr, false);
  if (!now.is_object() || !then.is_object() || now.contains("students") ||
      now.at("submissions") != then.at("submissions")) {
    return false;
  }
  const auto& some = then.at("modules");
  const auto& all = now.at("modules");
  return all.empty() ||
         (!some.empty() &&
          std::all_of(some.begin(), some.end(), [&](const json& module) {
            return std::find(all.begin(), all.end(), module) != all.end();
          }));
}

void print_nothing_to_clear(const grader::LedgerEntry& entry, App& app) {
  if (app.json) {
    json document = ledger_json(entry);
    document["sequence"] = nullptr;
    print_json(app, document);
    return;
  }
  app.terminal->print(
      "{}: no {}{} to clear, and nothing was written\nNext: {}\n",
      entry.student, grader::to_string(entry.kind),
      entry.item.empty() ? "" : " for " + entry.item,
      command_text(*app.terminal, "tito grade show " + entry.student));
}

/// The message and, if it names no command itself, where to read on.
std::string with_help(const std::string& message, const CLI::App& command) {
  if (message.find("tito ") != std::string::npos) return message;
  return fmt::format("{}. See: {} --help", message, full_name(command));
}

}  // namespace

void add_gradebook_option(CLI::App& command, std::string& file) {
  command
      .add_option("--gradebook", file,
                  "The gradebook; default: .tito/gradebook.db of the course")
      ->type_name("FILE")
      ->check(check_gradebook_name);
}

void set_gradebook_action(CLI::App& command, App& app,
                          std::function<int()> run) {
  set_action(command, app, [&command, run = std::move(run)] {
    try {
      return run();
    } catch (const grader::InputError& error) {
      throw UsageError(with_help(error.what(), command));
    }
  });
}

fs::path gradebook_path(const std::string& file, const App& app) {
  if (!file.empty()) return app.directory / file;
  return gradebook_home(app).state() / "gradebook.db";
}

std::unique_ptr<grader::Gradebook> open_or_make(const std::string& file,
                                                App& app) {
  // Keeps the default place out of version control.
  if (file.empty()) gradebook_home(app).prepare();
  const fs::path path = gradebook_path(file, app);
  std::error_code error;
  const bool known = fs::exists(path, error);
  auto book = std::make_unique<grader::Gradebook>(path);
  if (!known) {
    app.terminal->warn("new gradebook: {}\n", printable(path.string()));
  }
  return book;
}

std::string read_given(const std::string& file, const App& app) {
  const fs::path path = app.directory / file;
  std::error_code error;
  if (fs::is_directory(path, error)) {
    throw grader::InputError(
        fmt::format("'{}' is a directory, not a file", file));
  }
  if (!fs::exists(path, error) && !error) {
    throw grader::InputError(fmt::format("there is no file '{}'", file));
  }
  return read_text(path);
}

grader::Curriculum course_curriculum(const App& app) {
  const auto toolchain = grader::Toolchain::load(app.build_directory());
  return grader::Curriculum::load(toolchain.curriculum());
}

void require_student(const grader::Gradebook& book, const std::string& id) {
  std::vector<std::string> known;
  for (const auto& student : book.students()) known.push_back(student.id);
  if (std::find(known.begin(), known.end(), id) != known.end()) return;
  throw UsageError(fmt::format(
      "the gradebook knows no student '{}'.{} See them all: tito grade roster "
      "list",
      one_line(id), did_you_mean(id, known)));
}

void require_run(const grader::Gradebook& book, grader::RunId run) {
  const auto runs = book.runs();
  const bool known = std::any_of(runs.begin(), runs.end(),
                                 [&](const auto& r) { return r.id == run; });
  if (known) return;
  throw UsageError(fmt::format(
      "the gradebook knows no run {}. See them all: tito grade status", run));
}

grader::LedgerEntry new_entry(grader::LedgerEntry::Kind kind,
                              const std::string& who, const std::string& why) {
  grader::LedgerEntry entry;
  entry.when = grader::now();
  entry.who = who.empty() ? user_name() : who;
  entry.kind = kind;
  entry.why = why;
  return entry;
}

void add_decision_options(CLI::App& command, Decision& decision,
                          const char* item) {
  command.add_option("student", decision.student, "The student's id")
      ->type_name("STUDENT")
      ->required();
  if (item != nullptr) {
    command.add_option("item", decision.item, "What it is about")
        ->type_name(item)
        ->required();
  }
  command.add_option("--why", decision.why, "The reason, for the ledger")
      ->type_name("TEXT")
      ->required();
  command.add_option("--who", decision.who, "Who decides; default: you")
      ->type_name("NAME");
  add_gradebook_option(command, decision.gradebook);
}

int decide(const Decision& decision, grader::LedgerEntry::Kind kind,
           const std::string& item, const std::string& value,
           const std::string& text, App& app) {
  grader::Gradebook book(gradebook_path(decision.gradebook, app),
                         grader::Gradebook::Mode::existing);
  require_student(book, decision.student);
  auto entry = new_entry(kind, decision.who, decision.why);
  entry.student = decision.student;
  entry.item = item;
  entry.value = value;
  const auto sequence = book.append(
      [&](const auto& ledger) -> std::optional<grader::LedgerEntry> {
        if (value.empty() && standing_value(ledger, entry).empty()) return {};
        return entry;
      });
  if (!sequence) {
    print_nothing_to_clear(entry, app);
    return kPassed;
  }
  entry.sequence = *sequence;
  if (app.json) {
    print_json(app, ledger_json(entry));
  } else {
    app.terminal->print(
        "{}: {} (entry {} of the ledger)\nNext: {}\n", decision.student, text,
        entry.sequence,
        command_text(*app.terminal, "tito grade show " + decision.student));
  }
  return kPassed;
}

void write_directory(const std::vector<grader::ExportFile>& files,
                     const fs::path& out) {
  make_directories(out);
  std::set<std::string> names;
  for (const grader::ExportFile& file : files) names.insert(file.name);
  for (const auto& entry : fs::directory_iterator(out)) {
    const std::string name = entry.path().filename().string();
    if (names.contains(name)) continue;
    throw UsageError(fmt::format(
        "'{}' holds other files, '{}' for one. Name an empty or a new "
        "directory: --out PATH",
        out.string(), printable(name)));
  }
  for (const grader::ExportFile& file : files) {
    write_atomically(out / file.name, file.text, Durability::fast);
  }
}

std::string user_name() {
  if (const char* user = std::getenv("USER"); user != nullptr && *user) {
    return user;
  }
  const passwd* entry = ::getpwuid(::geteuid());
  return entry != nullptr ? entry->pw_name : std::to_string(::geteuid());
}

std::string one_line(const std::string& text) {
  std::string line = printable(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  std::replace(line.begin(), line.end(), '\t', ' ');
  return line;
}

void print_ids(const char* what, const std::vector<std::string>& ids,
               Terminal& terminal) {
  if (ids.empty()) return;
  const std::string line = fmt::format("{}: {}", what, fmt::join(ids, ", "));
  for (const std::string& part : wrap(line, terminal.width())) {
    terminal.print("{}\n", part);
  }
}

void warn_of_unfinished(const grader::Gradebook& book, Terminal& terminal) {
  const auto runs = book.runs();
  for (auto run = runs.begin(); run != runs.end(); ++run) {
    if (run->finished ||
        std::any_of(run + 1, runs.end(), [&](const grader::Run& later) {
          return later.finished && grades_as_much(later, *run);
        })) {
      continue;
    }
    terminal.warn(
        "run {} was interrupted, or is still running: whom it did not reach "
        "yet has older grades or none. To go on: tito grade run, as before\n",
        run->id);
  }
}

void warn_of_open(const grader::ExportTable& table, Terminal& terminal) {
  const int open = grader::open_grades(table);
  if (open == 0) return;
  terminal.warn(
      "{} open: what was handed in last could not be read or graded. See "
      "whose: tito grade show ID, or the class page of: tito grade feedback "
      "--out DIR\n",
      count(open, "grade"));
}

void warn_of_degraded(const grader::ExportTable& table, Terminal& terminal) {
  const int degraded = grader::degraded_grades(table);
  if (degraded == 0) return;
  terminal.warn(
      "{} measured without a sandbox (--allow-degraded). See whose, in the "
      "column notes: tito grade export --format csv --out FILE\n",
      count(degraded, "grade"));
}

std::string points_or_dash(const std::optional<double>& points) {
  return points ? grader::format_points(*points) : "-";
}

json ledger_json(const grader::LedgerEntry& entry) {
  return {{"sequence", entry.sequence}, {"when", grader::to_text(entry.when)},
          {"who", entry.who},           {"kind", grader::to_string(entry.kind)},
          {"student", entry.student},   {"item", entry.item},
          {"value", entry.value},       {"why", entry.why}};
}

}  // namespace tito
