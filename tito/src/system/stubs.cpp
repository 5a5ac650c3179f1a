#include "system/stubs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "grader/process.hpp"
#include "grader/tokens.hpp"
#include "system/error.hpp"
#include "system/files.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

fs::path place(const grader::Module& module, const std::string& source) {
  return fs::path("modules") / module.folder() / "src" / source;
}

std::string text_or_nothing(const fs::path& file) {
  return fs::exists(file) ? read_text(file) : "";
}

std::string committed_text(const fs::path& tree, const fs::path& file) {
  grader::Command git;
  git.argv = {"git", "-C", tree.string(), "show", "HEAD:./" + file.string()};
  const grader::ProcessResult result = grader::run(git);
  return result.ok() ? result.output : "";
}

/// Ids of the tasks that are still a call of not_implemented; one that was
/// commented out is none.
std::set<std::string> stubbed_tasks(const std::string& text) {
  std::set<std::string> ids;
  const auto tokens = grader::tokenize(text);
  for (std::size_t i = 2; i < tokens.size(); ++i) {
    if (!tokens[i - 2].is("not_implemented") || !tokens[i - 1].is("("))
      continue;
    ids.emplace(tokens[i].text);
  }
  return ids;
}

/// May be the stub: it holds one of every task of this file.
bool looks_pristine(const grader::Module& module, const std::string& source,
                    const std::string& text) {
  if (text.empty()) return false;
  const std::set<std::string> stubbed = stubbed_tasks(text);
  return std::all_of(
      module.tasks.begin(), module.tasks.end(), [&](const grader::Task& task) {
        return task.file != source || stubbed.contains('"' + task.id + '"');
      });
}

/// Without what editors and git change in passing.
std::string without_line_ends(const std::string& text) {
  std::string result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    line.erase(line.find_last_not_of(" \t\r") + 1);
    result += line + '\n';
  }
  return result;
}

bool is_own_tree(const Course& course) {
  return course.workspace.root == course.toolchain.course;
}

}  // namespace

std::string known_stub(const Course& course, const grader::Module& module,
                       const std::string& source) {
  const fs::path file = place(module, source);
  const auto fits = [&](const std::string& text) {
    return looks_pristine(module, source, text);
  };
  if (!is_own_tree(course)) {
    const auto current = text_or_nothing(course.toolchain.course / file);
    if (fits(current)) return current;
  }
  const auto kept = text_or_nothing(course.workspace.stubs(module) / source);
  if (fits(kept)) return kept;
  const auto committed = committed_text(course.toolchain.course, file);
  return fits(committed) ? committed : "";
}

bool is_untouched(const Course& course, const grader::Module& module,
                  const std::string& source, const std::string& text) {
  const bool has_task =
      std::any_of(module.tasks.begin(), module.tasks.end(),
                  [&](const auto& task) { return task.file == source; });
  // Cheaper than asking git, and what fails it is no stub.
  if (!has_task || !looks_pristine(module, source, text)) return false;
  const std::string stub = known_stub(course, module, source);
  return !stub.empty() && without_line_ends(text) == without_line_ends(stub);
}

void keep_stubs(const Course& course, const grader::Module& module) {
  const fs::path target = course.workspace.stubs(module);
  for (const std::string& source : module.sources) {
    // In one's own tree the file may be finished by now; the first copy stays.
    if (is_own_tree(course) && fs::exists(target / source)) continue;
    const std::string text =
        text_or_nothing(course.toolchain.course / place(module, source));
    if (!looks_pristine(module, source, text)) continue;
    if (text == text_or_nothing(target / source)) continue;
    make_directories(target);
    write_atomically(target / source, text, Durability::fast);
  }
}

std::string pristine_stub(const Course& course, const grader::Module& module,
                          const std::string& source) {
  const std::string stub = known_stub(course, module, source);
  if (!stub.empty()) return stub;
  const std::string file = place(module, source).string();
  throw EnvironmentError(fmt::format(
      "no untouched stub of '{}' is to be found, so nothing was changed. Look "
      "for the commit that brought it: git log -- {}",
      file, file));
}

}  // namespace tito
