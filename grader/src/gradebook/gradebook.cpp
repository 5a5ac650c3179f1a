#include "grader/gradebook/gradebook.hpp"

#include <map>

#include "access.hpp"
#include "grader/gradebook/grade_json.hpp"
#include "schema.hpp"

namespace grader {
namespace {

std::optional<std::string> text_of(const std::optional<Instant>& instant) {
  if (!instant) return std::nullopt;
  return to_text(*instant);
}

std::optional<Instant> instant_of(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return parse_instant(row.text(column));
}

/// An untold time is the one that the newest run was told, as in `told` below.
std::int64_t submission_id(const Database& database, const std::string& student,
                           const Handed& handed) {
  const auto at = text_of(handed.submitted_at);
  Statement known = database.query(
      "SELECT s.id FROM submissions s LEFT JOIN recorded r "
      "ON r.student = s.student AND r.submission = s.id "
      "WHERE s.student = ? AND s.hash = ? AND s.archive = ? "
      "AND (s.submitted_at IS ? OR ? IS NULL) "
      "ORDER BY s.submitted_at IS NULL, r.run DESC, s.id DESC LIMIT 1",
      student, handed.hash, handed.archive, at, at);
  if (known.step()) return known.integer(0);
  database.run(
      "INSERT INTO submissions (student, hash, submitted_at, archive) "
      "VALUES (?, ?, ?, ?)",
      student, handed.hash, at, handed.archive);
  return database.last_id();
}

void write_module(const Database& database, RunId run,
                  const std::string& student, const ModuleGrade& grade,
                  const Handed& handed) {
  const auto content = handed.modules.find(grade.number);
  database.run(
      "INSERT INTO grades (run, student, module, folder, outcome, graded, "
      "points, maximum, detail, tasks, tests, content) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      run, student, grade.number, grade.folder, to_string(grade.outcome),
      std::int64_t{grade.has_points()}, grade.points, grade.maximum,
      grade.detail, tasks_to_json(grade.tasks), tests_to_json(grade.tests),
      content == handed.modules.end() ? "" : content->second);
}

/// `told`: when a submission was handed in, as the newest run says that was
/// told. (With MAX, SQLite takes the other columns from the same row.)
/// `first`: when a module's content was handed in first, as that is told; and
/// when a run had graded it, than which it cannot be later.
const std::string kGradeColumns =
    "WITH told AS ("
    "SELECT r.student, s.hash, s.submitted_at, MAX(r.run) "
    "FROM recorded r JOIN submissions s ON s.id = r.submission "
    "WHERE s.submitted_at IS NOT NULL GROUP BY r.student, s.hash), "
    "first AS ("
    "SELECT g.student, g.module, g.content, MIN(t.submitted_at) AS told, "
    "MIN(u.finished) AS graded "
    "FROM grades g JOIN recorded r ON r.run = g.run AND r.student = g.student "
    "JOIN submissions s ON s.id = r.submission JOIN runs u ON u.id = g.run "
    "LEFT JOIN told t ON t.student = g.student AND t.hash = s.hash "
    "WHERE g.content <> '' GROUP BY g.student, g.module, g.content) "
    "SELECT g.run, g.student, s.hash, "
    "COALESCE(MIN(f.told, COALESCE(f.graded, f.told)), s.submitted_at), "
    "s.archive, g.module, "
    "g.folder, g.outcome, g.points, g.maximum, g.detail, g.tasks, g.tests, "
    "r.notes "
    "FROM grades g JOIN recorded r ON r.run = g.run AND r.student = g.student "
    "JOIN submissions s ON s.id = r.submission "
    "LEFT JOIN first f ON f.student = g.student AND f.module = g.module "
    "AND f.content = g.content ";

RecordedGrade read_grade(const Statement& row, Detail detail) {
  RecordedGrade result;
  result.run = row.integer(0);
  result.student = row.text(1);
  result.handed = {row.text(2), instant_of(row, 3), row.text(4)};
  result.grade.number = row.text(5);
  result.grade.folder = row.text(6);
  result.grade.outcome = outcome_from(row.text(7));
  result.grade.points = row.real(8);
  result.grade.maximum = row.real(9);
  result.grade.detail = row.text(10);
  result.grade.tasks = tasks_from_json(row.text(11));
  if (detail == Detail::tests)
    result.grade.tests = tests_from_json(row.text(12));
  result.notes = lines_from_json(row.text(13));
  result.degraded = result.grade.has_points() && is_degraded(result.notes);
  return result;
}

std::vector<RecordedGrade> read_grades(Statement rows, Detail detail) {
  std::vector<RecordedGrade> grades;
  while (rows.step()) grades.push_back(read_grade(rows, detail));
  return grades;
}

/// The newest runs that have no points for what was handed in. A later run in
/// which the module is missing, as of another assignment, makes up for what
/// could not be read, but never for what failed here.
void mark_outdated(const Database& database,
                   std::vector<RecordedGrade>& latest) {
  Statement query = database.query(
      "SELECT student, module, MAX(run) FROM grades n WHERE outcome = ? "
      "OR (outcome = ? AND run = (SELECT MAX(run) FROM grades m "
      "WHERE m.student = n.student AND m.module = n.module)) "
      "GROUP BY student, module",
      to_string(Outcome::infrastructure_error), to_string(Outcome::unreadable));
  std::map<std::pair<std::string, std::string>, RunId> failed;
  while (query.step()) {
    failed[{query.text(0), query.text(1)}] = query.integer(2);
  }
  for (RecordedGrade& grade : latest) {
    const auto newer = failed.find({grade.student, grade.grade.number});
    if (newer == failed.end() || newer->second <= grade.run) continue;
    grade.failed_run = newer->second;
  }
}

}  // namespace

Gradebook::Gradebook(const std::filesystem::path& file, Mode mode,
                     std::chrono::milliseconds patience)
    : file_(file) {
  if (mode == Mode::create) create_gradebook(file);
  database_ = open_gradebook(file, patience);
  Statement key = database_->query("SELECT key FROM course");
  if (key.step()) course_key_ = key.text(0);
}

Gradebook::~Gradebook() = default;

RunId Gradebook::begin_run(const RunSettings& settings, Instant started) {
  const Access database(*this);
  database->run("INSERT INTO runs (started, options, release) VALUES (?, ?, ?)",
                to_text(started), settings.options, settings.release);
  return database->last_id();
}

std::optional<RunId> Gradebook::unfinished_run(
    const RunSettings& settings) const {
  const Access database(*this);
  Statement query = database->query(
      "SELECT id FROM runs WHERE id = (SELECT MAX(id) FROM runs) "
      "AND finished IS NULL AND options = ? AND release = ?",
      settings.options, settings.release);
  if (!query.step()) return std::nullopt;
  return query.integer(0);
}

void Gradebook::finish_run(RunId run, Instant finished) {
  const Access database(*this);
  database->run("UPDATE runs SET finished = ? WHERE id = ?", to_text(finished),
                run);
}

std::vector<Run> Gradebook::runs() const {
  const Access database(*this);
  Statement query = database->query(
      "SELECT id, started, finished, options, release FROM runs ORDER BY id");
  std::vector<Run> runs;
  while (query.step()) {
    runs.push_back({query.integer(0),
                    parse_instant(query.text(1)),
                    instant_of(query, 2),
                    {query.text(3), query.text(4)}});
  }
  return runs;
}

void Gradebook::record(RunId run, const SubmissionGrade& grade,
                       const Handed& handed) {
  const Access database(*this);
  Transaction transaction(*database);
  database->run("INSERT OR IGNORE INTO students (id) VALUES (?)", grade.id);
  const auto submission = submission_id(*database, grade.id, handed);
  database->run("DELETE FROM grades WHERE run = ? AND student = ?", run,
                grade.id);
  database->run("DELETE FROM recorded WHERE run = ? AND student = ?", run,
                grade.id);
  database->run(
      "INSERT INTO recorded (run, student, submission, ignored, notes) "
      "VALUES (?, ?, ?, ?, ?)",
      run, grade.id, submission, lines_to_json(grade.ignored),
      lines_to_json(grade.notes));
  for (const ModuleGrade& module : grade.modules) {
    write_module(*database, run, grade.id, module, handed);
  }
  transaction.commit();
}

std::vector<std::pair<std::string, Handed>> Gradebook::recorded(
    RunId run) const {
  const Access database(*this);
  Statement query = database->query(
      "SELECT r.student, s.hash, s.submitted_at, s.archive FROM recorded r "
      "JOIN submissions s ON s.id = r.submission WHERE r.run = ? "
      "ORDER BY r.student",
      run);
  std::vector<std::pair<std::string, Handed>> result;
  while (query.step()) {
    result.push_back(
        {query.text(0), {query.text(1), instant_of(query, 2), query.text(3)}});
  }
  return result;
}

std::vector<RecordedGrade> Gradebook::grades(RunId run, Detail detail) const {
  const Access database(*this);
  return read_grades(
      database->query(
          kGradeColumns + "WHERE g.run = ? ORDER BY g.student, g.module", run),
      detail);
}

std::vector<SubmissionGrade> Gradebook::submissions(RunId run) const {
  std::vector<SubmissionGrade> submissions;
  std::map<std::string, std::size_t> places;
  {
    const Access database(*this);
    Statement query = database->query(
        "SELECT student, ignored, notes FROM recorded WHERE run = ? "
        "ORDER BY student",
        run);
    while (query.step()) {
      places[query.text(0)] = submissions.size();
      submissions.push_back({query.text(0),
                             {},
                             lines_from_json(query.text(1)),
                             lines_from_json(query.text(2))});
    }
  }
  for (RecordedGrade& grade : grades(run)) {
    const auto place = places.find(grade.student);
    if (place == places.end()) continue;
    submissions[place->second].modules.push_back(std::move(grade.grade));
  }
  return submissions;
}

std::vector<RecordedGrade> Gradebook::latest_grades(Detail detail) const {
  const Access database(*this);
  auto latest = read_grades(
      database->query(
          kGradeColumns +
              "WHERE g.run = (SELECT run FROM grades n "
              "WHERE n.student = g.student AND n.module = g.module "
              "ORDER BY n.graded DESC, n.outcome = ? DESC, n.run DESC LIMIT 1) "
              "ORDER BY g.student, g.module",
          to_string(Outcome::infrastructure_error)),
      detail);
  mark_outdated(*database, latest);
  return latest;
}

std::optional<ModuleGrade> Gradebook::find_verdict(
    const std::string& key) const {
  const Access database(*this);
  Statement query =
      database->query("SELECT grade FROM verdicts WHERE key = ?", key);
  if (!query.step()) return std::nullopt;
  return module_grade_from_json(query.text(0));
}

void Gradebook::store_verdict(const std::string& key,
                              const ModuleGrade& grade) {
  const Access database(*this);
  database->run("INSERT OR REPLACE INTO verdicts (key, grade) VALUES (?, ?)",
                key, to_json_text(grade));
}

void Gradebook::forget_verdicts(const std::string& module) {
  const Access database(*this);
  database->run(
      "DELETE FROM verdicts WHERE ? = '' OR json_extract(grade, '$.number') = "
      "?",
      module, module);
}

}  // namespace grader
