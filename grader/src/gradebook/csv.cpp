#include "grader/gradebook/csv.hpp"

#include <fmt/format.h>

#include "grader/gradebook/instant.hpp"
#include "grader/unicode.hpp"

namespace grader {
namespace {

class Reader {
 public:
  Reader(std::string_view text, const std::string& name, char delimiter)
      : text_(text), name_(name), delimiter_(delimiter) {
    if (text_.substr(0, 3) == "\xef\xbb\xbf") at_ = 3;
  }

  std::vector<CsvRow> rows() {
    std::vector<CsvRow> rows;
    while (at_ < text_.size()) {
      CsvRow row = this->row();
      if (row.cells.size() == 1 && row.cells[0].empty()) continue;
      if (!rows.empty() && row.cells.size() != rows[0].cells.size()) {
        fail(row.line, fmt::format("has {} cells, the first row has {}",
                                   row.cells.size(), rows[0].cells.size()));
      }
      rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  [[noreturn]] void fail(int line, const std::string& what) const {
    throw InputError(fmt::format("{}: line {} {}", name_, line, what));
  }

  bool at_end() const { return at_ == text_.size(); }
  char peek() const { return text_[at_]; }

  char next() {
    const char c = text_[at_++];
    if (c == '\n') ++line_;
    if (c == '\0') fail(line_, "holds a NUL byte. Save the file as CSV UTF-8");
    return c;
  }

  CsvRow row() {
    CsvRow row{line_, {}};
    do {
      row.cells.push_back(cell());
      if (!is_utf8(row.cells.back())) {
        fail(row.line, "is not UTF-8. Save the file as CSV UTF-8");
      }
    } while (skip(delimiter_));
    if (!at_end() && peek() == '\r') next();
    if (!at_end() && next() != '\n') {
      fail(row.line, "holds a carriage return outside of quotes");
    }
    return row;
  }

  bool skip(char c) {
    if (at_end() || peek() != c) return false;
    next();
    return true;
  }

  std::string cell() {
    if (skip('"')) return quoted();
    std::string cell;
    while (!at_end() && peek() != delimiter_ && peek() != '\r' &&
           peek() != '\n') {
      if (peek() == '"') {
        fail(line_,
             "has a quote in the middle of a cell that does not begin "
             "with one. Quote the cell, and double the quotes in it");
      }
      cell += next();
    }
    return cell;
  }

  std::string quoted() {
    const int begin = line_;
    std::string cell;
    for (;;) {
      if (at_end()) fail(begin, "opens a quote that never closes");
      const char c = next();
      if (c != '"') {
        cell += c;
      } else if (!skip('"')) {
        break;
      } else {
        cell += '"';
      }
    }
    if (at_end() || peek() == delimiter_ || peek() == '\r' || peek() == '\n') {
      return cell;
    }
    fail(line_, "has text after a closing quote. Double the quotes in a cell");
  }

  std::string_view text_;
  const std::string& name_;
  char delimiter_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

std::vector<CsvRow> read_csv(std::string_view text, const std::string& name,
                             char delimiter) {
  return Reader(text, name, delimiter).rows();
}

std::string csv_cell(const std::string& text, char delimiter) {
  const bool plain = text.find_first_of("\"\r\n") == std::string::npos &&
                     text.find(delimiter) == std::string::npos;
  if (plain) return text;
  std::string quoted(1, '"');
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  quoted += '"';
  return quoted;
}

std::string without_formula(std::string text) {
  if (!text.empty() &&
      std::string("=+-@\t\r").find(text.front()) != std::string::npos) {
    text.insert(0, 1, '\'');
  }
  return text;
}

}  // namespace grader
