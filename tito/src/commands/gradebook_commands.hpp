// The commands below `tito grade` that work on the gradebook or on submissions,
// and what they have in common.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "commands/commands.hpp"
#include "grader/curriculum.hpp"
#include "grader/gradebook/export.hpp"
#include "grader/gradebook/gradebook.hpp"

namespace tito {

void setup_grade_roster(CLI::App& group, App& app);
void setup_grade_collect(CLI::App& group, App& app);
void setup_grade_status(CLI::App& group, App& app);
void setup_grade_show(CLI::App& group, App& app);
void setup_grade_override(CLI::App& group, App& app);
void setup_grade_extend(CLI::App& group, App& app);
void setup_grade_excuse(CLI::App& group, App& app);
void setup_grade_tokens(CLI::App& group, App& app);
void setup_grade_policy(CLI::App& group, App& app);
void setup_grade_diff(CLI::App& group, App& app);
void setup_grade_regrade(CLI::App& group, App& app);
void setup_grade_export(CLI::App& group, App& app);
void setup_grade_similarity(CLI::App& group, App& app);
void setup_grade_feedback(CLI::App& group, App& app);

/// --gradebook FILE
void add_gradebook_option(CLI::App& command, std::string& file);

/// Makes `run` the action; what a person put in wrongly is wrong usage.
void set_gradebook_action(CLI::App& command, App& app,
                          std::function<int()> run);

/// `file`, or .tito/gradebook.db below the workspace; outside of one below the
/// course. Pass on what --gradebook says.
std::filesystem::path gradebook_path(const std::string& file, const App& app);

/// The gradebook at gradebook_path(). One that had to be made is told of: the
/// name may be mistyped.
std::unique_ptr<grader::Gradebook> open_or_make(const std::string& file,
                                                App& app);

/// The text of a file that a person named.
/// @throws grader::InputError  if there is none
std::string read_given(const std::string& file, const App& app);

grader::Curriculum course_curriculum(const App& app);

/// @throws UsageError  with the nearest known id
void require_student(const grader::Gradebook& book, const std::string& id);

/// @throws UsageError
void require_run(const grader::Gradebook& book, grader::RunId run);

/// An entry of this moment, for the caller to say about what; an empty `who` is
/// whoever runs this.
grader::LedgerEntry new_entry(grader::LedgerEntry::Kind kind,
                              const std::string& who, const std::string& why);

/// What decisions have in common: about whom, why, and who decides.
struct Decision {
  std::string gradebook, student, item, why, who;
};

/// STUDENT, --why, --who and --gradebook; `item` names the second argument, if
/// there is one.
void add_decision_options(CLI::App& command, Decision& decision,
                          const char* item);

/// Writes an entry about a known student into the ledger and says so, with
/// `text` or as JSON. An empty `value` withdraws the decision that stands;
/// where none does, nothing is written.
int decide(const Decision& decision, grader::LedgerEntry::Kind kind,
           const std::string& item, const std::string& value,
           const std::string& text, App& app);

/// Writes files into a directory that holds no other ones: students of an
/// earlier export would look like students of this one.
/// @throws UsageError, EnvironmentError
void write_directory(const std::vector<grader::ExportFile>& files,
                     const std::filesystem::path& out);

/// $USER, or the system's name for who runs this.
std::string user_name();

/// The scores that differ, those that dropped first. Returns how many are gone.
std::ptrdiff_t print_changes(const std::vector<grader::RecordedGrade>& before,
                             const std::vector<grader::RecordedGrade>& after,
                             App& app);

/// Text for a table's cell: no control characters, no line breaks.
std::string one_line(const std::string& text);

/// "gone: ada, bob", wrapped; nothing if there are none.
void print_ids(const char* what, const std::vector<std::string>& ids,
               Terminal& terminal);

/// Says which runs did not reach everybody, if no later one did.
void warn_of_unfinished(const grader::Gradebook& book, Terminal& terminal);

/// Says how many grades are open, if any are.
void warn_of_open(const grader::ExportTable& table, Terminal& terminal);

/// Says how many grades were measured without a sandbox, if any were.
void warn_of_degraded(const grader::ExportTable& table, Terminal& terminal);

/// "87.5", or "-" for what has no points.
std::string points_or_dash(const std::optional<double>& points);

nlohmann::json ledger_json(const grader::LedgerEntry& entry);

}  // namespace tito
