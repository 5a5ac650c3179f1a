#include "schema.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include "grader/gradebook/gradebook.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;

/// "tito", in the file's header: this file is a gradebook of ours.
constexpr std::int64_t kApplication = 0x7469746f;

constexpr const char* kVersion1 = R"(
CREATE TABLE course (key BLOB NOT NULL CHECK (length(key) = 32));
CREATE TABLE rosters (imported TEXT NOT NULL, students INTEGER NOT NULL);
CREATE TABLE students (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  section TEXT NOT NULL DEFAULT '',
  sis_id TEXT NOT NULL DEFAULT '',
  login TEXT NOT NULL DEFAULT '',
  moodle_id TEXT NOT NULL DEFAULT '',
  enrolled INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE submissions (
  id INTEGER PRIMARY KEY,
  student TEXT NOT NULL REFERENCES students (id),
  hash TEXT NOT NULL,
  submitted_at TEXT,
  archive TEXT NOT NULL
);
CREATE INDEX submissions_by_content ON submissions (student, hash);
CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started TEXT NOT NULL,
  finished TEXT,
  options TEXT NOT NULL,
  release TEXT NOT NULL
);
CREATE TABLE verdicts (key TEXT PRIMARY KEY, grade TEXT NOT NULL);
CREATE TABLE recorded (
  run INTEGER NOT NULL REFERENCES runs (id),
  student TEXT NOT NULL REFERENCES students (id),
  submission INTEGER NOT NULL REFERENCES submissions (id),
  ignored TEXT NOT NULL,
  notes TEXT NOT NULL,
  PRIMARY KEY (run, student)
) WITHOUT ROWID;
CREATE TABLE grades (
  run INTEGER NOT NULL,
  student TEXT NOT NULL,
  module TEXT NOT NULL,
  folder TEXT NOT NULL,
  outcome TEXT NOT NULL,
  graded INTEGER NOT NULL,
  points REAL NOT NULL,
  maximum REAL NOT NULL,
  detail TEXT NOT NULL,
  tasks TEXT NOT NULL,
  tests TEXT NOT NULL,
  PRIMARY KEY (run, student, module),
  FOREIGN KEY (run, student) REFERENCES recorded (run, student)
);
CREATE INDEX grades_by_student ON grades (student, module, graded, run);
CREATE TABLE ledger (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('override', 'extension', 'tokens',
                                     'excuse', 'policy', 'regrade')),
  student TEXT NOT NULL,
  item TEXT NOT NULL,
  value TEXT NOT NULL,
  why TEXT NOT NULL
);
CREATE TRIGGER ledger_keeps_rows BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_keeps_words BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_keeps_place BEFORE INSERT ON ledger
WHEN EXISTS (SELECT 1 FROM ledger WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
)";

/// A module that did not change keeps the time when it was handed in first.
constexpr const char* kVersion2 = R"(
ALTER TABLE grades ADD COLUMN content TEXT NOT NULL DEFAULT '';
)";

constexpr const char* kVersion3 = R"(
ALTER TABLE students ADD COLUMN canvas_id TEXT NOT NULL DEFAULT '';
)";

/// The n-th brings version n to n + 1. Never change one that was released.
constexpr std::array kMigrations = {kVersion1, kVersion2, kVersion3};
constexpr auto kVersion = static_cast<std::int64_t>(kMigrations.size());

std::string random_key() {
  std::string key(32, '\0');
  if (getrandom(key.data(), key.size(), 0) != 32) {
    throw GradebookError(
        "the system has no random numbers for the course's key");
  }
  return key;
}

std::int64_t version_of(const Database& database) {
  Statement query = database.query("PRAGMA user_version");
  return query.step() ? query.integer(0) : 0;
}

[[noreturn]] void refuse_newer(const fs::path& file, std::int64_t version) {
  throw GradebookError(
      fmt::format("the gradebook {} was written by a newer tito (schema {}, "
                  "this one knows {}). It was left as it is; use the newer "
                  "tito: see tito --version",
                  file.string(), version, kVersion));
}

void migrate(const Database& database) {
  if (version_of(database) == kVersion) return;
  Transaction transaction(database);
  const std::int64_t version = version_of(database);
  if (version > kVersion) refuse_newer(database.file(), version);
  for (auto next = static_cast<std::size_t>(version); next < kMigrations.size();
       ++next) {
    database.script(kMigrations[next]);
  }
  database.script(fmt::format("PRAGMA user_version = {}", kVersion).c_str());
  transaction.commit();
}

/// SQLite gives the files beside it the same permissions.
void make_private(const fs::path& file) {
  const int made =
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
             S_IRUSR | S_IWUSR);
  if (made >= 0) ::close(made);
}

