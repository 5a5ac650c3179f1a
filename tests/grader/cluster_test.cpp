// What head, nodes and Slurm tell each other.
#include <filesystem>
#include <fstream>

#include "grader/cluster/job_folder.hpp"
#include "grader/cluster/job_json.hpp"
#include "grader/cluster/slurm.hpp"
#include "grader/cluster/verdict_log.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace grader;

namespace {

namespace fs = std::filesystem;

ModuleGrade grade_of(double points) {
  ModuleGrade grade;
  grade.number = "01";
  grade.folder = "01_tensor";
  grade.outcome = outcome_of_points(points, 100);
  grade.points = points;
  grade.maximum = 100;
  grade.detail = "two\nlines and \xff, which is no UTF-8";
  return grade;
}

void append(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::app) << text;
}

std::vector<std::string> keys_of(const std::vector<LoggedVerdict>& verdicts) {
  std::vector<std::string> keys;
  for (const auto& verdict : verdicts) keys.push_back(verdict.key);
  return keys;
}

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("sbatch's answer is a number on a line of its own") {
  CHECK(parse_submission("123\n")->id == "123");
  CHECK(parse_submission("123\n")->cluster.empty());
  CHECK(parse_submission("77;east-1\n")->cluster == "east-1");
  const auto warned = parse_submission(
      "sbatch: warning: 2 partitions are busy\nsbatch: lua: hello\n123\n");
  REQUIRE(warned);
  CHECK(warned->id == "123");
  for (const char* text : {"", "\n", "Submitted batch job 123\n", "0\n", "-5\n",
                           "12 3\n", "123;\n", "123;a;b\n", "1\n2\n",
                           "sbatch: error: invalid partition: 7\n"}) {
    INFO(text);
    CHECK_FALSE(parse_submission(text));
  }
}

TEST_CASE("squeue lists what will still run") {
  CHECK_FALSE(lists_work(""));
  CHECK(lists_work("PENDING Resources\n"));
  CHECK(lists_work("CLUSTER: east\nRUNNING None\n"));
  CHECK(lists_work("PENDING BeginTime\n"));
  CHECK(lists_work("COMPLETING None\n"));
  CHECK_FALSE(lists_work("CLUSTER: east\n"));
  // Some sites have squeue list jobs that are over.
  CHECK_FALSE(lists_work("COMPLETED None\nFAILED NonZeroExitCode\n"));
  CHECK_FALSE(lists_work("PENDING launch failed requeued held\n"));
  CHECK(lists_work("PENDING launch_failed_requeued_held\nPENDING Priority\n"));
  CHECK_THROWS_AS(lists_work("slurm_load_jobs error: Unexpected message\n"),
                  SlurmError);
}

TEST_CASE("an array names its elements") {
  CHECK(array_text({0}) == "0");
  CHECK(array_text({0, 3, 17}) == "0,3,17");
}

TEST_CASE("a verdict comes out of a log as it went in") {
  const test::TemporaryFolder folder;
  VerdictReader reader(folder.path());
  CHECK(reader.read_new().empty());
  VerdictLog log(folder.path(), 3);
  log.append("one", grade_of(30));
  const auto verdicts = reader.read_new();
  REQUIRE(verdicts.size() == 1);
  CHECK(verdicts[0].key == "one");
  CHECK(verdicts[0].grade.points == 30);
  CHECK(verdicts[0].grade.detail == grade_of(30).detail);
  CHECK(reader.read_new().empty());
  log.append("two", grade_of(100));
  CHECK(keys_of(reader.read_new()) == Keys{"two"});
}

TEST_CASE("a torn last line counts as never written") {
  const test::TemporaryFolder folder;
  {
    VerdictLog log(folder.path(), 0);
    log.append("one", grade_of(30));
    log.append("two", grade_of(40));
  }
  const fs::path file = folder.path() / "verdicts-0.1.jsonl";
  const auto size = fs::file_size(file);
  for (const auto lost : {1U, 2U, 40U}) {
    fs::resize_file(file, size - lost);
    INFO(lost << " bytes are missing");
    CHECK(keys_of(VerdictReader(folder.path()).read_new()) == Keys{"one"});
  }
}

TEST_CASE("half a line is waited for, a damaged one is passed over") {
  const test::TemporaryFolder folder;
  const fs::path file = folder.path() / "verdicts-0.1.jsonl";
  VerdictLog log(folder.path(), 0);
  VerdictReader reader(folder.path());
  log.append("one", grade_of(1));
  std::string line;
  std::ifstream in(file, std::ios::binary);
  while (std::getline(in, line) && line.empty()) {
  }
  line.replace(line.find("one"), 3, "two");
  append(file, line.substr(0, 20));
  CHECK(keys_of(reader.read_new()) == Keys{"one"});
  append(file, line.substr(20));
  CHECK(reader.read_new().empty());
  append(file, "\n");
  CHECK(keys_of(reader.read_new()) == Keys{"two"});
  // A full disk tears a line; the next one is written when there is space.
  append(file, line.substr(0, 20));
  log.append("three", grade_of(3));
  append(file, "{}\n[1]\n{\"key\": 7, \"grade\": {}}\n{\"key\": \"x\"}\n");
  CHECK(keys_of(reader.read_new()) == Keys{"three"});
}

