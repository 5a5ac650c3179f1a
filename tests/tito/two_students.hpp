// A directory of submissions that is graded for real.
#pragma once

#include <cstdlib>

#include "course_workspace.hpp"

/// Two students with module 02, one of them with nothing but stubs.
class TwoStudents {
 public:
  TwoStudents() {
    std::filesystem::permissions(scratch_.path(), std::filesystem::perms(0711));
    hand_in("ada", "solutions");
    hand_in("bob", "modules");
  }

  std::filesystem::path path() const { return scratch_.path(); }

  grader::ProcessResult grade(std::vector<std::string> words) const {
    words.insert(words.begin(), "grade");
    words.insert(words.end(), {"--gradebook", "book.db"});
    return tito_in(path(), words);
  }
  std::string csv() const { return slurp(path() / "grades.csv"); }

  /// Makes the gradebook believe that the stubs have 40 points.
  void spoil_verdicts() const {
    const std::string command =
        "cd '" + path().string() +
        "' && python3 -c 'import sqlite3; d = sqlite3.connect(\"book.db\"); "
        "d.execute(\"UPDATE verdicts SET grade = json_set(grade, "
        "\\\"$.points\\\", 40) WHERE json_extract(grade, "
        "\\\"$.points\\\") = 0\"); d.commit()'";
    REQUIRE(std::system(command.c_str()) == 0);
  }

 private:
  void hand_in(const char* student, const char* from) const {
    const char* file = "02_activations/src/activations.cpp";
    spit(path() / "submissions" / student / "modules" / file,
         slurp(std::filesystem::path(COURSE_DIR) / from / file));
  }

  Scratch scratch_;
};
