// What the two tests of lesson 05 share.
#pragma once

#include <cstdint>

#include "framework/lesson.hpp"
#include "tinytorch/autograd.hpp"

namespace lesson_05 {

/// Autograd, for one test: the others run without it.
class Autograd {
 public:
  Autograd() { tinytorch::enable_autograd(); }
  ~Autograd() { tinytorch::set_recorder(nullptr); }
  Autograd(const Autograd&) = delete;
  Autograd& operator=(const Autograd&) = delete;
};

inline tinytorch::Tensor marked(tinytorch::Tensor tensor) {
  return tensor.set_requires_grad();
}

using lesson::message;

inline std::int64_t live_bytes() {
  return tinytorch::memory_stats().live_bytes;
}

/// What remains of make() in memory as long as its result lives.
template <class Make>
std::int64_t bytes_kept(Make make) {
  const std::int64_t before = live_bytes();
  const tinytorch::Tensor kept = make();
  return live_bytes() - before;
}

}  // namespace lesson_05
