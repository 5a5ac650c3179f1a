#include "fuzz/contract.hpp"
#include "grader/curriculum.hpp"

using fuzz::require;
using grader::Curriculum;

namespace {

void check_modules(const Curriculum& curriculum) {
  for (const auto& module : curriculum.modules()) {
    for (const auto& word : {module.number, module.name, module.folder()}) {
      require(curriculum.module(word) == &module,
              "a module is found by number, name and folder");
    }
    for (const auto* needed : curriculum.prerequisites(module)) {
      require(needed < &module, "a module needs only earlier ones");
    }
    for (const auto& task : module.tasks) {
      require(task.points >= 0, "points are not negative");
      require(module.task(task.id) == &task &&
                  curriculum.module_of_task(task.id) == &module,
              "a task leads to its module");
      for (const auto& other : task.builds_on) {
        require(curriculum.module_of_task(other) != nullptr,
                "a task builds on tasks that exist");
      }
    }
  }
}

void check_milestones(const Curriculum& curriculum) {
  for (const auto& milestone : curriculum.milestones()) {
    auto words = milestone.aliases;
    words.insert(words.end(),
                 {milestone.number, milestone.name, milestone.folder});
    for (const auto& word : words) {
      require(curriculum.milestone(word) == &milestone,
              "a milestone is found by each of its names");
    }
    for (const auto& part : milestone.parts) {
      for (const auto& number : part.requires_) {
        require(curriculum.module(number) != nullptr,
                "a milestone requires modules that exist");
      }
    }
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file =
      fuzz::folder().write("curriculum.json", fuzz::Bytes(data, data + size));
  const auto curriculum = fuzz::value_or_error<grader::CurriculumError>(
      file.string(), [&] { return Curriculum::load(file); });
  if (!curriculum) return 0;
  check_modules(*curriculum);
  check_milestones(*curriculum);
  return 0;
}
