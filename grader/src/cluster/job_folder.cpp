#include "grader/cluster/job_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/file.h>

#include <cerrno>
#include <memory>
#include <utility>

#include "descriptor.hpp"
#include "files.hpp"
#include "grader/cluster/job_json.hpp"
#include "shared_file.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPrefix = "tito-job-";

/// Its arguments are tito and the folder: no name needs quoting.
constexpr const char* kScript = R"(#!/bin/sh
exec "$1" grade shard "$2" "$SLURM_ARRAY_TASK_ID"
)";

fs::path make_private_folder(const fs::path& shared) {
  std::error_code error;
  fs::create_directories(shared, error);
  if (error) fail_on("make", shared, error.value());
  std::string pattern = shared / (std::string(kPrefix) + "XXXXXX");
  if (mkdtemp(pattern.data()) == nullptr) fail_on("write to", shared, errno);
  return pattern;
}

}  // namespace

JobFolder JobFolder::create(const fs::path& shared, const ClusterJob& job,
                            const std::vector<Shard>& shards) {
  JobFolder folder(make_private_folder(shared));
  folder.hold();
  for (std::size_t i = 0; i < shards.size(); ++i) {
    write_shared(folder.file("shard", i, ".json"), to_json_text(shards[i]));
  }
  write_shared(folder.script(), kScript);
  write_shared(folder.path_ / "job.json", to_json_text(job));
  return folder;
}

std::vector<JobFolder> JobFolder::leftovers(const fs::path& shared,
                                            const std::string& key) {
  std::vector<JobFolder> found;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(shared, none)) {
    JobFolder folder(entry.path());
    const bool ours = folder.name().starts_with(kPrefix) &&
                      fs::exists(folder.path_ / "job.json", none);
    if (ours && folder.is_of(key) && folder.hold()) found.push_back(folder);
  }
  return found;
}

bool JobFolder::is_of(const std::string& key) const {
  try {
    return job().options.key == key;
  } catch (const ClusterError&) {
    return false;  // of another version, say: nobody can take it over
  }
}

fs::path JobFolder::file(const char* kind, std::size_t shard,
                         const char* extension) const {
  return path_ / fmt::format("{}-{}{}", kind, shard, extension);
}

fs::path JobFolder::log(std::size_t shard) const {
  return file("log", shard, ".txt");
}

ClusterJob JobFolder::job() const {
  return cluster_job_from_json(read_shared(path_ / "job.json"));
}

Shard JobFolder::shard(std::size_t index) const {
  return shard_from_json(read_shared(file("shard", index, ".json")));
}

bool JobFolder::is_done(std::size_t shard) const {
  const fs::path done = file("done", shard, "");
  std::error_code error;
  const bool there = fs::exists(done, error);
  if (error) fail_on("read", done, error.value());
  return there;
}

void JobFolder::mark_done(std::size_t shard) const {
  write_shared(file("done", shard, ""), "");
}

std::optional<std::string> JobFolder::failure(std::size_t shard) const {
  return read_if_there(file("failure", shard, ".txt"));
}

void JobFolder::set_failure(std::size_t shard, const std::string& why) const {
  write_shared(file("failure", shard, ".txt"), why);
}

void JobFolder::clear_failure(std::size_t shard) const {
  std::error_code ignored;
  fs::remove(file("failure", shard, ".txt"), ignored);
}

/// False if another head lives. A file system without locks knows of none.
bool JobFolder::hold() {
  auto lock = std::make_shared<const Descriptor>(
      open((path_ / "head.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (flock(lock->get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    return false;
  }
  lock_ = std::move(lock);
  return true;
}

/// Without the job nobody takes it over. A file that is open here would keep
/// NFS from removing the folder, and a node that has just been cancelled may
/// still write.
void JobFolder::remove() {
  std::error_code ignored;
  fs::remove(path_ / "job.json", ignored);
  lock_.reset();
  remove_busy(path_);
}

}  // namespace grader
