#include "dev/export.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dev/regions.hpp"
#include "dev/tree.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "ui/text.hpp"

namespace tito::dev {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFolders[] = {
    "framework", "modules", "tests/public", "tests/support", "milestones",
    "grader",    "tito",    "datasets",     "scripts"};

bool is_top_level_file(const fs::directory_entry& entry) {
  const std::string name = entry.path().filename().string();
  return entry.is_regular_file() && !name.ends_with(".tmp");
}

bool is_given(const std::string& file) {
  return !file.starts_with("modules/") && !file.starts_with("tests/public/") &&
         !file.starts_with("milestones/");
}

std::vector<Region> regions_of(const std::string& text) {
  std::vector<Problem> found_by_check_stubs;
  return parse_regions(text, "", found_by_check_stubs);
}

}  // namespace

std::vector<fs::path> student_files(const Course& course) {
  std::vector<fs::path> files = {"tests/CMakeLists.txt"};
  for (const char* folder : kFolders) {
    for (const fs::path& file : files_below(course.root / folder)) {
      files.push_back(file.lexically_relative(course.root));
    }
  }
  for (const auto& entry : fs::directory_iterator(course.root)) {
    if (is_top_level_file(entry)) files.push_back(entry.path().filename());
  }
  std::sort(files.begin(), files.end());
  return files;
}

int export_tree(const Course& course, const fs::path& target) {
  if (fs::exists(target) &&
      !(fs::is_directory(target) && fs::is_empty(target))) {
    throw UsageError(fmt::format(
        "{} exists and is not empty: name another directory. Run: tito dev "
        "export <new directory>",
        target.string()));
  }
  int copied = 0;
  for (const fs::path& file : student_files(course)) {
    make_directories((target / file).parent_path());
    fs::copy_file(course.root / file, target / file);
    ++copied;
  }
  return copied;
}

int run_export(const Course& course, const fs::path& target,
               Terminal& terminal) {
  const auto problems = [&] {
    const int copied = export_tree(course, target);
    terminal.print("{} in {}\n", count(copied, "file"), target.string());
    return find_secrets(secret_lines(course), target);
  }();
  for (const Problem& problem : problems) {
    terminal.warn("{}\n", to_string(problem));
  }
  return problems.empty() ? kPassed : kNotPassed;
}

std::set<std::string> secret_lines(const Course& course) {
  constexpr std::size_t kTelling = 30;
  std::set<std::string> inside, outside;
  for (const fs::path& file :
       files_below(course.root / "solutions", {".cpp"})) {
    const std::string text = read_text(file);
    const std::vector<int> marked = lines_in_regions(regions_of(text));
    int number = 0;
    for (const std::string& line : split_lines(text)) {
      ++number;
      const std::string code(trim(line));
      const bool secret =
          std::binary_search(marked.begin(), marked.end(), number);
      if (code.size() > kTelling) (secret ? inside : outside).insert(code);
    }
  }
  std::set<std::string> secrets;
  std::set_difference(inside.begin(), inside.end(), outside.begin(),
                      outside.end(), std::inserter(secrets, secrets.end()));
  return secrets;
}

std::vector<Problem> find_secrets(const std::set<std::string>& secrets,
                                  const fs::path& tree) {
  std::vector<Problem> problems;
  for (const fs::path& file : files_below(tree)) {
    const std::string name = file.lexically_relative(tree).string();
    const std::vector<std::string> lines = split_lines(read_text(file));
    const auto is_secret = [&](std::size_t i) {
      return i < lines.size() && secrets.contains(std::string(trim(lines[i])));
    };
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool alone = !is_secret(i - 1) && !is_secret(i + 1);
      if (!is_secret(i) || (alone && is_given(name))) continue;
      problems.push_back(
          {name, static_cast<int>(i) + 1,
           fmt::format("a line of a solution: `{}`", trim(lines[i]))});
    }
  }
  return problems;
}

}  // namespace tito::dev
