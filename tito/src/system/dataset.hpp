// The data sets of the course: what there is, and where it lies.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tito {

/// A file whose content is known beforehand.
struct DataFile {
  std::string name;
  std::uintmax_t size = 0;
  std::string checksum;  ///< "sha256:..." or "md5:..."
  std::string path;      ///< of an archive's member: its name in the archive
};

/// A file to download, and what becomes of it.
struct Download {
  DataFile file;
  std::vector<std::string> urls;  ///< the official place first
  std::vector<DataFile> members;  ///< what to keep of an archive

  /// What is there in the end: the members, or the file itself.
  std::vector<DataFile> kept() const;
};

struct Dataset {
  std::string name, title, page, licence;
  std::vector<std::string> milestones;  ///< that use it
  bool shipped = false;                 ///< comes with the course
  std::vector<Download> downloads;
  std::filesystem::path folder;

  std::vector<DataFile> kept() const;
  std::uintmax_t download_bytes() const;
  /// "tito dataset fetch mnist", or how to restore what is shipped.
  std::string remedy() const;
};

enum class DataState { shipped, ready, partial, absent };
const char* to_string(DataState state);

/// What is there, by names and sizes only: fast, for lists.
DataState state_of(const Dataset& dataset);

enum class FileState { intact, missing, damaged };
const char* to_string(FileState state);

/// What is there, by the content.
FileState examine(const DataFile& file, const std::filesystem::path& folder);

/// Where downloaded data lies: $TINYTORCH_DATA, $XDG_CACHE_HOME/tinytorch or
/// ~/.cache/tinytorch.
/// @throws EnvironmentError  if none of these is set
std::filesystem::path data_cache();

/// The data sets that a manifest lists: {"datasets": [...]}, each with "name",
/// "title", "licence", and if known "page" and "milestones". What comes with
/// the course has "shipped": true and lies beside the manifest. What is
/// downloaded has "files", each with "name", "size", "checksum", "urls", and if
/// it is an archive "members", each with "path", "size", "checksum".
/// @throws EnvironmentError  if it is missing or malformed
std::vector<Dataset> load_datasets(const std::filesystem::path& manifest);

/// The data set of that name.
/// @throws UsageError  with the nearest name
const Dataset& find_dataset(const std::vector<Dataset>& datasets,
                            const std::string& word);

}  // namespace tito
