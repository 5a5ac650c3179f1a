#include "release/gradescope.hpp"

#include <fmt/format.h>

#include "dev/stub_files.hpp"
#include "release/tree.hpp"
#include "system/files.hpp"

namespace tito::release {

namespace fs = std::filesystem;

namespace {

constexpr const char* kScripts[] = {"setup.sh", "run_autograder"};

bool is_executable(const fs::path& file) {
  return (fs::status(file).permissions() & fs::perms::owner_exec) !=
         fs::perms::none;
}

PackedFile packed(const fs::path& file, const std::string& path) {
  return {path, read_text(file), is_executable(file)};
}

}  // namespace

std::vector<PackedFile> gradescope_files(const dev::Course& course,
                                         const grader::Module& module,
                                         int answers_per_day) {
  std::vector<PackedFile> files;
  for (const char* script : kScripts) {
    files.push_back(
        packed(course.root / "grader/templates/gradescope" / script, script));
    files.back().executable = true;
  }
  files.push_back({"module", module.folder() + "\n"});
  files.push_back({"answers-per-day", fmt::format("{}\n", answers_per_day)});
  for (const fs::path& file : instructor_files(course)) {
    files.push_back(packed(course.root / file, "course/" + file.string()));
  }
  for (const dev::StubFile& stub : dev::generated_stubs(course)) {
    files.push_back({"course/" + course.relative(stub.stub), stub.text});
  }
  return files;
}

}  // namespace tito::release
