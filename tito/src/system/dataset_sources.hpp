// Where a file of a data set comes from: servers, or a file at hand.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "system/dataset.hpp"
#include "ui/terminal.hpp"

namespace tito {

/// Downloads a file into `folder` from the first place that has it, and
/// continues what an earlier run left. It gets its name only when its checksum
/// is right. Returns what each place answered if none gave it, otherwise
/// nothing.
/// @throws EnvironmentError  if `folder` cannot be written
std::string fetch_file(const Download& download,
                       const std::filesystem::path& folder,
                       std::chrono::seconds patience, const Terminal& terminal);

/// Copies a file into `folder` under its name. Returns why it is not the one
/// that was meant, otherwise nothing.
/// @throws EnvironmentError  if it cannot be read, or `folder` not written
std::string copy_file(const DataFile& file, const std::filesystem::path& source,
                      const std::filesystem::path& folder);

/// Where a file is while it arrives, and what an interruption leaves.
std::filesystem::path part_path(const DataFile& file,
                                const std::filesystem::path& folder);

}  // namespace tito
