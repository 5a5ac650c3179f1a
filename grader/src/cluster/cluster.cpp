#include "grader/cluster/cluster.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include "grader/cluster/verdict_log.hpp"
#include "plan.hpp"

namespace grader {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRounds = 3;
/// Often enough for people.
constexpr auto kReadEvery = std::chrono::milliseconds(500);
/// For each second at work on the shared folder so many without.
constexpr int kRest = 10;
constexpr auto kFirstPause = std::chrono::seconds(1);
constexpr auto kLongestPause = std::chrono::seconds(10);
/// A failure may quote a compiler.
constexpr std::size_t kLongestReason = 1000;

/// Until it succeeds, or has failed for too long.
template <typename Error, typename Action>
auto patiently(std::chrono::seconds patience, const Action& action) {
  const auto end = Clock::now() + patience;
  Clock::duration pause = kFirstPause;
  for (;; pause = std::min<Clock::duration>(2 * pause, kLongestPause)) {
    try {
      return action();
    } catch (const Error&) {
      if (Clock::now() >= end) throw;
    }
    std::this_thread::sleep_for(pause);
  }
}

/// An array that is cancelled unless it came to its end.
class Submitted {
 public:
  Submitted(SlurmJob job, std::chrono::seconds patience)
      : job_(std::move(job)), patience_(patience) {}
  ~Submitted() {
    if (!ended_) cancel(job_);
  }
  Submitted(const Submitted&) = delete;
  Submitted& operator=(const Submitted&) = delete;

  const SlurmJob& job() const { return job_; }
  void set_ended() { ended_ = true; }

  /// Asks now and then, and more and more rarely; in between it is.
  bool queued() {
    if (Clock::now() < next_question_) return true;
    bool result = true;
    try {
      result = is_queued(job_);
      answered_ = Clock::now();
    } catch (const SlurmError&) {
      if (Clock::now() - answered_ > patience_) throw;
    }
    pause_ = std::min<Clock::duration>(2 * pause_, kLongestPause);
    next_question_ = Clock::now() + pause_;
    return result;
  }

 private:
  SlurmJob job_;
  std::chrono::seconds patience_;
  bool ended_ = false;
  Clock::time_point answered_ = Clock::now();
  Clock::duration pause_ = kFirstPause;
  Clock::time_point next_question_ = answered_ + pause_;
};

class Run {
 public:
  Run(const VerdictCache& cache, const ClusterOptions& options,
      const JobFolder& folder, std::vector<std::vector<Wanted>> shards)
      : cache_(cache),
        options_(options),
        folder_(folder),
        shards_(std::move(shards)),
        reader_(folder.path()) {
    for (const auto& shard : shards_) {
      for (const Wanted& one : shard) {
        for (const auto& [key, module] : one.verdicts) wanted_.insert(key);
      }
    }
  }

  /// True if every verdict has arrived.
  bool run() {
    for (int round = 0; round < kRounds; ++round) {
      const auto rest = unfinished();
      if (rest.empty()) break;
      grade(rest);
    }
    if (!is_complete()) {
      // A shard may have been done while the last verdicts were taken in.
      reader_ = VerdictReader(folder_.path());
      take_in();
    }
    return is_complete();
  }

  /// False if Slurm has never had anything of this.
  bool was_submitted() const { return submitted_ || is_known(folder_.name()); }

  ClusterResult result(const Grader& grader) const {
    ClusterResult result;
    result.arrived = arrived_;
    if (is_complete()) return result;
    for (std::size_t i = 0; i < shards_.size(); ++i) {
      for (const Wanted& one : shards_[i]) {
        add_lost(i, one, grader, result.lost);
      }
    }
    return result;
  }

 private:
  bool is_complete() const { return arrived_.size() == wanted_.size(); }

  /// Waits for a shared folder whose server is being restarted, as jobs do.
  template <typename Action>
  auto on_folder(const Action& action) const {
    return patiently<ClusterError>(options_.patience, action);
  }

  std::vector<std::size_t> unfinished() const {
    std::vector<std::size_t> rest;
    for (std::size_t i = 0; i < shards_.size(); ++i) {
      if (!on_folder([&] { return folder_.is_done(i); })) rest.push_back(i);
    }
    return rest;
  }

