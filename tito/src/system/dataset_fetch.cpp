#include "system/dataset_fetch.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "system/dataset_sources.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "system/lock.hpp"
#include "system/unpack.hpp"
#include "ui/activity.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

bool are_intact(const std::vector<DataFile>& files, const fs::path& folder) {
  return std::all_of(files.begin(), files.end(), [&](const DataFile& file) {
    return examine(file, folder) == FileState::intact;
  });
}

/// 0 if there is no such file.
std::uintmax_t bytes_in(const fs::path& file) {
  std::error_code none;
  const std::uintmax_t size = fs::file_size(file, none);
  return none ? 0 : size;
}

class Fetcher {
 public:
  Fetcher(const Dataset& dataset, const FetchOptions& options,
          const Terminal& terminal)
      : dataset_(dataset),
        folder_(dataset.folder),
        options_(options),
        terminal_(terminal) {}

  void run() const {
    make_folder();
    const FileLock lock(folder_.string() + ".lock");
    const std::vector<Download> missing = find_missing();
    require_space(missing);
    if (options_.from.empty()) {
      for (const Download& download : missing) get_from_network(download);
    } else {
      get_from_files(missing);
    }
  }

 private:
  void make_folder() const {
    try {
      make_directories(folder_);
    } catch (const EnvironmentError& error) {
      throw EnvironmentError(fmt::format("{}. Or use another place: {}",
                                         error.what(), elsewhere()));
    }
  }

  std::vector<Download> find_missing() const {
    if (options_.force) return dataset_.downloads;
    const Activity activity(terminal_, "Checking " + dataset_.name);
    std::vector<Download> missing;
    for (const Download& download : dataset_.downloads) {
      if (!are_intact(download.kept(), folder_)) missing.push_back(download);
    }
    return missing;
  }

  void require_space(const std::vector<Download>& missing) const {
    std::uintmax_t needed = 0;
    for (const Download& download : missing) {
      needed += bytes_to_come(download.file);
      for (const DataFile& member : download.members) needed += member.size;
    }
    const std::uintmax_t available = fs::space(folder_).available;
    if (needed <= available) return;
    throw EnvironmentError(fmt::format(
        "{} needs up to {}, and '{}' has {} free. Free some space there, or "
        "use another place: {}",
        dataset_.name, byte_count(needed), folder_.string(),
        byte_count(available), elsewhere()));
  }

  /// Of a file that an earlier run began or has fetched already the rest.
  std::uintmax_t bytes_to_come(const DataFile& file) const {
    if (options_.force) return file.size;
    const std::uintmax_t here = std::max(bytes_in(folder_ / file.name),
                                         bytes_in(part_path(file, folder_)));
    return file.size - std::min(file.size, here);
  }

  std::string elsewhere() const {
    return "TINYTORCH_DATA=DIR " + dataset_.remedy();
  }

  void get_from_network(const Download& download) const {
    if (options_.force) fs::remove(part_path(download.file, folder_));
    // An earlier run may have been interrupted while it unpacked.
    const bool here = !options_.force && are_intact({download.file}, folder_);
    const std::string problems =
        here ? "" : fetch_file(download, folder_, options_.patience, terminal_);
    if (!problems.empty()) {
      throw EnvironmentError(fmt::format(
          "cannot fetch '{}': {}. Try again later, or copy the files from "
          "where you have them: {} --from DIR",
          download.file.name, problems, dataset_.remedy()));
    }
    unpack_and_remove(download);
  }

  void unpack_and_remove(const Download& download) const {
    if (download.members.empty()) return;
    const Activity activity(terminal_, "Unpacking " + download.file.name);
    unpack(folder_ / download.file.name, download.members, folder_);
    fs::remove(folder_ / download.file.name);
  }

  void get_from_files(const std::vector<Download>& missing) const {
    const Activity activity(terminal_, "Copying " + dataset_.name);
    std::vector<std::string> lacking;
    for (const Download& download : missing) {
      if (!take(download)) lacking.push_back(download.file.name);
    }
    if (lacking.empty()) return;
    throw NotYetError(fmt::format(
        "{} needs {}, which '{}' does not hold. Put the files there, then: {} "
        "--from DIR",
        dataset_.name, join_words(lacking), options_.from.string(),
        dataset_.remedy()));
  }

  /// False if there is neither the file nor what would be unpacked from it.
  bool take(const Download& download) const {
    if (const fs::path archive = at_hand(download.file); !archive.empty()) {
      copy(download.file, archive);
      unpack_and_remove(download);
      return true;
    }
    std::size_t found = 0;
    for (const DataFile& member : download.members) {
      const fs::path source = at_hand(member);
      if (source.empty()) continue;
      copy(member, source);
      ++found;
    }
    return found > 0 && found == download.members.size();
  }

  void copy(const DataFile& file, const fs::path& source) const {
    const std::string problem = copy_file(file, source, folder_);
    if (problem.empty()) return;
    throw NotYetError(fmt::format(
        "'{}' is not the file that was meant: {}. Get it anew, then: {} "
        "--from DIR",
        source.string(), problem, dataset_.remedy()));
  }

  /// The file in --from, or --from itself; empty if neither.
  fs::path at_hand(const DataFile& file) const {
    const fs::path& from = options_.from;
    if (!fs::is_directory(from)) {
      return from.filename() == file.name ? from : fs::path();
    }
    return fs::is_regular_file(from / file.name) ? from / file.name
                                                 : fs::path();
  }

  const Dataset& dataset_;
  const fs::path folder_;
  const FetchOptions& options_;
  const Terminal& terminal_;
};

}  // namespace

void fetch(const Dataset& dataset, const FetchOptions& options,
           const Terminal& terminal) {
  Fetcher(dataset, options, terminal).run();
}

}  // namespace tito
