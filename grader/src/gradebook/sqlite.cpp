#include "sqlite.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

#include "grader/gradebook/gradebook.hpp"

namespace grader {
namespace {

/// One sentence about what SQLite refused, and what to do.
[[noreturn]] void fail(sqlite3* database, int code, const std::string& file) {
  const char* said = database ? sqlite3_errmsg(database) : sqlite3_errstr(code);
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw GradebookError(fmt::format(
          "the gradebook {} is in use by another process, which does not let "
          "go of it. Nothing was changed; try again when it has ended. See "
          "who has it: fuser -v '{}'",
          file, file));
    case SQLITE_FULL:
      throw GradebookError(fmt::format(
          "cannot write the gradebook {}: the disk is full. What was recorded "
          "before is safe; make room, then run the command again. See: df -h",
          file));
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      throw GradebookError(fmt::format(
          "cannot write the gradebook {}: {}. Nothing was changed; see whose "
          "file and directory it is: ls -ld '{}'*",
          file, said, file));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw GradebookError(fmt::format(
          "the gradebook {} is damaged: {}. It was left as it is; put a copy "
          "of an earlier day in its place",
          file, said));
    case SQLITE_IOERR:
      throw GradebookError(fmt::format(
          "cannot read or write the gradebook {}: {}. What was recorded before "
          "is safe; look at the disk: df -h",
          file, said));
    default:
      throw GradebookError(fmt::format("the gradebook {}: {}", file, said));
  }
}

}  // namespace

Statement::Statement(sqlite3* database, const std::string& file,
                     const std::string& sql)
    : database_(database), file_(file) {
  check(sqlite3_prepare_v2(database_, sql.data(), static_cast<int>(sql.size()),
                           &statement_, nullptr));
}

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      file_(other.file_),
      statement_(std::exchange(other.statement_, nullptr)) {}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::check(int code) const {
  if (code != SQLITE_OK) fail(database_, code, file_);
}

void Statement::bind(int index, std::int64_t value) {
  check(sqlite3_bind_int64(statement_, index, value));
}

void Statement::bind(int index, double value) {
  check(sqlite3_bind_double(statement_, index, value));
}

void Statement::bind(int index, const std::string& text) {
  check(sqlite3_bind_text64(statement_, index, text.data(), text.size(),
                            SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind(int index, const std::optional<std::string>& text) {
  if (text) return bind(index, *text);
  check(sqlite3_bind_null(statement_, index));
}

void Statement::bind(int index, Blob blob) {
  check(sqlite3_bind_blob64(statement_, index, blob.bytes.data(),
                            blob.bytes.size(), SQLITE_TRANSIENT));
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) fail(database_, code, file_);
  return false;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

double Statement::real(int column) const {
  return sqlite3_column_double(statement_, column);
}

std::string Statement::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

Database::Database(const std::filesystem::path& file,
                   std::chrono::milliseconds patience)
    : file_(file.string()) {
  const int code =
      sqlite3_open_v2(file_.c_str(), &handle_, SQLITE_OPEN_READWRITE, nullptr);
  if (code != SQLITE_OK) {
    // The handle exists even now, and holds the reason.
    const int reason = sqlite3_extended_errcode(handle_);
    sqlite3_close(handle_);
    fail(nullptr, reason, file_);
  }
  sqlite3_busy_timeout(handle_, static_cast<int>(patience.count()));
}

Database::~Database() { sqlite3_close(handle_); }

void Database::script(const char* sql) const {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(handle_, code, file_);
}

std::int64_t Database::last_id() const {
  return sqlite3_last_insert_rowid(handle_);
}

void Database::leave_untouched() const {
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

Transaction::Transaction(const Database& database) : database_(database) {
  database_.script("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.script("ROLLBACK");
  } catch (const GradebookError&) {
    // A full disk has made SQLite roll back by itself.
  }
}

void Transaction::commit() {
  database_.script("COMMIT");
  open_ = false;
}

}  // namespace grader
