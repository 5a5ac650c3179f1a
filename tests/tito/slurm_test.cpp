// Grading on a real Slurm cluster of four nodes gives the bytes that grading
// here gives, whatever is killed in between. TITO_CLASS=500 for a real class.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "dev/course.hpp"
#include "grader/gradebook/gradebook.hpp"
#include "known_class.hpp"
#include "scratch.hpp"
#include "slurm_cluster.hpp"
#include "support/catch.hpp"

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Words = std::vector<std::string>;

constexpr const char* kModule = "02_activations";
constexpr const char* kSource = "activations.cpp";

SlurmCluster& cluster() {
  static SlurmCluster it;
  return it;
}

struct Work {
  fs::path submissions;
  std::string modules;
};

/// Twelve submissions of one module, and a gradebook whose key all runs share.
class Class {
 public:
  Class() {
    const std::string solution =
        slurp(fs::path(COURSE_DIR) / "solutions" / kModule / "src" / kSource);
    for (const char* id : {"ada", "ben", "eva", "fay"}) {
      hand_in(id, solution + "// by " + id + "\n");
    }
    hand_in("copy", solution + "// by ada\n");
    hand_in("stub", slurp(fs::path(COURSE_DIR) / "modules" / kModule / "src" /
                          kSource));
    hand_in("broken", solution + "this is not C++\n");
    hand_in("empty", "");
    hand_in("exits", "#include <cstdlib>\n" + solution +
                         "static const int now = (std::exit(0), 0);\n");
    hand_in("memcmp", solution +
                          "extern \"C\" int memcmp(const void*, const void*, "
                          "unsigned long) { return 0; }\n");
    spit(submissions() / "damaged.zip", "PK\x03\x04 and no more");
    fs::create_directories(submissions() / "nothing");
    grader::Gradebook{folder() / "empty.db"};
    fs::create_directories(folder() / "tmp");
    // The users of sandboxes must reach it.
    fs::permissions(folder(), fs::perms(0711));
  }

  fs::path folder() const { return scratch_.path(); }
  fs::path submissions() const { return folder() / "submissions"; }
  /// Where a run of that name keeps what it needs.
  fs::path place(const std::string& run) const {
    const fs::path place = folder() / run;
    if (!fs::exists(place)) {
      fs::create_directories(place);
      fs::copy_file(folder() / "empty.db", place / "book.db");
    }
    return place;
  }
  std::string csv(const std::string& run) const {
    return slurp(place(run) / "grades.csv");
  }
  std::string report(const std::string& run) const {
    return slurp(place(run) / "report.json");
  }

