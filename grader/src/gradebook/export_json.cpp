// Exports for programs: JSON, Gradescope's results.json, and what an Autolab
// autograder prints.
#include <fmt/format.h>

#include <cctype>
#include <nlohmann/json.hpp>

#include "export_sheet.hpp"
#include "grader/report.hpp"
#include "grader/unicode.hpp"

namespace grader {
namespace {

using Json = nlohmann::ordered_json;

Json optional_json(const std::optional<double>& points) {
  return points ? Json(*points) : Json(nullptr);
}

Json tasks_json(const EffectiveGrade& grade) {
  Json tasks = Json::array();
  for (const TaskScore& task : grade.tasks) {
    tasks.push_back({{"task", task.task},
                     {"points", task.points},
                     {"maximum", task.maximum}});
  }
  return tasks;
}

Json tests_json(const ModuleGrade& module) {
  Json tests = Json::array();
  for (const TestResult& test : module.tests) {
    tests.push_back({{"name", test.name},
                     {"tasks", test.tasks},
                     {"hidden", test.hidden},
                     {"status", to_string(test.status)}});
  }
  return tests;
}

Json grade_json(const EffectiveGrade& grade, const ModuleGrade& measured) {
  return {{"module", measured.folder},
          {"state", to_string(grade.state)},
          {"outcome", to_string(measured.outcome)},
          {"points", optional_json(grade.points)},
          {"raw", optional_json(grade.raw)},
          {"maximum", grade.maximum},
          {"days_late", grade.days_late},
          {"tokens", grade.tokens},
          {"overridden", grade.overridden},
          {"dropped", grade.dropped},
          {"degraded", grade.degraded},
          {"outdated", grade.outdated},
          {"notes", grade.notes},
          {"detail", measured.detail},
          {"tasks", tasks_json(grade)},
          {"tests", tests_json(measured)}};
}

Json row_json(const ExportRow& row) {
  Json modules = Json::array();
  for (std::size_t i = 0; i < row.grades.size(); ++i) {
    modules.push_back(grade_json(row.grades[i], row.measured[i]));
  }
  return {
      {"student", row.student.id},        {"name", row.student.name},
      {"email", row.student.email},       {"section", row.student.section},
      {"enrolled", row.student.enrolled}, {"points", optional_json(row.points)},
      {"maximum", row.maximum},           {"modules", modules}};
}

std::string text_of(const Json& value, int indent = 2) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// One entry for each task, so that a student sees where points are missing.
void add_gradescope_tests(const ExportColumn& column,
                          const EffectiveGrade& grade, Json& tests) {
  if (grade.state == GradeState::excused) return;
  for (const Task& task : column.tasks) {
    for (const TaskScore& score : grade.tasks) {
      if (score.task != task.id) continue;
      tests.push_back(
          {{"name", fmt::format("{} {}", task.id, task.title)},
           {"number", task.id},
           {"score", score.points},
           {"max_score", score.maximum},
           {"status", score.points >= score.maximum ? "passed" : "failed"},
           {"output_format", "text"},
           {"tags", Json::array({column.folder})},
           {"visibility", "visible"}});
    }
  }
}

/// Students read it: what a linker says, but for their own missing functions,
/// may name what is hidden, and our own failures are none of theirs.
bool may_be_told(const ModuleGrade& module) {
  if (module.outcome == Outcome::link_error) {
    return module.detail.starts_with("not defined: ");
  }
  return module.outcome != Outcome::infrastructure_error;
}

/// Why nothing was tested: what the compiler said, for one.
std::string why_untested(const ModuleGrade& module) {
  if (!module.tests.empty() || module.detail.empty()) return "";
  return fmt::format("{}: {}{}\n", module.folder, to_string(module.outcome),
                     may_be_told(module) ? ": " + module.detail : "");
}

/// What a student reads about a module besides its points.
std::string remarks(const ExportRow& row, std::size_t i) {
  const ModuleGrade& measured = row.measured[i];
  std::string text = why_untested(measured);
  for (const std::string& note : row.grades[i].notes) {
    text += fmt::format("{}: {}\n", measured.folder, note);
  }
  return text;
}

Json gradescope_json(const ExportTable& table, const ExportRow& row) {
  Json tests = Json::array();
  std::string output;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    add_gradescope_tests(table.columns[i], row.grades[i], tests);
    output += remarks(row, i);
  }
  return {{"score", *row.points},
          {"output", output},
          {"output_format", "text"},
          {"visibility", "visible"},
          {"stdout_visibility", "hidden"},
          {"extra_data", {{"maximum", row.maximum}}},
          {"tests", tests}};
}

void expect(bool holds, const std::string& where, const char* rule) {
  if (!holds) throw ExportError(fmt::format("{}: {}", where, rule));
}

void check_gradescope(const std::string& text, const ExportRow& row) {
  const Json read = Json::parse(text);
  const std::string who = "gradescope, " + row.student.id;
  expect(read.at("score") == *row.points, who, "the score reads differently");
  for (const Json& test : read.at("tests")) {
    const double score = test.at("score").get<double>();
    const double most = test.at("max_score").get<double>();
    expect(score >= 0 && score <= most, who,
           "a task has more points than there are. Correct it with: tito grade "
           "override");
    expect(test.at("status") == "passed" || test.at("status") == "failed", who,
           "a status is neither passed nor failed");
    expect(test.at("visibility") == "visible", who, "a test is not visible");
  }
}

/// Autolab wants the name of each problem to the letter, and some versions of
/// it take any word before a colon for a name that lacks its quotes.
void check_problem_name(const std::string& name) {
  bool good = !name.empty() && name.front() != ' ' && name.back() != ' ';
  for (std::size_t i = 1; i < name.size(); ++i) {
    const bool word =
        std::isalnum(static_cast<unsigned char>(name[i - 1])) != 0;
    good = good && !(name[i] == ':' && word);
  }
  if (good) return;
  throw ExportError(fmt::format(
      "Autolab has no problem called '{}': a name does not begin or end with a "
      "blank, and has no colon behind a word. Give it another one: tito grade "
      "policy set --title MODULE=TITLE",
      name));
}

void check_problem_names(const ExportTable& table) {
  Sheet names;
  names.rows.emplace_back();
  for (const ExportColumn& column : table.columns) {
    check_problem_name(column.title);
    names.rows[0].push_back(column.title);
  }
  check_header(names, {});
}

/// What is missing has no score; on the scoreboard, whose columns are fixed,
/// it is null. The total comes last there.
Json autolab_json(const ExportTable& table, const ExportRow& row) {
  Json scores = Json::object(), scoreboard = Json::array();
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto& points = row.grades[i].points;
    if (points) scores[table.columns[i].title] = *points;
    scoreboard.push_back(optional_json(points));
  }
  scoreboard.push_back(optional_json(row.points));
  return {{"scores", scores}, {"scoreboard", scoreboard}};
}

