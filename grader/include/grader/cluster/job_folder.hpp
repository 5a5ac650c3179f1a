// What a cluster's head and its nodes tell each other: files in a folder that
// all of them see.
//
//   job.json            settings, release and the course's key: mode 0600
//   job.sh              what Slurm runs on a node
//   shard-3.json        the entries of shard 3
//   verdicts-3.1.jsonl  what the first attempt at shard 3 has graded
//   failure-3.txt       why the latest attempt could not grade
//   done-3              shard 3 is graded
//   log-3.txt           what was printed on the nodes
//   head.lock           locked while the head lives
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "grader/grade.hpp"
#include "grader/submission.hpp"

namespace grader {

class Descriptor;

/// The folder cannot be written or read, or a node does not fit the job.
class ClusterError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What every node must know.
struct ClusterJob {
  GradeOptions options;
  std::string release;  ///< Grader::release() of the head
};

/// Entries for one node, and the verdicts that are wanted of them.
struct Shard {
  std::vector<Entry> entries;
  std::set<std::string> keys;  ///< see Grader::verdict_key()
};

/// Every member throws ClusterError if a file cannot be read or written.
class JobFolder {
 public:
  /// Makes a folder of mode 0700 below `shared`, and holds it.
  static JobFolder create(const std::filesystem::path& shared,
                          const ClusterJob& job,
                          const std::vector<Shard>& shards);
  /// Those below `shared` that were made for the gradebook with this key and
  /// that nobody holds; the caller does now.
  static std::vector<JobFolder> leftovers(const std::filesystem::path& shared,
                                          const std::string& key);
  explicit JobFolder(std::filesystem::path path) : path_(std::move(path)) {}

  const std::filesystem::path& path() const { return path_; }
  /// Of the folder, and of its arrays in Slurm.
  std::string name() const { return path_.filename().string(); }
  std::filesystem::path script() const { return path_ / "job.sh"; }
  std::filesystem::path log(std::size_t shard) const;

  ClusterJob job() const;
  Shard shard(std::size_t index) const;

  bool is_done(std::size_t shard) const;
  void mark_done(std::size_t shard) const;
  std::optional<std::string> failure(std::size_t shard) const;
  void set_failure(std::size_t shard, const std::string& why) const;
  void clear_failure(std::size_t shard) const;

  void remove();

 private:
  bool hold();
  bool is_of(const std::string& key) const;
  std::filesystem::path file(const char* kind, std::size_t shard,
                             const char* extension) const;

  std::filesystem::path path_;
  std::shared_ptr<const Descriptor> lock_;
};

}  // namespace grader
