#include "dev/mutants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "dev/bench.hpp"
#include "dev/parallel.hpp"
#include "grader/score.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "ui/activity.hpp"
#include "ui/text.hpp"

namespace tito::dev {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr int kPerTask = 3;

/// The modules whose tests run code of `module`, itself first.
std::vector<const grader::Module*> modules_on_top(
    const grader::Curriculum& curriculum, const grader::Module& module) {
  std::vector<const grader::Module*> result = {&module};
  for (const grader::Module& other : curriculum.modules()) {
    const auto needed = curriculum.prerequisites(other);
    if (std::find(needed.begin(), needed.end(), &module) != needed.end()) {
      result.push_back(&other);
    }
  }
  return result;
}

/// The wrong versions of one module, tried one by one.
class WrongVersions {
 public:
  WrongVersions(const Course& course, const grader::Toolchain& toolchain,
                const grader::Module& module, const MutantsOptions& options)
      : course_(course),
        module_(module),
        modules_{&module},
        jobs_(options.jobs),
        bench_(course, toolchain, options.jobs) {
    if (!options.own) modules_ = modules_on_top(course.curriculum, module);
    std::erase_if(modules_, [&](const grader::Module* other) {
      return toolchain.test_objects("public", other->folder()).empty() &&
             toolchain.test_objects("hidden", other->folder()).empty();
    });
  }

  /// What is wrong with each, in their order; `done` is called after each.
  std::vector<std::vector<std::string>> run(
      const std::vector<WrongVersion>& versions,
      const std::function<void()>& done) {
    bench_.share_headers(module_);
    bench_.prepare(modules_, course_.root / "solutions");
    std::vector<std::vector<std::string>> objections(versions.size());
    parallel(versions.size(), jobs_, [&](std::size_t i, int thread) {
      objections[i] = object_to(versions[i], bench_.directory(thread));
      done();
    });
    return objections;
  }

 private:
  std::vector<std::string> object_to(const WrongVersion& version,
                                     const fs::path& place) const {
    const fs::path source = course_.solutions(module_) / "src" / version.file;
    std::string wrong;
    try {
      wrong = make_wrong(read_text(source), version);
    } catch (const CommandError& error) {
      return {error.what()};
    }
    // A student's mistake is compiled as a student's file: a warning is none.
    const Compiled compiled =
        bench_.compile(version.file, wrong, place, Warnings::ignored);
    if (!compiled.ok) {
      return {"does not compile: " + first_error(compiled.output)};
    }
    std::map<const grader::Module*, std::vector<grader::TestResult>> results;
    for (const grader::Module* tested : modules_) {
      results[tested] = bench_.test(
          *tested, {{{&module_, version.file}, compiled.object}}, place, {});
    }
    return judge(course_.curriculum, version.task, results);
  }

  static std::string first_error(const std::string& output) {
    for (const std::string& line : split_lines(output)) {
      if (line.find("error:") != line.npos) return line;
    }
    return output;
  }

  const Course& course_;
  const grader::Module& module_;
  std::vector<const grader::Module*> modules_;
  const int jobs_;
  Bench bench_;
};

std::vector<WrongVersion> every(int step,
                                const std::vector<WrongVersion>& versions) {
  std::vector<WrongVersion> chosen;
  for (std::size_t i = 0; i < versions.size();
       i += static_cast<std::size_t>(step)) {
    chosen.push_back(versions[i]);
  }
  return chosen;
}

std::vector<Problem> try_module(const Course& course,
                                const grader::Toolchain& toolchain,
                                const grader::Module& module,
                                const MutantsOptions& options,
                                Terminal& terminal) {
  const std::string name = "tests/mutants/" + module.folder() + ".json";
  std::vector<Problem> problems;
  const auto all =
      load_wrong_versions(course.root / name, name, module, problems);
  for (Problem& problem : too_few(all, module, name)) {
    problems.push_back(std::move(problem));
  }
  const auto versions = every(options.every, all);
  if (versions.empty()) return problems;
  Activity activity(terminal, "wrong versions of " + module.folder());
  activity.set_total(static_cast<int>(versions.size()));
  const auto objections =
      WrongVersions(course, toolchain, module, options).run(versions, [&] {
        activity.advance();
      });
  int good = 0;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    good += objections[i].empty() ? 1 : 0;
    for (const std::string& objection : objections[i]) {
      problems.push_back({name, 0,
                          fmt::format("{} \"{}\": {}", versions[i].task,
                                      versions[i].name, objection)});
    }
  }
  terminal.print("{}: {} of {} cost what they should\n", module.folder(), good,
                 count(static_cast<int>(versions.size()), "wrong version"));
  return problems;
}

}  // namespace