/// Names, grades and the course's key are for whoever grades.
void fill(const fs::path& temporary) {
  make_private(temporary);
  const Database database(temporary, std::chrono::seconds(1));
  {
    Transaction transaction(database);
    database.script(
        fmt::format("PRAGMA application_id = {}", kApplication).c_str());
    for (const char* step : kMigrations) database.script(step);
    database.run("INSERT INTO course (key) VALUES (?)", Blob{random_key()});
    database.script(fmt::format("PRAGMA user_version = {}", kVersion).c_str());
    transaction.commit();
  }
  database.script("PRAGMA journal_mode = WAL");
}

/// An unsigned number of four bytes at a place in SQLite's file header.
std::int64_t header_field(const std::string& header, std::size_t at) {
  std::int64_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value = value << 8 | static_cast<unsigned char>(header[at + i]);
  }
  return value;
}

/// Looks at the file without SQLite, which would begin to repair it.
void check_header(const fs::path& file) {
  constexpr std::size_t kSize = 100, kUserVersion = 60, kApplicationId = 68;
  std::string header(kSize, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(header.data(), static_cast<std::streamsize>(header.size()));
  const bool database =
      in.gcount() == kSize &&
      header.rfind(std::string("SQLite format 3\0", 16), 0) == 0;
  if (!database || header_field(header, kApplicationId) != kApplication) {
    throw GradebookError(fmt::format(
        "{} is not a gradebook of tito, or it is damaged. It was left as it "
        "is; name another file: --gradebook FILE",
        file.string()));
  }
  const std::int64_t version = header_field(header, kUserVersion);
  if (version > kVersion) refuse_newer(file, version);
}

void check_access(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) {
    throw GradebookError(
        fmt::format("there is no gradebook {}. Begin one: tito grade roster "
                    "import FILE, or "
                    "name another: --gradebook FILE",
                    file.string()));
  }
  if (!fs::is_regular_file(file, error)) {
    throw GradebookError(fmt::format(
        "{} is not a file, so no gradebook. Name another: --gradebook FILE",
        file.string()));
  }
  const fs::path folder = fs::absolute(file).parent_path();
  for (const fs::path& place : {folder, file}) {
    const int wanted = place == file ? R_OK | W_OK : W_OK | X_OK;
    if (access(place.c_str(), wanted) == 0) continue;
    throw GradebookError(fmt::format(
        "cannot write the gradebook {}: {}: {}. Nothing was changed; see whose "
        "it is: ls -ld '{}'. To look at it only, copy it to a folder of yours",
        file.string(), place.string(), std::strerror(errno), place.string()));
  }
}

void check_content(const Database& database) {
  std::string found;
  try {
    Statement query = database.query("PRAGMA quick_check(1)");
    found = query.step() ? query.text(0) : "nothing to read";
    if (found == "ok") return;
  } catch (const GradebookError&) {
    database.leave_untouched();
    throw;
  }
  database.leave_untouched();
  throw GradebookError(fmt::format(
      "the gradebook {} is damaged: {}. It was left as it is; put a copy of an "
      "earlier day in its place",
      database.file(), found.substr(0, found.find('\n'))));
}

}  // namespace

void create_gradebook(const fs::path& file) {
  std::error_code error;
  if (fs::exists(fs::symlink_status(file, error))) return;
  const fs::path folder = fs::absolute(file).parent_path();
  fs::create_directories(folder, error);
  if (error || access(folder.c_str(), W_OK | X_OK) != 0) {
    throw GradebookError(fmt::format(
        "cannot make the gradebook {}: {}. Name another place: --gradebook "
        "FILE",
        file.string(), error ? error.message() : std::strerror(errno)));
  }
  const fs::path temporary = file.string() + fmt::format(".{}.new", getpid());
  try {
    fill(temporary);
  } catch (const GradebookError&) {
    fs::remove(temporary, error);
    fs::remove(temporary.string() + "-journal", error);
    throw;
  }
  // Fails if another process was faster; then its file is the gradebook.
  const bool linked = link(temporary.c_str(), file.c_str()) == 0;
  const int reason = errno;
  fs::remove(temporary, error);
  if (linked || reason == EEXIST) return;
  throw GradebookError(fmt::format("cannot make the gradebook {}: {}",
                                   file.string(), std::strerror(reason)));
}

std::unique_ptr<Database> open_gradebook(const fs::path& file,
                                         std::chrono::milliseconds patience) {
  check_access(file);
  check_header(file);
  auto database = std::make_unique<Database>(file, patience);
  check_content(*database);
  database->script("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL");
  migrate(*database);
  return database;
}

}  // namespace grader
