// Verdicts on their way from a node to the head: lines in a file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "grader/module_grade.hpp"

namespace grader {

struct LoggedVerdict {
  std::string key;  ///< see Grader::verdict_key()
  ModuleGrade grade;
};

/// Verdicts of one attempt at a shard, in a file of its own: a node that was
/// given up may still be writing its. Safe to use from several threads.
class VerdictLog {
 public:
  /// @throws ClusterError
  VerdictLog(const std::filesystem::path& folder, std::size_t shard);
  ~VerdictLog();
  VerdictLog(const VerdictLog&) = delete;
  VerdictLog& operator=(const VerdictLog&) = delete;

  /// Once it returns, no failure of the node loses the verdict.
  /// @throws ClusterError
  void append(const std::string& key, const ModuleGrade& grade);

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
  std::mutex mutex_;
};

/// Reads the logs of a shard or, without a number, of all shards.
class VerdictReader {
 public:
  explicit VerdictReader(std::filesystem::path folder);
  VerdictReader(std::filesystem::path folder, std::size_t shard);

  /// What was appended since the last call, attempt by attempt. A line that
  /// was torn by a failing node or a full disk counts as never written.
  /// @throws ClusterError
  std::vector<LoggedVerdict> read_new();

 private:
  std::filesystem::path folder_;
  std::string prefix_;  ///< of the logs' names
  std::map<std::filesystem::path, std::uintmax_t> read_;  ///< bytes of each
};

}  // namespace grader
