// Grading one submission.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "grader/curriculum.hpp"
#include "grader/module_grade.hpp"
#include "grader/process.hpp"
#include "grader/release.hpp"
#include "grader/submission.hpp"
#include "grader/toolchain.hpp"

namespace grader {

class Room;
struct Program;

/// Whose earlier modules a module is graded on.
enum class Prerequisites { reference, own };

struct GradeOptions {
  Prerequisites prerequisites = Prerequisites::reference;
  std::vector<std::string> modules;  ///< numbers; empty: all
  Limits test_limits;                ///< each test; see default_test_limits()
  Limits build_limits;               ///< each compilation
  /// Compile and run in sandboxes. Without them only seccomp and limits stand
  /// between a submission and this machine; and, if root grades, a user of its
  /// own, who cannot read tests and references. A course that others may read
  /// is not protected by that: take its directory from them (chmod 700).
  bool sandboxed = true;
  /// It is the user's own, on their own machine: what was compiled for one
  /// module serves the next, and writing files needs no other user.
  bool own_code = false;
  /// The course's secret, from which the probes' seeds are made.
  std::string key;
  /// What stands in for a file that is missing, by "01_tensor/src/views.cpp";
  /// of one that is not here, the file in the course's modules. That may be an
  /// author's own solution: where solutions are, give the stubs of them.
  std::map<std::string, std::string> stubs;
};

/// 30 s of wall clock, 10 s of CPU, 1 GiB of address space, 1 MiB of output, 64
/// threads, confined.
Limits default_test_limits();
/// 180 s of wall clock, 60 s of CPU for each compiler, 2 GiB, 1 MiB of output.
Limits default_build_limits();

/// Verdicts that are known already, by verdict_key(). Both may be empty, and
/// both may be called from several threads at once.
struct VerdictCache {
  std::function<std::optional<ModuleGrade>(const std::string& key)> find;
  std::function<void(const std::string& key, const ModuleGrade& grade)> store;
};

/// Grades submissions against one course. What does not depend on the
/// submission (reference objects, the list of tests) is made once.
class Grader {
 public:
  /// `scratch` is an empty directory that the caller removes afterwards. The
  /// curriculum must outlive this.
  /// @throws ToolchainError  if the course itself does not build
  Grader(const Curriculum& curriculum, const Toolchain& toolchain,
         GradeOptions options, std::filesystem::path scratch);

  const Curriculum& curriculum() const { return curriculum_; }
  const GradeOptions& options() const { return options_; }
  const std::vector<const Module*>& modules() const { return modules_; }

  /// Equal for equal headers, tests, solutions, flags and points.
  std::string release() const { return release_.digest(); }

  /// Safe to call from several threads at once.
  /// @throws SandboxError, std::runtime_error  for reasons of ours
  SubmissionGrade grade(const Submission& submission,
                        const VerdictCache& cache = {}) const;

  /// Equal for two gradings that must come out equal: the same files, tests,
  /// compiler, limits and seeds.
  std::string verdict_key(const Submission& submission,
                          const Module& module) const;

  /// The grade of a submission whose grading failed for a reason of ours.
  SubmissionGrade not_graded(const std::string& id, Outcome outcome,
                             const std::string& why) const;

 private:
  ModuleGrade empty_grade(const Module& module) const;
  std::string source_of(const Submission& submission, const Module& module,
                        const std::string& name) const;
  std::string content_of(const Submission& submission,
                         const Module& module) const;
  std::vector<const Module*> parts_of(const Module& module) const;
  std::unique_ptr<Room> make_room() const;
  void furnish(const Room& room, const Module& module,
               const Submission& submission) const;
  ModuleGrade grade_module(const Module& module, const Submission& submission,
                           const Room& room) const;
  Program code_of(const Module& module, const Room& room) const;
  bool compile(Program& program, const Room& room, ModuleGrade& grade) const;
  bool link(const Program& program, const Room& room, const Launch& run,
            ModuleGrade& grade) const;
  bool judge(const Module& module, const std::string& content,
             const Program& code, const Room& room, ModuleGrade& grade) const;
  std::vector<TestResult> run_oracle(const Module& module,
                                     const std::string& content,
                                     const Program& program, const Launch& run,
                                     const ModuleGrade& grade) const;

  const Curriculum& curriculum_;
  GradeOptions options_;
  std::filesystem::path scratch_;
  std::filesystem::path stubs_;
  std::vector<const Module*> modules_;
  Release release_;
};

}  // namespace grader
