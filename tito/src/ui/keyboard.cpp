#include "ui/keyboard.hpp"

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>

#include "system/interrupt.hpp"

namespace tito {
namespace {

termios original;
bool have_original = false;

void restore() {
  if (have_original) tcsetattr(STDIN_FILENO, TCSANOW, &original);
}

}  // namespace

Keyboard::Keyboard() {
  have_original = tcgetattr(STDIN_FILENO, &original) == 0;
  if (!have_original) return;
  set_interrupt_cleanup(restore);
  termios raw = original;
  raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  tcsetattr(STDIN_FILENO, TCSANOW, &raw);
}

Keyboard::~Keyboard() {
  restore();
  set_interrupt_cleanup({});
}

int Keyboard::read_key(std::chrono::milliseconds patience) {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  const int ready = ::poll(&input, 1, static_cast<int>(patience.count()));
  if (ready < 0) return errno == EINTR ? kNothing : kClosed;
  if (ready == 0) return kNothing;
  unsigned char key = 0;
  return ::read(STDIN_FILENO, &key, 1) == 1 ? key : kClosed;
}

}  // namespace tito
