// Whole files.
#pragma once

#include <filesystem>
#include <string>

namespace grader {

/// @throws std::runtime_error
std::string read_file(const std::filesystem::path& file);

/// Makes the directories above it.
/// @throws std::runtime_error
void write_file(const std::filesystem::path& file, const std::string& text);

/// Opens a directory and all below it to every user: sandboxes may belong to
/// another one, whatever the umask.
void make_readable(const std::filesystem::path& root);

/// A directory to which others may still write.
void remove_busy(const std::filesystem::path& directory);

}  // namespace grader
