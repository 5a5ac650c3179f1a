#include "commands/grade_cluster.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <set>

#include "grader/process.hpp"
#include "system/error.hpp"
#include "system/interrupt.hpp"
#include "system/lock.hpp"
#include "ui/activity.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

constexpr std::size_t kMostReasons = 5;

fs::path shared_folder(const ClusterWords& words, const fs::path& gradebook,
                       const App& app) {
  const fs::path folder = words.shared.empty()
                              ? gradebook.parent_path() / "slurm"
                              : app.directory / words.shared;
  return fs::absolute(folder).lexically_normal();
}

/// Before the work, rather than after it.
void require_shared_folder(const ClusterWords& words, const App& app) {
  if (words.shared.empty()) return;
  const fs::path folder = app.directory / words.shared;
  std::error_code error;
  fs::create_directories(folder, error);
  const bool writable = access(folder.c_str(), W_OK | X_OK) == 0;
  if (writable && fs::is_directory(folder)) return;
  throw EnvironmentError(fmt::format(
      "cannot write to '{}': {}. Name a folder that the nodes see and you may "
      "write to: --shared DIR",
      folder.string(), error ? error.message() : std::strerror(errno)));
}

void warn_of_lost(const grader::ClusterResult& result, Terminal& terminal) {
  std::set<std::string> reasons;
  for (const auto& [key, grade] : result.lost) reasons.insert(grade.detail);
  std::size_t shown = 0;
  for (const std::string& reason : reasons) {
    if (++shown > kMostReasons) break;
    terminal.warn("{}\n", printable(reason));
  }
  if (reasons.size() > kMostReasons) {
    terminal.warn("... and {} more\n", reasons.size() - kMostReasons);
  }
}

}  // namespace

void add_cluster_options(CLI::App& command, ClusterWords& words) {
  command
      .add_option("--backend", words.backend,
                  "Where submissions are compiled and run")
      ->check(CLI::IsMember({"local", "slurm"}));
  command
      .add_option("--shards", words.shards,
                  "Slurm: parts of the work; default: of 8 submissions each")
      ->check(CLI::Range(1, 1000));
  command
      .add_option(
          "--slurm-option", words.slurm_options,
          "Slurm: passed on to sbatch: --slurm-option=--partition=debug")
      ->allow_extra_args(false)
      ->type_name("OPTION");
  command
      .add_option("--shared", words.shared,
                  "Slurm: a folder that the nodes see; default: slurm/ beside "
                  "the gradebook")
      ->type_name("DIR");
}

void check_cluster_options(const ClusterWords& words, const App& app) {
  if (words.slurm()) {
    require_shared_folder(words, app);
    if (!grader::find_program("sbatch").empty()) return;
    throw EnvironmentError(
        "there is no sbatch on the PATH: this machine submits nothing to "
        "Slurm. Run this where sbatch is, or without --backend slurm");
  }
  const char* option = words.shards > 0               ? "--shards"
                       : !words.slurm_options.empty() ? "--slurm-option"
                       : !words.shared.empty()        ? "--shared"
                                                      : nullptr;
  if (option == nullptr) return;
  throw UsageError(
      fmt::format("{} is for a cluster. Add: --backend slurm", option));
}

grader::ClusterResult run_on_cluster(const grader::Grader& grader,
                                     const std::vector<grader::Entry>& entries,
                                     const grader::Gradebook& book,
                                     const ClusterWords& words,
                                     const grader::VerdictCache& cache,
                                     const GradingScratch& scratch, App& app) {
  const FileLock one_at_a_time(book.file().string() + ".slurm.lock");
  Terminal& terminal = *app.terminal;
  std::optional<Activity> activity;
  grader::ClusterOptions options;
  options.shared = shared_folder(words, book.file(), app);
  options.shards = words.shards;
  options.slurm_options = words.slurm_options;
  options.tito = app.executable;
  options.on_submitted = [&](const auto& job, const auto& folder) {
    scratch.on_interrupt([job] { grader::cancel(job); });
    activity.reset();
    terminal.warn("Slurm job {}: {}\n", job.id, folder.path().string());
    activity.emplace(terminal, "Grading on the cluster");
  };
  options.on_progress = [&](std::size_t arrived, std::size_t wanted) {
    activity->set_total(wanted);
    activity->set_done(arrived);
  };
  const auto result = grade_on_cluster(grader, entries, cache, options);
  scratch.on_interrupt({});
  activity.reset();
  warn_of_lost(result, terminal);
  return result;
}

grader::VerdictCache with_lost(grader::VerdictCache cache,
                               const grader::ClusterResult& result) {
  const auto find = std::move(cache.find);
  cache.find =
      [find, lost = result.lost](
          const std::string& key) -> std::optional<grader::ModuleGrade> {
    const auto found = lost.find(key);
    if (found != lost.end()) return found->second;
    return find(key);
  };
  return cache;
}

}  // namespace tito
