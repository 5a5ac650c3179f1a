#include "grader/process.hpp"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <sstream>
#include <vector>

#include "fake_course.hpp"
#include "support/catch.hpp"

using grader::Command;
using grader::Limits;
using grader::ProcessResult;
using End = grader::ProcessResult::End;
using std::chrono::milliseconds;

namespace {

Command shell(const std::string& script) {
  Command command;
  command.argv = {"/bin/sh", "-c", script};
  return command;
}

ProcessResult sh(const std::string& script, const Limits& limits = {}) {
  return grader::run(shell(script), limits);
}

Limits confined() {
  Limits limits;
  limits.confined = true;
  limits.wall = std::chrono::seconds(10);
  return limits;
}

/// Compiles a program once and runs it confined; returns what it prints.
ProcessResult run_confined(const std::string& body,
                           const std::vector<std::string>& arguments = {},
                           const Limits& limits = confined()) {
  const fake::TemporaryDirectory directory;
  const auto source = directory.path() / "attack.cpp";
  const auto program = directory.path() / "attack";
  fake::spit(source,
             "#include <cerrno>\n#include <csignal>\n#include <cstdio>\n"
             "#include <cstdlib>\n#include <cstring>\n#include <fcntl.h>\n"
             "#include <sys/file.h>\n#include <sys/inotify.h>\n"
             "#include <sys/prctl.h>\n#include <sys/resource.h>\n"
             "#include <sys/socket.h>\n#include <sys/stat.h>\n"
             "#include <sys/syscall.h>\n#include <sys/xattr.h>\n"
             "#include <thread>\n#include <unistd.h>\n"
             "int main(int argc, char** argv) {\n" +
                 body + "\n}\n");
  Command compile;
  compile.argv = {"g++", "-std=c++20", "-w", source, "-o", program};
  const auto built = grader::run(compile);
  INFO(built.output);
  REQUIRE(built.ok());
  Command command;
  command.argv = {program};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  command.directory = directory.path();
  return grader::run(command, limits);
}

}  // namespace

TEST_CASE("output, error and exit code come back") {
  const auto result = sh("echo out; echo err >&2; exit 7");
  CHECK(result.end == End::exited);
  CHECK(result.code == 7);
  CHECK(result.output == "out\nerr\n");
  CHECK_FALSE(result.ok());
}

TEST_CASE("a signal is told apart from an exit code") {
  const auto result = sh("kill -SEGV $$");
  CHECK(result.end == End::signalled);
  CHECK(result.code == SIGSEGV);
}

TEST_CASE("a program that cannot start says why") {
  Command command;
  command.argv = {"/nonexistent/program"};
  auto result = grader::run(command);
  CHECK(result.end == End::not_started);
  CHECK(result.error.find("/nonexistent/program") != std::string::npos);
  command.argv = {"no-such-program-anywhere"};
  CHECK(grader::run(command).end == End::not_started);
  command.argv = {"/bin/true"};
  command.directory = "/nonexistent";
  CHECK(grader::run(command).end == End::not_started);
  command.argv = {};
  CHECK(grader::run(command).end == End::not_started);
}

TEST_CASE("standard input arrives whole, and unread input harms nobody") {
  Command command;
  command.argv = {"/usr/bin/wc", "-c"};
  command.input = std::string(1 << 20, 'x');
  CHECK(grader::run(command).output == "1048576\n");
  command.argv = {"/bin/true"};
  CHECK(grader::run(command).ok());
  CHECK(sh("cat").output.empty());
}

TEST_CASE("standard input takes no writes and has one size") {
  Command command = shell(
      "cat; (echo more >&0) 2>/dev/null || printf ' no'; "
      "truncate -s 100 /proc/self/fd/0 2>/dev/null || printf ' never'");
  command.input = "given";
  CHECK(grader::run(command).output == "given no never");
}

