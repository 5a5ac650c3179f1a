#include "system/test_freshness.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "system/files.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

constexpr const char* kKinds[] = {"public", "hidden"};

std::vector<fs::path> files_below(const fs::path& directory) {
  std::vector<fs::path> files;
  if (!fs::exists(directory)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  return files;
}

bool is_test_source(const fs::path& file) {
  return file.filename().string().ends_with("_test.cpp");
}

bool objects_match_sources(const grader::Toolchain& toolchain,
                           const std::string& kind, const std::string& folder) {
  const auto objects = toolchain.test_objects(kind, folder);
  const auto files = files_below(toolchain.course / "tests" / kind / folder);
  const auto tests = std::count_if(files.begin(), files.end(), is_test_source);
  return tests == static_cast<std::ptrdiff_t>(objects.size()) &&
         std::all_of(objects.begin(), objects.end(),
                     [](const fs::path& file) { return fs::exists(file); });
}

bool any_newer(const fs::path& directory, fs::file_time_type moment) {
  const auto files = files_below(directory);
  return std::any_of(files.begin(), files.end(), [&](const fs::path& file) {
    return fs::last_write_time(file) >= moment;
  });
}

}  // namespace

bool tests_are_fresh(const grader::Toolchain& toolchain,
                     const grader::Module& module, const fs::path& stamp) {
  if (!fs::exists(stamp) || read_text(stamp) != toolchain.build.string()) {
    return false;
  }
  for (const fs::path& product :
       {toolchain.test_main, toolchain.test_support, toolchain.support}) {
    if (!fs::exists(product)) return false;
  }
  for (const char* kind : kKinds) {
    if (!objects_match_sources(toolchain, kind, module.folder())) return false;
  }
  const auto moment = fs::last_write_time(stamp);
  const fs::path& course = toolchain.course;
  return !any_newer(course / "tests/support", moment) &&
         !any_newer(course / "framework", moment) &&
         !any_newer(course / "tests/public" / module.folder(), moment) &&
         !any_newer(course / "tests/hidden" / module.folder(), moment);
}

void mark_tests_fresh(const grader::Toolchain& toolchain, const fs::path& stamp,
                      fs::file_time_type moment) {
  write_atomically(stamp, toolchain.build.string(), Durability::fast);
  fs::last_write_time(stamp, moment);
}

}  // namespace tito
