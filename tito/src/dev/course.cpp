#include "dev/course.hpp"

#include <fmt/format.h>

#include "system/error.hpp"

namespace tito::dev {

namespace fs = std::filesystem;

Course open_course(const fs::path& directory) {
  const fs::path start = fs::weakly_canonical(directory);
  for (fs::path root = start;; root = root.parent_path()) {
    const fs::path list = root / "modules/curriculum.json";
    if (fs::exists(list)) return {root, grader::Curriculum::load(list)};
    if (root == root.parent_path()) break;
  }
  throw UsageError(
      fmt::format("{} is not in a course: no folder above it holds "
                  "modules/curriculum.json. Name one: tito -C <course> dev ...",
                  start.string()));
}

std::vector<const grader::Module*> select_modules(const Course& course,
                                                  const std::string& word) {
  std::vector<const grader::Module*> chosen;
  if (word.empty()) {
    for (const grader::Module& module : course.curriculum.modules()) {
      chosen.push_back(&module);
    }
    return chosen;
  }
  const grader::Module* module = course.curriculum.module(word);
  if (!module) {
    throw UsageError(
        fmt::format("there is no module \"{}\". See: tito module list", word));
  }
  return {module};
}

grader::Toolchain open_toolchain(const Course& course, const fs::path& build) {
  grader::Toolchain toolchain = grader::Toolchain::load(build);
  if (!fs::exists(toolchain.course) ||
      !fs::equivalent(toolchain.course, course.root)) {
    throw UsageError(fmt::format(
        "this tito was built from {}, but the course here is {}. Run the tito "
        "that was built from it, or: cmake -S {} -B {}",
        toolchain.course.string(), course.root.string(), course.root.string(),
        (course.root / "build").string()));
  }
  return toolchain;
}

}  // namespace tito::dev
