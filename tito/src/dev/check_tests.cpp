#include "dev/check_tests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <regex>

#include "dev/tokens.hpp"
#include "dev/tree.hpp"
#include "system/error.hpp"
#include "system/files.hpp"

namespace tito::dev {

namespace fs = std::filesystem;
using grader::TestResult;

namespace {

/// The contents of adjacent string literals from `at` on, which moves behind.
std::string read_string(const std::vector<Token>& tokens, std::size_t& at) {
  std::string text;
  for (; at < tokens.size() && tokens[at].kind == Token::Kind::string; ++at) {
    text += tokens[at].text.substr(1, tokens[at].text.size() - 2);
  }
  return text;
}

std::vector<std::string> split_tags(const std::string& text) {
  static const std::regex tag(R"(\[([^\]]+)\])");
  std::vector<std::string> tags;
  for (std::sregex_iterator at(text.begin(), text.end(), tag), end; at != end;
       ++at) {
    tags.push_back((*at)[1]);
  }
  return tags;
}

/// `task` and what it builds on, directly or not.
std::set<std::string> foundations(const grader::Curriculum& curriculum,
                                  const std::string& task) {
  std::set<std::string> all;
  std::vector<std::string> open = {task};
  while (!open.empty()) {
    const std::string next = open.back();
    open.pop_back();
    if (!all.insert(next).second) continue;
    const grader::Module* module = curriculum.module_of_task(next);
    const grader::Task* entry = module ? module->task(next) : nullptr;
    if (!entry) continue;
    open.insert(open.end(), entry->builds_on.begin(), entry->builds_on.end());
  }
  return all;
}

class TagCheck {
 public:
  explicit TagCheck(const Course& course) : course_(course) {}

  std::vector<Problem> run() {
    for (const grader::Module& module : course_.curriculum.modules()) {
      const auto shown = read_kind(module, "public");
      const auto hidden = read_kind(module, "hidden");
      for (const grader::Task& task : module.tasks) {
        require(module, task, shown, "public");
        require(module, task, hidden, "hidden");
      }
    }
    return std::move(problems_);
  }

 private:
  void require(const grader::Module& module, const grader::Task& task,
               const std::set<std::string>& tested, const std::string& kind) {
    if (tested.contains(task.id)) return;
    problems_.push_back({"tests/" + kind + "/" + module.folder(), 0,
                         "no test is tagged [" + task.id + "]"});
  }

  /// The tasks that tests of one kind are tagged with.
  std::set<std::string> read_kind(const grader::Module& module,
                                  const std::string& kind) {
    std::set<std::string> tasks;
    for (const fs::path& file : files_below(
             course_.root / "tests" / kind / module.folder(), {"_test.cpp"})) {
      for (const TestTags& test : find_tests(read_text(file))) {
        check_test(module, kind, test, course_.relative(file), tasks);
      }
    }
    return tasks;
  }

  void check_test(const grader::Module& module, const std::string& kind,
                  const TestTags& test, const std::string& file,
                  std::set<std::string>& tasks) {
    bool hidden = false, any = false;
    for (const std::string& tag : test.tags) {
      hidden = hidden || tag == "hidden";
      if (module.task(tag)) {
        tasks.insert(tag);
        any = true;
      } else if (tag != "hidden") {
        problems_.push_back(
            {file, test.line,
             fmt::format("[{}] is no task of module {}", tag, module.number)});
      }
    }
    if (!any) {
      problems_.push_back(
          {file, test.line,
           fmt::format("\"{}\" is tagged with no task", test.name)});
    }
    if (hidden != (kind == "hidden")) {
      problems_.push_back({file, test.line,
                           hidden ? "a public test is tagged [hidden]"
                                  : "a hidden test must be tagged [hidden]"});
    }
  }

  const Course& course_;
  std::vector<Problem> problems_;
};

std::vector<Problem> check_module_stubs(const Course& course,
                                        const Bench& bench,
                                        const grader::Module& module) {
  std::vector<Problem> problems;
  std::map<SourceId, fs::path> objects;
  const fs::path place = bench.directory(0) / "stubs" / module.folder();
  for (const std::string& source : module.sources) {
    const fs::path file = course.room(module) / "src" / source;
    if (!fs::exists(file)) return {{course.relative(file), 0, "missing"}};
    const Compiled compiled = bench.compile(source, read_text(file), place);
    if (!compiled.ok) {
      problems.push_back(
          {course.relative(file), 0,
           "does not compile without warnings:\n" + compiled.output});
    }
    objects[{&module, source}] = compiled.object;
  }
  if (!problems.empty()) return problems;
  const auto results = bench.test(module, objects, place, {});
  for (const std::string& objection :
       judge_stub_results(course.curriculum, module, results)) {
    problems.push_back({"modules/" + module.folder(), 0, objection});
  }
  return problems;
}

}  // namespace

std::vector<TestTags> find_tests(const std::string& text) {
  std::vector<TestTags> tests;
  const std::vector<Token> tokens = tokenize(text);
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (!tokens[i].is("TEST_CASE") && !tokens[i].is("TEMPLATE_TEST_CASE")) {
      continue;
    }
    std::size_t at = i + 2;
    TestTags test;
    test.line = tokens[i].line;
    test.name = read_string(tokens, at);
    if (at < tokens.size() && tokens[at].is(",")) {
      test.tags = split_tags(read_string(tokens, ++at));
    }
    tests.push_back(std::move(test));
  }
  return tests;
}

std::vector<Problem> check_tags(const Course& course) {
  return TagCheck(course).run();
}

std::vector<std::string> judge_stub_results(
    const grader::Curriculum& curriculum, const grader::Module& module,
    const std::vector<TestResult>& results) {
  std::vector<std::string> objections;
  for (const TestResult& result : results) {
    if (result.status != TestResult::Status::not_implemented) {
      objections.push_back(fmt::format(
          "\"{}\" should fail by NotImplemented, but its outcome is {} {}",
          result.name, grader::to_string(result.status), result.detail));
      continue;
    }
    const std::string reached =
        result.detail.substr(0, result.detail.find(' '));
    const bool fine = std::any_of(
        result.tasks.begin(), result.tasks.end(), [&](const auto& task) {
          return foundations(curriculum, task).contains(reached);
        });
    if (!fine || !module.task(reached)) {
      objections.push_back(fmt::format(
          "\"{}\" of task {} runs into the stub of {}, which it does not build "
          "on",
          result.name, fmt::join(result.tasks, ", "), reached));
    }
  }
  return objections;
}

std::vector<Problem> check_solutions(const Course& course, const Bench& bench) {
  std::vector<Problem> problems;
  for (const grader::Module& module : course.curriculum.modules()) {
    for (const TestResult& result :
         bench.test(module, {}, bench.directory(0), {})) {
      if (result.status == TestResult::Status::passed) continue;
      std::string why = result.detail;
      if (!result.failures.empty()) {
        why = result.failures[0].expanded + " " + result.failures[0].message;
      }
      problems.push_back({"solutions/" + module.folder(), 0,
                          fmt::format("\"{}\": {} {}", result.name,
                                      grader::to_string(result.status), why)});
    }
  }
  return problems;
}

std::vector<Problem> check_stubs(const Course& course, const Bench& bench) {
  std::vector<Problem> problems;
  for (const grader::Module& module : course.curriculum.modules()) {
    for (Problem& problem : check_module_stubs(course, bench, module)) {
      problems.push_back(std::move(problem));
    }
  }
  return problems;
}

}  // namespace tito::dev
