// The gradebook's tables, and how an older file reaches their present form.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "sqlite.hpp"

namespace grader {

/// Makes a new gradebook; does nothing if the file is there already. The file
/// appears whole, under its name, or not at all.
/// @throws GradebookError
void create_gradebook(const std::filesystem::path& file);

/// Opens a gradebook and brings it to the present schema. What is not a
/// gradebook, is damaged or newer stays as it is, byte for byte.
/// @throws GradebookError
std::unique_ptr<Database> open_gradebook(const std::filesystem::path& file,
                                         std::chrono::milliseconds patience);

}  // namespace grader
