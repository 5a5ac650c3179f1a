// What `tito grade run` says besides points: of ids, of times, and of files
// that were not taken.
#pragma once

#include <map>
#include <string>

#include "grader/gradebook/gradebook.hpp"
#include "grader/report.hpp"
#include "grader/submission.hpp"
#include "ui/terminal.hpp"

namespace tito {

/// Ids that the roster does not have: mistyped, or made by a learning platform.
void warn_of_strangers(const grader::Entries& entries,
                       const grader::Gradebook& book, Terminal& terminal);

/// Whose time is not told, and whose is that handed in nothing. `file` is the
/// one with the times; empty: none.
void warn_of_times(const std::string& file,
                   const std::map<std::string, grader::Instant>& times,
                   const grader::Entries& entries,
                   const grader::Gradebook& book, Terminal& terminal);

/// Equal work that one run after the other was told different times for.
class MovedTimes {
 public:
  explicit MovedTimes(const grader::Gradebook& book);
  /// After a run: what it was told otherwise.
  void warn(const std::string& file, const grader::Gradebook& book,
            Terminal& terminal) const;

 private:
  std::map<std::string, grader::Handed> before_;  // the latest, by student
};

/// What of a submission was not taken, or stands for its stub.
void warn_of_notes(const grader::Report& report, Terminal& terminal);

}  // namespace tito
