#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dev/tree_checks.hpp"
#include "system/files.hpp"

namespace tito::dev {

namespace fs = std::filesystem;

namespace {

constexpr std::array<const char*, 8> kSections = {"Why",
                                                  "The idea",
                                                  "The contract",
                                                  "Tasks",
                                                  "The systems view",
                                                  "Common errors",
                                                  "Check your understanding",
                                                  "What comes next"};

struct Heading {
  int level;
  int line;
  std::string text;
};

/// The headings of a Markdown file, without what looks like one in code.
std::vector<Heading> headings(const std::vector<std::string>& lines) {
  std::vector<Heading> result;
  bool code = false;
  int line = 0;
  for (const std::string& row : lines) {
    ++line;
    if (row.starts_with("```")) code = !code;
    const std::size_t level = row.find_first_not_of('#');
    if (code || level == 0 || level == row.npos || row[level] != ' ') continue;
    result.push_back(
        {static_cast<int>(level), line, std::string(trim(row.substr(level)))});
  }
  return result;
}

/// None if there is no such file, which check_folders() reports.
std::vector<std::string> lines_of(const Course& course,
                                  const std::string& file) {
  const fs::path path = course.root / file;
  if (!fs::exists(path)) return {};
  return split_lines(read_text(path));
}

/// Whether text follows a heading before the next one of its level or above.
bool has_text(const std::vector<std::string>& lines,
              const std::vector<Heading>& all, const Heading& heading) {
  std::size_t end = lines.size();
  std::vector<int> inner;
  for (const Heading& other : all) {
    if (other.line <= heading.line) continue;
    if (other.level <= heading.level) {
      end = static_cast<std::size_t>(other.line) - 1;
      break;
    }
    inner.push_back(other.line);
  }
  for (auto i = static_cast<std::size_t>(heading.line); i < end; ++i) {
    const bool is_heading = std::find(inner.begin(), inner.end(),
                                      static_cast<int>(i) + 1) != inner.end();
    if (!is_heading && !trim(lines[i]).empty()) return true;
  }
  return false;
}

void check_sections(const std::vector<std::string>& lines,
                    const std::vector<Heading>& all, const std::string& file,
                    std::vector<Problem>& problems) {
  auto at = all.begin();
  for (const char* section : kSections) {
    auto found = at;
    while (found != all.end() &&
           !(found->level == 2 && found->text == section)) {
      ++found;
    }
    if (found == all.end()) {
      problems.push_back(
          {file, 0, fmt::format("no section \"## {}\" in its place", section)});
    } else {
      if (!has_text(lines, all, *found)) {
        problems.push_back({file, found->line,
                            fmt::format("section \"{}\" is empty", section)});
      }
      at = found + 1;
    }
  }
}

/// The headings of level 3 below "## Tasks".
std::vector<Heading> task_headings(const std::vector<Heading>& all) {
  std::vector<Heading> result;
  bool inside = false;
  for (const Heading& heading : all) {
    if (heading.level == 2) inside = heading.text == "Tasks";
    if (heading.level == 3 && inside) result.push_back(heading);
  }
  return result;
}

void check_task_headings(const grader::Module& module,
                         const std::vector<Heading>& found,
                         const std::string& file,
                         std::vector<Problem>& problems) {
  for (std::size_t i = 0; i < module.tasks.size(); ++i) {
    const std::string wanted = module.tasks[i].id + " " + module.tasks[i].title;
    if (i >= found.size()) {
      problems.push_back({file, 0, "no heading \"### " + wanted + "\""});
    } else if (found[i].text != wanted) {
      problems.push_back({file, found[i].line,
                          fmt::format("\"### {}\" should be \"### {}\"",
                                      found[i].text, wanted)});
      return;
    }
  }
  if (found.size() > module.tasks.size()) {
    problems.push_back({file, found[module.tasks.size()].line,
                        "a heading under Tasks that is no task"});
  }
}

int hints_of(const grader::Task& task, const std::vector<Heading>& all) {
  bool inside = false;
  int hints = 0;
  for (const Heading& heading : all) {
    if (heading.level == 2) {
      inside = (heading.text + " ").starts_with(task.id + " ");
    }
    if (heading.level == 3 && inside && heading.text.starts_with("Hint")) {
      ++hints;
    }
  }
  return hints;
}

}  // namespace

std::vector<Problem> check_lessons(const Course& course) {
  std::vector<Problem> problems;
  for (const grader::Module& module : course.curriculum.modules()) {
    const std::string file = "modules/" + module.folder() + "/README.md";
    const std::vector<std::string> lines = lines_of(course, file);
    const std::vector<Heading> all = headings(lines);
    check_sections(lines, all, file, problems);
    check_task_headings(module, task_headings(all), file, problems);
  }
  return problems;
}

std::vector<Problem> check_hints(const Course& course) {
  constexpr int kEnough = 2;
  std::vector<Problem> problems;
  for (const grader::Module& module : course.curriculum.modules()) {
    const std::string file = "modules/" + module.folder() + "/hints.md";
    const std::vector<Heading> all = headings(lines_of(course, file));
    for (const grader::Task& task : module.tasks) {
      const int hints = hints_of(task, all);
      if (hints >= kEnough) continue;
      problems.push_back(
          {file, 0,
           fmt::format("task {} has {} of {} \"### Hint\" below \"## {} {}\"",
                       task.id, hints, kEnough, task.id, task.title)});
    }
  }
  return problems;
}

}  // namespace tito::dev