TEST_CASE("each attempt at a shard has a log of its own") {
  const test::TemporaryFolder folder;
  VerdictLog first(folder.path(), 1), other(folder.path(), 10);
  first.append("one", grade_of(1));
  VerdictLog second(folder.path(), 1);
  second.append("two", grade_of(2));
  first.append("late", grade_of(3));
  other.append("ten", grade_of(4));
  CHECK(keys_of(VerdictReader(folder.path(), 1).read_new()) ==
        Keys{"one", "late", "two"});
  CHECK(VerdictReader(folder.path()).read_new().size() == 4);
}

namespace {

ClusterJob job_with_key(const std::string& key) {
  ClusterJob job;
  job.release = "0123";
  job.options.prerequisites = Prerequisites::own;
  job.options.modules = {"01", "03"};
  job.options.test_limits = default_test_limits();
  job.options.build_limits = default_build_limits();
  job.options.sandboxed = false;
  job.options.key = key;
  job.options.stubs = {{"01_box/src/lid.cpp", "// stub\n"}};
  return job;
}

}  // namespace

TEST_CASE("a node reads the job that the head wrote") {
  const test::TemporaryFolder shared;
  const std::string key("\x00\xff key", 6);
  const Shard shard = {{{"ada", "/class/ada.zip"}, {"ben", "/class/ben"}},
                       {"k1", "k2"}};
  const auto made =
      JobFolder::create(shared.path(), job_with_key(key), {{}, shard});
  const JobFolder folder(made.path());
  CHECK(to_json_text(folder.job()) == to_json_text(job_with_key(key)));
  CHECK(folder.job().options.key == key);
  CHECK(folder.job().options.stubs.at("01_box/src/lid.cpp") == "// stub\n");
  CHECK(folder.job().options.test_limits.cpu == default_test_limits().cpu);
  CHECK(to_json_text(folder.shard(1)) == to_json_text(shard));
  CHECK(folder.shard(0).entries.empty());
  const auto mode = [](const fs::path& path) {
    return static_cast<int>(fs::status(path).permissions());
  };
  CHECK(mode(folder.path()) == 0700);
  CHECK(mode(folder.path() / "job.json") == 0600);
}

TEST_CASE("a job is left over for the gradebook that made it, only") {
  const test::TemporaryFolder shared;
  CHECK(JobFolder::leftovers(shared.path() / "none", "mine").empty());
  const auto path =
      JobFolder::create(shared.path(), job_with_key("mine"), {{}}).path();
  const auto other =
      JobFolder::create(shared.path(), job_with_key("other"), {{}});
  fs::create_directories(shared.path() / "tito-job-unfinished");
  append(shared.path() / "notes.txt", "of somebody");
  // Of a version that wrote something else.
  fs::create_directories(shared.path() / "tito-job-older");
  append(shared.path() / "tito-job-older/job.json", "{}");
  auto found = JobFolder::leftovers(shared.path(), "mine");
  REQUIRE(found.size() == 1);
  CHECK(found[0].path() == path);
  // One head at a time.
  CHECK(JobFolder::leftovers(shared.path(), "mine").empty());
  CHECK(JobFolder::leftovers(shared.path(), "other").empty());
  found[0].remove();
  CHECK_FALSE(fs::exists(path));
  CHECK(fs::exists(other.path()));
}

TEST_CASE("a shard's state is in its files") {
  const test::TemporaryFolder shared;
  const auto folder =
      JobFolder::create(shared.path(), job_with_key("k"), {{}, {}});
  CHECK_FALSE(folder.failure(1));
  folder.set_failure(1, "n2: no sandbox");
  CHECK(folder.failure(1) == "n2: no sandbox");
  CHECK_FALSE(folder.failure(0));
  folder.clear_failure(1);
  CHECK_FALSE(folder.failure(1));
  CHECK_FALSE(folder.is_done(1));
  folder.mark_done(1);
  CHECK(folder.is_done(1));
  CHECK_FALSE(folder.is_done(0));
}

TEST_CASE("a state that cannot be read is neither there nor not there") {
  const test::TemporaryFolder shared;
  const auto folder = JobFolder::create(shared.path(), job_with_key("k"), {{}});
  for (const char* name : {"done-0", "failure-0.txt"}) {
    fs::create_symlink(name, folder.path() / name);
  }
  CHECK_THROWS_AS(folder.is_done(0), ClusterError);
  CHECK_THROWS_AS(folder.failure(0), ClusterError);
}

TEST_CASE("a shared folder that cannot be written is named with the option") {
  const test::TemporaryFolder folder;
  append(folder.path() / "file", "in the way");
  try {
    JobFolder::create(folder.path() / "file", job_with_key("k"), {});
    FAIL("it was made");
  } catch (const ClusterError& error) {
    const std::string text = error.what();
    INFO(text);
    CHECK(text.find((folder.path() / "file").string()) != std::string::npos);
    CHECK(text.find("--shared DIR") != std::string::npos);
  }
  CHECK_THROWS_AS(JobFolder(folder.path()).shard(0), ClusterError);
}
