// `tito grade similarity`: which submissions look alike.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "commands/grade_report.hpp"
#include "commands/gradebook_commands.hpp"
#include "commands/reporting.hpp"
#include "grader/similarity.hpp"
#include "grader/submission.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "ui/table.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;
using nlohmann::json;

namespace tito {
namespace {

constexpr std::size_t kMostShown = 20;

struct CompareOptions {
  std::string submissions;
  std::vector<std::string> modules;
};

/// By module number.
using Prints = std::map<std::string, std::vector<grader::CodePrint>>;

void add_files(const fs::path& below, grader::CommonCode& common) {
  if (!fs::is_directory(below)) return;
  for (const auto& entry : fs::recursive_directory_iterator(below)) {
    const fs::path extension = entry.path().extension();
    if (extension != ".cpp" && extension != ".hpp") continue;
    common.add(read_text(entry.path()));
  }
}

/// What every student has, and what no student should have.
grader::CommonCode common_code(const fs::path& course) {
  grader::CommonCode common;
  add_files(course / "modules", common);
  add_files(course / "solutions", common);
  add_files(course / "framework" / "include", common);
  return common;
}

void add_prints(const grader::Submission& submission,
                const std::vector<std::string>& modules,
                const grader::CommonCode& common, Prints& prints) {
  for (const auto& [number, files] : submission.files) {
    const bool wanted =
        modules.empty() ||
        std::find(modules.begin(), modules.end(), number) != modules.end();
    if (!wanted) continue;
    prints[number].push_back(grader::code_print(submission.id, files, common));
  }
}

grader::SimilarityReport compare(const CompareOptions& options,
                                 const App& app) {
  const auto toolchain = grader::Toolchain::load(app.build_directory());
  const auto curriculum = grader::Curriculum::load(toolchain.curriculum());
  const auto modules = module_numbers(curriculum, options.modules);
  const auto entries = entries_in(options.submissions, "similarity", app);
  const auto common = common_code(toolchain.course);
  grader::SimilarityReport result;
  for (const grader::Refusal& refusal : entries.refused) {
    result.left_out.push_back(refusal.name + ": " + refusal.reason);
  }
  Prints prints;
  for (const grader::Entry& entry : entries.accepted) {
    const auto submission = grader::read_submission(entry, curriculum);
    if (!submission.error.empty()) {
      result.left_out.push_back(entry.id + ": " + submission.error);
      continue;
    }
    ++result.submissions;
    add_prints(submission, modules, common, prints);
  }
  for (const auto& [number, of_module] : prints) {
    for (auto& pair : grader::similar_pairs(of_module)) {
      result.findings.push_back({number, std::move(pair)});
    }
  }
  std::stable_sort(result.findings.begin(), result.findings.end(),
                   [](const auto& a, const auto& b) {
                     return a.pair.containment() > b.pair.containment();
                   });
  return result;
}

std::string percent(double share) {
  return fmt::format("{:.0f} %", 100 * share);
}

/// The longest stretch, as far as lines tell.
std::string longest_span(const grader::SimilarPair& pair) {
  if (pair.spans.empty()) return "";
  const auto& [left, right] = *std::max_element(
      pair.spans.begin(), pair.spans.end(), [](const auto& a, const auto& b) {
        return a.left.last - a.left.first < b.left.last - b.left.first;
      });
  return fmt::format("{}:{}-{}, {}:{}-{}", left.file, left.first, left.last,
                     right.file, right.first, right.last);
}

void print_report(const CompareOptions& options,
                  const grader::SimilarityReport& report, Terminal& terminal) {
  for (const std::string& line :
       wrap(grader::kSimilarityNote, terminal.width())) {
    terminal.print("{}\n", line);
  }
  Table table(
      {"Module", "Students", "Contained", "Jaccard", "Longest stretch"});
  const std::size_t shown = std::min(kMostShown, report.findings.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& [module, pair] = report.findings[i];
    table.add({{module},
               {pair.left + ", " + pair.right, Style::bold},
               {percent(pair.containment())},
               {percent(pair.jaccard())},
               {one_line(longest_span(pair))}});
  }
  if (shown > 0) terminal.write("\n" + table.render(terminal));
  terminal.print("\n{} compared, {} look alike.\n",
                 count(static_cast<int>(report.submissions), "submission"),
                 count(static_cast<int>(report.findings.size()), "pair"));
  if (report.findings.empty()) return;
  terminal.print(
      "All of them, with every stretch: {}\n",
      command_text(terminal, fmt::format("tito grade similarity {} --json",
                                         options.submissions)));
}

int run_similarity(const CompareOptions& options, App& app) {
  const auto report = compare(options, app);
  if (app.json) {
    print_json(app, json::parse(to_json_text(report)));
    return kPassed;
  }
  for (const std::string& line : report.left_out) {
    app.terminal->warn("not compared: {}\n", one_line(line));
  }
  print_report(options, report, *app.terminal);
  return kPassed;
}

}  // namespace

void setup_grade_similarity(CLI::App& group, App& app) {
  const auto options = std::make_shared<CompareOptions>();
  CLI::App* command = group.add_subcommand(
      "similarity", "Which submissions look alike: a signal, never a verdict");
  command
      ->add_option("DIRECTORY", options->submissions,
                   "One folder, .zip, .tar or .tar.gz per student, named by id")
      ->required();
  command->add_option("--modules", options->modules, "Only these: 01,02")
      ->delimiter(',')
      ->allow_extra_args(false);
  add_json_flag(*command, app);
  command->footer(
      "Names, numbers, strings, comments and the order of functions do not\n"
      "count; neither does what the course gave out, nor the reference.\n"
      "Contained: how much of the smaller of two is in the other.");
  set_gradebook_action(
      *command, app, [options, &app] { return run_similarity(*options, app); });
}

}  // namespace tito
