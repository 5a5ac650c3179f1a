#include "grader/curriculum.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>

namespace grader {
namespace {

using nlohmann::json;

/// A JSON value and the way to it, so that every message can name the entry.
class Node {
 public:
  Node(const json& value, std::string where)
      : value_(value), where_(std::move(where)) {}

  [[noreturn]] void fail(const std::string& what) const {
    throw CurriculumError(fmt::format(
        "{}: {}. Correct the file, then run: tito dev check", where_, what));
  }

  bool has(const std::string& key) const {
    return object().find(key) != object().end();
  }

  Node at(const std::string& key) const {
    const auto found = object().find(key);
    if (found == object().end()) fail(fmt::format("\"{}\" is missing", key));
    return Node(*found, fmt::format("{}: \"{}\"", where_, key));
  }

  std::string text() const {
    expect(value_.is_string(), "a string");
    const auto text = value_.get<std::string>();
    if (text.empty()) fail("is empty");
    return text;
  }

  double number() const {
    expect(value_.is_number(), "a number");
    return value_.get<double>();
  }

  bool truth() const {
    expect(value_.is_boolean(), "true or false");
    return value_.get<bool>();
  }

  std::vector<Node> items() const {
    expect(value_.is_array(), "a list");
    std::vector<Node> items;
    for (const json& item : value_) {
      items.emplace_back(item, fmt::format("{}[{}]", where_, items.size()));
    }
    return items;
  }

  std::map<std::string, Node> members() const {
    std::map<std::string, Node> members;
    for (const auto& [key, value] : object().items()) {
      members.emplace(key, Node(value, fmt::format("{}.{}", where_, key)));
    }
    return members;
  }

  std::vector<std::string> texts() const {
    std::vector<std::string> texts;
    for (const Node& item : items()) texts.push_back(item.text());
    return texts;
  }

 private:
  const json& object() const {
    expect(value_.is_object(), "an object");
    return value_;
  }

  void expect(bool holds, const char* type) const {
    if (!holds) {
      fail(fmt::format("is {} where {} belongs", value_.type_name(), type));
    }
  }

  const json& value_;
  std::string where_;
};

bool is_digits(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c >= '0' && c <= '9';
  });
}

bool is_file_name(const std::string& name) {
  return name.find('/') == std::string::npos && name.front() != '.' &&
         name.front() != '-';
}

