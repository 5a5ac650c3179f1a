// Single keys, without Enter.
#pragma once

#include <chrono>

namespace tito {

/// While it lives, keys arrive one by one and are not echoed. The terminal is
/// restored at the end, also after Ctrl-C.
class Keyboard {
 public:
  static constexpr int kNothing = -1;
  static constexpr int kClosed = -2;

  Keyboard();
  ~Keyboard();
  Keyboard(const Keyboard&) = delete;
  Keyboard& operator=(const Keyboard&) = delete;

  /// The next key; kNothing after `patience`; kClosed when the terminal is
  /// gone.
  int read_key(std::chrono::milliseconds patience);
};

}  // namespace tito
