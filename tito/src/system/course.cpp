#include "system/course.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "system/error.hpp"
#include "ui/suggest.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

bool is_number(const std::string& word) {
  return !word.empty() &&
         word.find_first_not_of("0123456789") == std::string::npos;
}

bool all_complete(const std::vector<std::string>& numbers,
                  const Progress& progress) {
  return std::all_of(
      numbers.begin(), numbers.end(),
      [&](const std::string& number) { return progress.complete(number); });
}

std::vector<std::string> module_words(const grader::Curriculum& curriculum) {
  std::vector<std::string> words;
  for (const grader::Module& module : curriculum.modules()) {
    words.push_back(module.name);
    words.push_back(module.folder());
  }
  return words;
}

std::vector<std::string> milestone_words(const grader::Curriculum& curriculum) {
  std::vector<std::string> words;
  for (const grader::Milestone& milestone : curriculum.milestones()) {
    words.push_back(milestone.name);
    words.push_back(milestone.folder);
    words.insert(words.end(), milestone.aliases.begin(),
                 milestone.aliases.end());
  }
  return words;
}

}  // namespace

fs::path Course::document(const grader::Module& module,
                          const std::string& name) const {
  const fs::path own = workspace.modules() / module.folder() / name;
  if (fs::exists(own)) return own;
  return toolchain.course / "modules" / module.folder() / name;
}

Course open_course(const fs::path& build_directory, const fs::path& directory) {
  Workspace workspace = find_workspace(directory);
  grader::Toolchain toolchain = grader::Toolchain::load(build_directory);
  grader::Curriculum curriculum =
      grader::Curriculum::load(toolchain.curriculum());
  return {std::move(toolchain), std::move(curriculum), std::move(workspace)};
}

const grader::Module& find_module(const Course& course,
                                  const std::string& word) {
  if (const grader::Module* found = course.curriculum.module(word)) {
    return *found;
  }
  const std::string near =
      is_number(word) ? ""
                      : did_you_mean(word, module_words(course.curriculum));
  throw UsageError(
      fmt::format("there is no module '{}'.{} See them all: tito module list",
                  printable(word), near));
}

const grader::Milestone& find_milestone(const Course& course,
                                        const std::string& word) {
  if (const grader::Milestone* found = course.curriculum.milestone(word)) {
    return *found;
  }
  throw UsageError(fmt::format(
      "there is no milestone '{}'.{} See them all: tito milestone list",
      printable(word), did_you_mean(word, milestone_words(course.curriculum))));
}

const grader::Module& module_or_current(const Course& course,
                                        const Progress& progress,
                                        const std::string& word) {
  if (!word.empty()) return find_module(course, word);
  if (const auto* module = current_module(course.curriculum, progress)) {
    return *module;
  }
  throw UsageError(
      "every module is complete, so name the one you mean: tito module list");
}

const grader::Module* current_module(const grader::Curriculum& curriculum,
                                     const Progress& progress) {
  const grader::Module* latest = nullptr;
  std::string latest_start;
  for (const grader::Module& module : curriculum.modules()) {
    const auto found = progress.modules.find(module.number);
    if (found == progress.modules.end() || found->second.complete()) continue;
    if (!latest || found->second.started_at >= latest_start) {
      latest = &module;
      latest_start = found->second.started_at;
    }
  }
  if (latest) return latest;
  for (const grader::Module& module : curriculum.modules()) {
    if (progress.complete(module.number)) continue;
    if (missing_prerequisites(curriculum, module, progress).empty()) {
      return &module;
    }
  }
  return nullptr;
}

std::vector<const grader::Module*> incomplete(
    const grader::Curriculum& curriculum,
    const std::vector<std::string>& numbers, const Progress& progress) {
  std::vector<const grader::Module*> missing;
  for (const grader::Module& module : curriculum.modules()) {
    const bool wanted = std::find(numbers.begin(), numbers.end(),
                                  module.number) != numbers.end();
    if (wanted && !progress.complete(module.number)) missing.push_back(&module);
  }
  return missing;
}

std::vector<const grader::Module*> missing_prerequisites(
    const grader::Curriculum& curriculum, const grader::Module& module,
    const Progress& progress) {
  std::vector<const grader::Module*> missing;
  for (const grader::Module* needed : curriculum.prerequisites(module)) {
    if (!progress.complete(needed->number)) missing.push_back(needed);
  }
  return missing;
}

void require_prerequisites(const grader::Curriculum& curriculum,
                           const grader::Module& module,
                           const Progress& progress) {
  const auto missing = missing_prerequisites(curriculum, module, progress);
  if (missing.empty()) return;
  std::vector<std::string> names;
  for (const grader::Module* needed : missing) names.push_back(label(*needed));
  const grader::Module& first = *missing.front();
  throw NotYetError(fmt::format(
      "module {} needs {}, which {} not complete yet. Next: tito module {} {}",
      label(module), join_words(names), names.size() == 1 ? "is" : "are",
      progress.started(first.number) ? "complete" : "start", first.number));
}

std::string label(const grader::Module& module) {
  return module.number + ' ' + module.title;
}

Unlocked unlocked_by(const grader::Curriculum& curriculum,
                     const grader::Module& module, const Progress& before) {
  Unlocked out;
  if (before.complete(module.number)) return out;
  Progress after = before;
  after.modules[module.number].completed_at = "now";
  const auto opens = [&](const std::vector<std::string>& needed) {
    return all_complete(needed, after) && !all_complete(needed, before);
  };
  for (const grader::Module& other : curriculum.modules()) {
    std::vector<std::string> needed;
    for (const grader::Module* m : curriculum.prerequisites(other)) {
      needed.push_back(m->number);
    }
    if (opens(needed) && !after.complete(other.number)) {
      out.modules.push_back(&other);
    }
  }
  for (const grader::Milestone& milestone : curriculum.milestones()) {
    for (std::size_t i = 0; i < milestone.parts.size(); ++i) {
      if (opens(milestone.parts[i].requires_)) {
        out.parts.push_back({&milestone, i});
      }
    }
  }
  return out;
}

}  // namespace tito