std::string lower(std::string text) {
  for (char& c : text) {
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text;
}

/// "1" and "001" mean "01".
std::string two_digits(const std::string& word) {
  if (!is_digits(word)) return word;
  const auto first = std::min(word.find_first_not_of('0'), word.size() - 1);
  const std::string digits = word.substr(first);
  return digits.size() < 2 ? "0" + digits : digits;
}

/// The same for all ways of writing a name.
std::string spelled(const std::string& word) { return two_digits(lower(word)); }

/// Every way to call a module or milestone is new.
void check_unused(const std::vector<std::string>& names, const Node& entry,
                  std::set<std::string>& used) {
  for (const std::string& name : names) {
    if (!used.insert(spelled(name)).second) {
      entry.fail(fmt::format("the name \"{}\" is taken", name));
    }
  }
}

std::string number_of(const Node& entry) {
  const std::string number = entry.text();
  if (number.size() != 2 || !is_digits(number)) {
    entry.fail(fmt::format("\"{}\" is not a number of two digits", number));
  }
  return number;
}

std::vector<std::string> files_of(const Node& entry) {
  std::set<std::string> seen;
  for (const Node& item : entry.items()) {
    const std::string name = item.text();
    if (!is_file_name(name)) {
      item.fail(fmt::format("\"{}\" is not a plain file name", name));
    }
    if (!seen.insert(name).second) {
      item.fail(fmt::format("\"{}\" stands here twice", name));
    }
  }
  return entry.texts();
}

Task read_task(const Node& entry, const Module& module) {
  Task task;
  task.id = entry.at("id").text();
  task.title = entry.at("title").text();
  task.file = entry.at("file").text();
  task.points = entry.at("points").number();
  task.builds_on = entry.at("builds_on").texts();
  const std::string prefix = module.number + ".";
  if (task.id.rfind(prefix, 0) != 0 ||
      !is_digits(task.id.substr(prefix.size()))) {
    entry.at("id").fail(
        fmt::format("\"{}\" does not have the form \"{}1\"", task.id, prefix));
  }
  if (std::count(module.sources.begin(), module.sources.end(), task.file) ==
      0) {
    entry.at("file").fail(
        fmt::format("\"{}\" is not among the module's sources", task.file));
  }
  if (task.points < 0) entry.at("points").fail("is negative");
  return task;
}

Module read_module(const Node& entry) {
  Module module;
  module.number = number_of(entry.at("number"));
  module.name = entry.at("name").text();
  module.title = entry.at("title").text();
  module.tier = entry.at("tier").text();
  module.summary = entry.at("summary").text();
  module.requires_ = entry.at("requires").texts();
  module.headers = entry.at("headers").texts();
  module.sources = files_of(entry.at("sources"));
  module.writes_files =
      entry.has("writes_files") && entry.at("writes_files").truth();
  if (!is_file_name(module.name)) {
    entry.at("name").fail(
        fmt::format("\"{}\" is not a plain folder name", module.name));
  }
  for (const Node& task : entry.at("tasks").items()) {
    module.tasks.push_back(read_task(task, module));
  }
  return module;
}

void check_known(const std::vector<std::string>& names, const Node& entry,
                 const std::set<std::string>& known, const char* what) {
  for (const std::string& name : names) {
    if (known.count(name) == 0) {
      entry.fail(fmt::format("\"{}\" is not {}", name, what));
    }
  }
}

std::vector<Module> read_modules(const Node& root) {
  std::vector<Module> modules;
  std::set<std::string> numbers, words, tasks;
  for (const Node& entry : root.at("modules").items()) {
    Module module = read_module(entry);
    check_known(module.requires_, entry.at("requires"), numbers,
                "a module that stands before this one");
    check_unused({module.number, module.name, module.folder()}, entry, words);
    numbers.insert(module.number);
    for (const Task& task : module.tasks) {
      if (!tasks.insert(task.id).second) {
        entry.fail(fmt::format("task {} stands in the list twice", task.id));
      }
    }
    for (const Task& task : module.tasks) {
      check_known(task.builds_on, entry.at("tasks"), tasks,
                  "a task of this module or an earlier one (builds_on)");
    }
    modules.push_back(std::move(module));
  }
  return modules;
}

Threshold read_threshold(const Node& entry) {
  Threshold threshold;
  if (entry.has("min")) threshold.min = entry.at("min").number();
  if (entry.has("max")) threshold.max = entry.at("max").number();
  if (!threshold.min && !threshold.max) entry.fail("has neither min nor max");
  return threshold;
}

MilestonePart read_part(const Node& entry,
                        const std::set<std::string>& modules) {
  MilestonePart part;
  part.title = entry.at("title").text();
  part.source = entry.at("source").text();
  part.requires_ = entry.at("requires").texts();
  check_known(part.requires_, entry.at("requires"), modules, "a module");
  for (const auto& [name, limits] : entry.at("metrics").members()) {
    part.metrics[name] = read_threshold(limits);
  }
  return part;
}

std::vector<Milestone> read_milestones(const Node& root,
                                       const std::vector<Module>& modules) {
  std::set<std::string> numbers, words;
  for (const Module& module : modules) numbers.insert(module.number);
  std::vector<Milestone> milestones;
  for (const Node& entry : root.at("milestones").items()) {
    Milestone milestone;
    milestone.number = number_of(entry.at("number"));
    milestone.folder = entry.at("folder").text();
    milestone.name = entry.at("name").text();
    milestone.title = entry.at("title").text();
    milestone.aliases = entry.at("aliases").texts();
    auto own = milestone.aliases;
    own.insert(own.end(), {milestone.number, milestone.name, milestone.folder});
    check_unused(own, entry, words);
    for (const Node& part : entry.at("parts").items()) {
      milestone.parts.push_back(read_part(part, numbers));
    }
    milestones.push_back(std::move(milestone));
  }
  return milestones;
}

json parse_file(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) {
    throw CurriculumError(fmt::format(
        "cannot read {}: is this a course? Run tito inside a checkout of it",
        file.string()));
  }
  try {
    return json::parse(in);
  } catch (const json::exception& error) {
    throw CurriculumError(fmt::format(
        "{} is not valid JSON: {}. Correct the file, then run: tito dev check",
        file.string(), error.what()));
  }
}

}  // namespace

double Module::points() const {
  double sum = 0;
  for (const Task& task : tasks) sum += task.points;
  return sum;
}

const Task* Module::task(const std::string& id) const {
  const auto found = std::find_if(tasks.begin(), tasks.end(),
                                  [&](const Task& t) { return t.id == id; });
  return found == tasks.end() ? nullptr : &*found;
}

Curriculum Curriculum::load(const std::filesystem::path& file) {
  const json document = parse_file(file);
  const Node root(document, file.string());
  if (const double version = root.at("version").number(); version != 1) {
    root.at("version").fail(
        fmt::format("is {}, but this tito reads version 1", version));
  }
  Curriculum curriculum;
  curriculum.modules_ = read_modules(root);
  curriculum.milestones_ = read_milestones(root, curriculum.modules_);
  return curriculum;
}

const Module* Curriculum::module(const std::string& word) const {
  const std::string name = spelled(word);
  for (const Module& module : modules_) {
    if (module.number == name || spelled(module.name) == name ||
        spelled(module.folder()) == name) {
      return &module;
    }
  }
  return nullptr;
}

const Milestone* Curriculum::milestone(const std::string& word) const {
  const std::string name = spelled(word);
  for (const Milestone& milestone : milestones_) {
    const auto& aliases = milestone.aliases;
    if (milestone.number == name || spelled(milestone.name) == name ||
        spelled(milestone.folder) == name ||
        std::any_of(aliases.begin(), aliases.end(), [&](const auto& alias) {
          return spelled(alias) == name;
        })) {
      return &milestone;
    }
  }
  return nullptr;
}

const Module* Curriculum::module_of_task(const std::string& task) const {
  for (const Module& module : modules_) {
    if (module.task(task) != nullptr) return &module;
  }
  return nullptr;
}

std::vector<const Module*> Curriculum::prerequisites(
    const Module& module) const {
  std::set<std::string> needed;
  const std::function<void(const Module&)> collect = [&](const Module& m) {
    for (const std::string& number : m.requires_) {
      if (needed.insert(number).second) collect(*this->module(number));
    }
  };
  collect(module);
  std::vector<const Module*> result;
  for (const Module& candidate : modules_) {
    if (needed.count(candidate.number) > 0) result.push_back(&candidate);
  }
  return result;
}

}  // namespace grader
