// The head's part, with commands that only seem to be Slurm's: the test itself
// does the work of the nodes.
#include <stdlib.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "fake_course.hpp"
#include "grade_fixture.hpp"
#include "grader/cluster/cluster.hpp"
#include "grader/cluster/verdict_log.hpp"
#include "support/catch.hpp"

using namespace grader;

namespace {

namespace fs = std::filesystem;

/// sbatch, squeue and scancel are what the test writes, for as long as it
/// lives.
class SeemingSlurm {
 public:
  SeemingSlurm() : path_(std::getenv("PATH")) {
    script("sbatch", "echo 1");
    script("squeue", "");
    script("scancel", "");
    setenv("PATH", (folder_.path().string() + ":" + path_).c_str(), 1);
  }
  ~SeemingSlurm() { setenv("PATH", path_.c_str(), 1); }
  SeemingSlurm(const SeemingSlurm&) = delete;

  void script(const std::string& name, const std::string& lines) const {
    const fs::path file = folder_ / name;
    fake::spit(file, "#!/bin/sh\necho \"" + name + " $*\" >> '" +
                         log().string() + "'\n" + lines + "\n");
    fs::permissions(file, fs::perms::owner_all);
  }
  /// What was called with which words, line by line.
  std::string calls() const {
    return fs::exists(log()) ? fake::slurp(log()) : "";
  }
  bool called(const std::string& words) const {
    return calls().find(words) != std::string::npos;
  }

 private:
  fs::path log() const { return folder_ / "calls.txt"; }

  test::TemporaryFolder folder_;
  std::string path_;
};

/// What a node would write.
void write_verdict(const JobFolder& folder, const std::string& key) {
  ModuleGrade grade;
  grade.number = "01";
  grade.folder = "01_box";
  grade.outcome = Outcome::passed;
  grade.points = grade.maximum = 100;
  VerdictLog(folder.path(), 0).append(key, grade);
}

void write_all(const JobFolder& folder) {
  for (const auto& key : folder.shard(0).keys) write_verdict(folder, key);
  folder.mark_done(0);
}

/// One student's two modules, which are one shard.
class OneShard {
 public:
  OneShard() {
    fake::spit(place_ / "ada/modules/01_box/src/box.cpp", fake::kBox);
    fake::spit(place_ / "ada/modules/02_shelf/src/shelf.cpp", fake::kShelf);
    options.shared = place_ / "shared";
    options.tito = "/bin/true";
    options.patience = std::chrono::seconds(60);
  }

  ClusterResult run(const std::function<void(const JobFolder&)>& nodes) {
    options.on_submitted = [&](const SlurmJob&, const JobFolder& folder) {
      nodes(folder);
    };
    VerdictCache cache;
    cache.find = [&](const std::string& key) -> std::optional<ModuleGrade> {
      const auto known = stored.find(key);
      if (known == stored.end()) return std::nullopt;
      return known->second;
    };
    cache.store = [&](const std::string& key, const ModuleGrade& grade) {
      stored[key] = grade;
      if (on_stored) on_stored();
    };
    return grade_on_cluster(grade_test::grader_on(Prerequisites::reference),
                            {{"ada", place_ / "ada"}}, cache, options);
  }
  /// Folders of jobs that are there.
  std::vector<fs::path> folders() const {
    std::vector<fs::path> found;
    for (const auto& one : fs::directory_iterator(options.shared)) {
      found.push_back(one.path());
    }
    return found;
  }

  ClusterOptions options;
  std::map<std::string, ModuleGrade> stored;
  std::function<void()> on_stored;

 private:
  test::TemporaryFolder place_;
};

}  // namespace

TEST_CASE(
    "a shard that is done while verdicts are taken in is read to its end") {
  const SeemingSlurm slurm;
  OneShard work;
  const auto result = work.run([&](const JobFolder& folder) {
    const auto keys = folder.shard(0).keys;
    write_verdict(folder, *keys.begin());
    folder.set_failure(0, "its node was given up");
    work.on_stored = [&work, path = folder.path(), last = *keys.rbegin()] {
      if (work.stored.size() > 1) return;
      write_verdict(JobFolder(path), last);
      JobFolder(path).mark_done(0);
    };
  });
  CHECK(result.arrived.size() == 2);
  CHECK(result.lost.empty());
  CHECK(work.folders().empty());
}

