// SIGKILL at random moments. TITO_KILLS=100 for the full torture.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <random>
#include <thread>

#include "course_workspace.hpp"

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

int kills_wanted() {
  const char* text = std::getenv("TITO_KILLS");
  return text ? std::atoi(text) : 10;
}

pid_t start_complete(const fs::path& directory) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  if (::chdir(directory.c_str()) != 0) ::_exit(125);
  const int null = ::open("/dev/null", O_RDWR);
  for (int fd : {0, 1, 2}) ::dup2(null, fd);
  ::execl(BUILD_DIR "/bin/tito", "tito", "module", "complete", "01", nullptr);
  ::_exit(126);
}

std::string all_sources(const CourseWorkspace& workspace) {
  std::string text;
  for (const char* name : {"tensor.cpp", "factories.cpp", "views.cpp",
                           "arithmetic.cpp", "matmul.cpp", "reductions.cpp"}) {
    text += slurp(workspace.source(name));
  }
  return text;
}

/// The progress file is absent or whole, and says nothing that is not so.
void check_progress(const CourseWorkspace& workspace) {
  if (!fs::exists(workspace.progress())) return;
  const auto progress = nlohmann::json::parse(slurp(workspace.progress()));
  CHECK(progress.at("version") == 1);
  CHECK(progress.at("modules").contains("07"));
  if (!progress.at("modules").contains("01")) return;
  const bool complete =
      progress.at("modules").at("01").contains("completed_at");
  if (complete)
    CHECK(fs::exists(workspace.path() / ".tito/lib/libtinytorch.a"));
}

}  // namespace

TEST_CASE("a killed complete loses nothing and blocks nothing") {
  const CourseWorkspace workspace;
  workspace.solve("01_tensor");
  // An earlier achievement that must survive every kill.
  const std::string earlier =
      "{\"version\": 1, \"milestones\": {}, "
      "\"modules\": {\"07\": {\"started_at\": \"before\"}}}";
  spit(workspace.progress(), earlier);
  const auto begin = Clock::now();
  REQUIRE(workspace.tito({"module", "complete", "01"}).code == 0);
  const auto cold = Clock::now() - begin;
  const std::string sources = all_sources(workspace);

  std::mt19937 random(20260301);
  for (int i = 0; i < kills_wanted(); ++i) {
    // Most kills hit compilation if a source is newer; the rest of the
    // moments lie in the tests, the archive and the record.
    const bool rebuild = i % 2 == 0;
    if (rebuild) {
      fs::last_write_time(workspace.source("tensor.cpp"),
                          fs::file_time_type::clock::now());
      spit(workspace.progress(), earlier);
    }
    const auto longest = std::chrono::duration_cast<std::chrono::microseconds>(
        rebuild ? cold / 2 : cold / 10);
    const auto delay = std::uniform_int_distribution<long>(
        0, static_cast<long>(longest.count()))(random);
    const pid_t child = start_complete(workspace.path());
    std::this_thread::sleep_for(std::chrono::microseconds(delay));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    CAPTURE(i, delay);
    check_progress(workspace);
    CHECK(all_sources(workspace) == sources);
  }
  const auto after = workspace.tito({"module", "complete", "01"});
  INFO(after.output);
  CHECK(after.code == 0);
  check_progress(workspace);
  CHECK(nlohmann::json::parse(slurp(workspace.progress()))
            .at("modules")
            .at("01")
            .contains("completed_at"));
}
