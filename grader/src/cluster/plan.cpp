#include "plan.hpp"

#include <algorithm>
#include <set>

namespace grader {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kUsualSize = 8, kMostShards = 1000;

}  // namespace

std::vector<Wanted> wanted_verdicts(const Grader& grader,
                                    const std::vector<Entry>& entries,
                                    const VerdictCache& cache) {
  std::vector<Wanted> result;
  std::set<std::string> claimed;
  for (const Entry& entry : entries) {
    const Submission submission = read_submission(entry, grader.curriculum());
    Wanted wanted;
    wanted.entry = {entry.id, fs::absolute(entry.path).lexically_normal()};
    for (std::size_t i = 0; i < grader.modules().size(); ++i) {
      const Module& module = *grader.modules()[i];
      const auto given = submission.files.find(module.number);
      if (given == submission.files.end() || given->second.empty()) continue;
      const std::string key = grader.verdict_key(submission, module);
      if (cache.find(key) || !claimed.insert(key).second) continue;
      wanted.verdicts[key] = i;
    }
    if (!wanted.verdicts.empty()) result.push_back(std::move(wanted));
  }
  return result;
}

std::vector<std::vector<Wanted>> deal(std::vector<Wanted> wanted,
                                      std::size_t shards) {
  if (shards == 0) shards = (wanted.size() + kUsualSize - 1) / kUsualSize;
  shards = std::min({shards, wanted.size(), kMostShards});
  std::vector<std::vector<Wanted>> dealt(shards);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    dealt[i % shards].push_back(std::move(wanted[i]));
  }
  return dealt;
}

Shard shard_of(const std::vector<Wanted>& wanted) {
  Shard shard;
  for (const Wanted& one : wanted) {
    shard.entries.push_back(one.entry);
    for (const auto& [key, module] : one.verdicts) shard.keys.insert(key);
  }
  return shard;
}

}  // namespace grader
