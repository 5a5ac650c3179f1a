#include "system/progress_store.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "system/error.hpp"
#include "system/files.hpp"
#include "system/lock.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

/// Temporaries of processes that were killed. Only under the lock.
void remove_stale_temporaries(const fs::path& state) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(state, error)) {
    const fs::path& file = entry.path();
    if (file.extension() == ".tmp") fs::remove(file, error);
  }
}

}  // namespace

ProgressStore::ProgressStore(Workspace workspace, Terminal& terminal)
    : workspace_(std::move(workspace)), terminal_(terminal) {}

Progress ProgressStore::load() {
  const fs::path file = workspace_.progress();
  if (!fs::exists(file)) return {};
  try {
    return parse_progress(read_text(file));
  } catch (const ProgressFormatError&) {
    // Setting it aside changes the workspace: only under the lock, and only if
    // another process has not done so already.
    const FileLock lock(workspace_.lock());
    return load_unlocked();
  }
}

Progress ProgressStore::load_unlocked() {
  const fs::path file = workspace_.progress();
  if (!fs::exists(file)) return {};
  const std::string text = read_text(file);
  try {
    return parse_progress(text);
  } catch (const ProgressFormatError& error) {
    if (error.newer) refuse_newer(text, error.what());
    set_aside(error.what());
    return {};
  }
}

void ProgressStore::set_aside(const std::string& why) {
  const fs::path file = workspace_.progress();
  const fs::path aside =
      unused_path(file.string() + ".broken-" + timestamp_for_names());
  if (::rename(file.c_str(), aside.c_str()) != 0) {
    throw EnvironmentError(fmt::format(
        "'{}' is broken ({}) and cannot be moved aside: {}. See what is wrong: "
        "tito doctor",
        file.string(), why, std::strerror(errno)));
  }
  terminal_.warn(
      "tito: progress.json could not be read: {}.\n"
      "  It is kept as {} and progress starts empty.\n"
      "  To record your modules again: tito module complete 01\n",
      why, short_path(aside, workspace_.root));
}

void ProgressStore::refuse_newer(const std::string& text,
                                 const std::string& why) {
  const fs::path copy =
      workspace_.progress().string() + ".newer-" + content_hash(text);
  if (!fs::exists(copy)) write_atomically(copy, text);
  throw EnvironmentError(fmt::format(
      "progress.json was written by a newer tito: {}. Nothing was changed, and "
      "a copy is kept as {}. Update the course: git pull && tito setup",
      why, short_path(copy, workspace_.root)));
}

void ProgressStore::update(const std::function<void(Progress&)>& change) {
  workspace_.prepare();
  const FileLock lock(workspace_.lock());
  Progress progress = load_unlocked();
  change(progress);
  remove_stale_temporaries(workspace_.state());
  write_atomically(workspace_.progress(), to_json(progress));
}

}  // namespace tito
