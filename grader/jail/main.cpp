// The first process inside a sandbox: it starts the others, one after the
// other, and tells the grader outside how they ended. It is linked statically
// and reads no file.
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "frames.hpp"
#include "grader/process.hpp"

int main() {
  using namespace grader;
  // Whatever is started here runs as the same user.
  prctl(PR_SET_DUMPABLE, 0);
  signal(SIGPIPE, SIG_IGN);
  try {
    write_frame(STDOUT_FILENO, "ready");
    while (const auto request = read_frame(STDIN_FILENO)) {
      const auto result = run(command_from(*request), limits_from(*request));
      // What a command leaves behind becomes a child of the first process.
      while (waitpid(-1, nullptr, WNOHANG) > 0) {
      }
      write_frame(STDOUT_FILENO, to_json(result));
    }
  } catch (const std::exception&) {
    return 1;  // the grader is gone
  }
  return 0;
}
