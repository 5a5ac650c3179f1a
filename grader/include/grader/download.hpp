// What a learning platform hands out all at once: whose file is whose.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "grader/gradebook/student.hpp"
#include "grader/submission.hpp"

namespace grader {

enum class Platform { canvas, moodle };

/// "Canvas", "Moodle".
const char* to_string(Platform platform);

/// What a name in a download says about a file.
struct Claim {
  /// The platform's number of whoever handed it in. More than one where a name
  /// that ends in a number leaves open which it is.
  std::vector<std::string> numbers;
  std::string file;  ///< as its owner called it; empty for a folder
};

/// Reads a name that the platform made of a person's and a file's:
///
///     Canvas  lovelaceada_LATE_340934_208490284_s123.zip
///     Moodle  Ada Lovelace_1234567_assignsubmission_file_s123.zip
///             Ada Lovelace_1234567_assignsubmission_file      (a folder)
///
/// Canvas numbers a file that is handed in again (s123-1.zip): its `file` is
/// without that number. Nothing for any other name.
std::optional<Claim> read_claim(const std::string& name, Platform platform);

/// A file of a download, and its path in the submission.
struct CollectedFile {
  std::filesystem::path from, to;
};

/// What one student handed in: one archive, or files.
struct Collected {
  std::string id;
  bool archive = false;  ///< the only file is one, and `to` its suffix
  std::vector<CollectedFile> files;
};

struct Collection {
  std::vector<Collected> submissions;  ///< in order of id
  std::vector<Refusal> left_out;       ///< names in the download, and why
  std::vector<std::string> missing;    ///< who is enrolled and not there
};

/// Sorts the unpacked download of one assignment by student. The roster's
/// canvas_id or moodle_id tells who is who. Of somebody's several files the
/// only archive is the submission; two archives, or two files of one name, are
/// left out, as nobody but a person can tell which counts.
/// @throws std::runtime_error  if the download cannot be read
Collection collect(const std::filesystem::path& download, Platform platform,
                   const std::vector<Student>& roster);

}  // namespace grader
