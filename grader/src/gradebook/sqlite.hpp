// SQLite's C interface behind objects that close themselves.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace grader {

/// Bytes, as opposed to text.
struct Blob {
  std::string_view bytes;
};

class Statement {
 public:
  Statement(sqlite3* database, const std::string& file, const std::string& sql);
  Statement(Statement&& other) noexcept;
  ~Statement();
  Statement& operator=(Statement&&) = delete;

  void bind(int index, std::int64_t value);
  void bind(int index, double value);
  void bind(int index, const std::string& text);
  void bind(int index, const char* text) { bind(index, std::string(text)); }
  void bind(int index, const std::optional<std::string>& text);
  void bind(int index, Blob blob);

  /// True if there is a row.
  bool step();

  // Columns of the present row, from 0.
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;  ///< also of a blob; NULL is empty
  bool is_null(int column) const;

 private:
  void check(int code) const;

  sqlite3* database_;
  const std::string& file_;
  sqlite3_stmt* statement_ = nullptr;
};

/// Everything here throws GradebookError with one clear sentence.
class Database {
 public:
  /// The file must exist.
  Database(const std::filesystem::path& file,
           std::chrono::milliseconds patience);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  template <class... T>
  Statement query(const std::string& sql, const T&... values) const {
    Statement statement(handle_, file_, sql);
    int index = 0;
    (statement.bind(++index, values), ...);
    return statement;
  }
  /// One statement without results.
  template <class... T>
  void run(const std::string& sql, const T&... values) const {
    Statement statement(handle_, file_, sql);
    int index = 0;
    (statement.bind(++index, values), ...);
    while (statement.step()) {
    }
  }
  /// Several statements, parted by semicolons.
  void script(const char* sql) const;
  std::int64_t last_id() const;
  /// Leaves the file's bytes as they are, even when it is closed.
  void leave_untouched() const;
  const std::string& file() const { return file_; }

 private:
  std::string file_;
  sqlite3* handle_ = nullptr;
};

/// Takes the write lock at once; without commit() everything is undone.
class Transaction {
 public:
  explicit Transaction(const Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  const Database& database_;
  bool open_ = true;
};

}  // namespace grader
