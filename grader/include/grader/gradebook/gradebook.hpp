// The gradebook: one SQLite file with the roster, every run's grades, the
// verdicts that need no second run, and the ledger of decisions.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "grader/grade.hpp"
#include "grader/gradebook/instant.hpp"
#include "grader/gradebook/ledger.hpp"
#include "grader/gradebook/student.hpp"

namespace grader {

class Database;

/// The gradebook cannot be read or written: another program's file, a damaged
/// one, a newer one, no permission, a full disk, a lock that stays. Nothing
/// was lost and nothing half written; the message says what to do.
class GradebookError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

using RunId = std::int64_t;

/// What makes two runs the same work.
struct RunSettings {
  std::string options;  ///< as JSON
  std::string release;  ///< of tito, compiler, tests
  bool operator==(const RunSettings&) const = default;
};

struct Run {
  RunId id = 0;
  Instant started{};
  std::optional<Instant> finished;
  RunSettings settings;
};

/// What a student handed in.
struct Handed {
  std::string hash;  ///< of the content
  /// Unknown: as the newest run was told for the same content, or else never
  /// late.
  std::optional<Instant> submitted_at;
  std::string archive;  ///< its name, for people
  /// Of each module's content, by number; recorded, and not read back.
  std::map<std::string, std::string> modules = {};
  bool operator==(const Handed&) const = default;
};

struct RecordedGrade {
  RunId run = 0;
  std::string student;
  /// `submitted_at` is when this module was first handed in with this content:
  /// a student who hands in everything each week is not late with what stayed.
  /// What a run had graded, untold of times, is no later than that run's end.
  Handed handed;
  ModuleGrade grade;
  std::vector<std::string> notes = {};  ///< about the whole submission
  bool degraded = false;                ///< measured without a sandbox
  /// In latest_grades(): the newest run, if it has no points for what was
  /// handed in by then; else 0.
  RunId failed_run = 0;
};

/// How much of a grade to load. Without its tests a grade is small.
enum class Detail { scores, tests };

struct RosterChanges {
  std::vector<std::string> added, changed;
  std::vector<std::string> gone;  ///< no longer enrolled; their grades stay
};

/// Safe to use from several threads, and from several processes at once.
/// Everything throws GradebookError.
class Gradebook {
 public:
  enum class Mode {
    existing,  ///< a missing file is an error
    create     ///< a missing file is made, with its directory
  };

  /// Brings an older file to the present schema. `patience` is how long to
  /// wait for another process that writes.
  explicit Gradebook(
      const std::filesystem::path& file, Mode mode = Mode::create,
      std::chrono::milliseconds patience = std::chrono::seconds(10));
  ~Gradebook();
  Gradebook(const Gradebook&) = delete;
  Gradebook& operator=(const Gradebook&) = delete;

  // Runs. Each is one grading of a directory of submissions.

  RunId begin_run(const RunSettings& settings, Instant started = now());
  /// The newest run of all if it was interrupted and has these settings, to go
  /// on with. An older one is left as it is: what it graded from now on would
  /// lose to the runs after it in latest_grades().
  std::optional<RunId> unfinished_run(const RunSettings& settings) const;
  void finish_run(RunId run, Instant finished = now());
  std::vector<Run> runs() const;  ///< oldest first

  /// Writes all modules of one submission, or none of them. A student's
  /// earlier grades of the same run are replaced. A student who is not on the
  /// roster gets a row there, not enrolled.
  void record(RunId run, const SubmissionGrade& grade, const Handed& handed);

  /// Who is recorded in a run: what a resumed run may leave out, and why a
  /// hash that differs may not.
  std::vector<std::pair<std::string, Handed>> recorded(RunId run) const;

  /// One run's grades, by student and module.
  std::vector<RecordedGrade> grades(RunId run,
                                    Detail detail = Detail::tests) const;
  /// The same as they were recorded, by student: for the reports of a run that
  /// was resumed.
  std::vector<SubmissionGrade> submissions(RunId run) const;
  /// For each student and module the newest grade that has points; if none
  /// has, the newest of any kind.
  std::vector<RecordedGrade> latest_grades(Detail detail = Detail::tests) const;

  // Verdicts, by the hash of everything that decides them.

  std::optional<ModuleGrade> find_verdict(const std::string& key) const;
  /// Takes the place of an earlier one.
  void store_verdict(const std::string& key, const ModuleGrade& grade);
  /// Those of a module, by its number; empty: all.
  void forget_verdicts(const std::string& module);

  // People.

  std::vector<Student> students() const;  ///< by id
  /// True once a roster was imported.
  bool has_roster() const;
  /// Adds and updates; whoever is not in the list is no longer enrolled.
  RosterChanges import_roster(const std::vector<Student>& roster);
  /// The same with a roster made from all students; nobody writes in between.
  using MakeRoster =
      std::function<std::vector<Student>(const std::vector<Student>& known)>;
  RosterChanges import_roster(const MakeRoster& make);

  // Decisions.

  /// Returns the entry's number in the ledger.
  /// @throws InputError  if `who` or `why` is blank
  std::int64_t append(const LedgerEntry& entry);
  /// The same with an entry made from the ledger as it stands; nobody writes in
  /// between. Nothing is appended if `make` makes nothing.
  using MakeEntry = std::function<std::optional<LedgerEntry>(
      const std::vector<LedgerEntry>& ledger)>;
  std::optional<std::int64_t> append(const MakeEntry& make);
  std::vector<LedgerEntry> ledger() const;  ///< in order

  /// 32 random bytes, made with the file: pseudonyms and test seeds hang on
  /// them.
  const std::string& course_key() const { return course_key_; }
  const std::filesystem::path& file() const { return file_; }

 private:
  class Access;

  std::filesystem::path file_;
  std::string course_key_;
  std::unique_ptr<Database> database_;
  mutable std::mutex mutex_;
};

}  // namespace grader
