#include "dev/mutate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "dev/bench.hpp"
#include "dev/parallel.hpp"
#include "dev/text.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "ui/activity.hpp"
#include "ui/text.hpp"

namespace tito::dev {

namespace fs = std::filesystem;
using nlohmann::json;
using Fate = Mutant::Fate;

namespace {

constexpr double kEnough = 0.95;

std::vector<Mutant> make_mutants(const Course& course,
                                 const grader::Module& module,
                                 const std::string& source,
                                 const std::string& text) {
  const fs::path path = course.solutions(module) / "src" / source;
  const std::vector<std::string> lines = split_lines(text);
  std::vector<Problem> problems;
  const std::string name = course.relative(path);
  const auto regions = parse_regions(text, name, problems);
  if (!problems.empty()) throw NotYetError(to_string(problems.front()));

  std::vector<Mutant> mutants;
  for (const Mutation& mutation : find_mutations(text, regions)) {
    Mutant mutant;
    mutant.module = &module;
    mutant.source = source;
    mutant.file = name;
    mutant.line_text =
        trim(lines.at(static_cast<std::size_t>(mutation.line) - 1));
    mutant.mutation = mutation;
    mutants.push_back(std::move(mutant));
  }
  return mutants;
}

/// The sources of a solution, read once: an author may go on editing them.
using Texts = std::map<std::string, std::string>;

/// Tries the mutants of one module.
class Trials {
 public:
  Trials(const Texts& texts, const grader::Module& module, const Bench& bench,
         std::chrono::seconds timeout)
      : texts_(texts), module_(module), bench_(bench) {
    trial_.per_test = timeout;
    trial_.stop_at_first_failure = true;
  }

  void check_solution() const {
    for (const auto& result :
         bench_.test(module_, {}, bench_.directory(0), trial_)) {
      if (result.status == grader::TestResult::Status::passed) continue;
      throw NotYetError(fmt::format(
          "the solution of {} does not pass \"{}\": mend it first. Run: ctest "
          "-R solution_{} --output-on-failure",
          module_.folder(), result.name, module_.folder()));
    }
  }

  void run(Mutant& mutant, int thread) const {
    const fs::path place = bench_.directory(thread);
    const std::string wrong =
        mutated(texts_.at(mutant.source), mutant.mutation);
    const Compiled compiled = bench_.compile(mutant.source, wrong, place);
    if (!compiled.ok) return;
    const SourceId id{&module_, mutant.source};
    if (read_text(compiled.object) == read_text(bench_.object(id))) {
      mutant.fate = Fate::same_code;
      return;
    }
    mutant.fate = Fate::survived;
    for (const auto& result :
         bench_.test(module_, {{id, compiled.object}}, place, trial_)) {
      if (result.status == grader::TestResult::Status::passed) continue;
      mutant.fate = Fate::noticed;
      mutant.noticed_by = result.name;
      return;
    }
  }

