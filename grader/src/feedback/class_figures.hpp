// Numbers about a class.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grader/gradebook/export_table.hpp"

namespace grader {

struct ModuleFigures {
  std::string title;
  std::size_t graded = 0, missing = 0, unreadable = 0, not_graded = 0,
              excused = 0, late = 0;  ///< students
  double sum = 0;                     ///< of the points that count
  std::size_t with_points = 0;

  std::optional<double> mean() const;
};

struct TaskFigures {
  std::string title;         ///< "05.2 Unbroadcasting"
  std::size_t students = 0;  ///< whose module was graded
  std::size_t solved = 0;    ///< of these, with all points
  double share() const;
};

/// How many students have a test of the task that ended so.
struct EndFigures {
  std::string title;
  std::size_t crashed = 0, timed_out = 0, output_limit = 0, incomplete = 0;
  std::size_t all() const {
    return crashed + timed_out + output_limit + incomplete;
  }
};

struct Totals {
  std::vector<double> shares;  ///< of the maximum, ascending
  double mean() const;
  double median() const;
};

/// Of the students who have points.
Totals totals(const ExportTable& table);

/// One for each column.
std::vector<ModuleFigures> module_figures(const ExportTable& table);

/// Tasks that somebody has tried, the hardest first; among equals in the
/// curriculum's order.
std::vector<TaskFigures> task_figures(const ExportTable& table);

/// Tasks at which a test crashed or hit a limit, the most students first.
std::vector<EndFigures> end_figures(const ExportTable& table);

}  // namespace grader
