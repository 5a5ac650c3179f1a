// Students by modules: what every export is made from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grader/curriculum.hpp"
#include "grader/gradebook/effective.hpp"
#include "grader/gradebook/gradebook.hpp"

namespace grader {

struct ExportColumn {
  std::string number;  ///< "05"
  std::string folder;  ///< "05_autograd"
  std::string title;   ///< "05 Autograd", or the policy's
  double maximum = 0;
  std::vector<Task> tasks;
};

struct ExportRow {
  Student student;  ///< if anonymous, `id` is the pseudonym, the rest empty
  std::vector<EffectiveGrade> grades;  ///< one for each column
  std::vector<ModuleGrade> measured;  ///< likewise; what nobody graded: missing
  std::optional<double> points;       ///< total of these columns
  double maximum = 0;
};

struct ExportTable {
  std::vector<ExportColumn> columns;
  std::vector<ExportRow> rows;  ///< by id
  bool has_roster = false;
  bool anonymous = false;
};

struct ExportChoice {
  std::vector<std::string> modules;  ///< numbers; empty: all
  bool anonymous = false;
  Detail detail = Detail::tests;  ///< without tests it takes far less time
  std::optional<RunId> run = {};  ///< shows its grades only; else the latest
};

/// Everyone in the gradebook. Tokens are spent and modules dropped before the
/// choice of modules or of a run: a grade is the same in every export. What is
/// not of the chosen run is missing. An anonymous table holds no string of the
/// roster, and nothing that students' code printed.
ExportTable export_table(const Gradebook& gradebook,
                         const Curriculum& curriculum,
                         const ExportChoice& choice = {});

/// The rows that figures of the class are about: of people on the roster, or
/// of all if there is no roster.
std::vector<const ExportRow*> class_rows(const ExportTable& table);

/// How many grades of the table were measured without a sandbox.
int degraded_grades(const ExportTable& table);

/// How many wait for the points of what was handed in last.
int open_grades(const ExportTable& table);

/// How many have points and do not count in their student's total.
int dropped_grades(const ExportTable& table);

}  // namespace grader
