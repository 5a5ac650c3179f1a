// Grading one submission.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "grader/curriculum.hpp"
#include "grader/process.hpp"
#include "grader/score.hpp"
#include "grader/submission.hpp"
#include "grader/test_run.hpp"
#include "grader/toolchain.hpp"

namespace grader {

/// Whose earlier modules a module is graded on.
enum class Prerequisites { reference, own };

enum class Outcome {
  passed,   ///< every point
  partial,  ///< some
  failed,   ///< none
  compile_error,
  link_error,
  limit,       ///< the compiler needed too much time, memory or output
  denied,      ///< the code tampers with the test program
  missing,     ///< not handed in: no points, which is not zero points
  unreadable,  ///< a damaged archive: likewise
  infrastructure_error,  ///< ours: never counts against the student
};
const char* to_string(Outcome outcome);

struct ModuleGrade {
  std::string number;  ///< "01"
  std::string folder;  ///< "01_tensor"
  Outcome outcome = Outcome::missing;
  double points = 0, maximum = 0;
  std::string detail;  ///< why, if not by the tests alone
  std::vector<TaskScore> tasks;
  std::vector<TestResult> tests;

  /// False if no points can be told: nothing was graded.
  bool has_points() const;
};

struct SubmissionGrade {
  std::string id;
  std::vector<ModuleGrade> modules;  ///< every graded module, in order
  std::vector<std::string> ignored, notes;

  bool has_points() const;
  double points() const;
  double maximum() const;
  Outcome outcome() const;  ///< of all modules together
};

struct GradeOptions {
  Prerequisites prerequisites = Prerequisites::reference;
  std::vector<std::string> modules;  ///< numbers; empty: all
  Limits test_limits;                ///< each test; see default_test_limits()
  Limits build_limits;               ///< each compilation
};

/// 10 s of wall clock and of CPU, 1 GiB of address space, 1 MiB of output,
/// confined.
Limits default_test_limits();
/// 180 s of wall clock, 60 s of CPU for each compiler, 2 GiB, 1 MiB of output.
Limits default_build_limits();

/// Grades submissions against one course. What does not depend on the
/// submission (reference objects, the list of tests) is made once.
class Grader {
 public:
  /// `scratch` is an empty directory that the caller removes afterwards.
  /// @throws ToolchainError  if the course itself does not build
  Grader(const Curriculum& curriculum, const Toolchain& toolchain,
         GradeOptions options, std::filesystem::path scratch);

  const std::vector<const Module*>& modules() const { return modules_; }

  /// Safe to call from several threads at once.
  SubmissionGrade grade(const Submission& submission) const;

  /// The grade of a submission whose grading failed for a reason of ours.
  SubmissionGrade not_graded(const std::string& id, Outcome outcome,
                             const std::string& why) const;

 private:
  struct Room;

  void list_tests_of(const Module& module);
  void compile_references();
  ModuleGrade empty_grade(const Module& module) const;
  void write_sources(const Submission& submission, const Room& room) const;
  ModuleGrade grade_module(const Module& module, const Submission& submission,
                           const Room& room) const;
  bool build_module(const Module& module, const Room& room,
                    ModuleGrade& grade) const;
  void run_module(const Module& module, const Room& room,
                  ModuleGrade& grade) const;

  const Curriculum& curriculum_;
  Toolchain toolchain_;
  GradeOptions options_;
  std::filesystem::path scratch_;
  std::vector<const Module*> modules_;
  std::map<std::string, std::vector<TestResult>> tests_;  // by number
  std::map<std::string, std::vector<std::filesystem::path>> references_;
};

}  // namespace grader
