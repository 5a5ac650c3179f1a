// What a sandbox must not allow, tried out.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

#include "files.hpp"
#include "grader/sandbox.hpp"
#include "grader/scratch.hpp"
#include "room.hpp"

namespace grader {
namespace {

struct Attempt {
  const char* what;
  std::string script;  ///< prints nothing if the property holds
  bool confined = false;
  unsigned processes = 0;
};

// Scripts of a POSIX shell; only its own words where it may not start others.
const Attempt kAttempts[] = {
    {"no files of this machine",
     "for f in /etc/passwd /etc/shadow /home /root /var /srv /opt /usr/src; "
     "do "
     "test ! -e $f || echo \"$f is there\"; done",
     false, 0},
    {"no writing outside /tmp",
     "for f in /usr/x /x /dev/x /proc/sys/kernel/hostname /run/x; do "
     "(echo x > $f) 2>/dev/null && echo \"$f can be written\"; done",
     false, 0},
    {"a bounded /tmp",
     "head -c 200000000 /dev/zero > /tmp/x 2>/dev/null && echo 'no limit'",
     false, 0},
    {"no network",
     "while read -r name rest; do case $name in lo:*|Inter*|face*) ;; "
     "*) echo \"interface $name\";; esac; done < /proc/net/dev",
     false, 0},
    {"no other processes",
     "for p in /proc/[0-9]*; do test ${p#/proc/} -lt 20 || echo $p; done",
     false, 0},
    {"no inherited descriptors",
     "for f in /proc/self/fd/*; do case ${f##*/} in 0|1|2|3|10|255) ;; "
     "*) test ! -e $f || echo \"descriptor $f\";; esac; done",
     false, 0},
    {"no secrets in the environment",
     "env | while read -r v; do case $v in PATH=*|LC_ALL=*|PWD=*|SHLVL=*|_=*|"
     "OLDPWD=*) ;; *) echo \"$v\";; esac; done",
     false, 0},
    {"an effective limit on processes",
     "n=0; while test $n -lt 40; do sleep 1 & n=$((n+1)); done 2>/dev/null; "
     "echo 'no limit'",
     false, 16},
    {"no new processes for untrusted code", "exec 2>&-; (true) && echo forked",
     true, 0},
    {"no writing for untrusted code",
     "exec 2>&-; echo x > /tmp/x && echo wrote", true, 0},
};

IsolationCheck attempt(Sandbox& sandbox, const Attempt& one) {
  Command command;
  command.argv = {"/bin/sh", "-c", one.script};
  command.inherit_environment = false;
  command.environment = {"PATH=/usr/bin:/bin", "LC_ALL=C"};
  Limits limits;
  limits.wall = std::chrono::seconds(10);
  limits.output_bytes = 4096;
  limits.confined = one.confined;
  limits.processes = one.processes;
  const ProcessResult result = sandbox.run(command, limits);
  const bool ran = result.end != ProcessResult::End::not_started &&
                   result.end != ProcessResult::End::wall_limit;
  std::string seen = result.output + result.error;
  std::replace(seen.begin(), seen.end(), '\n', ' ');
  return {one.what, ran && result.output.empty(), seen};
}

/// One that lies elsewhere than in /usr, or needs a home, does not: everybody's
/// work would seem not to compile.
Attempt compiles_with(const std::filesystem::path& compiler) {
  return {
      "a compiler that works inside",
      fmt::format("rm -f /tmp/*; cd /tmp && echo 'int main() {{}}' > a.cpp && "
                  "'{0}' -c a.cpp -o a.o 2>&1 && '{0}' a.o -o a 2>&1 || "
                  "echo 'install g++, then configure with it: scripts/"
                  "setup.sh'",
                  compiler.string())};
}

/// Why user name spaces may be missing, in the order of how often.
std::string how_to_mend(const std::string& error) {
  return error +
         "\nUser name spaces may be switched off. Ubuntu 24.04: sysctl "
         "kernel.apparmor_restrict_unprivileged_userns=0. Debian: sysctl "
         "kernel.unprivileged_userns_clone=1. In a container: start it with "
         "--security-opt seccomp=unconfined, or grade on the host.";
}

}  // namespace

std::vector<IsolationCheck> check_isolation(
    const std::filesystem::path& jail, const std::filesystem::path& compiler) {
  std::vector<IsolationCheck> checks;
  SandboxPlan plan;
  plan.tools = true;
  plan.user = geteuid() == 0 ? kFirstSlotUser : 0;
  try {
    // The course may lie where that user cannot go.
    const Scratch scratch;
    plan.jail = scratch.path() / "jail";
    std::filesystem::copy_file(jail, plan.jail);
    make_readable(scratch.path());
    require_enterable(scratch.path());
    Sandbox sandbox(plan);
    checks.push_back({"a sandbox starts", true, ""});
    for (const Attempt& one : kAttempts)
      checks.push_back(attempt(sandbox, one));
    checks.push_back(attempt(sandbox, compiles_with(compiler)));
  } catch (const SandboxError& error) {
    checks.push_back({"a sandbox starts", false, how_to_mend(error.what())});
  } catch (const std::runtime_error& error) {
    checks.push_back({"a place for sandboxes", false, error.what()});
  }
  return checks;
}

}  // namespace grader
