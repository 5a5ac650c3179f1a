#include <algorithm>
#include <regex>
#include <set>

#include "dev/regions.hpp"
#include "dev/stub_files.hpp"
#include "dev/tree.hpp"
#include "dev/tree_checks.hpp"
#include "system/files.hpp"

namespace tito::dev {

namespace fs = std::filesystem;

namespace {

constexpr const char* kAddOrRemove =
    "add it to modules/curriculum.json or remove it";

class FolderCheck {
 public:
  explicit FolderCheck(const Course& course) : course_(course) {}

  std::vector<Problem> run() {
    std::set<std::string> modules, milestones;
    for (const grader::Module& module : course_.curriculum.modules()) {
      modules.insert(module.folder());
      check_module(module);
    }
    for (const char* place :
         {"modules", "solutions", "tests/public", "tests/hidden"}) {
      check_unknown(place, modules);
    }
    for (const grader::Milestone& milestone : course_.curriculum.milestones()) {
      milestones.insert(milestone.folder);
      const std::string folder = "milestones/" + milestone.folder + "/";
      require(folder + "README.md");
      for (const auto& part : milestone.parts) require(folder + part.source);
    }
    check_unknown("milestones", milestones);
    return std::move(problems_);
  }

 private:
  void require(const std::string& file) {
    if (!fs::exists(course_.root / file)) {
      problems_.push_back({file, 0, "missing"});
    }
  }

  void require_test(const std::string& folder) {
    if (files_below(course_.root / folder, {"_test.cpp"}).empty()) {
      problems_.push_back({folder, 0, "holds no *_test.cpp"});
    }
  }

  void check_module(const grader::Module& module) {
    const std::string folder = module.folder();
    const std::string room = "modules/" + folder + "/";
    const std::string solution = "solutions/" + folder + "/";
    require(room + "README.md");
    require(room + "hints.md");
    require(solution + "NOTES.md");
    require("tests/mutants/" + folder + ".json");
    for (const std::string& header : module.headers) {
      require("framework/include/tinytorch/" + header);
    }
    for (const std::string& source : module.sources) {
      require((fs::path(room) / "src" / source).string());
      require((fs::path(solution) / "src" / source).string());
    }
    require_test("tests/public/" + folder);
    require_test("tests/hidden/" + folder);
    for (const fs::path& file :
         files_below(course_.root / "modules" / folder / "src")) {
      const auto& known = module.sources;
      if (std::find(known.begin(), known.end(), file.filename()) ==
          known.end()) {
        problems_.push_back({course_.relative(file), 0, kAddOrRemove});
      }
    }
  }

  void check_unknown(const std::string& place,
                     const std::set<std::string>& known) {
    for (const std::string& folder : folders_in(course_.root / place)) {
      if (!known.contains(folder)) {
        problems_.push_back(
            {(fs::path(place) / folder).string(), 0, kAddOrRemove});
      }
    }
  }

  const Course& course_;
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<Problem> check_folders(const Course& course) {
  return FolderCheck(course).run();
}

std::vector<Problem> check_stub_files(const Course& course) {
  std::vector<Problem> problems;
  const auto stubs = plan_stubs(course, select_modules(course, ""), problems);
  std::set<std::string> tasks;
  for (const StubFile& stub : stubs) {
    std::vector<Problem> reported_already;
    for (const Region& region :
         parse_regions(read_text(stub.solution), "", reported_already)) {
      tasks.insert(region.task);
    }
  }
  for (const grader::Module& module : course.curriculum.modules()) {
    for (const grader::Task& task : module.tasks) {
      if (tasks.contains(task.id)) continue;
      problems.push_back(
          {course.relative(course.solutions(module) / "src" / task.file), 0,
           "no region of task " + task.id});
    }
  }
  for (Problem& problem : compare_stubs(course, stubs)) {
    problems.push_back(std::move(problem));
  }
  return problems;
}

std::vector<Problem> check_machine_paths(const Course& course) {
  static const std::regex personal("/(home|Users)/(?!student|user|you|me/)\\w");
  constexpr std::size_t kLongestText = 1 << 20;
  std::vector<Problem> problems;
  for (const fs::path& file : files_below(course.root)) {
    if (fs::file_size(file) > kLongestText) continue;
    const std::string text = read_text(file);
    if (text.find('\0') != text.npos) continue;
    int number = 0;
    for (const std::string& line : split_lines(text)) {
      ++number;
      if (line.find(course.root.string() + "/") != line.npos ||
          std::regex_search(line, personal)) {
        problems.push_back({course.relative(file), number,
                            "names a directory of somebody's own machine"});
      }
    }
  }
  return problems;
}

}  // namespace tito::dev
