#include "ui/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <system_error>

#include "grader/write_whole.hpp"
#include "system/interrupt.hpp"

namespace tito {
namespace {

constexpr int kNarrowest = 40;
constexpr int kWidest = 80;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string value = variable(name);
    if (value.empty()) continue;
    return value.find("UTF-8") != std::string::npos ||
           value.find("utf8") != std::string::npos;
  }
  return false;
}

const char* code(Style style) {
  switch (style) {
    case Style::bold:
      return "1";
    case Style::dim:
      return "2";
    case Style::good:
      return "32";
    case Style::bad:
      return "31";
    case Style::warn:
      return "33";
    case Style::accent:
      return "36";
    case Style::plain:
      break;
  }
  return "0";
}

}  // namespace

int terminal_columns(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return kWidest;
  return size.ws_col > 0 ? size.ws_col : kWidest;
}

Terminal::Terminal()
    : output_tty_(isatty(STDOUT_FILENO)), error_tty_(isatty(STDERR_FILENO)) {
  interactive_ = output_tty_ && isatty(STDIN_FILENO);
  unicode_ = output_tty_ && locale_is_utf8();
  colour_ = output_tty_ && variable("NO_COLOR").empty() &&
            variable("TERM") != "dumb" && !variable("TERM").empty();
}

Terminal::Terminal(std::string* sink, int width, bool colour)
    : colour_(colour), width_(width), sink_(sink) {}

int Terminal::width() const {
  const int columns = output_tty_ ? terminal_columns(STDOUT_FILENO) : width_;
  return std::clamp(columns, kNarrowest, kWidest);
}

std::string Terminal::paint(Style style, std::string_view text) const {
  if (!colour_ || style == Style::plain) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code(style), text);
}

void Terminal::write(std::string_view text) {
  if (sink_) {
    sink_->append(text);
    return;
  }
  stop_here_if_interrupted();
  if (broken_pipe_) return;
  const int error = grader::write_whole(STDOUT_FILENO, text);
  broken_pipe_ = error == EPIPE;
  if (error != 0 && !broken_pipe_) {
    throw std::system_error(error, std::generic_category(),
                            "cannot write to standard output");
  }
}

void Terminal::write_error(std::string_view text) {
  if (sink_) {
    sink_->append(text);
    return;
  }
  stop_here_if_interrupted();
  grader::write_whole(STDERR_FILENO, text);
}

std::string Terminal::bar(double fraction, int columns) const {
  const int inner = std::max(columns - 2, 1);
  const double share = std::isfinite(fraction) ? fraction : 0;
  const int full =
      static_cast<int>(std::floor(std::clamp(share, 0.0, 1.0) * inner));
  return '[' + paint(Style::good, std::string(full, '#')) +
         std::string(inner - full, '-') + ']';
}

bool Terminal::confirm(const std::string& question) {
  write(question + " [y/N] ");
  std::string answer;
  if (!std::getline(std::cin, answer)) return false;
  return answer == "y" || answer == "Y" || answer == "yes";
}

}  // namespace tito
