// Files that other machines read.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace grader {

/// @throws ClusterError  naming the file and the reason
std::string read_shared(const std::filesystem::path& file);

/// The same for a file that another machine may remove at any moment.
std::optional<std::string> read_if_there(const std::filesystem::path& file);

/// The old or the new content is there at every moment, for this user's eyes
/// only, and lasts.
/// @throws ClusterError
void write_shared(const std::filesystem::path& file, std::string_view text);

/// Writes all of it and waits until it is stored. 0, or an error number.
int write_and_sync(int descriptor, std::string_view text);

/// "cannot read 'FILE': REASON"
[[noreturn]] void fail_on(const char* verb, const std::filesystem::path& file,
                          int error);

}  // namespace grader
