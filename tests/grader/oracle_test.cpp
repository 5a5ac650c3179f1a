#include "grader/oracle.hpp"

#include <regex>
#include <set>

#include "fake_course.hpp"
#include "grader/sandbox.hpp"
#include "support/catch.hpp"

using grader::difference;
using grader::TestResult;
using Status = grader::TestResult::Status;

namespace {

const std::string kReference =
    "PROBE products\n"
    "sum\t2,2\t0.001 0.01\t1 2 -3 1000\n"
    "shape\t2\t0 0\t2 3\n"
    "throws\t\t0 0\tShapeError\n"
    "limits\t3\t0.1 0.1\tnan inf -inf\n"
    "END 4\n";

/// The reference's text with one part exchanged.
std::string with(const std::string& from, const std::string& to) {
  std::string text = kReference;
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::logic_error(from);
  return text.replace(at, from.size(), to);
}

bool differs(const std::string& from, const std::string& to) {
  return !difference(kReference, with(from, to)).empty();
}

/// A program that takes the place of probes.
class Script {
 public:
  explicit Script(const std::string& body) {
    file_ = directory_.path() / "probes";
    fake::spit(file_, "#!/bin/sh\nread seed name\n" + body);
    fake::fs::permissions(file_, fake::fs::perms(0755));
  }

  TestResult run(const std::vector<TestResult>& earlier = {}) const {
    TestResult probe;
    probe.name = "products";
    probe.tasks = {"01.11"};
    grader::Limits limits;
    limits.wall = std::chrono::seconds(2);
    return run_probes(file_, {probe}, {{"products", "00ff"}},
                      {{"products", kReference}}, limits, grader::run, earlier)
        .front();
  }

 private:
  fake::TemporaryDirectory directory_;
  fake::fs::path file_;
};

}  // namespace

TEST_CASE("values that lie within the reference's tolerance agree") {
  CHECK(difference(kReference, kReference).empty());
  CHECK_FALSE(differs("1 2 -3 1000", "1.01 2 -3 1000"));
  CHECK_FALSE(differs("1 2 -3 1000", "1 2 -3 1001"));
  CHECK(differs("1 2 -3 1000", "1.02 2 -3 1000"));
  CHECK(differs("1 2 -3 1000", "1 2 -3 1002"));
  CHECK(differs("1 2 -3 1000", "1 2 3 1000"));
}

TEST_CASE("a task that ran out of time in a test is not probed") {
  const Script none("exit 1\n");
  TestResult test;
  test.tasks = {"01.11"};
  test.status = TestResult::Status::timed_out;
  CHECK(none.run({test}).status == TestResult::Status::timed_out);
  test.tasks = {"01.12"};
  CHECK(none.run({test}).status != TestResult::Status::timed_out);
}

TEST_CASE("a student's record cannot state its own tolerance") {
  CHECK(differs("0.001 0.01\t1 2 -3", "1e9 1e9\t7 2 -3"));
}

TEST_CASE("what is exact must be exact") {
  CHECK(differs("\t2 3\n", "\t2 4\n"));
  CHECK(differs("\t2 3\n", "\t2.0001 3\n"));
  CHECK(differs("ShapeError", "none"));
  CHECK(differs("ShapeError", "shapeerror"));
}

TEST_CASE("numbers that are none agree only with themselves") {
  CHECK(differs("nan inf -inf", "0 inf -inf"));
  CHECK(differs("nan inf -inf", "nan 1e300 -inf"));
  CHECK(differs("nan inf -inf", "nan inf inf"));
  CHECK(differs("1 2 -3 1000", "nan 2 -3 1000"));
  CHECK(differs("1 2 -3 1000", "1 2 -3 inf"));
  CHECK(differs("1 2 -3 1000", "1 2 -3 1000x"));
}

TEST_CASE("shapes, names and counts must be those of the reference") {
  CHECK(differs("sum\t2,2", "sum\t4"));
  CHECK(differs("sum\t2,2", "mean\t2,2"));
  CHECK(differs("1 2 -3 1000", "1 2 -3"));
  CHECK(differs("1 2 -3 1000", "1 2 -3 1000 1000"));
  CHECK(differs("END 4", "END 5"));
}

TEST_CASE("text that is not whole differs") {
  CHECK(differs("END 4\n", ""));
  CHECK(differs("limits\t3\t0.1 0.1\tnan inf -inf\n", ""));
  CHECK(differs("PROBE products\n", ""));
  CHECK(differs("PROBE products\n", "PROBE products\nPROBE products\n"));
  CHECK(differs("END 4\n", "END 4\nEND 4\n"));
  CHECK_FALSE(difference(kReference, "").empty());
}

TEST_CASE("a seed depends on everything and on nothing else") {
  const auto seed = grader::probe_seed("key", "01", "abc", "sum");
  CHECK(seed.size() == 16);
  CHECK(seed == grader::probe_seed("key", "01", "abc", "sum"));
  const std::set<std::string> all = {
      seed, grader::probe_seed("other", "01", "abc", "sum"),
      grader::probe_seed("key", "02", "abc", "sum"),
      grader::probe_seed("key", "01", "abd", "sum"),
      grader::probe_seed("key", "01", "abc", "mean")};
  CHECK(all.size() == 5);
}

TEST_CASE("what several probes emitted is told apart") {
  const auto parts =
      grader::split_probes("PROBE a\nx\nEND 1\nPROBE b\nEND 0\n");
  REQUIRE(parts.size() == 2);
  CHECK(parts.at("a") == "PROBE a\nx\nEND 1\n");
  CHECK(parts.at("b") == "PROBE b\nEND 0\n");
}

TEST_CASE("only the right values pass, whatever the program says besides") {
  const std::string right = "cat >&3 <<'X'\n" + kReference + "X\n";
  CHECK(Script(right).run().status == Status::passed);
  CHECK(Script("exit 0").run().status == Status::failed);
  CHECK(Script("echo \"All tests passed\"; exit 0").run().status ==
        Status::failed);
  CHECK(Script("echo 'PROBE products' >&3; exit 0").run().status ==
        Status::failed);
  CHECK(Script("kill -SEGV $$").run().status == Status::crashed);
  CHECK(Script("while :; do :; done").run().status == Status::timed_out);
  // It has emitted everything before it fell.
  CHECK(Script(right + "kill -SEGV $$").run().status == Status::passed);
}

TEST_CASE("a probe that reaches a stub is not implemented") {
  const auto result =
      Script("echo 'ERROR NotImplemented: 01.11 matmul' >&3").run();
  CHECK(result.status == Status::not_implemented);
  CHECK(result.detail == "01.11 matmul");
}

TEST_CASE("every task of the course has a probe") {
  const auto curriculum =
      grader::Curriculum::load(COURSE_DIR "/modules/curriculum.json");
  const std::regex probe(R"re(PROBE\(\s*(?:"[^"]*"\s*)+,\s*"([0-9. ]+)"\))re");
  for (const auto& module : curriculum.modules()) {
    std::set<std::string> tasks;
    const fake::fs::path folder =
        fake::fs::path(COURSE_DIR "/tests/probes") / module.folder();
    for (const auto& entry : fake::fs::directory_iterator(folder)) {
      const std::string text = fake::slurp(entry.path());
      for (std::sregex_iterator at(text.begin(), text.end(), probe), end;
           at != end; ++at) {
        std::istringstream ids((*at)[1]);
        for (std::string id; ids >> id;) tasks.insert(id);
      }
    }
    for (const auto& task : module.tasks) {
      INFO(task.id);
      CHECK(tasks.count(task.id) == 1);
    }
  }
}
