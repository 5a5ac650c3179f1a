// Files that a command writes because a person named them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tito {

/// By the option that names it: "--out".
struct WrittenFile {
  std::string option;
  std::filesystem::path file;
};

/// What a command must not write over: "the gradebook". Of a directory, all
/// below it.
struct KeptFile {
  std::string what;
  std::filesystem::path file;
};

/// The gradebook, and what SQLite keeps beside it.
std::vector<KeptFile> gradebook_files(const std::filesystem::path& gradebook);

/// No file is written twice, and none over what is kept, by whatever name.
/// Pipes and devices may be named as often as one likes.
/// @throws UsageError
void refuse_same_file(const std::vector<WrittenFile>& written,
                      std::vector<KeptFile> kept);

}  // namespace tito
