// Explaining to a student what does not work yet, one thing at a time.
#pragma once

#include "system/course.hpp"
#include "system/module_run.hpp"
#include "ui/terminal.hpp"

namespace tito {

/// One line per task, and the points.
void print_tasks(const ModuleReport& report, Terminal& terminal);

/// The first thing to mend: the first compiler error, the missing functions,
/// or the first failure of the first task that does not pass. Of a hidden
/// test only what it is about.
void print_first_problem(const ModuleReport& report, const Course& course,
                         Terminal& terminal);

}  // namespace tito
