#include "system/dataset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "system/checksum.hpp"
#include "system/error.hpp"
#include "ui/suggest.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

/// The size of a regular file; -1 if there is none.
std::intmax_t size_of(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return -1;
  const std::uintmax_t size = fs::file_size(file, error);
  return error ? -1 : static_cast<std::intmax_t>(size);
}

bool is_present(const DataFile& file, const fs::path& folder) {
  return size_of(folder / file.name) == static_cast<std::intmax_t>(file.size);
}

/// An absolute directory from the environment; empty if it names none.
fs::path directory_from(const char* variable) {
  const char* value = std::getenv(variable);
  if (value == nullptr || *value == '\0') return {};
  return fs::absolute(value);
}

}  // namespace

std::vector<DataFile> Download::kept() const {
  return members.empty() ? std::vector<DataFile>{file} : members;
}

std::vector<DataFile> Dataset::kept() const {
  std::vector<DataFile> files;
  for (const Download& download : downloads) {
    for (DataFile& file : download.kept()) files.push_back(std::move(file));
  }
  return files;
}

std::uintmax_t Dataset::download_bytes() const {
  std::uintmax_t bytes = 0;
  for (const Download& download : downloads) bytes += download.file.size;
  return bytes;
}

std::string Dataset::remedy() const {
  if (!shipped) return "tito dataset fetch " + name;
  return fmt::format("git -C '{}' checkout -- {}",
                     folder.parent_path().string(), name);
}

const char* to_string(DataState state) {
  switch (state) {
    case DataState::shipped:
      return "shipped";
    case DataState::ready:
      return "ready";
    case DataState::partial:
      return "partial";
    case DataState::absent:
      break;
  }
  return "absent";
}

const char* to_string(FileState state) {
  if (state == FileState::intact) return "intact";
  return state == FileState::missing ? "missing" : "damaged";
}

DataState state_of(const Dataset& dataset) {
  std::error_code error;
  const bool empty = fs::is_empty(dataset.folder, error) || error;
  if (empty) return DataState::absent;
  if (dataset.shipped) return DataState::shipped;
  const std::vector<DataFile> files = dataset.kept();
  const bool all = std::all_of(
      files.begin(), files.end(),
      [&](const DataFile& file) { return is_present(file, dataset.folder); });
  return all ? DataState::ready : DataState::partial;
}

FileState examine(const DataFile& file, const fs::path& folder) {
  const fs::path path = folder / file.name;
  if (size_of(path) < 0) return FileState::missing;
  const bool intact =
      is_present(file, folder) && has_checksum(path, file.checksum);
  return intact ? FileState::intact : FileState::damaged;
}

fs::path data_cache() {
  if (const fs::path own = directory_from("TINYTORCH_DATA"); !own.empty()) {
    return own;
  }
  if (const fs::path cache = directory_from("XDG_CACHE_HOME"); !cache.empty()) {
    return cache / "tinytorch";
  }
  if (const fs::path home = directory_from("HOME"); !home.empty()) {
    return home / ".cache" / "tinytorch";
  }
  throw EnvironmentError(
      "there is no place for downloaded data: neither TINYTORCH_DATA nor HOME "
      "is set. Name one: export TINYTORCH_DATA=DIR");
}

const Dataset& find_dataset(const std::vector<Dataset>& datasets,
                            const std::string& word) {
  std::vector<std::string> names;
  for (const Dataset& dataset : datasets) {
    if (dataset.name == word) return dataset;
    names.push_back(dataset.name);
  }
  throw UsageError(fmt::format(
      "there is no data set '{}'.{} See them all: tito dataset list",
      printable(word), did_you_mean(word, names)));
}

}  // namespace tito
