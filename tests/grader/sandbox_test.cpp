// What a program inside a sandbox can see and do. They need bubblewrap and user
// name spaces; where those are missing, `tito grade doctor` is the first to
// say.
#include "grader/sandbox.hpp"

#include <signal.h>
#include <unistd.h>

#include <sstream>

#include "fake_course.hpp"
#include "support/catch.hpp"

using grader::Command;
using grader::Limits;
using grader::ProcessResult;
using grader::Sandbox;
using grader::SandboxError;
using grader::SandboxPlan;
using End = grader::ProcessResult::End;
namespace fs = std::filesystem;

namespace {

SandboxPlan plan() {
  SandboxPlan plan;
  plan.jail = BUILD_DIR "/bin/tito-jail";
  plan.tools = true;
  plan.user = geteuid() == 0 ? grader::kFirstSlotUser : 0;
  return plan;
}

Command shell(const std::string& script) {
  Command command;
  command.argv = {"/bin/sh", "-c", script};
  return command;
}

Limits patient() {
  Limits limits;
  limits.wall = std::chrono::seconds(20);
  limits.output_bytes = 1 << 16;
  return limits;
}

std::string output_of(const std::string& script) {
  return Sandbox(plan()).run(shell(script), patient()).output;
}

}  // namespace

TEST_CASE("isolation holds on this machine") {
  const auto compiler = fake::course().toolchain().compiler;
  for (const auto& check : grader::check_isolation(plan().jail, compiler)) {
    INFO(check.what << ": " << check.detail);
    CHECK(check.holds);
  }
}

TEST_CASE("a compiler that does not work inside is found before grading") {
  const auto checks = grader::check_isolation(plan().jail, "/opt/none/g++");
  CHECK_FALSE(checks.back().holds);
  CHECK(checks.back().detail.find("/opt/none/g++") != std::string::npos);
  CHECK(checks.front().holds);
}

TEST_CASE("a sandbox runs one command after the other") {
  Sandbox sandbox(plan());
  for (const char* word : {"one", "two", "three"}) {
    const auto result = sandbox.run(shell(std::string("echo ") + word), {});
    CHECK(result.ok());
    CHECK(result.output == std::string(word) + "\n");
  }
}

TEST_CASE("a sandbox passes input, report, exit code and signals on") {
  Sandbox sandbox(plan());
  Command command = shell("read word; echo out $word; echo report >&3; exit 7");
  command.input = "in\n";
  command.report_pipe = true;
  std::string seen;
  command.on_output = [&](const std::string& text) { seen += text; };
  const auto result = sandbox.run(command, patient());
  CHECK(result.end == End::exited);
  CHECK(result.code == 7);
  CHECK(seen == "out in\n");
  CHECK(result.report == "report\n");
  const auto killed = sandbox.run(shell("kill -SEGV $$"), patient());
  CHECK(killed.end == End::signalled);
  CHECK(killed.code == SIGSEGV);
}

TEST_CASE("output of any bytes comes out of a sandbox unchanged") {
  CHECK(output_of("printf '\\000\\377\\033[2J\\n'") ==
        std::string("\0\xff\x1b[2J\n", 7));
}

TEST_CASE("limits hold inside a sandbox and the next command still runs") {
  Sandbox sandbox(plan());
  Limits limits;
  limits.wall = std::chrono::milliseconds(300);
  CHECK(sandbox.run(shell("sleep 60"), limits).end == End::wall_limit);
  limits = patient();
  limits.cpu = std::chrono::seconds(1);
  CHECK(sandbox.run(shell("while :; do :; done"), limits).end ==
        End::cpu_limit);
  CHECK(sandbox.run(shell("yes"), patient()).end == End::output_limit);
  CHECK(sandbox.run(shell("echo still here"), patient()).output ==
        "still here\n");
}

TEST_CASE("what a command leaves running is gone before the next") {
  Sandbox sandbox(plan());
  sandbox.run(shell("sleep 1000 & exit 0"), patient());
  const auto left =
      sandbox.run(shell("cat /proc/[0-9]*/cmdline | tr '\\0' ' '"), patient());
  CHECK(left.output.find("sleep 1000") == std::string::npos);
}