  SlurmJob submit_shards(const std::vector<std::size_t>& rest) {
    const SlurmArray array{rest,
                           folder_.name(),
                           folder_.path(),
                           folder_.script(),
                           {options_.tito.string(), folder_.path().string()},
                           options_.slurm_options};
    // Who has just asked for the first shall know at once what is wrong.
    const auto patience =
        submitted_ ? options_.patience : std::chrono::seconds(0);
    auto job = patiently<SlurmError>(patience, [&] { return submit(array); });
    submitted_ = true;
    return job;
  }

  void grade(const std::vector<std::size_t>& rest) {
    for (const std::size_t shard : rest) folder_.clear_failure(shard);
    Submitted array(submit_shards(rest), options_.patience);
    if (options_.on_submitted) options_.on_submitted(array.job(), folder_);
    while (!settled(rest) && array.queued()) {
      const auto begin = Clock::now();
      take_in();
      const auto work = Clock::now() - begin;
      std::this_thread::sleep_for(
          std::max<Clock::duration>(kReadEvery, kRest * work));
    }
    take_in();
    if (settled(rest)) array.set_ended();
  }

  bool settled(const std::vector<std::size_t>& rest) const {
    return std::all_of(rest.begin(), rest.end(), [&](std::size_t shard) {
      return on_folder(
          [&] { return folder_.is_done(shard) || folder_.failure(shard); });
    });
  }

  void take_in() {
    const auto verdicts = on_folder([&] { return reader_.read_new(); });
    for (const auto& [key, grade] : verdicts) {
      if (!wanted_.contains(key) || arrived_.contains(key)) continue;
      if (!grade.has_points()) continue;
      cache_.store(key, grade);
      arrived_.insert(key);
    }
    if (options_.on_progress) {
      options_.on_progress(arrived_.size(), wanted_.size());
    }
  }

  void add_lost(std::size_t shard, const Wanted& one, const Grader& grader,
                std::map<std::string, ModuleGrade>& lost) const {
    const auto failure = folder_.failure(shard);
    const auto why = fmt::format(
        "{} shard {}{}; see {}",
        folder_.is_done(shard) ? "not all verdicts came of"
                               : "no node finished",
        shard, failure ? ": " + failure->substr(0, kLongestReason) : "",
        folder_.log(shard).string());
    const auto grade =
        grader.not_graded(one.entry.id, Outcome::infrastructure_error, why);
    for (const auto& [key, module] : one.verdicts) {
      if (!arrived_.contains(key)) lost[key] = grade.modules[module];
    }
  }

  const VerdictCache& cache_;
  const ClusterOptions& options_;
  const JobFolder& folder_;
  std::vector<std::vector<Wanted>> shards_;
  VerdictReader reader_;
  bool submitted_ = false;
  std::set<std::string> wanted_, arrived_;
};

/// A head that was killed could not take in what its nodes wrote since.
void take_over(JobFolder& left, const VerdictCache& cache) {
  cancel_by_name(left.name());
  for (const auto& [key, grade] : VerdictReader(left.path()).read_new()) {
    if (grade.has_points()) cache.store(key, grade);
  }
  left.remove();
}

}  // namespace

ClusterResult grade_on_cluster(const Grader& grader,
                               const std::vector<Entry>& entries,
                               const VerdictCache& cache,
                               const ClusterOptions& options) {
  for (auto& left :
       JobFolder::leftovers(options.shared, grader.options().key)) {
    take_over(left, cache);
  }
  auto shards = deal(wanted_verdicts(grader, entries, cache), options.shards);
  if (shards.empty()) return {};
  std::vector<Shard> parts;
  for (const auto& shard : shards) parts.push_back(shard_of(shard));
  auto folder = JobFolder::create(options.shared,
                                  {grader.options(), grader.release()}, parts);
  Run run(cache, options, folder, std::move(shards));
  try {
    if (run.run()) folder.remove();
  } catch (const SlurmError&) {
    // Nodes may still be at work in it: the next call takes it over.
    if (!run.was_submitted()) folder.remove();
    throw;
  }
  return run.result(grader);
}

}  // namespace grader
