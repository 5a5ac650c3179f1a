// The curriculum: the one list of modules, tasks, points and milestones.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace grader {

/// The curriculum file is missing, malformed or contradicts itself. The
/// message names the file, the entry and what is wrong with it.
class CurriculumError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Task {
  std::string id;     ///< "05.2"
  std::string title;  ///< "Unbroadcasting"
  std::string file;   ///< the source that holds it: "backward.cpp"
  double points = 0;
  /// Tasks whose code this task's tests run through. A mistake there may cost
  /// points here; a mistake anywhere else may not.
  std::vector<std::string> builds_on;
};

struct Module {
  std::string number;                  ///< "05"
  std::string name;                    ///< "autograd"
  std::string title;                   ///< "Autograd"
  std::string tier;                    ///< "foundation"
  std::string summary;                 ///< one line
  std::vector<std::string> requires_;  ///< numbers of the modules it needs
  std::vector<std::string> headers;    ///< below framework/include/tinytorch
  std::vector<std::string> sources;    ///< below modules/<folder>/src
  std::vector<Task> tasks;
  bool writes_files = false;  ///< its code does, as its tests want it to

  std::string folder() const { return number + "_" + name; }  ///< "05_autograd"
  double points() const;  ///< sum over the tasks
  const Task* task(const std::string& id) const;
};

/// A metric that a milestone prints must lie in [min, max].
struct Threshold {
  std::optional<double> min, max;
};

struct MilestonePart {
  std::string title;
  std::string source;  ///< below milestones/<folder>
  std::vector<std::string> requires_;
  std::map<std::string, Threshold> metrics;
};

struct Milestone {
  std::string number;  ///< "01"
  std::string folder;  ///< "01_1957_perceptron"
  std::string name;    ///< "perceptron"
  std::string title;
  std::vector<std::string> aliases;
  std::vector<MilestonePart> parts;
};

class Curriculum {
 public:
  /// @throws CurriculumError
  static Curriculum load(const std::filesystem::path& file);

  const std::vector<Module>& modules() const { return modules_; }
  const std::vector<Milestone>& milestones() const { return milestones_; }

  /// Finds by "1", "01", "tensor" or "01_tensor", in any case; nullptr if
  /// there is none.
  const Module* module(const std::string& word) const;
  const Milestone* milestone(const std::string& word) const;
  /// The module that holds a task, from the task's id.
  const Module* module_of_task(const std::string& task) const;
  /// What `module` needs, directly or not, in curriculum order, without itself.
  std::vector<const Module*> prerequisites(const Module& module) const;

 private:
  std::vector<Module> modules_;
  std::vector<Milestone> milestones_;
};

}  // namespace grader
