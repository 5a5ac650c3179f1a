#include "tinytorch/support/generator.hpp"

#include <bit>
#include <cmath>
#include <numbers>

#include "tinytorch/support/errors.hpp"

namespace tinytorch {

void Generator::seed(std::uint64_t seed) {
  // SplitMix64: neighbouring seeds give unrelated states.
  for (auto& word : state_) {
    seed += 0x9e3779b97f4a7c15u;
    std::uint64_t z = seed;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    word = z ^ (z >> 31);
  }
}

void Generator::set_state(const State& state) {
  if (state == State{}) {
    throw ValueError(
        "set_state: a state of four zeros gives nothing but zeros: use one "
        "that state() returned");
  }
  state_ = state;
}

std::uint64_t Generator::next() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

float Generator::uniform() {
  return static_cast<float>(next() >> 40) * 0x1.0p-24f;
}

float Generator::normal() {
  // In double, so that rounding to float hides the last-bit differences
  // between the math libraries of different platforms. 1 - u avoids log(0).
  const double u = 1.0 - static_cast<double>(next() >> 11) * 0x1.0p-53;
  const double v = static_cast<double>(next() >> 11) * 0x1.0p-53;
  return static_cast<float>(std::sqrt(-2.0 * std::log(u)) *
                            std::cos(2.0 * std::numbers::pi * v));
}

std::uint64_t Generator::below(std::uint64_t bound) {
  if (bound == 0) throw ValueError("below: bound must be at least 1, got 0");
  // Numbers under 2^64 mod bound would make small results more likely.
  const std::uint64_t threshold = (0 - bound) % bound;
  std::uint64_t bits = next();
  while (bits < threshold) bits = next();
  return bits % bound;
}

Generator& default_generator() {
  static Generator generator;
  return generator;
}

void manual_seed(std::uint64_t seed) { default_generator().seed(seed); }

}  // namespace tinytorch
