#include "dev/new_module.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "dev/stub_files.hpp"
#include "dev/templates.hpp"
#include "dev/text.hpp"
#include "grader/scratch.hpp"
#include "system/error.hpp"
#include "system/files.hpp"

namespace tito::dev {

namespace fs = std::filesystem;

namespace {

void check_name(const Course& course, const std::string& name) {
  static const std::regex good("[a-z][a-z0-9_]{1,30}");
  if (!std::regex_match(name, good)) {
    throw UsageError(fmt::format(
        "\"{}\" cannot be a module's name: it becomes a file's and a "
        "function's. Use small letters, digits and _: tito dev new-module "
        "autograd",
        name));
  }
  const fs::path header =
      course.root / "framework/include/tinytorch" / (name + ".hpp");
  if (course.curriculum.module(name) || fs::exists(header)) {
    throw UsageError(
        fmt::format("\"{}\" exists already. See: tito module list", name));
  }
}

std::vector<std::string> numbers_of(const Course& course,
                                    const NewModuleOptions& options) {
  std::vector<std::string> numbers;
  for (const std::string& word : options.required) {
    numbers.push_back(select_modules(course, word).front()->number);
  }
  const auto& modules = course.curriculum.modules();
  if (numbers.empty() && !modules.empty()) {
    numbers.push_back(modules.back().number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

/// "data_loader" as "Data loader".
std::string title_from(const std::string& name) {
  std::string title = name;
  std::replace(title.begin(), title.end(), '_', ' ');
  title[0] = static_cast<char>(title[0] - 'a' + 'A');
  return title;
}

void check_loads(const std::string& curriculum) {
  const grader::Scratch scratch;
  const fs::path draft = scratch.path() / "curriculum.json";
  write_text(draft, curriculum);
  grader::Curriculum::load(draft);
}

void check_absent(const Course& course, const std::vector<NewFile>& files) {
  for (const NewFile& file : files) {
    if (fs::exists(course.root / file.path)) {
      throw UsageError(
          fmt::format("{} exists already: move it away, or choose another name",
                      file.path));
    }
  }
}

}  // namespace

std::string add_module(const std::string& curriculum,
                       const std::string& entry) {
  const std::string end = "\n    }\n  ],\n  \"milestones\"";
  const std::size_t at = curriculum.find(end);
  if (at == curriculum.npos) {
    throw UsageError(
        "modules/curriculum.json is not laid out as usual (`    }` and `  ],` "
        "before \"milestones\"): lay it out so, then run this again");
  }
  std::string text = curriculum;
  return text.insert(at + std::string("\n    }").size(), ",\n" + entry);
}

int run_new_module(const Course& course, const NewModuleOptions& options,
                   Terminal& terminal) {
  check_name(course, options.name);
  Room room;
  room.name = options.name;
  room.number = fmt::format("{:02}", course.curriculum.modules().size() + 1);
  room.title = options.title.empty() ? title_from(options.name) : options.title;
  room.required = numbers_of(course, options);

  const fs::path list = course.root / "modules/curriculum.json";
  const std::string curriculum =
      add_module(read_text(list), curriculum_entry(room));
  check_loads(curriculum);
  const std::vector<NewFile> files = files_of(room);
  check_absent(course, files);
  for (const NewFile& file : files) {
    write_text(course.root / file.path, file.text);
    terminal.print("wrote {}\n", file.path);
  }
  write_text(list, curriculum);
  StubOptions stubs;
  stubs.module = room.number;
  run_stubs(open_course(course.root), stubs, terminal);
  terminal.print("Next: write the lesson, then run: tito dev check --quick\n");
  return kPassed;
}

}  // namespace tito::dev
