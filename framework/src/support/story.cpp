#include "tinytorch/support/story.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <exception>
#include <limits>
#include <optional>

namespace tinytorch {
namespace {

std::optional<std::uint64_t> parse_seed(const std::vector<std::string>& words) {
  if (words.empty()) return 0;
  if (words.size() != 2 || words[0] != "--seed") return std::nullopt;
  const char* const end = words[1].data() + words[1].size();
  std::uint64_t seed = 0;
  const auto [rest, error] = std::from_chars(words[1].data(), end, seed);
  if (error != std::errc() || rest != end) return std::nullopt;
  return seed;
}

std::string scale(float value) {
  char text[16];
  std::snprintf(text, sizeof text, "%8.3g |", static_cast<double>(value));
  return text;
}

/// Which of `count` equal parts of [low, high] the value lies in.
int part_of(float value, float low, float high, int count) {
  if (!(high > low)) return 0;
  const double share = (static_cast<double>(value) - low) / (high - low);
  return std::clamp(static_cast<int>(share * count), 0, count - 1);
}

}  // namespace

int tell(int argc, char** argv,
         const std::function<void(std::uint64_t)>& story) try {
  const auto seed = parse_seed({argv + 1, argv + argc});
  if (!seed) {
    std::fprintf(stderr,
                 "wrong arguments: expected --seed N, N from 0 to 2^64 - 1.\n"
                 "For example: tito milestone run perceptron --seed 7\n");
    return 2;
  }
  story(*seed);
  return 0;
} catch (const std::exception& error) {
  std::fflush(stdout);
  std::fprintf(stderr, "the program stopped: %s\n", error.what());
  return 1;
}

std::string bar(double share, int width) {
  const double filled = std::clamp(share, 0.0, 1.0) * width;
  const auto full = static_cast<std::size_t>(std::lround(filled));
  return std::string(full, '#') +
         std::string(static_cast<std::size_t>(width) - full, '.');
}

std::string curve(const std::vector<float>& values, int rows, int columns) {
  float low = std::numeric_limits<float>::infinity(), high = -low;
  for (const float value : values) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (low > high) return "";
  const auto width = static_cast<std::size_t>(columns);
  std::vector<std::string> canvas(static_cast<std::size_t>(rows),
                                  std::string(width, ' '));
  for (std::size_t column = 0; column < width; ++column) {
    const float value = values[column * values.size() / width];
    if (!std::isfinite(value)) continue;
    const int from_top = rows - 1 - part_of(value, low, high, rows);
    canvas[static_cast<std::size_t>(from_top)][column] = '*';
  }
  std::string text;
  for (std::size_t row = 0; row < canvas.size(); ++row) {
    const bool first = row == 0, last = row + 1 == canvas.size();
    text += first ? scale(high) : last ? scale(low) : "         |";
    text += canvas[row] + "\n";
  }
  return text;
}

}  // namespace tinytorch
