// A whole class, graded by the real command on the real modules: honest
// submissions get exactly their points, hostile ones none that they did not
// earn, and the result does not depend on the number of jobs.
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "dev/course.hpp"
#include "dev/mutants.hpp"
#include "dev/regions.hpp"
#include "dev/stub.hpp"
#include "grader/gradebook/gradebook.hpp"
#include "grader/scratch.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

namespace {

namespace fs = std::filesystem;
using grader::Module;

/// The modules on top of these are graded alike, and would take minutes.
constexpr const char* kModules[] = {"01", "02", "03", "04"};

using nlohmann::json;
using test::slurp;
using test::spit;
using tito::dev::Course;

/// Runs a line of shell; returns its exit code.
int shell(const std::string& line) {
  const int status = std::system(line.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// The solution of one source with the regions of `task` as stubs.
std::string without_task(const std::string& solution, const std::string& task) {
  std::vector<tito::dev::Problem> problems;
  std::vector<tito::dev::Region> regions;
  for (auto& region :
       tito::dev::parse_regions(solution, "solution", problems)) {
    if (region.task == task) regions.push_back(region);
  }
  return tito::dev::generate_stub(solution, regions);
}

class Class {
 public:
  Class() : course_(tito::dev::open_course(COURSE_DIR)) {}

  const Course& course() const { return course_; }
  const Module& module(const std::string& word) const {
    return *course_.curriculum.module(word);
  }
  fs::path file(const std::string& student, const Module& module,
                const std::string& source) const {
    return submissions() / student / "modules" / module.folder() / "src" /
           source;
  }
  fs::path submissions() const { return scratch_.path() / "submissions"; }
  fs::path scratch() const { return scratch_.path(); }

  std::string solution(const Module& module, const std::string& source) const {
    return slurp(course_.solutions(module) / "src" / source);
  }

  /// All sources of a module, from solutions/ or modules/.
  void hand_in(const std::string& student, const Module& module,
               const std::string& from = "solutions") const {
    for (const std::string& source : module.sources) {
      spit(file(student, module, source),
           slurp(course_.root / from / module.folder() / "src" / source));
    }
  }

  /// Module 04 with something added to losses.cpp, or with `code` before the
  /// first line of mse_loss (task 04.1).
  void hand_in_hostile(const std::string& student, const std::string& more,
                       const std::string& code = "") const {
    const Module& losses = module("04");
    const std::string first = "require_same_shape(\"mse_loss\"";
    std::string text = solution(losses, "losses.cpp");
    REQUIRE(text.find(first) != std::string::npos);
    text.insert(text.find(first), code);
    spit(file(student, losses, "losses.cpp"), text + more);
  }

  /// Grades everything; the reports stand in csv and report.
  void grade(int jobs) {
    const fs::path csv_file = scratch() / "grades.csv";
    const fs::path json_file = scratch() / "report.json";
    // One for each number of jobs, so that nothing is known from before; with
    // one course key, from which the probes' seeds are made.
    const fs::path book = scratch() / ("book" + std::to_string(jobs) + ".db");
    fs::copy_file(empty_gradebook(), book);
    const int code = shell(
        std::string(BUILD_DIR) + "/bin/tito grade run '" +
        submissions().string() + "' --out '" + csv_file.string() +
        "' --json '" + json_file.string() + "' --gradebook '" + book.string() +
        "' --seconds 3 --jobs " + std::to_string(jobs) + " > /dev/null");
    CHECK(code == 0);
    csv = slurp(csv_file);
    report = slurp(json_file);
  }

  /// The line of the CSV file, without student and module.
  std::string line(const std::string& student,
                   const std::string& folder) const {
    const std::string start = student + "," + folder + ",";
    std::istringstream lines(csv);
    for (std::string text; std::getline(lines, text);) {
      if (text.rfind(start, 0) == 0) {
        return text.substr(start.size(), text.find('\r') - start.size());
      }
    }
    return "no such line";
  }

  std::string csv, report;

 private:
  fs::path empty_gradebook() const {
    const fs::path file = scratch() / "empty.db";
    if (!fs::exists(file)) grader::Gradebook{file};
    return file;
  }

  Course course_;
  grader::Scratch scratch_;
};

/// Points by task of one student's module, from the JSON report.
std::map<std::string, double> task_points(const json& report,
                                          const std::string& student,
                                          const std::string& folder) {
  std::map<std::string, double> points;
  for (const json& submission : report.at("submissions")) {
    if (submission.at("student") != student) continue;
    for (const json& module : submission.at("modules")) {
      if (module.at("module") != folder) continue;
      for (const json& task : module.at("tasks")) {
        points[task.at("task")] = task.at("points");
      }
    }
  }
  return points;
}

void check_missing_task(const Class& group, const json& report,
                        const Module& module, const grader::Task& missing) {
  const auto lost =
      tito::dev::affected_tasks(group.course().curriculum, missing.id);
  const auto points = task_points(report, "no" + missing.id, module.folder());
  INFO("task " << missing.id << " is missing");
  REQUIRE(points.size() == module.tasks.size());
  CHECK(points.at(missing.id) == 0.0);
  for (const grader::Task& task : module.tasks) {
    INFO("task " << task.id);
    if (lost.count(task.id) == 0) CHECK(points.at(task.id) == task.points);
  }
}

}  // namespace

TEST_CASE("a submission without one task loses that task and what needs it",
          "[class]") {
  Class group;
  for (const char* number : kModules) {
    const Module& module = group.module(number);
    for (const grader::Task& task : module.tasks) {
      const std::string student = "no" + task.id;
      group.hand_in(student, module);
      spit(group.file(student, module, task.file),
           without_task(group.solution(module, task.file), task.id));
    }
  }
  group.grade(2);
  const json report = json::parse(group.report);
  for (const char* number : kModules) {
    const Module& module = group.module(number);
    for (const grader::Task& task : module.tasks) {
      check_missing_task(group, report, module, task);
    }
  }
}

namespace {

void hand_in_honest(const Class& group) {
  for (const char* number : kModules) {
    group.hand_in("perfect", group.module(number));
    group.hand_in("stub", group.module(number), "modules");
  }
  group.hand_in("only02", group.module("02"));
  fs::create_directories(group.submissions() / "empty");
}

void hand_in_attacks(const Class& group) {
  group.hand_in_hostile("compile-error", "this is not C++\n");
  group.hand_in_hostile(
      "exit0",
      "#include <cstdlib>\nstatic const int now = (std::exit(0), 0);\n");
  group.hand_in_hostile(
      "underscore-exit",
      "#include <unistd.h>\nstatic const int now = (_exit(0), 0);\n");
  group.hand_in_hostile("exit-in-code", "", "__builtin_exit(0);\n");
  group.hand_in_hostile("endless", "",
                        "for (volatile int i = 0;;) i = i + 1;\n");
  group.hand_in_hostile("crash", "", "*(volatile int*)8 = 1;\n");
  group.hand_in_hostile("noisy", "",
                        "for (;;) __builtin_puts(\"more and more\");\n");
  group.hand_in_hostile("fork-bomb", "", "for (;;) __builtin_fork();\n");
  group.hand_in_hostile("memcmp",
                        "extern \"C\" int memcmp(const void*, const void*,"
                        " unsigned long) { return 0; }\n");
  spit(group.submissions() / "odd" / "-x.cpp", "int main() {}\n");
}

/// One honest archive, one that climbs out, one with a symbolic link.
void hand_in_archives(const Class& group) {
  group.hand_in("zipped", group.module("01"));
  const std::string in = "cd '" + group.submissions().string() + "' && ";
  REQUIRE(shell(in + "tar czf zipped.tar.gz -C zipped . && rm -r zipped") == 0);
  REQUIRE(shell(in + "mkdir w && cd w && echo x > ../../outside.cpp && "
                     "tar cPf ../climber.tar ../../outside.cpp && cd .. && "
                     "rm -r w") == 0);
  REQUIRE(shell(in + "mkdir -p l/modules/01_tensor/src && ln -s /etc/passwd "
                     "l/modules/01_tensor/src/tensor.cpp && tar cf "
                     "linker.tar -C l . && rm -r l") == 0);
}

}  // namespace

TEST_CASE("honest and hostile submissions get what they earned", "[class]") {
  Class group;
  hand_in_honest(group);
  hand_in_attacks(group);
  hand_in_archives(group);
  group.grade(1);
  const std::string csv = group.csv, report = group.report;
  group.grade(2);
  CHECK(group.csv == csv);
  CHECK(group.report == report);

  for (const char* number : kModules) {
    const Module& module = group.module(number);
    const std::string maximum =
        std::to_string(static_cast<int>(module.points()));
    const std::string folder = module.folder();
    CHECK(group.line("perfect", folder) == maximum + "," + maximum + ",passed");
    CHECK(group.line("stub", folder) == "0," + maximum + ",failed");
    CHECK(group.line("empty", folder) == "," + maximum + ",missing");
  }
  CHECK(group.line("only02", "02_activations") == "100,100,passed");
  CHECK(group.line("only02", "01_tensor") == ",100,missing");
  CHECK(group.line("compile-error", "04_losses") == "0,100,compile-error");
  CHECK(group.line("zipped", "01_tensor") == "100,100,passed");
  for (const char* student : {"exit0", "underscore-exit"}) {
    INFO(student);
    CHECK(group.line(student, "04_losses") == "0,100,failed");
  }
  // Only task 04.1, of 30 points, is lost.
  for (const char* student :
       {"exit-in-code", "endless", "crash", "noisy", "fork-bomb"}) {
    INFO(student);
    CHECK(group.line(student, "04_losses") == "70,100,partial");
  }
  CHECK(group.line("memcmp", "04_losses") == "0,100,denied");
  for (const char* student : {"odd", "climber", "linker"}) {
    INFO(student);
    CHECK(group.line(student, "01_tensor") == ",100,missing");
  }
}