TEST_CASE("descriptor 3 is a channel of its own") {
  Command command = shell("echo visible; echo secret >&3");
  command.report_pipe = true;
  std::string seen;
  command.on_report = [&](const std::string& piece) {
    seen += piece;
    return false;
  };
  const auto result = grader::run(command);
  CHECK(result.output == "visible\n");
  CHECK(result.report == "secret\n");
  CHECK(seen == "secret\n");
}

TEST_CASE("the child inherits no other descriptor") {
  const int extra = dup2(0, 77);
  REQUIRE(extra == 77);
  const auto result = sh("ls /proc/self/fd | grep -c -w -e 77 -e 3");
  close(extra);
  // ls itself has the directory open as descriptor 3.
  CHECK(result.output == "1\n");
}

TEST_CASE("the environment can be added to or replaced") {
  Command command = shell("echo $HOME$EXTRA");
  command.environment = {"EXTRA=more", "HOME=here"};
  CHECK(grader::run(command).output == "heremore\n");
  command.inherit_environment = false;
  command.environment = {"EXTRA=alone"};
  CHECK(grader::run(command).output == "alone\n");
}

TEST_CASE("the wall clock stops a child and all that it started") {
  Limits limits;
  limits.wall = milliseconds(300);
  const auto start = std::chrono::steady_clock::now();
  const auto result =
      sh("sleep 61.25 & setsid sleep 61.25 & sleep 61.25", limits);
  CHECK(result.end == End::wall_limit);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
  CHECK(result.seconds >= 0.3);
}

TEST_CASE("what is left of the group dies with the child") {
  const fake::TemporaryDirectory directory;
  Command command = shell("(sleep 1; echo late > late.txt) & echo started");
  command.directory = directory.path();
  CHECK(grader::run(command).output == "started\n");
  usleep(1'300'000);
  CHECK_FALSE(std::filesystem::exists(directory.path() / "late.txt"));
}

