// A class that scripts/make_class.py makes, with every grade known in advance:
// graded once, again, and once more while the grader is killed at random
// moments. TITO_CLASS=500 TITO_KILLS=20 for the full torture.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <sstream>
#include <thread>

#include "grader/gradebook/gradebook.hpp"
#include "grader/report.hpp"
#include "known_class.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr long kMostKilobytes = 200 * 1024;

/// The most memory that a process has used, in kilobytes; 0 once it is gone.
long peak_memory(pid_t process) {
  std::istringstream lines(
      slurp("/proc/" + std::to_string(process) + "/status"));
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("VmHWM:", 0) == 0) return std::atol(line.c_str() + 6);
  }
  return 0;
}

/// One class, and the command that grades it into a gradebook.
class Batch {
 public:
  Batch() {
    // Sandboxes, which belong to other users, find their files below it.
    fs::permissions(scratch_.path(), fs::perms(0711));
    // The probes' seeds hang on the course's key.
    const grader::Gradebook first(book("a"));
    fs::copy_file(book("a"), book("b"));
  }

  fs::path book(const std::string& name) const {
    return scratch_.path() / (name + ".db");
  }
  std::string expected() const { return class_.csv(); }
  std::string csv() const { return slurp(scratch_.path() / "grades.csv"); }
  std::string printed() const { return slurp(scratch_.path() / "printed"); }

  pid_t start(const std::string& name) const {
    fs::remove(scratch_.path() / "grades.csv");
    const pid_t child = fork();
    if (child != 0) return child;
    if (chdir(scratch_.path().c_str()) != 0) _exit(125);
    const int out = open("printed", O_CREAT | O_TRUNC | O_WRONLY, 0600);
    dup2(out, STDOUT_FILENO);
    setenv("TMPDIR", scratch_.path().c_str(), 1);
    execl(BUILD_DIR "/bin/tito", "tito", "grade", "run",
          class_.submissions().c_str(), "--modules", KnownClass::kModules,
          "--out", "grades.csv", "--seconds", "2", "--jobs", "2", "--gradebook",
          book(name).c_str(), nullptr);
    _exit(126);
  }

  /// Lets it come to its end. Returns the most memory it used.
  long finish(pid_t process) const {
    long peak = 0;
    int status = 0;
    while (waitpid(process, &status, WNOHANG) == 0) {
      peak = std::max(peak, peak_memory(process));
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    return peak;
  }

 private:
  Scratch scratch_;
  KnownClass class_{scratch_.path() / "class"};
};

/// The newest run, without what differs between two runs of the same work.
std::string content(const fs::path& file) {
  const grader::Gradebook book(file, grader::Gradebook::Mode::existing);
  grader::Report report;
  report.grades = book.submissions(book.runs().back().id);
  for (auto& grade : report.grades) {
    for (auto& module : grade.modules) {
      for (auto& test : module.tests) test.seconds = 0;
    }
  }
  std::string text;
  grader::write_json(report, [&](auto piece) { text += piece; });
  return text;
}

}  // namespace

TEST_CASE("a class gets its grades, however often its grading is killed",
          "[class]") {
  const Batch batch;
  const auto begin = Clock::now();
  CHECK(batch.finish(batch.start("a")) < kMostKilobytes);
  const std::chrono::duration<double> whole = Clock::now() - begin;
  CHECK(batch.csv() == batch.expected());

  batch.finish(batch.start("a"));
  CHECK(batch.csv() == batch.expected());
  CHECK(batch.printed().find("known from an earlier run") != std::string::npos);

  const int kills = setting("TITO_KILLS", 3);
  std::mt19937 random(20260301);
  for (int i = 0; i < kills; ++i) {
    const pid_t process = batch.start("b");
    // What is done stays done: these moments lie all over the work.
    const double most = 2 * whole.count() / (kills + 1);
    std::this_thread::sleep_for(std::chrono::duration<double>(
        std::uniform_real_distribution<>(0, most)(random)));
    kill(process, SIGKILL);
    waitpid(process, nullptr, 0);
  }
  batch.finish(batch.start("b"));
  CHECK(batch.csv() == batch.expected());
  CHECK(content(batch.book("b")) == content(batch.book("a")));
}
