#include "dev/check.hpp"

#include <fmt/format.h>

#include <memory>

#include "dev/bench.hpp"
#include "dev/build_checks.hpp"
#include "dev/check_tests.hpp"
#include "dev/parallel.hpp"
#include "dev/tree_checks.hpp"
#include "system/error.hpp"
#include "ui/activity.hpp"
#include "ui/text.hpp"

namespace tito::dev {
namespace {

constexpr std::size_t kShown = 8;

std::vector<Problem> run_one(const Check& check, const Terminal& terminal) {
  Activity activity(terminal, check.name);
  try {
    return check.run();
  } catch (const std::runtime_error& error) {
    return {{"", 0, error.what()}};
  }
}

void print_row(const Check& check, const std::vector<Problem>& problems,
               Terminal& terminal) {
  if (problems.empty()) {
    terminal.print("{}  {}\n", terminal.paint(Style::good, "ok    "),
                   check.name);
    return;
  }
  terminal.print("{}  {}: {}\n", terminal.paint(Style::bad, "failed"),
                 check.name,
                 count(static_cast<int>(problems.size()), "problem"));
  for (std::size_t i = 0; i < problems.size() && i < kShown; ++i) {
    terminal.print("          {}\n", to_string(problems[i]));
  }
  if (problems.size() > kShown) {
    terminal.print("          and {} more\n", problems.size() - kShown);
  }
}

std::vector<Check> tree_checks(const Course& course) {
  return {
      {"folders match the curriculum", [&] { return check_folders(course); }},
      {"stubs are what the solutions generate",
       [&] { return check_stub_files(course); }},
      {"every task has public and hidden tests",
       [&] { return check_tags(course); }},
      {"lessons have their sections", [&] { return check_lessons(course); }},
      {"every task has hints", [&] { return check_hints(course); }},
      {"layers hold", [&] { return check_layers(course); }},
      {"files and functions are short", [&] { return check_sizes(course); }},
      {"no file names somebody's machine",
       [&] { return check_machine_paths(course); }},
  };
}

std::vector<const grader::Module*> all_modules(const Course& course) {
  return select_modules(course, "");
}

}  // namespace

int run_checks(const std::vector<Check>& checks, Terminal& terminal) {
  int failed = 0;
  for (const Check& check : checks) {
    const std::vector<Problem> problems = run_one(check, terminal);
    print_row(check, problems, terminal);
    failed += problems.empty() ? 0 : 1;
  }
  const auto all = static_cast<int>(checks.size());
  if (failed == 0) {
    terminal.print("\n{} passed\n", count(all, "check"));
    return kPassed;
  }
  terminal.print("\n{} of {} failed\n", failed, count(all, "check"));
  return kNotPassed;
}

int run_check(const Course& course, const grader::Toolchain& toolchain,
              const CheckOptions& options, Terminal& terminal) {
  const int jobs = options.jobs > 0 ? options.jobs : default_jobs();
  std::vector<Check> checks = tree_checks(course);
  Bench bench(course, toolchain, jobs);
  checks.push_back({"every solution passes", [&] {
                      bench.prepare(all_modules(course),
                                    course.root / "solutions");
                      return check_solutions(course, bench);
                    }});
  checks.push_back({"every stub compiles and fails by NotImplemented",
                    [&] { return check_stubs(course, bench); }});
  if (!options.quick) {
    checks.push_back({"solutions pass under sanitizers", [&] {
                        return check_sanitizers(course, toolchain, jobs);
                      }});
    checks.push_back(
        {"the students' tree builds, without solutions and hidden tests",
         [&] { return check_student_tree(course, toolchain, jobs); }});
  }
  return run_checks(checks, terminal);
}

}  // namespace tito::dev
