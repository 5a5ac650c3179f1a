// Checksums that tell whether a file is the one that was meant.
#pragma once

#include <filesystem>
#include <string>

namespace tito {

/// A checksum as the manifest writes it: "sha256:" or "md5:" and as many
/// hexadecimal digits as that takes, in lower case.
bool is_checksum(const std::string& text);

/// True if the file's content has this checksum.
/// @throws EnvironmentError  if it cannot be read
bool has_checksum(const std::filesystem::path& file,
                  const std::string& checksum);

}  // namespace tito