TEST_CASE("a job whose verdicts did not all arrive keeps its folder") {
  const SeemingSlurm slurm;
  OneShard work;
  const auto result = work.run([](const JobFolder& folder) {
    write_verdict(folder, *folder.shard(0).keys.begin());
    folder.mark_done(0);
  });
  CHECK(result.arrived.size() == 1);
  REQUIRE(result.lost.size() == 1);
  CHECK(result.lost.begin()->second.detail.find(
            "not all verdicts came of shard 0") == 0);
  CHECK(work.folders().size() == 1);
}

TEST_CASE("a Slurm that fails leaves the job to the next run") {
  const SeemingSlurm slurm;
  slurm.script("squeue", "echo no answer >&2; exit 1");
  OneShard work;
  work.options.patience = std::chrono::seconds(0);
  fs::path left;
  CHECK_THROWS_AS(
      work.run([&](const JobFolder& folder) { left = folder.path(); }),
      SlurmError);
  REQUIRE(work.folders() == std::vector<fs::path>{left});
  CHECK(slurm.called("scancel --quiet 1\n"));

  // A node has written in the meantime.
  write_all(JobFolder(left));
  const auto next = work.run([](const JobFolder&) { FAIL("all is known"); });
  CHECK(work.stored.size() == 2);
  CHECK(work.folders().empty());
  CHECK(slurm.called("scancel --quiet --name=" + left.filename().string()));
}

TEST_CASE("a job that sbatch refuses leaves nothing, unless it was taken") {
  const SeemingSlurm slurm;
  slurm.script("sbatch", "echo late >&2; exit 1");
  const auto nodes = [](const JobFolder&) { FAIL("it was submitted"); };
  OneShard work;
  CHECK_THROWS_AS(work.run(nodes), SlurmError);
  CHECK(work.folders().empty());
  CHECK(slurm.called("scancel --quiet --name=tito-job-"));

  slurm.script("squeue", "echo COMPLETING");
  CHECK_THROWS_AS(work.run(nodes), SlurmError);
  CHECK(work.folders().size() == 1);
}

TEST_CASE("what failed is submitted again, however long sbatch takes") {
  const SeemingSlurm slurm;
  OneShard work;
  const auto result = work.run([&](const JobFolder& folder) {
    if (slurm.called("scancel")) return write_all(folder);
    folder.set_failure(0, "no space left");
    // It fails once, and then it is itself again.
    slurm.script("sbatch", "exit 1");
    slurm.script("scancel",
                 "printf '#!/bin/sh\\necho 2\\n' > \"${0%/*}/sbatch\"");
  });
  CHECK(result.arrived.size() == 2);
  CHECK(slurm.called("scancel --quiet --name=tito-job-"));
}

TEST_CASE("a shared folder that is away for a moment is waited for") {
  const SeemingSlurm slurm;
  OneShard work;
  std::jthread server;
  const auto result = work.run([&](const JobFolder& folder) {
    const fs::path done = folder.path() / "done-0";
    fs::create_symlink("done-0", done);
    server = std::jthread([done, path = folder.path()] {
      // Whether the head has looked by then or not, it gets everything.
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
      fs::remove(done);
      write_all(JobFolder(path));
    });
  });
  server.join();
  CHECK(result.arrived.size() == 2);
  CHECK_FALSE(slurm.called("scancel"));
}

TEST_CASE("two runs with one key leave each other alone") {
  const SeemingSlurm slurm;
  OneShard first;
  const auto result = first.run([&](const JobFolder& folder) {
    OneShard second;
    second.options.shared = first.options.shared;
    CHECK(second.run(write_all).arrived.size() == 2);
    CHECK(fs::exists(folder.path()));
    write_all(folder);
  });
  CHECK(result.arrived.size() == 2);
  CHECK_FALSE(slurm.called("scancel"));
  CHECK(first.folders().empty());
}