  Work work() const { return {submissions(), "02"}; }
  Words words(const std::string& run, const Words& more,
              const Work& work) const {
    Words words = {"grade",
                   "run",
                   work.submissions,
                   "--modules",
                   work.modules,
                   "--gradebook",
                   place(run) / "book.db",
                   "--out",
                   place(run) / "grades.csv",
                   "--json",
                   place(run) / "report.json"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  grader::ProcessResult grade(const std::string& run, const Words& more,
                              const Words& environment = {}) const {
    Words all = {temporary()};
    all.insert(all.end(), environment.begin(), environment.end());
    return tito_in(folder(), words(run, more, work()), all);
  }

  /// What is killed leaves its temporary files: they shall go with the class.
  std::string temporary() const {
    return "TMPDIR=" + (folder() / "tmp").string();
  }

 private:
  void hand_in(const std::string& id, const std::string& text) const {
    spit(submissions() / id / "modules" / kModule / "src" / kSource, text);
  }

  Scratch scratch_;
};

Class& the_class() {
  static Class it;
  return it;
}

/// What grading on this machine alone says.
const std::string& local_csv() {
  static const std::string csv = [] {
    const auto result = the_class().grade("local", {"--jobs", "2"});
    INFO(result.output);
    REQUIRE(result.code == 0);
    return the_class().csv("local");
  }();
  return csv;
}

Words on_slurm(const std::string& shards) {
  return {"--backend", "slurm", "--shards", shards};
}

/// Slurm's answer, from one of its commands.
std::string ask(const Words& argv) {
  grader::Command command;
  command.argv = argv;
  command.environment = {cluster().setting()};
  return grader::run(command).output;
}

/// Polls; false after some minutes.
bool comes_true(const std::function<bool()>& condition) {
  const auto end = Clock::now() + std::chrono::minutes(5);
  while (!condition()) {
    if (Clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return true;
}

/// A head that runs beside the test.
class Head {
 public:
  Head(const std::string& run, const Words& more,
       const Work& work = the_class().work())
      : shared_(the_class().place(run) / "slurm") {
    const Words words = the_class().words(run, more, work);
    std::error_code none;
    for (const auto& job : fs::directory_iterator(shared_, none)) {
      earlier_.insert(job.path());
    }
    std::string cluster_setting = cluster().setting();
    std::string temporary = the_class().temporary();
    pid_ = ::fork();
    if (pid_ != 0) return;
    const int log = ::open((shared_.parent_path() / "head.txt").c_str(),
                           O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(log, 1);
    ::dup2(log, 2);
    ::putenv(cluster_setting.data());
    ::putenv(temporary.data());
    std::vector<char*> argv = {const_cast<char*>("tito")};
    for (const auto& word : words) {
      argv.push_back(const_cast<char*>(word.c_str()));
    }
    argv.push_back(nullptr);
    ::execv(BUILD_DIR "/bin/tito", argv.data());
    ::_exit(126);
  }

  /// At least so many verdicts come to stand in the logs of its nodes.
  bool has_verdicts(int wanted) const {
    return comes_true([&] {
      int found = 0;
      std::error_code gone;
      for (fs::recursive_directory_iterator it(shared_, gone), end;
           !gone && it != end; it.increment(gone)) {
        if (earlier_.contains(it->path().parent_path())) continue;
        if (it->path().extension() != ".jsonl") continue;
        const std::string text = slurp(it->path());
        for (std::size_t at = 0;
             (at = text.find("}\n", at)) != std::string::npos; ++at) {
          ++found;
        }
      }
      return found >= wanted;
    });
  }

  void signal(int number) const { ::kill(pid_, number); }
  /// Exit code, or the signal's number below zero.
  int wait() const {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  fs::path shared_;
  std::set<fs::path> earlier_;  ///< jobs that others left
  pid_t pid_ = 0;
};

bool queue_is_empty() {
  return comes_true([] { return ask({"squeue", "--noheader"}).empty(); });
}

/// "7 verdicts known from an earlier run." is 7.
int known_verdicts(const std::string& output) {
  const auto end = output.find(" verdicts known from an earlier run");
  if (end == std::string::npos) return 0;
  return std::stoi(output.substr(output.rfind('\n', end) + 1));
}

void check_error(const grader::ProcessResult& result, int code,
                 const Words& expected) {
  INFO(result.output);
  CHECK(result.code == code);
  for (const std::string& text : expected) {
    INFO("expected: " << text);
    CHECK(contains(result.output, text));
  }
}

}  // namespace

TEST_CASE("a cluster gives the same bytes as this machine", "[class]") {
  const auto result =
      the_class().grade("cluster", on_slurm("4"), {cluster().setting()});
  INFO(result.output);
  CHECK(result.code == 0);
  CHECK(the_class().csv("cluster") == local_csv());
  CHECK(the_class().report("cluster") == the_class().report("local"));
  CHECK(contains(local_csv(), "ada,02_activations,100,100,passed"));
  CHECK(contains(local_csv(), "broken,02_activations,0,100,compile-error"));
  CHECK(contains(local_csv(), "memcmp,02_activations,0,100,denied"));
  CHECK(contains(local_csv(), "damaged,02_activations,,100,unreadable"));
  // The course's key does not stay in a folder that others may see.
  CHECK(fs::is_empty(the_class().place("cluster") / "slurm"));

  // What is known needs no cluster.
  const auto again =
      the_class().grade("cluster", on_slurm("4"), {"SLURM_CONF=/nowhere"});
  INFO(again.output);
  CHECK(again.code == 0);
  CHECK(known_verdicts(again.output) == 10);
  CHECK(the_class().csv("cluster") == local_csv());
}

TEST_CASE("a head that is interrupted or killed loses nothing", "[class]") {
  const Head interrupted("head", on_slurm("2"));
  CHECK(interrupted.has_verdicts(1));
  interrupted.signal(SIGINT);
  CHECK(interrupted.wait() == 130);
  CHECK(queue_is_empty());
  CHECK(contains(ask({"scontrol", "show", "job", "-o"}), "=CANCELLED "));

  const Head killed("head", on_slurm("2"));
  CHECK(killed.has_verdicts(2));
  killed.signal(SIGKILL);
  CHECK(killed.wait() == -SIGKILL);

  const auto result =
      the_class().grade("head", on_slurm("2"), {cluster().setting()});
  INFO(result.output);
  CHECK(result.code == 0);
  CHECK(the_class().csv("head") == local_csv());
  // One of the first head's nodes, two of the second's.
  CHECK(known_verdicts(result.output) >= 3);
  CHECK(queue_is_empty());
  CHECK(fs::is_empty(the_class().place("head") / "slurm"));
}

TEST_CASE("what Slurm refuses is said", "[class]") {
  check_error(the_class().grade(
                  "refused",
                  {"--backend", "slurm", "--slurm-option=--partition=nowhere"},
                  {cluster().setting()}),
              3, {"invalid partition specified: nowhere", "sinfo"});
  CHECK(fs::is_empty(the_class().place("refused") / "slurm"));
  check_error(
      the_class().grade("refused", {"--backend", "slurm"}, {"PATH=/nowhere"}),
      3, {"no sbatch on the PATH"});
  spit(the_class().folder() / "file", "");
  check_error(
      the_class().grade("refused", {"--backend", "slurm", "--shared", "file"},
                        {cluster().setting()}),
      3, {"cannot", "/file", "--shared DIR"});
  check_error(the_class().grade("refused", {"--shards", "3"}), 2,
              {"--shards is for a cluster", "--backend slurm"});
}

TEST_CASE("a node with another release grades nothing", "[class]") {
  // It changes what the head wrote, on its way to the node.
  const fs::path folder = the_class().folder() / "bin";
  spit(folder / "sbatch",
       "#!/bin/sh\n"
       "for word; do case $word in --chdir=*)\n"
       "  sed -i 's/\"release\": \"/&other/' \"${word#--chdir=}/job.json\";;\n"
       "esac; done\n"
       "exec /usr/bin/sbatch \"$@\"\n");
  fs::permissions(folder / "sbatch", fs::perms::owner_all);
  const auto result = the_class().grade(
      "foreign", {"--backend", "slurm", "--shards", "1"},
      {cluster().setting(), "PATH=" + folder.string() + ":/usr/bin:/bin"});
  check_error(result, 3,
              {"no node finished shard 0", "course is not the one", "log-0.txt",
               "failed for: ada, ben,"});
  CHECK(contains(the_class().csv("foreign"),
                 "ada,02_activations,,100,infrastructure-error"));
}

// The last one: the node does not come back.
TEST_CASE("a class gets its grades although a node dies", "[class]") {
  const KnownClass whole(the_class().folder() / "class");
  const Head head("node", {"--backend", "slurm", "--seconds", "2"},
                  {whole.submissions(), KnownClass::kModules});
  CHECK(head.has_verdicts(KnownClass::size() / 2));
  const std::string busy =
      ask({"squeue", "--noheader", "--states=RUNNING", "--format=%N"});
  const std::string node = busy.substr(0, busy.find('\n'));
  cluster().kill(node);
  CHECK(head.wait() == 0);
  // In the log: of a job that ended long ago nothing else is known.
  CHECK(contains(cluster().log(), "due to failure of node " + node));
  CHECK(the_class().csv("node") == whole.csv());
}
