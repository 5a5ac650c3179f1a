// SIGKILL while submissions are recorded. TITO_KILLS=200 for the full torture.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <random>
#include <thread>

#include "gradebook_fixture.hpp"

using grader::Gradebook;
using namespace gradebook_test;

namespace {

constexpr std::size_t kModules = 8;

int kills_wanted() {
  const char* text = std::getenv("TITO_KILLS");
  return text ? std::atoi(text) : 20;
}

/// Records one submission after another, and tells of each that is safe.
[[noreturn]] void record_for_ever(const std::filesystem::path& file, int told) {
  Gradebook book(file);
  const auto run = book.begin_run({});
  for (int i = 0;; ++i) {
    std::vector<grader::ModuleGrade> modules;
    for (std::size_t m = 0; m < kModules; ++m) {
      modules.push_back(module_grade("0" + std::to_string(m), 60));
      modules.back().detail.assign(5000, 'x');
    }
    book.record(run, submission("s" + std::to_string(i), std::move(modules)),
                {"h", {}, ""});
    if (write(told, "x", 1) != 1) _exit(1);
  }
}

/// Everything that was told, and whole submissions only.
void check_whole(const std::filesystem::path& file, grader::RunId run,
                 std::size_t told) {
  const Gradebook book(file, Gradebook::Mode::existing);
  std::map<std::string, std::size_t> modules;
  for (const auto& grade : book.grades(run)) ++modules[grade.student];
  CHECK(modules.size() == book.recorded(run).size());
  CHECK(modules.size() >= told);
  CHECK(modules.size() <= told + 1);
  for (const auto& [student, count] : modules) CHECK(count == kModules);
}

/// Reads until the other end is gone.
std::size_t bytes_from(int descriptor) {
  std::size_t sum = 0;
  char buffer[256];
  for (ssize_t n; (n = read(descriptor, buffer, sizeof buffer)) > 0;) {
    sum += static_cast<std::size_t>(n);
  }
  return sum;
}

}  // namespace

TEST_CASE("gradebook: a killed process leaves whole submissions only") {
  const test::TemporaryFolder folder;
  const auto file = folder / "g.db";
  { const Gradebook created(file); }
  std::mt19937 random(20260301);
  for (int i = 1; i <= kills_wanted(); ++i) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      record_for_ever(file, ends[1]);
    }
    close(ends[1]);
    char first = 0;
    REQUIRE(read(ends[0], &first, 1) == 1);
    const int delay = std::uniform_int_distribution<int>(0, 30'000)(random);
    std::this_thread::sleep_for(std::chrono::microseconds(delay));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    CAPTURE(i, delay);
    check_whole(file, i, 1 + bytes_from(ends[0]));
    close(ends[0]);
  }
}

TEST_CASE("gradebook: a process killed at its birth leaves none or a whole") {
  const test::TemporaryFolder folder;
  std::mt19937 random(7);
  for (int i = 0; i < kills_wanted(); ++i) {
    const auto file = folder / ("g" + std::to_string(i) + ".db");
    const pid_t child = fork();
    if (child == 0) {
      { const Gradebook created(file); }
      _exit(0);
    }
    const int delay = std::uniform_int_distribution<int>(0, 8'000)(random);
    std::this_thread::sleep_for(std::chrono::microseconds(delay));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    CAPTURE(i, delay);
    CHECK(Gradebook(file).course_key().size() == 32);
  }
}