TEST_CASE("the limits on CPU, memory, files and output hold") {
  Limits limits;
  limits.wall = std::chrono::seconds(30);
  SECTION("CPU") {
    limits.cpu = std::chrono::seconds(1);
    CHECK(sh("while :; do :; done", limits).end == End::cpu_limit);
  }
  SECTION("CPU, with the warning ignored") {
    limits.cpu = std::chrono::seconds(1);
    CHECK(sh("trap '' XCPU; while :; do :; done", limits).end ==
          End::cpu_limit);
  }
  SECTION("memory") {
    limits.memory_bytes = 64 << 20;
    const auto result =
        sh("exec dd if=/dev/zero of=/dev/null bs=200M count=1", limits);
    CHECK(result.code == 1);
    CHECK(result.output.find("memory exhausted") != std::string::npos);
  }
  SECTION("output") {
    limits.output_bytes = 100'000;
    const auto result = sh("yes", limits);
    CHECK(result.end == End::output_limit);
    CHECK(result.output.size() == 100'000);
  }
  SECTION("files") {
    const fake::TemporaryDirectory directory;
    limits.file_bytes = 1000;
    Command command = shell("exec head -c 5000 /dev/zero > file");
    command.directory = directory.path();
    CHECK(grader::run(command, limits).end == End::signalled);
    CHECK(std::filesystem::file_size(directory.path() / "file") == 1000);
  }
}

TEST_CASE("a report restarts the clock only if its reader says so") {
  Limits limits;
  limits.wall = milliseconds(700);
  const bool restart = GENERATE(true, false);
  Command command =
      shell("for i in 1 2 3 4; do sleep 0.35; echo tick >&3; done");
  command.report_pipe = true;
  command.on_report = [&](const std::string&) { return restart; };
  CHECK(grader::run(command, limits).end ==
        (restart ? End::exited : End::wall_limit));
}

TEST_CASE("an exception of a callback leaves no child behind") {
  Command command = shell("echo $$; exec sleep 62.5");
  std::string pid;
  command.on_output = [&](const std::string& piece) {
    pid = piece;
    throw std::logic_error("stop");
  };
  CHECK_THROWS_AS(grader::run(command), std::logic_error);
  CHECK(kill(std::stoi(pid), 0) != 0);
}

TEST_CASE("confined code still runs: threads, abort, reading, printing") {
  const auto result = run_confined(
      "int x = 0; std::thread t([&] { x = 41; }); t.join();"
      "int f = open(\"/etc/hostname\", O_RDONLY);"
      "std::printf(\"%d %d\\n\", x + 1, f >= 0); std::fflush(stdout);"
      "std::abort();");
  CHECK(result.output == "42 1\n");
  CHECK(result.end == End::signalled);
  CHECK(result.code == SIGABRT);
}

namespace {

struct Attack {
  std::string call;
  int error;
};

/// Calls that confinement must refuse, with the error that tells so (0: any).
const std::vector<Attack> kAttacks = {
    {"fork()", EPERM},
    {"vfork()", EPERM},
    {"(long)popen(\"true\", \"r\") - 1", 0},
    {"system(\"true\") == 0 ? 0 : -1", 0},
    {"syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)", EPERM},
    {"syscall(SYS_clone3, 0, 0)", ENOSYS},
    {"execl(\"/bin/true\", \"true\", nullptr)", EPERM},
    {"setsid()", EPERM},
    {"setpgid(0, 0)", EPERM},
    {"kill(other, SIGTERM)", EPERM},
    {"syscall(SYS_tgkill, other, other, SIGTERM)", EPERM},
    {"socket(AF_INET, SOCK_STREAM, 0)", EPERM},
    {"socket(AF_UNIX, SOCK_STREAM, 0)", EPERM},
    {"unlink(file)", EPERM},
    {"remove(file)", EPERM},
    {"rename(file, \"x\")", EPERM},
    {"truncate(file, 0)", EPERM},
    {"open(file, O_WRONLY)", EPERM},
    {"open(file, O_RDWR)", EPERM},
    {"open(file, O_RDONLY | O_TRUNC)", EPERM},
    {"open(\"new\", O_RDONLY | O_CREAT, 0600)", EPERM},
    {"creat(\"new\", 0600)", EPERM},
    {"mkdir(\"new\", 0700)", EPERM},
    {"symlink(\"a\", \"b\")", EPERM},
    {"link(file, \"b\")", EPERM},
    {"chmod(file, 0)", EPERM},
    {"prctl(PR_SET_PDEATHSIG, 0)", EPERM},
    {"syscall(SYS_prlimit64, other, RLIMIT_CPU, \"1234567812345678\""
     ", 0)",
     EPERM},
    {"fcntl(0, F_SETOWN, other)", EPERM},
    {"syscall(SYS_memfd_create, \"x\", 0)", EPERM},
    {"syscall(SYS_io_uring_setup, 1, 0)", EPERM},
    {"open(memory, O_RDONLY)", EACCES},
    // Younger than what was thought of; whatever this kernel makes of them.
    {"syscall(450, 0, 0, 0, 0)", ENOSYS},
    {"syscall(452, AT_FDCWD, file, 0, 0)", ENOSYS},
    {"syscall(463, AT_FDCWD, file, 0, \"user.x\", \"\", 16)", ENOSYS},
    {"syscall(466, AT_FDCWD, file, 0, \"user.x\")", ENOSYS},
    {"syscall(467, AT_FDCWD, \"/\", 0, 0, 0)", ENOSYS},
    {"syscall(469, AT_FDCWD, file, \"\", 24, 0)", ENOSYS},
    {"syscall(600)", ENOSYS},
};

/// What code that writes files cannot do either.
const std::vector<Attack> kWritersAttacks = {
    {"setxattr(file, \"user.x\", \"x\", 1, 0)", EPERM},
    {"flock(own, LOCK_SH)", EPERM},
    {"lockf(own, F_TEST, 0)", EPERM},
    {"inotify_init()", EPERM},
    {"inotify_init1(0)", EPERM},
    {"syncfs(own)", EPERM},
    {"syscall(452, AT_FDCWD, file, 0, 0)", ENOSYS},
};

/// A program's text that tries each and prints how it went.
std::string tries(const std::vector<Attack>& attacks) {
  std::string body;
  for (const Attack& attack : attacks) {
    body += "errno = 0; { long r = " + attack.call +
            "; std::printf(\"%s %d\\n\", r < 0 ? \"refused\" : \"done\", "
            "r < 0 ? errno : 0); }\n";
  }
  return body;
}

void check_refused(const std::vector<Attack>& attacks,
                   std::istringstream lines) {
  for (const Attack& attack : attacks) {
    std::string line;
    REQUIRE(std::getline(lines, line));
    INFO(attack.call << ": " << line);
    CHECK(line.rfind("refused", 0) == 0);
    if (attack.error != 0) {
      CHECK(line ==
            std::string("refused ").append(std::to_string(attack.error)));
    }
  }
}

/// Where this process's heap begins and ends.
std::vector<std::string> heap() {
  std::istringstream maps(fake::slurp("/proc/self/maps"));
  for (std::string line; std::getline(maps, line);) {
    const auto dash = line.find('-'), space = line.find(' ');
    if (line.find("[heap]") == std::string::npos) continue;
    return {line.substr(0, dash), line.substr(dash + 1, space - dash - 1)};
  }
  return {"0", "0"};
}

}  // namespace

TEST_CASE("confined code cannot do any of this") {
  const fake::TemporaryDirectory victim;
  const auto file = victim.path() / "file";
  fake::spit(file, "precious");
  std::string body =
      "const char* file = argv[1]; pid_t other = getppid();"
      "char memory[64]; std::sprintf(memory, \"/proc/%d/mem\", other);\n";
  const auto result = run_confined(body + tries(kAttacks), {file});
  check_refused(kAttacks, std::istringstream(result.output));
  CHECK(fake::slurp(file) == "precious");
}

TEST_CASE("confined code that writes files still cannot do any of this") {
  Limits limits = confined();
  limits.files = 100'000'000;
  const auto result = run_confined(
      "const char* file = \"own\"; int own = open(file, O_RDWR | O_CREAT, "
      "0600);"
      "std::printf(\"%d\\n\", own >= 0 && fsync(own) == 0);\n" +
          tries(kWritersAttacks),
      {}, limits);
  REQUIRE(result.output.rfind("1\n", 0) == 0);
  check_refused(kWritersAttacks, std::istringstream(result.output.substr(2)));
}

TEST_CASE("no address of the parent's lets confined code execute") {
  // The kernel tells by EFAULT that a call got past the filter.
  const auto result = run_confined(
      "unsigned long p = std::strtoul(argv[1], nullptr, 16);"
      "unsigned long end = std::strtoul(argv[2], nullptr, 16) + (1 << 20);"
      "long tried = 0;"
      "for (; p < end; p += 16) {"
      "  ++tried; syscall(SYS_execve, p, 0, 0, 0);"
      "  if (errno != EPERM) std::printf(\"%lx: %d\\n\", p, errno);"
      "}"
      "std::printf(\"%d\\n\", tried > 1000);",
      heap());
  CHECK(result.output == "1\n");
}

TEST_CASE("a fork bomb in confinement ends as one process") {
  const auto result = run_confined(
      "int refused = 0; for (int i = 0; i < 1000; ++i)"
      " if (fork() < 0) ++refused; std::printf(\"%d\\n\", refused);");
  CHECK(result.output == "1000\n");
}

TEST_CASE("programs are found on the PATH") {
  CHECK(grader::find_program("sh").filename() == "sh");
  CHECK(grader::find_program("no-such-program-anywhere").empty());
}
