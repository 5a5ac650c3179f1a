#include "grader/gradebook/roster.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "grader/gradebook/csv.hpp"
#include "grader/gradebook/instant.hpp"
#include "grader/submission.hpp"
#include "grader/unicode.hpp"
#include "intake.hpp"

namespace grader {
namespace {

using Field = std::string Student::*;

struct Column {
  const char* name;
  Field field;
  bool identifies;  ///< another system finds a person by it
};

constexpr Column kColumns[] = {
    {"id", &Student::id, true},
    {"name", &Student::name, false},
    {"email", &Student::email, true},
    {"section", &Student::section, false},
    {"sis_id", &Student::sis_id, true},
    {"login", &Student::login, true},
    {"moodle_id", &Student::moodle_id, true},
    {"canvas_id", &Student::canvas_id, true},
};

std::string known_columns() {
  std::string names;
  for (const Column& column : kColumns) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", column.name);
  }
  return names;
}

/// For a message, whatever a file holds in the place of a word.
std::string shortened(const std::string& cell) {
  constexpr std::size_t kMost = 80;
  return cell.size() > kMost ? cell.substr(0, kMost) + "..." : cell;
}

bool is_number(const std::string& text) {
  return text.find_first_not_of("0123456789") == std::string::npos;
}

/// Moodle's worksheet writes "Participant 11", in its own language, where it
/// means 11.
std::string without_participant(const std::string& moodle_id) {
  const std::string last = moodle_id.substr(moodle_id.rfind(' ') + 1);
  return !last.empty() && is_number(last) ? last : moodle_id;
}

class Reader {
 public:
  Reader(const std::string& name, const std::vector<Student>& known)
      : name_(name) {
    for (const Student& student : known) known_[student.id] = student;
  }

  std::vector<Student> read(std::string_view text) {
    const std::vector<CsvRow> rows = read_csv(text, name_);
    if (rows.empty()) {
      throw InputError(fmt::format(
          "{}: the roster is empty. Its first line names the columns: {}",
          name_, known_columns()));
    }
    read_header(rows.front());
    if (rows.size() == 1) {
      throw InputError(fmt::format(
          "{}: the roster has columns and no student; it would un-enrol "
          "everybody. Add a line for each student",
          name_));
    }
    std::vector<Student> students;
    for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
      students.push_back(read_student(*row));
    }
    return students;
  }

 private:
  [[noreturn]] void fail(int line, const std::string& what) const {
    throw InputError(fmt::format("{}: line {}: {}", name_, line, what));
  }

  void read_header(const CsvRow& header) {
    for (const std::string& cell : header.cells) {
      const auto known =
          std::find_if(std::begin(kColumns), std::end(kColumns),
                       [&](const Column& c) { return c.name == cell; });
      if (known == std::end(kColumns)) {
        fail(header.line,
             fmt::format("the column '{}' is not one of {}; commas separate "
                         "them",
                         shortened(cell), known_columns()));
      }
      if (std::find(columns_.begin(), columns_.end(), known) !=
          columns_.end()) {
        fail(header.line, fmt::format("the column '{}' stands twice", cell));
      }
      columns_.push_back(known);
    }
    if (std::find(columns_.begin(), columns_.end(), &kColumns[0]) ==
        columns_.end()) {
      fail(header.line, "there is no column 'id'");
    }
  }

  Student read_student(const CsvRow& row) {
    Student student = known_student(row);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      student.*columns_[i]->field = row.cells[i];
    }
    student.moodle_id = without_participant(student.moodle_id);
    for (const Column& column : kColumns) {
      if (!column.identifies) continue;
      check_identity(column, student.*column.field, row.line);
    }
    return student;
  }

  Student known_student(const CsvRow& row) const {
    const auto id = std::find(columns_.begin(), columns_.end(), &kColumns[0]);
    const auto known = known_.find(row.cells[id - columns_.begin()]);
    return known == known_.end() ? Student() : known->second;
  }

  void check_identity(const Column& column, const std::string& value,
                      int line) {
    if (column.field == &Student::id && !is_valid_id(value)) {
      fail(line,
           fmt::format("'{}' is not a student id: letters, digits and . _ "
                       "@ + -, at most 64, beginning with a letter, a "
                       "digit or _",
                       shortened(value)));
    }
    if (value.empty()) return;
    if (column.field == &Student::canvas_id && !is_number(value)) {
      fail(line, fmt::format("the canvas_id '{}' is not a number; it is the ID "
                             "in Canvas' gradebook export",
                             shortened(value)));
    }
    if (!is_plain(value)) {
      fail(line, fmt::format("the {} '{}' has a control character or begins "
                             "like a formula, so that no import would find it",
                             column.name, shortened(value)));
    }
    // A directory of submissions cannot hold ids that differ in capitals only.
    const bool is_id = column.field == &Student::id;
    const auto [first, added] =
        seen_[column.name].emplace(is_id ? lower_case(value) : value, line);
    if (added) return;
    fail(line, fmt::format("the {} '{}' is that of line {} already{}",
                           column.name, shortened(value), first->second,
                           is_id ? ", or differs in capitals only" : ""));
  }

  static bool is_plain(const std::string& value) {
    return without_formula(value) == value && value.front() != ' ' &&
           value.back() != ' ' &&
           value.find_first_of("\t\n") == std::string::npos &&
           harmless(value, "") == value;
  }

  const std::string& name_;
  std::map<std::string, Student> known_;
  std::vector<const Column*> columns_;
  std::map<std::string, std::map<std::string, int>> seen_;
};

}  // namespace

std::vector<Student> read_roster(std::string_view text, const std::string& name,
                                 const std::vector<Student>& known) {
  try {
    return Reader(name, known).read(text);
  } catch (const InputError& error) {
    throw InputError(fmt::format(
        "{}. Nothing was imported. Correct the file, then: tito grade roster "
        "import {}",
        error.what(), name));
  }
}

}  // namespace grader
