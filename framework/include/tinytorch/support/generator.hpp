// Random numbers: the only source of randomness in the framework.
#pragma once

#include <array>
#include <cstdint>

namespace tinytorch {

/// A seedable stream of random numbers, the same on every platform.
///
/// xoshiro256** by Blackman and Vigna (2018), seeded through SplitMix64. Its
/// whole state is four integers, so a checkpoint can save and restore it.
class Generator {
 public:
  using State = std::array<std::uint64_t, 4>;

  explicit Generator(std::uint64_t seed = 0) { this->seed(seed); }

  /// Restarts the stream.
  void seed(std::uint64_t seed);

  /// The next 64 random bits.
  std::uint64_t next();

  /// Uniform in [0, 1), with 24 random bits: every value is an exact float.
  float uniform();

  /// Normal with mean 0 and standard deviation 1 (Box and Muller, 1958).
  float normal();

  /// Uniform in {0, ..., bound - 1}, without bias.
  /// @throws ValueError  if bound is 0
  std::uint64_t below(std::uint64_t bound);

  const State& state() const { return state_; }
  /// @throws ValueError  if all four are 0, which next() could never leave
  void set_state(const State& state);

 private:
  State state_{};
};

/// The stream that initialisers, dropout and shuffling use unless they are
/// given one of their own. It starts with seed 0 in every process.
Generator& default_generator();

/// Restarts the default stream.
void manual_seed(std::uint64_t seed);

}  // namespace tinytorch
