// What a learning platform hands out all at once: whose file is whose.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/gradebook/student.hpp"
#include "grader/submission.hpp"

namespace grader {

enum class Platform { canvas, moodle };

/// "Canvas", "Moodle".
const char* to_string(Platform platform);

/// Whose a file may be.
struct Claim {
  std::string number;  ///< the platform's, of whoever handed it in
  std::string file;    ///< as its owner called it; empty for a folder
};

/// Reads a name that the platform made of a person's and a file's:
///
///     Canvas  lovelaceada_LATE_340934_208490284_s123.zip
///     Moodle  Ada Lovelace_1234567_assignsubmission_file_s123.zip
///             Ada Lovelace_1234567_assignsubmission_file      (a folder)
///
/// People choose their names and those of their files, and in Canvas' both may
/// hold what looks like a number of the platform's: then there are several
/// claims. Canvas numbers a file that is handed in again (s123-1.zip); `file`
/// is without that number. Empty for any other name.
std::vector<Claim> read_claims(const std::string& name, Platform platform);

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

/// The roster's column with the platform's numbers, and the field.
const char* number_column(Platform platform);
std::string Student::*number_field(Platform platform);

/// Sorts the unpacked download of one assignment by student. The roster says
/// who is who; a number that someone enrolled has is nobody else's. Of
/// somebody's several files the only archive is the submission, unless code
/// lies beside it. What only a person can decide is left out: several archives,
/// two files of one name, a name with claims of several students.
/// @throws std::runtime_error  if the download cannot be read
Collection collect(const std::filesystem::path& download, Platform platform,
                   const std::vector<Student>& roster);

}  // namespace grader
