// Taking in what students hand in: from each entry only the files that the
// curriculum names, read into memory and never unpacked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "grader/curriculum.hpp"

namespace grader {

/// One student's folder or archive.
struct Entry {
  std::string id;
  std::filesystem::path path;
};

/// Something in the directory that cannot be graded under a safe id.
struct Refusal {
  std::string name;
  std::string reason;
};

struct Entries {
  std::vector<Entry> accepted;  ///< in order of id
  std::vector<Refusal> refused;
};

/// Ids consist of at most 64 of the characters A-Z a-z 0-9 . _ @ + - and begin
/// with a letter, a digit or an underscore.
bool is_valid_id(const std::string& id);

/// Folders and .zip, .tar, .tar.gz, .tgz archives, named by student id. Two
/// entries with one id, in capitals or not, are both refused.
/// @throws std::runtime_error  if the directory cannot be read
Entries find_entries(const std::filesystem::path& directory);

struct Submission {
  std::string id;
  /// Text by module number and file name: files["01"]["tensor.cpp"].
  std::map<std::string, std::map<std::string, std::string>> files;
  std::vector<std::string> ignored;  ///< what else was there, in order
  std::vector<std::string> notes;    ///< wanted files that could not be taken
  std::string error;                 ///< why nothing could be read, if so
};

/// Digest of all files that were taken: equal for equal work.
std::string content_hash(const Submission& submission);
/// The same for the files of each module, by its number.
std::map<std::string, std::string> module_hashes(const Submission& submission);

/// What an entry may hold.
struct IntakeLimits {
  std::size_t entries = 10'000;
  std::uint64_t file_bytes = 1 << 20;
  std::uint64_t total_bytes = 64 << 20;  ///< unpacked
};

/// Takes files at modules/<folder>/src/ below any folders; where there is none,
/// at <folder>/src/ below any folders; and files that stand alone (or in one
/// folder) if their name belongs to one module only. Of several the least deep
/// one. What else has the name of a missing file, in capitals or not, becomes a
/// note. The manifest.json of `tito submit` is no file of the student's:
/// what it says otherwise becomes a note. Never throws for what a student can
/// do: a damaged archive is the submission's `error`.
Submission read_submission(const Entry& entry, const Curriculum& curriculum,
                           const IntakeLimits& limits = {});

}  // namespace grader
