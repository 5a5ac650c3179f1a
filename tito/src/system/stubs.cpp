#include "system/stubs.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grader/process.hpp"
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

}  // namespace

bool looks_pristine(const grader::Module& module, const std::string& source,
                    const std::string& text) {
  if (text.empty()) return false;
  for (const grader::Task& task : module.tasks) {
    const bool has_stub = text.find('"' + task.id + '"') != std::string::npos &&
                          text.find("not_implemented") != std::string::npos;
    if (task.file == source && !has_stub) return false;
  }
  return true;
}

bool is_untouched(const grader::Module& module, const std::string& source,
                  const std::string& text) {
  const bool has_task =
      std::any_of(module.tasks.begin(), module.tasks.end(),
                  [&](const auto& task) { return task.file == source; });
  return has_task && looks_pristine(module, source, text);
}

void keep_stubs(const Course& course, const grader::Module& module) {
  const fs::path target = course.workspace.stubs(module);
  for (const std::string& source : module.sources) {
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
  const fs::path file = place(module, source);
  const std::string kept =
      text_or_nothing(course.workspace.stubs(module) / source);
  const std::string current = text_or_nothing(course.toolchain.course / file);
  const bool same_tree = course.workspace.root == course.toolchain.course;
  for (const std::string& text :
       {same_tree ? kept : current, same_tree ? current : kept}) {
    if (looks_pristine(module, source, text)) return text;
  }
  const std::string committed = committed_text(course.toolchain.course, file);
  if (looks_pristine(module, source, committed)) return committed;
  throw EnvironmentError(fmt::format(
      "no untouched stub of '{}' is to be found, so nothing was changed. Look "
      "for the commit that brought it: git log -- {}",
      file.string(), file.string()));
}

}  // namespace tito
