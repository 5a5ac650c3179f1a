// A workspace whose gradebook knows something.
#pragma once

#include "course_workspace.hpp"
#include "grader/gradebook/gradebook.hpp"

inline grader::ModuleGrade module_grade(const std::string& number,
                                        const std::string& folder,
                                        double points) {
  grader::ModuleGrade grade;
  grade.number = number;
  grade.folder = folder;
  grade.points = points;
  grade.maximum = 100;
  grade.outcome = grader::Outcome::partial;
  grade.tasks = {{number + ".1", points, 100, 1, 1}};
  return grade;
}

/// A workspace whose gradebook has two students and two runs.
class CourseWithGrades {
 public:
  CourseWithGrades() {
    spit(
        path() / "roster.csv",
        "id,name,login,section\r\n"
        "ada,\"Lovelace, Ada\nwith a name that no terminal is wide enough for, "
        "and some more of it\",ada.l,A\r\n"
        "bob,=Bob,bob.b,B\r\n");
    CHECK(run({"roster", "import", "roster.csv"}).code == 0);
    grader::Gradebook book(file(), grader::Gradebook::Mode::existing);
    for (const double points : {80.0, 70.0}) {
      const auto id = book.begin_run({});
      const grader::Handed handed{
          "h", grader::parse_instant("2026-03-01T12:00:01Z"), "ada.zip"};
      book.record(id,
                  {"ada",
                   {module_grade("01", "01_tensor", points),
                    module_grade("02", "02_activations", 150 - points)},
                   {},
                   {}},
                  handed);
      book.finish_run(id);
    }
  }

  std::filesystem::path path() const { return workspace_.path(); }
  std::filesystem::path file() const { return path() / ".tito/gradebook.db"; }

  grader::ProcessResult run(std::vector<std::string> words) const {
    words.insert(words.begin(), "grade");
    return workspace_.tito(words);
  }
  nlohmann::json json(std::vector<std::string> words, int code = 0) const {
    words.insert(words.begin(), "grade");
    words.emplace_back("--json");
    return workspace_.tito_json(words, code);
  }
  /// Exit code 2, one line, and this part in it.
  void refuses(const std::vector<std::string>& words,
               const std::string& part) const {
    const auto result = run(words);
    INFO(result.output);
    CHECK(result.code == 2);
    CHECK(contains(result.output, part));
    // What to do next: a command, or another option.
    const bool next =
        contains(result.output, "tito ") || contains(result.output, " PATH");
    CHECK(next);
    CHECK(std::count(result.output.begin(), result.output.end(), '\n') == 1);
  }

 private:
  CourseWorkspace workspace_;
};