TEST_CASE("only the planned paths exist inside a sandbox") {
  const fake::TemporaryDirectory directory;
  // The sandbox may belong to another user, who must get this far.
  fake::fs::permissions(directory.path(), fake::fs::perms(0777));
  fake::spit(directory.path() / "secret/key", "secret");
  fake::spit(directory.path() / "given/text", "given");
  fake::fs::create_directories(directory.path() / "open");
  fake::fs::permissions(directory.path() / "open", fake::fs::perms(0777));
  SandboxPlan both = plan();
  both.readable = {directory.path() / "given"};
  both.writable = {directory.path() / "open"};
  Sandbox sandbox(both);
  Command command = shell(
      "cat given/text; cat secret/key; echo x > given/text; echo y > open/y");
  command.directory = directory.path();
  const std::string output = sandbox.run(command, patient()).output;
  CHECK(output.find("given") == 0);
  CHECK(output.find("secret/key: No such file") != std::string::npos);
  CHECK(fake::slurp(directory.path() / "given/text") == "given");
  CHECK(fake::slurp(directory.path() / "open/y") == "y\n");
}

TEST_CASE("of the system a sandbox shows what compilers need") {
  Sandbox sandbox(plan());
  const std::string output =
      sandbox.run(shell("ls -d /usr/* /usr/local/*"), patient()).output;
  INFO(output);
  CHECK(output.find("/usr/bin") != std::string::npos);
  for (const char* place : {"src", "share", "games"}) {
    CHECK(output.find(place) == std::string::npos);
  }
}

TEST_CASE("without tools there is no program to start in a sandbox") {
  SandboxPlan bare = plan();
  bare.tools = false;
  const auto result = Sandbox(bare).run(shell("true"), patient());
  CHECK(result.end == End::not_started);
  CHECK(result.error.find("/bin/sh") != std::string::npos);
}

TEST_CASE("in a sandbox to be read only, nothing can be written") {
  SandboxPlan sealed = plan();
  sealed.read_only = true;
  const char* const script =
      "for f in /tmp /dev/shm; do (echo x > $f/x) 2>/dev/null && echo $f; "
      "chmod 700 $f 2>/dev/null && echo $f; done; echo end";
  CHECK(Sandbox(sealed).run(shell(script), patient()).output == "end\n");
  CHECK(output_of(script) == "/tmp\n/tmp\n/dev/shm\n/dev/shm\nend\n");
}

TEST_CASE("a sandbox that cannot start says so") {
  SandboxPlan wrong = plan();
  wrong.readable = {"/no/such/folder"};
  try {
    Sandbox sandbox(wrong);
    FAIL("it started");
  } catch (const SandboxError& error) {
    CHECK(std::string(error.what()).find("/no/such/folder") !=
          std::string::npos);
  }
}

TEST_CASE("what runs in a sandbox cannot end it") {
  Sandbox sandbox(plan());
  const auto result = sandbox.run(shell("kill -9 $PPID 1; cat /proc/1/mem; "
                                        "echo alive"),
                                  patient());
  CHECK(result.output.find("Permission denied") != std::string::npos);
  CHECK(result.output.find("alive") != std::string::npos);
  CHECK(sandbox.run(shell("echo again"), patient()).output == "again\n");
}

namespace {

/// Ends the bubblewrap that this process has started.
void kill_bubblewrap() {
  for (const auto& entry : fs::directory_iterator("/proc")) {
    if (!fs::is_regular_file(entry.path() / "stat")) continue;
    std::istringstream words(fake::slurp(entry.path() / "stat"));
    std::string id, name, state;
    pid_t parent = 0;
    words >> id >> name >> state >> parent;
    if (parent == getpid() && name == "(bwrap)") kill(std::stoi(id), SIGKILL);
  }
}

}  // namespace

TEST_CASE("a sandbox that is killed is an error of ours") {
  Sandbox sandbox(plan());
  kill_bubblewrap();
  // The kernel ends what bubblewrap started a moment later: a quick command
  // could still answer.
  CHECK_THROWS_AS(sandbox.run(shell("sleep 60"), patient()), SandboxError);
}
