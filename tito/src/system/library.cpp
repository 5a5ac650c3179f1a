#include "system/library.hpp"

#include <fmt/format.h>

#include "grader/build.hpp"
#include "grader/process.hpp"
#include "system/error.hpp"
#include "system/files.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

/// The objects of a module's own sources within its test program, in which
/// they stand behind those of its prerequisites.
std::vector<fs::path> objects_of(const Course& course,
                                 const grader::Module& module) {
  auto objects = grader::compiled_objects(grader::test_program(
      course.curriculum, module, course.toolchain, course.workspace.modules(),
      {"public"}, course.workspace.build(module.folder())));
  const auto own = static_cast<std::ptrdiff_t>(module.sources.size());
  objects.erase(objects.begin(), objects.end() - own);
  return objects;
}

void require_objects(const std::vector<fs::path>& objects,
                     const grader::Module& module) {
  for (const fs::path& object : objects) {
    if (fs::exists(object)) continue;
    throw EnvironmentError(
        fmt::format("'{}' is missing. Build it again: tito module complete {}",
                    object.string(), module.number));
  }
}

fs::path require_archiver() {
  const fs::path ar = grader::find_program("ar");
  if (!ar.empty()) return ar;
  throw EnvironmentError(
      "the archiver 'ar' is not there. Install it: sudo apt-get install "
      "binutils");
}

}  // namespace

void make_library(const Course& course,
                  const std::vector<const grader::Module*>& modules) {
  const fs::path library = course.workspace.library();
  const fs::path temporary = library.string() + ".tmp";
  make_directories(library.parent_path());
  std::error_code ignored;
  fs::remove(temporary, ignored);
  grader::Command ar;
  // Appending (q) keeps objects of the same name from different modules.
  ar.argv = {require_archiver().string(), "qcsD", temporary.string()};
  for (const grader::Module* module : modules) {
    const auto objects = objects_of(course, *module);
    require_objects(objects, *module);
    ar.argv.insert(ar.argv.end(), objects.begin(), objects.end());
  }
  const grader::ProcessResult result = grader::run(ar);
  std::error_code error;
  if (result.ok()) fs::rename(temporary, library, error);
  if (result.ok() && !error) return;
  fs::remove(temporary, ignored);
  throw EnvironmentError(fmt::format(
      "the library '{}' could not be written: {}{}{} See what is wrong: tito "
      "doctor",
      library.string(), result.output, result.error,
      error ? error.message() + '.' : ""));
}

std::vector<const grader::Module*> completed_modules(const Course& course,
                                                     const Progress& progress) {
  std::vector<const grader::Module*> modules;
  for (const grader::Module& module : course.curriculum.modules()) {
    if (progress.complete(module.number)) modules.push_back(&module);
  }
  return modules;
}

std::vector<const grader::Module*> changed_modules(const Course& course,
                                                   const Progress& progress) {
  std::vector<const grader::Module*> changed;
  for (const grader::Module* module : completed_modules(course, progress)) {
    const std::string tested = progress.modules.at(module->number).sources;
    if (tested != content_hash(course.workspace.sources(*module))) {
      changed.push_back(module);
    }
  }
  return changed;
}

}  // namespace tito