 private:
  const Texts& texts_;
  const grader::Module& module_;
  const Bench& bench_;
  Trial trial_;
};

void explain(std::vector<Mutant>& mutants,
             const std::vector<Equivalent>& equivalents) {
  std::set<std::tuple<std::string, std::string, std::string>> known;
  for (const Equivalent& equivalent : equivalents) {
    known.insert({equivalent.file, equivalent.line_text, equivalent.change});
  }
  for (Mutant& mutant : mutants) {
    if (mutant.fate == Fate::survived &&
        known.contains(
            {mutant.file, mutant.line_text, mutant.mutation.change})) {
      mutant.fate = Fate::explained;
    }
  }
}

int count_fate(const std::vector<Mutant>& mutants, Fate fate) {
  return static_cast<int>(
      std::count_if(mutants.begin(), mutants.end(),
                    [fate](const Mutant& m) { return m.fate == fate; }));
}

const char* to_string(Fate fate) {
  switch (fate) {
    case Fate::noticed:
      return "noticed";
    case Fate::survived:
      return "survived";
    case Fate::explained:
      return "explained";
    case Fate::same_code:
      return "same code";
    case Fate::no_program:
      return "does not compile";
  }
  return "";
}

json report(const std::vector<Mutant>& mutants) {
  json entries = json::array();
  for (const Mutant& mutant : mutants) {
    entries.push_back({{"file", mutant.file},
                       {"line", mutant.mutation.line},
                       {"line_text", mutant.line_text},
                       {"change", mutant.mutation.change},
                       {"fate", to_string(mutant.fate)},
                       {"noticed_by", mutant.noticed_by}});
  }
  const MutationRate measured = rate(mutants);
  return {{"rate", measured.value()},
          {"noticed", measured.noticed},
          {"survived", measured.survived},
          {"mutants", entries}};
}

void print_summary(const std::vector<Mutant>& mutants, Terminal& terminal) {
  for (const Mutant& mutant : mutants) {
    if (mutant.fate != Fate::survived) continue;
    terminal.print("{}:{}: {}\n    {}\n", mutant.file, mutant.mutation.line,
                   mutant.mutation.change, mutant.line_text);
  }
  const MutationRate measured = rate(mutants);
  terminal.print(
      "{}: {} noticed, {} survived: {:.1f} %. Not counted: {} explained, {} "
      "same code, {} do not compile\n",
      count(static_cast<int>(mutants.size()), "mutant"), measured.noticed,
      measured.survived, 100 * measured.value(),
      count_fate(mutants, Fate::explained),
      count_fate(mutants, Fate::same_code),
      count_fate(mutants, Fate::no_program));
}

std::vector<Mutant> try_module(const Course& course,
                               const grader::Toolchain& toolchain,
                               const grader::Module& module,
                               const MutateOptions& options,
                               const Terminal& terminal) {
  std::vector<Mutant> mutants;
  Texts texts;
  for (const std::string& source : module.sources) {
    if (!options.file.empty() && source != options.file) continue;
    texts[source] = read_text(course.solutions(module) / "src" / source);
    for (Mutant& mutant : make_mutants(course, module, source, texts[source])) {
      mutants.push_back(std::move(mutant));
    }
  }
  if (mutants.empty()) return mutants;
  const int jobs = options.jobs > 0 ? options.jobs : default_jobs();
  Bench bench(course, toolchain, jobs);
  bench.share_headers(module);
  bench.prepare({&module}, course.root / "solutions");
  const Trials trials(texts, module, bench, options.timeout);
  trials.check_solution();
  Activity activity(terminal, "mutants of " + module.folder());
  activity.set_total(static_cast<int>(mutants.size()));
  parallel(mutants.size(), jobs, [&](std::size_t i, int thread) {
    trials.run(mutants[i], thread);
    activity.advance();
  });
  return mutants;
}

}  // namespace

double MutationRate::value() const {
  const int all = noticed + survived;
  return all == 0 ? 1.0 : static_cast<double>(noticed) / all;
}

MutationRate rate(const std::vector<Mutant>& mutants) {
  return {count_fate(mutants, Fate::noticed),
          count_fate(mutants, Fate::survived)};
}

std::vector<Equivalent> load_equivalents(const fs::path& file) {
  std::vector<Equivalent> equivalents;
  if (!fs::exists(file)) return equivalents;
  try {
    for (const json& entry : json::parse(read_text(file))) {
      equivalents.push_back({entry.at("file"), entry.at("line_text"),
                             entry.at("change"), entry.at("why")});
    }
  } catch (const json::exception& error) {
    throw UsageError(fmt::format(
        "{}, entry {}: {}. Each needs file, line_text, change and why",
        file.string(), equivalents.size() + 1, error.what()));
  }
  return equivalents;
}

int run_mutate(const Course& course, const grader::Toolchain& toolchain,
               const MutateOptions& options, Terminal& terminal) {
  const auto equivalents =
      load_equivalents(course.root / "tests/mutants/equivalent.json");
  std::vector<Mutant> all;
  for (const grader::Module* module : select_modules(course, options.module)) {
    std::vector<Mutant> mutants =
        try_module(course, toolchain, *module, options, terminal);
    explain(mutants, equivalents);
    if (mutants.empty()) continue;
    terminal.print("{}\n", terminal.paint(Style::bold, module->folder()));
    print_summary(mutants, terminal);
    all.insert(all.end(), mutants.begin(), mutants.end());
  }
  if (all.empty()) {
    throw UsageError(
        "there is nothing to mutate: no such file, or no marked regions");
  }
  if (!options.json.empty()) {
    write_text(fs::absolute(options.json), report(all).dump(2) + "\n");
  }
  return rate(all).value() >= kEnough ? kPassed : kNotPassed;
}

}  // namespace tito::dev
