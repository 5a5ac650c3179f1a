#include "commands/grade_report.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <set>

#include "commands/gradebook_commands.hpp"
#include "grader/sandbox.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "system/interrupt.hpp"
#include "ui/activity.hpp"
#include "ui/suggest.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

/// A file can be made there, or what is there takes writes.
void check_place(const std::string& name, const App& app) {
  const fs::path file = app.directory / name;
  if (fs::is_directory(file)) {
    throw EnvironmentError(fmt::format(
        "cannot write '{}': it is a directory. Choose another name", name));
  }
  const bool device = takes_writes(file);
  const fs::path place =
      device ? file
             : fs::absolute(followed(file)).lexically_normal().parent_path();
  if (access(place.c_str(), device ? W_OK : W_OK | X_OK) == 0) return;
  const char* reason = std::strerror(errno);
  throw EnvironmentError(
      fmt::format("cannot write '{}': {}: {}. Choose another place", name,
                  place.string(), reason));
}

/// A submission's own folders in the place of submissions.
void refuse_single(const grader::Entries& entries, const std::string& directory,
                   const App& app) {
  std::set<std::string> parts = {"modules"};
  const auto curriculum = course_curriculum(app);
  for (const auto& module : curriculum.modules()) {
    parts.insert(module.folder());
  }
  for (const auto& entry : entries.accepted) {
    if (!parts.contains(entry.path.filename().string())) continue;
    throw UsageError(fmt::format(
        "'{}' is one submission, because it holds '{}'. Name the directory in "
        "which each student has a folder or an archive",
        printable(directory), entry.path.filename().string()));
  }
}

}  // namespace

GradingScratch::GradingScratch() { on_interrupt({}); }

GradingScratch::~GradingScratch() { set_interrupt_cleanup({}); }

void GradingScratch::on_interrupt(std::function<void()> action) const {
  set_interrupt_cleanup([this, action = std::move(action)] {
    if (action) action();
    scratch_.remove();
  });
}

void build_grading(const std::vector<std::string>& numbers,
                   const grader::Curriculum& curriculum,
                   const grader::Toolchain& toolchain,
                   const Terminal& terminal) {
  const Activity activity(terminal, "Building the tests (once)");
  std::vector<std::string> folders;
  for (const std::string& number : numbers) {
    folders.push_back(curriculum.module(number)->folder());
  }
  toolchain.build_grading(folders);
}

void require_isolation(bool degraded, const grader::Toolchain& toolchain,
                       Terminal& terminal) {
  if (degraded) {
    terminal.warn(
        "no sandbox (--allow-degraded): the submissions can read files of this "
        "machine{}. Every result says so.\n",
        geteuid() == 0 ? " that everybody may read" : "");
    return;
  }
  for (const auto& check :
       grader::check_isolation(toolchain.jail, toolchain.compiler)) {
    if (check.holds) continue;
    throw EnvironmentError(fmt::format(
        "this machine cannot grade untrusted code: it lacks {} ({}). See: tito "
        "grade doctor. To grade without: --allow-degraded",
        check.what, check.detail));
  }
}

grader::Entries entries_in(const std::string& directory,
                           const std::string& command, const App& app) {
  const fs::path folder = app.directory / directory;
  if (!fs::is_directory(folder)) {
    throw UsageError(fmt::format(
        "'{}' is not a directory of submissions (one folder or archive per "
        "student). See: tito grade {} --help",
        printable(directory), command));
  }
  auto entries = grader::find_entries(folder);
  refuse_single(entries, directory, app);
  if (entries.accepted.empty() && entries.refused.empty()) {
    throw UsageError(fmt::format("'{}' is empty. See: tito grade {} --help",
                                 printable(directory), command));
  }
  return entries;
}

void check_writable(const GradeFiles& files, const std::vector<KeptFile>& kept,
                    const App& app) {
  std::vector<WrittenFile> written;
  for (const auto& [option, name] :
       {std::pair("--out", files.csv), std::pair("--json", files.json),
        std::pair("--junit", files.junit)}) {
    if (name.empty()) continue;
    check_place(name, app);
    written.push_back({option, app.directory / name});
  }
  refuse_same_file(written, kept);
}

void write_grades(const grader::Report& report, const GradeFiles& files,
                  const App& app) {
  if (!files.csv.empty()) {
    write_atomically(app.directory / files.csv, grader::csv(report));
  }
  if (!files.junit.empty()) {
    write_atomically(app.directory / files.junit, grader::junit(report));
  }
  if (files.json.empty()) return;
  write_atomically(app.directory / files.json, [&](const grader::Sink& write) {
    grader::write_json(report, write);
  });
}

std::map<std::string, std::string> versions(
    const grader::Toolchain& toolchain) {
  return {{"tito", TITO_VERSION}, {"compiler", toolchain.compiler_version()}};
}

std::vector<std::string> module_numbers(const grader::Curriculum& curriculum,
                                        const std::vector<std::string>& words) {
  std::vector<std::string> numbers, known;
  for (const auto& module : curriculum.modules()) known.push_back(module.name);
  for (const std::string& word : words) {
    const grader::Module* module = curriculum.module(word);
    if (module == nullptr) {
      throw UsageError(fmt::format(
          "there is no module '{}'.{} See them all: tito module list", word,
          did_you_mean(word, known)));
    }
    numbers.push_back(module->number);
  }
  return numbers;
}

}  // namespace tito
