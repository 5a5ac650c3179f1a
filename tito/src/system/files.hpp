// Files that are written whole or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tito {

/// @throws EnvironmentError  naming the file and the reason
std::string read_text(const std::filesystem::path& file);

enum class Durability {
  fast,    ///< complete or absent after a killed process
  durable  ///< and after a power failure
};

/// Replaces a file's content by way of a temporary beside it and a rename: at
/// every moment the old or the new content is there, complete. Permissions
/// stay, a symbolic link stays and what it names is replaced. A pipe or a
/// device is written into.
/// @throws EnvironmentError
void write_atomically(const std::filesystem::path& file, std::string_view text,
                      Durability durability = Durability::durable);

/// Hands a file's content to `write`, piece by piece.
using Pieces =
    std::function<void(const std::function<void(std::string_view)>& write)>;
/// The same for what does not fit into memory.
void write_atomically(const std::filesystem::path& file, const Pieces& pieces,
                      Durability durability = Durability::durable);

/// True for a pipe, a device and whatever else is there and is no file: it is
/// written into, not replaced.
bool takes_writes(const std::filesystem::path& file);

/// The file that a symbolic link ends at, whether it exists or not.
std::filesystem::path followed(std::filesystem::path file);

/// What to do about a place that may not be written. Only what belongs to a
/// course or a workspace is anybody's to take over.
std::string way_to_own(const std::filesystem::path& place);

/// A file that is written piece by piece, for what does not fit into memory.
/// Every failure throws EnvironmentError.
class OutputFile {
 public:
  enum class Begin { empty, at_end };
  OutputFile(const std::filesystem::path& file, Begin begin);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void append(std::string_view bytes);
  /// Drops everything written so far, and what was there before.
  void restart();
  std::uintmax_t size() const { return size_; }

 private:
  std::filesystem::path file_;
  int fd_ = -1;
  std::uintmax_t size_ = 0;
};

/// Gives a complete file its final name, durably; what has it is replaced.
/// @throws EnvironmentError
void publish(const std::filesystem::path& from,
             const std::filesystem::path& to);

/// Makes a directory and its parents.
/// @throws EnvironmentError
void make_directories(const std::filesystem::path& directory);

/// Copies files into a directory that it makes. Files that do not exist are
/// left out.
/// @throws EnvironmentError
void copy_files(const std::vector<std::filesystem::path>& files,
                const std::filesystem::path& target);

/// FNV-1a over names and contents of files, as 16 hexadecimal digits. A
/// missing file counts as such.
std::string content_hash(const std::vector<std::filesystem::path>& files);
std::string content_hash(std::string_view text);

/// The present moment: "2026-03-01T12:34:56Z", and for file names
/// "20260301-123456".
std::string timestamp();
std::string timestamp_for_names();

/// `stem`, or the first of `stem`-2, `stem`-3 ... that does not exist.
std::filesystem::path unused_path(const std::filesystem::path& stem);

/// As a person in `base` would write the path: relative if it lies below.
std::string short_path(const std::filesystem::path& path,
                       const std::filesystem::path& base);

}  // namespace tito
