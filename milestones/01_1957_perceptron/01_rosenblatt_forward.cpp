// Milestone 01, part 1: a perceptron that has not learned anything yet.
//
// The data and the weights come from one generator, points first: part 2 trains
// the same model, from the same weights, on the same points.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "tinytorch/activations.hpp"
#include "tinytorch/layers.hpp"
#include "tinytorch/support/story.hpp"
#include "tinytorch/support/toy_data.hpp"

using tinytorch::Generator;
using tinytorch::Tensor;

namespace {

constexpr std::int64_t kPerClass = 50;

// The plot shows -2 to 5 in both directions.
constexpr int kColumns = 43, kRows = 22;
constexpr float kPerUnitX = 6.0f, kPerUnitY = 3.0f;

/// What the model answers at every character of the plot, as one batch.
Tensor ask_everywhere(tinytorch::Layer& model) {
  std::vector<float> places;
  for (int row = 0; row < kRows; ++row) {
    for (int column = 0; column < kColumns; ++column) {
      places.push_back(-2.0f + float(column) / kPerUnitX);
      places.push_back(5.0f - float(row) / kPerUnitY);
    }
  }
  return model(Tensor({kRows * kColumns, 2}, places));
}

/// The points, and a '#' wherever the model's answer changes from one
/// character to its right or lower neighbour.
void draw(const Tensor& points, tinytorch::Layer& model) {
  const Tensor answers = ask_everywhere(model);
  const auto yes = [&](int row, int column) {
    return answers.at({row * kColumns + column, 0}) >= 0.5f;
  };
  std::vector<std::string> canvas(kRows, std::string(kColumns, ' '));
  for (int r = 0; r + 1 < kRows; ++r) {
    for (int c = 0; c + 1 < kColumns; ++c) {
      const bool here = yes(r, c);
      if (here != yes(r, c + 1) || here != yes(r + 1, c)) canvas[r][c] = '#';
    }
  }
  for (std::int64_t i = 0; i < points.size(0); ++i) {
    const float x = points.at({i, 0}), y = points.at({i, 1});
    const int column = int(std::lround((x + 2.0f) * kPerUnitX));
    const int row = int(std::lround((5.0f - y) * kPerUnitY));
    canvas[std::clamp(row, 0, kRows - 1)][std::clamp(column, 0, kColumns - 1)] =
        i < kPerClass ? 'o' : 'x';
  }
  for (const std::string& line : canvas) std::printf("    %s\n", line.c_str());
}

/// Prints how each class is answered; returns the share of right answers.
double judge(const Tensor& answers) {
  int ones[2] = {0, 0};
  for (std::int64_t i = 0; i < answers.size(0); ++i) {
    ones[i >= kPerClass] += answers.at({i, 0}) >= 0.5f;
  }
  const int right[2] = {int(kPerClass) - ones[0], ones[1]};
  std::printf("                  answered 0   answered 1   right\n");
  for (int c = 0; c < 2; ++c) {
    std::printf("    class %d (%c) %12d %12d %7d\n", c, c == 0 ? 'o' : 'x',
                int(kPerClass) - ones[c], ones[c], right[c]);
  }
  return double(right[0] + right[1]) / double(answers.size(0));
}

void run(std::uint64_t seed) {
  std::printf(
      "1957, Cornell Aeronautical Laboratory. Frank Rosenblatt proposes a\n"
      "machine that is not programmed but taught: the perceptron. Yours is a\n"
      "Linear(2, 1) and a sigmoid, and today it is switched on untaught.\n\n");
  Generator generator(seed);
  const Tensor points = tinytorch::two_clusters(generator).points;
  tinytorch::Linear linear(2, 1, true, generator);
  tinytorch::Sequential model(linear, tinytorch::Sigmoid());
  std::printf(
      "50 points o around (1, 1), 50 points x around (3, 3). The random\n"
      "weights draw the line %.3f x %+.3f y = 0, marked #:\n\n",
      linear.weight().at({0, 0}), linear.weight().at({1, 0}));
  draw(points, model);
  std::printf("\nIt answers 1 on one side of the line, 0 on the other:\n\n");
  const double accuracy = judge(model(points));
  std::printf(
      "\nThe bias is 0, so the line goes through (0, 0), and no line through\n"
      "(0, 0) passes between these clusters. What is right for one class is\n"
      "wrong for the other: about half, as good as tossing a coin.\n"
      "A line that makes no mistake exists: x + y = 4. To find it is to "
      "learn.\n"
      "\naccuracy=%.2f\n",
      accuracy);
}

}  // namespace

int main(int argc, char** argv) { return tinytorch::tell(argc, argv, run); }
