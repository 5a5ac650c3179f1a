// Probes: code that computes and decides nothing.
//
//   PROBE("products of rectangles", "01.11") {
//     const Tensor a = probe.normal({3, 4}), b = probe.normal({4, 2});
//     probe.emit("a b", a.matmul(b));
//   }
//
// A probe is linked once with the reference solution and once with a student's
// code. Both get the same seed, and a judge that holds no student code compares
// what they emit. So the program that runs student code knows no expected
// value, and the seed differs from submission to submission.
//
// What a probe calls beyond its own task must be in the task's "builds_on".
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "support/memory.hpp"
#include "tinytorch/support/generator.hpp"
#include "tinytorch/tensor.hpp"

namespace test {

/// Values agree if |student - reference| <= absolute + relative |reference|.
struct Tolerance {
  float relative = 1e-4f, absolute = 1e-5f;
};
inline constexpr Tolerance kExact{0, 0};

class Probe {
 public:
  explicit Probe(std::uint64_t seed) : random_(seed) {}

  // -- Inputs -----------------------------------------------------------------

  /// From N(0, 1).
  tinytorch::Tensor normal(const tinytorch::Shape& shape);
  /// The same in memory that is not contiguous.
  tinytorch::Tensor scattered(const tinytorch::Shape& shape);
  /// Evenly between low and high.
  tinytorch::Tensor uniform(const tinytorch::Shape& shape, float low,
                            float high);
  std::vector<float> numbers(std::size_t n);
  /// An integer in [low, high].
  std::int64_t between(std::int64_t low, std::int64_t high);
  float real(float low, float high);
  bool coin() { return between(0, 1) == 1; }
  /// For generators that are handed to the code under test.
  std::uint64_t seed() { return random_.next(); }

  // -- Results ----------------------------------------------------------------

  void emit(const std::string& name, const tinytorch::Tensor& result,
            Tolerance tolerance = {});
  void emit(const std::string& name, const std::vector<float>& values,
            Tolerance tolerance = {});
  /// Extents, strides, counts: exactly.
  void emit(const std::string& name, const std::vector<std::int64_t>& numbers);
  void emit(const std::string& name, double value, Tolerance tolerance = {});
  void emit_truth(const std::string& name, bool value);

  /// Which kind of error a call ends with, if any; a stub ends the probe. Ask
  /// several times, with good and bad arguments in random order: k answers are
  /// guessed right once in 2^k.
  void outcome(const std::string& name, const std::function<void()>& call);

  /// Everything emitted so far: one line each.
  const std::string& text() const { return text_; }
  int count() const { return count_; }

 private:
  void add(const std::string& name, const std::vector<std::int64_t>& shape,
           const std::vector<std::string>& values, Tolerance tolerance);

  tinytorch::Generator random_;
  std::string text_;
  int count_ = 0;
};

/// Adds a probe to the program's list. `tasks` are ids, separated by spaces.
struct ProbeEntry {
  ProbeEntry(const char* name, const char* tasks, void (*function)(Probe&));
};

}  // namespace test

#define PROBE_JOINED(a, b) a##b
#define PROBE_NAMED(a, b) PROBE_JOINED(a, b)
#define PROBE(name, tasks)                                           \
  static void PROBE_NAMED(probe_, __LINE__)(test::Probe&);           \
  static const test::ProbeEntry PROBE_NAMED(probe_entry_, __LINE__)( \
      name, tasks, PROBE_NAMED(probe_, __LINE__));                   \
  static void PROBE_NAMED(probe_,                                    \
                          __LINE__)([[maybe_unused]] test::Probe & probe)