/// What an autograder prints: words for the student, then the one line that
/// counts.
std::string autolab_text(const ExportTable& table, const ExportRow& row,
                         const Json& result) {
  std::string text;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const EffectiveGrade& grade = row.grades[i];
    if (grade.points) {
      text += fmt::format("{}: {} of {}\n", table.columns[i].title,
                          format_points(*grade.points),
                          format_points(grade.maximum));
    }
    text += remarks(row, i);
  }
  return harmless(text, "?") + text_of(result, -1);
}

void check_autolab(const std::string& text, const ExportTable& table,
                   const ExportRow& row) {
  const std::string who = "autolab, " + row.student.id;
  const Json read =
      Json::parse(text.substr(text.rfind('\n', text.size() - 2) + 1));
  const Json& scores = read.at("scores");
  std::size_t known = 0;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const EffectiveGrade& grade = row.grades[i];
    if (!grade.points) continue;
    ++known;
    const std::string& name = table.columns[i].title;
    expect(scores.contains(name) && scores.at(name) == *grade.points, who,
           "a score reads differently");
    expect(*grade.points >= 0 && *grade.points <= grade.maximum, who,
           "a module has more points than there are. Correct it with: tito "
           "grade override");
  }
  expect(scores.size() == known, who, "what is missing has a score");
  expect(read.at("scoreboard").size() == table.columns.size() + 1, who,
         "the scoreboard lacks a column");
}

}  // namespace

Export export_json(const ExportTable& table) {
  Json students = Json::array(), modules = Json::array();
  for (const ExportColumn& column : table.columns) {
    modules.push_back({{"module", column.folder},
                       {"title", column.title},
                       {"maximum", column.maximum}});
  }
  for (const ExportRow& row : table.rows) students.push_back(row_json(row));
  const Json document = {{"version", 1},
                         {"anonymous", table.anonymous},
                         {"modules", modules},
                         {"students", students}};
  const std::string text = text_of(document);
  const Json read = Json::parse(text);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (read.at("students").at(i).at("points") ==
        optional_json(table.rows[i].points)) {
      continue;
    }
    throw ExportError("the JSON export does not read back as it was written");
  }
  return {{{"", text}}, {}};
}

Export export_gradescope(const ExportTable& table) {
  Export result;
  for (const ExportRow& row : table.rows) {
    if (!row.points) {
      result.left_out.push_back(row.student.id + ": no points to report");
      continue;
    }
    const std::string text = text_of(gradescope_json(table, row));
    check_gradescope(text, row);
    result.files.push_back({row.student.id + ".json", text});
  }
  return result;
}

Export export_autolab(const ExportTable& table) {
  check_problem_names(table);
  Export result;
  for (const ExportRow& row : table.rows) {
    const Json scores = autolab_json(table, row);
    // Without any score Autolab would give each problem a zero.
    if (scores.at("scores").empty()) {
      result.left_out.push_back(row.student.id + ": no points to report");
      continue;
    }
    const std::string text = autolab_text(table, row, scores);
    check_autolab(text, table, row);
    result.files.push_back({row.student.id + ".txt", text});
  }
  return result;
}

}  // namespace grader