std::vector<WrongVersion> load_wrong_versions(const fs::path& file,
                                              const std::string& name,
                                              const grader::Module& module,
                                              std::vector<Problem>& problems) {
  std::vector<WrongVersion> versions;
  if (!fs::exists(file)) {
    problems.push_back({name, 0, "missing"});
    return versions;
  }
  try {
    for (const json& entry : json::parse(read_text(file))) {
      WrongVersion version{entry.at("task"),    entry.at("name"),
                           entry.at("file"),    entry.at("find"),
                           entry.at("replace"), entry.at("why")};
      if (!module.task(version.task)) {
        problems.push_back(
            {name, 0,
             fmt::format("\"{}\": module {} has no task {}", version.name,
                         module.number, version.task)});
        continue;
      }
      versions.push_back(std::move(version));
    }
  } catch (const json::exception& error) {
    problems.push_back(
        {name, 0,
         fmt::format("after {} entries: {}. Each needs task, name, file, find, "
                     "replace and why",
                     versions.size(), error.what())});
  }
  return versions;
}

std::vector<Problem> too_few(const std::vector<WrongVersion>& versions,
                             const grader::Module& module,
                             const std::string& name) {
  std::vector<Problem> problems;
  for (const grader::Task& task : module.tasks) {
    const auto found = std::count_if(
        versions.begin(), versions.end(),
        [&](const WrongVersion& version) { return version.task == task.id; });
    if (found < kPerTask) {
      problems.push_back({name, 0,
                          fmt::format("task {} has {} wrong versions and needs "
                                      "{}",
                                      task.id, found, kPerTask)});
    }
  }
  return problems;
}

std::string make_wrong(const std::string& solution,
                       const WrongVersion& version) {
  const std::size_t at = solution.find(version.find);
  if (version.find.empty() || at == solution.npos) {
    throw NotYetError(
        fmt::format("`{}` does not occur in {}", version.find, version.file));
  }
  if (solution.find(version.find, at + 1) != solution.npos) {
    throw NotYetError(fmt::format("`{}` occurs more than once in {}",
                                  version.find, version.file));
  }
  std::string wrong = solution;
  return wrong.replace(at, version.find.size(), version.replace);
}

std::set<std::string> affected_tasks(const grader::Curriculum& curriculum,
                                     const std::string& task) {
  // Tasks build on earlier ones, or on later ones of the same module: repeat
  // until nothing is added.
  std::set<std::string> affected = {task};
  for (std::size_t before = 0; before != affected.size();) {
    before = affected.size();
    for (const grader::Module& module : curriculum.modules()) {
      for (const grader::Task& other : module.tasks) {
        for (const std::string& base : other.builds_on) {
          if (affected.contains(base)) affected.insert(other.id);
        }
      }
    }
  }
  return affected;
}

std::vector<std::string> judge(
    const grader::Curriculum& curriculum, const std::string& task,
    const std::map<const grader::Module*, std::vector<grader::TestResult>>&
        results) {
  const std::set<std::string> affected = affected_tasks(curriculum, task);
  std::vector<std::string> objections;
  for (const auto& [module, tests] : results) {
    for (const grader::TaskScore& score : grader::score(*module, tests)) {
      if (score.task == task && score.points > 0) {
        objections.push_back(fmt::format(
            "no test of {} notices it: all {} pass", task, score.tests));
      }
      if (!affected.contains(score.task) && score.passed < score.tests) {
        objections.push_back(fmt::format(
            "task {} loses its points too, and does not build on {}",
            score.task, task));
      }
    }
  }
  return objections;
}

int run_mutants(const Course& course, const grader::Toolchain& toolchain,
                MutantsOptions options, Terminal& terminal) {
  if (options.jobs == 0) options.jobs = default_jobs();
  std::vector<Problem> problems;
  for (const grader::Module* module : select_modules(course, options.module)) {
    for (Problem& problem :
         try_module(course, toolchain, *module, options, terminal)) {
      problems.push_back(std::move(problem));
    }
  }
  for (const Problem& problem : problems) {
    terminal.warn("{}\n", to_string(problem));
  }
  return problems.empty() ? kPassed : kNotPassed;
}

}  // namespace tito::dev
