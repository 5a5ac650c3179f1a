// A student who writes the course task by task: what tito says at each point.
//
// The text is compared with tests/tito/golden/journey.txt, which a person has
// read. It takes minutes, so it runs only when asked for:
//
//   build/bin/tito_tests "[journey]"
//
// After a change that is meant, run it with UPDATE_GOLDEN=1, then read the
// difference.
#include <cstdlib>
#include <regex>
#include <set>

#include "course_workspace.hpp"
#include "dev/course.hpp"
#include "dev/regions.hpp"
#include "dev/stub.hpp"

namespace fs = std::filesystem;
using tito::dev::Course;

namespace {

/// The solution of one source with the tasks outside of `solved` as stubs.
std::string written_so_far(const std::string& solution,
                           const std::set<std::string>& solved) {
  std::vector<tito::dev::Problem> problems;
  std::vector<tito::dev::Region> open;
  for (auto& region :
       tito::dev::parse_regions(solution, "solution", problems)) {
    if (!region.task.empty() && !solved.contains(region.task)) {
      open.push_back(region);
    }
  }
  return tito::dev::generate_stub(solution, open);
}

void write_tasks(const CourseWorkspace& workspace, const Course& course,
                 const grader::Module& module,
                 const std::set<std::string>& solved) {
  for (const std::string& source : module.sources) {
    const fs::path target =
        workspace.path() / "modules" / module.folder() / "src" / source;
    const std::string text = written_so_far(
        slurp(course.solutions(module) / "src" / source), solved);
    // An unchanged file is not compiled again.
    if (slurp(target) != text) spit(target, text);
  }
}

/// Times and line numbers change without meaning anything.
std::string without_numbers_that_change(const std::string& text) {
  const std::string seconds =
      std::regex_replace(text, std::regex("[0-9.]+ (s|ms)\\b"), "_ s");
  return std::regex_replace(seconds, std::regex("(_test\\.cpp):[0-9]+"), "$1");
}

}  // namespace

TEST_CASE("every task of the course can be written in order", "[.journey]") {
  const CourseWorkspace workspace;
  const Course course = tito::dev::open_course(COURSE_DIR);
  std::string journey;
  for (const grader::Module& module : course.curriculum.modules()) {
    REQUIRE(workspace.tito({"module", "start", module.number}).code == 0);
    std::set<std::string> solved;
    for (const grader::Task& task : module.tasks) {
      solved.insert(task.id);
      write_tasks(workspace, course, module, solved);
      const auto result = workspace.tito({"module", "test", module.number});
      INFO(result.output);
      const bool last = task.id == module.tasks.back().id;
      CHECK(result.code == (last ? 0 : 1));
      CHECK_FALSE(contains(result.output, "failed"));
      journey += "== " + task.id + " " + task.title + "\n" +
                 without_numbers_that_change(result.output) + "\n";
    }
    REQUIRE(workspace.tito({"module", "complete", module.number}).code == 0);
  }
  const fs::path golden = COURSE_DIR "/tests/tito/golden/journey.txt";
  if (std::getenv("UPDATE_GOLDEN")) spit(golden, journey);
  CHECK(slurp(golden) == journey);
}
