// Grade imports of Canvas, Moodle, Blackboard and Brightspace.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "export_sheet.hpp"
#include "grader/gradebook/csv.hpp"
#include "lms_headers.hpp"

namespace grader {
namespace {

/// Why a platform cannot know the student; empty if it can.
std::string stranger(const ExportTable& table, const Student& student,
                     const std::vector<std::string>& identities,
                     const char* columns) {
  if (table.has_roster && !student.enrolled) return "not on the roster";
  const bool known = std::any_of(
      identities.begin(), identities.end(),
      [](const std::string& identity) { return !identity.empty(); });
  return known ? "" : fmt::format("the roster has no {} for them", columns);
}

/// One row for each student whom the platform knows.
template <class Row>
void add_students(
    const ExportTable& table, const char* columns,
    const std::function<std::vector<std::string>(const Student&)>& identities,
    Sheet& sheet, const Row& row_of) {
  for (const ExportRow& row : table.rows) {
    const std::string why =
        stranger(table, row.student, identities(row.student), columns);
    if (why.empty()) {
      sheet.rows.push_back(row_of(row));
    } else {
      sheet.left_out.push_back(row.student.id + ": " + why);
    }
  }
}

template <std::size_t N>
SheetRow cells(const char* const (&names)[N]) {
  return {std::begin(names), std::end(names)};
}

void add_grades(const ExportRow& row, SheetRow& cells) {
  for (const EffectiveGrade& grade : row.grades) {
    cells.push_back(
        grade.state == GradeState::excused ? "" : two_decimals(grade.points));
  }
}

/// Canvas adds up by itself, and leaves out what is excused.
void add_canvas_grades(const ExportRow& row, SheetRow& cells) {
  for (const EffectiveGrade& grade : row.grades) {
    const bool counts = grade.state != GradeState::excused && !grade.dropped;
    cells.push_back(counts ? two_decimals(grade.points) : lms::kCanvasExcused);
  }
}

/// Rows from `first_row` on have grades from `first_column` on.
void check_grades(const Sheet& sheet, const ExportTable& table,
                  std::size_t first_row, std::size_t first_column,
                  const std::string& excused = "") {
  for (std::size_t i = first_row; i < sheet.rows.size(); ++i) {
    for (std::size_t j = 0; j < table.columns.size(); ++j) {
      const std::string& cell = sheet.rows[i].at(first_column + j);
      if (!excused.empty() && cell == excused) continue;
      check_grade(cell, table.columns[j].maximum, sheet.rows[i][0],
                  table.columns[j].title);
    }
  }
}

std::string lower(std::string text) {
  for (char& c : text) {
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text;
}

void check_canvas_titles(const SheetRow& header) {
  for (auto title = header.begin() + std::size(lms::kCanvas);
       title != header.end(); ++title) {
    for (const char* reserved : lms::kCanvasReserved) {
      if (lower(*title).find(reserved) == std::string::npos) continue;
      throw ExportError(fmt::format(
          "Canvas drops the column '{}', because its title contains '{}'. Give "
          "it another one: tito grade policy set --title MODULE=TITLE",
          *title, reserved));
    }
  }
}

void check_canvas(const Sheet& sheet, const ExportTable& table) {
  check_header(sheet, cells(lms::kCanvas));
  check_canvas_titles(sheet.rows[0]);
  if (sheet.rows.at(1).at(0) != lms::kCanvasPossible) {
    throw ExportError("Canvas' second row must begin with Points Possible");
  }
  for (const std::size_t identity : {1, 2, 3}) {
    check_unlike(sheet, 2, identity);
  }
  check_grades(sheet, table, 1, std::size(lms::kCanvas), lms::kCanvasExcused);
}

/// The one that most students have; of equals the first.
const lms::MoodleIdentity& moodle_identity(const ExportTable& table) {
  const auto known = [&](const lms::MoodleIdentity& identity) {
    return std::count_if(table.rows.begin(), table.rows.end(),
                         [&](const ExportRow& row) {
                           return !(row.student.*identity.field).empty();
                         });
  };
  return *std::max_element(
      std::begin(lms::kMoodle), std::end(lms::kMoodle),
      [&](const auto& a, const auto& b) { return known(a) < known(b); });
}

std::vector<std::string> sis_id_and_login(const Student& student) {
  return {student.sis_id, student.login};
}

}  // namespace

Export export_canvas(const ExportTable& table) {
  const auto identities = [](const Student& s) {
    return std::vector{s.canvas_id, s.sis_id, s.login};
  };
  Sheet sheet;
  sheet.rows = {cells(lms::kCanvas), {lms::kCanvasPossible, "", "", "", ""}};
  for (const ExportColumn& column : table.columns) {
    sheet.rows[0].push_back(without_formula(column.title));
    sheet.rows[1].push_back(two_decimals(column.maximum));
  }
  add_students(table, "canvas_id, sis_id or login", identities, sheet,
               [](const ExportRow& row) {
                 const Student& s = row.student;
                 SheetRow result = {without_formula(s.name), s.canvas_id,
                                    s.sis_id, s.login,
                                    without_formula(s.section)};
                 add_canvas_grades(row, result);
                 return result;
               });
  return write_sheet(sheet, "canvas",
                     [&](const Sheet& read) { check_canvas(read, table); });
}

Export export_moodle(const ExportTable& table) {
  const lms::MoodleIdentity& identity = moodle_identity(table);
  Sheet sheet;
  sheet.rows.push_back({identity.header});
  for (const ExportColumn& column : table.columns) {
    sheet.rows[0].push_back(without_formula(column.title));
  }
  add_students(
      table, identity.column,
      [&](const Student& s) { return std::vector{s.*identity.field}; }, sheet,
      [&](const ExportRow& row) {
        SheetRow result = {row.student.*identity.field};
        add_grades(row, result);
        return result;
      });
  return write_sheet(sheet, "moodle", [&](const Sheet& read) {
    check_header(read, {identity.header});
    check_unique(read, 1, 0);
    check_grades(read, table, 1, 1);
  });
}

Export export_moodle_worksheet(const ExportTable& table) {
  if (table.columns.size() != 1) {
    throw InputError(
        "a Moodle worksheet belongs to one assignment. Name its module: tito "
        "grade export --format moodle-worksheet --module 05 --out FILE");
  }
  const double maximum = table.columns[0].maximum;
  Sheet sheet;
  sheet.rows = {cells(lms::kWorksheet)};
  add_students(
      table, "moodle_id",
      [](const Student& s) { return std::vector{s.moodle_id}; }, sheet,
      [&](const ExportRow& row) {
        SheetRow result = {lms::participant(row.student),
                           without_formula(row.student.name)};
        add_grades(row, result);
        result.insert(result.end(), {two_decimals(maximum), "-"});
        return result;
      });
  return write_sheet(sheet, "moodle-worksheet", [&](const Sheet& read) {
    check_header(read, cells(lms::kWorksheet));
    check_unique(read, 1, 0);
    check_grades(read, table, 1, 2);
  });
}

Export export_blackboard(const ExportTable& table) {
  Sheet sheet;
  sheet.delimiter = '\t';
  sheet.rows.push_back({lms::kBlackboardUser});
  for (const ExportColumn& column : table.columns) {
    sheet.rows[0].push_back(without_formula(lms::blackboard_column(column)));
  }
  add_students(
      table, "login", [](const Student& s) { return std::vector{s.login}; },
      sheet,
      [](const ExportRow& row) {
        SheetRow result = {row.student.login};
        add_grades(row, result);
        return result;
      });
  return write_sheet(sheet, "blackboard", [&](const Sheet& read) {
    check_header(read, {lms::kBlackboardUser});
    check_unique(read, 1, 0);
    check_grades(read, table, 1, 1);
  });
}

Export export_brightspace(const ExportTable& table) {
  Sheet sheet;
  sheet.rows = {cells(lms::kBrightspace)};
  for (const ExportColumn& column : table.columns) {
    sheet.rows[0].push_back(without_formula(lms::brightspace_column(column)));
  }
  sheet.rows[0].emplace_back(lms::kBrightspaceEnd);
  add_students(table, "sis_id or login", sis_id_and_login, sheet,
               [](const ExportRow& row) {
                 SheetRow result = {row.student.sis_id, row.student.login};
                 add_grades(row, result);
                 result.emplace_back(lms::kBrightspaceEndOfRow);
                 return result;
               });
  return write_sheet(sheet, "brightspace", [&](const Sheet& read) {
    check_header(read, cells(lms::kBrightspace));
    for (auto row = read.rows.begin() + 1; row != read.rows.end(); ++row) {
      if (row->back() != lms::kBrightspaceEndOfRow) {
        throw ExportError("a Brightspace row must end with #");
      }
    }
    for (const std::size_t identity : {0, 1}) check_unlike(read, 1, identity);
    check_grades(read, table, 1, std::size(lms::kBrightspace));
  });
}

}  // namespace grader
