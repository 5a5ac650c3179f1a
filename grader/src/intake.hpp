// Deciding which of the offered files is which source of which module.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "grader/manifest.hpp"
#include "grader/submission.hpp"

namespace grader {

/// A submission could not be read to its end.
class IntakeError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A file is not of the kind or the size that is taken: its student's doing,
/// where any other IntakeError may be this machine's.
class UnfitFile : public IntakeError {
 public:
  using IntakeError::IntakeError;
};

/// Collects the files of one submission as folders and archives offer them.
class Intake {
 public:
  Intake(const Curriculum& curriculum, const IntakeLimits& limits)
      : curriculum_(curriculum), limits_(limits) {}

  const IntakeLimits& limits() const { return limits_; }

  /// Counts an entry, of whatever kind. @throws IntakeError
  void count_entry();
  /// Counts unpacked bytes. @throws IntakeError
  void count_bytes(std::uint64_t bytes);
  /// @throws IntakeError  if that many are too many for one submission
  void check_total(std::uint64_t bytes) const;

  /// True if a file of this name is worth reading.
  bool wants(const std::string& path) const;
  void take(const std::string& path, std::string text);
  /// Notes a file that is not taken; `why` is empty for what nobody needs.
  void ignore(const std::string& path, const std::string& why);

  /// Puts what was collected into the submission, and notes where a manifest
  /// says otherwise.
  void finish(Submission& submission);

 private:
  using Key = std::pair<std::string, std::string>;  // module, source
  /// Smaller is better: the kind of place, and how deep it lies.
  enum class Kind { exact, other_folder, bare };
  using Rank = std::pair<Kind, std::size_t>;
  struct Place {
    Key key;
    Rank rank;
  };
  struct Candidate {
    Rank rank;
    std::string path;
    std::string text;
    bool ambiguous = false;
  };

  std::optional<Place> place_of(const std::string& path) const;
  void read_manifest(const std::string& path, const std::string& text);
  void compare_with_manifest(const Submission& submission);
  void keep_better(Candidate& present, Candidate offered);
  void remember_alike(const std::string& path);
  void note(std::string text);
  void note_alike(const Submission& submission);
  void note_nothing();

  const Curriculum& curriculum_;
  IntakeLimits limits_;
  std::size_t entries_ = 0;
  std::uint64_t bytes_ = 0;
  std::map<Key, Candidate> candidates_;
  std::optional<Manifest> manifest_;
  bool manifest_seen_ = false;  ///< the first one counts, also a damaged one
  std::multimap<Key, std::string> alike_;  // by what their names look like
  std::vector<std::string> ignored_, notes_;
};

/// ".zip" of a.zip and of A.ZIP; empty if the name is not an archive's.
std::string archive_suffix(const std::string& name);

/// Reads an ordinary file of at most `most` bytes without following a link.
/// @throws UnfitFile, IntakeError  with the reason why not
std::string read_plain_file(const std::filesystem::path& file,
                            std::uint64_t most);

/// Reads an archive into `intake`. @throws IntakeError
void read_archive(const std::filesystem::path& file, Intake& intake);

/// With small letters for A to Z.
std::string lower_case(std::string text);

/// A name without control characters, for messages and reports.
std::string printable_name(const std::string& name);

}  // namespace grader
