#include "ui/pager.hpp"

#include <signal.h>

#include <cstdio>
#include <cstdlib>

#include "grader/process.hpp"

namespace tito {
namespace {

std::string pager_command() {
  const char* chosen = std::getenv("PAGER");
  if (chosen && *chosen) return chosen;
  return grader::find_program("less").empty() ? "" : "less -R";
}

}  // namespace

void show_paged(const std::string& text, Terminal& terminal) {
  const std::string command = terminal.interactive() ? pager_command() : "";
  std::FILE* pipe = command.empty() ? nullptr : popen(command.c_str(), "w");
  if (!pipe) {
    terminal.write(text);
    return;
  }
  // Ctrl-C within a pager belongs to the pager. It has started already, so it
  // does not inherit this.
  struct sigaction ignore {
  }, before{};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGINT, &ignore, &before);
  std::fwrite(text.data(), 1, text.size(), pipe);
  const int status = pclose(pipe);
  sigaction(SIGINT, &before, nullptr);
  constexpr int kShellCouldNotStartIt = 127 << 8;
  if (status == kShellCouldNotStartIt) terminal.write(text);
}

}  // namespace tito
