// Milestone 01, part 2: the same perceptron, taught.
//
// Points and weights are drawn as in part 1, from one generator, points first.
#include <cstdio>
#include <vector>

#include "tinytorch/activations.hpp"
#include "tinytorch/autograd.hpp"
#include "tinytorch/layers.hpp"
#include "tinytorch/losses.hpp"
#include "tinytorch/optimizers.hpp"
#include "tinytorch/support/picture.hpp"
#include "tinytorch/support/story.hpp"
#include "tinytorch/support/toy_data.hpp"

using tinytorch::Generator;
using tinytorch::Tensor;

namespace {

constexpr int kEpochs = 200;

/// The share of answers on the right side of one half.
double accuracy(const Tensor& answers, const Tensor& labels) {
  int right = 0;
  for (std::int64_t i = 0; i < labels.size(0); ++i) {
    right += (answers.at({i, 0}) >= 0.5f) == (labels.at({i, 0}) == 1.0f);
  }
  return double(right) / double(labels.size(0));
}

void run(std::uint64_t seed) {
  std::printf(
      "1958. Rosenblatt's program on an IBM 704 is shown cards, answers, is\n"
      "told the right answer, and changes its weights. Yours does the same:\n"
      "forward, loss, backward, step. Model and points are those of part "
      "1.\n\n");
  tinytorch::enable_autograd();
  Generator generator(seed);
  const auto [points, labels] = tinytorch::two_clusters(generator);
  tinytorch::Linear linear(2, 1, true, generator);
  tinytorch::Sequential model(linear, tinytorch::Sigmoid());
  tinytorch::SGD optimizer(model.parameters(), {.lr = 0.5f});

  std::vector<float> losses;
  double right = 0;
  for (int epoch = 0; epoch <= kEpochs; ++epoch) {
    const Tensor answers = model(points);
    const Tensor loss = tinytorch::binary_cross_entropy_loss(answers, labels);
    losses.push_back(loss.item());
    right = accuracy(answers, labels);
    if (epoch % 20 == 0) {
      std::printf("  epoch %3d   loss %.3f   accuracy %3.0f %%  %s\n", epoch,
                  double(loss.item()), 100 * right,
                  tinytorch::bar(right).c_str());
    }
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
  }
  const Tensor& w = linear.weight();
  std::printf(
      "\nThe loss, epoch by epoch:\n\n%s\n"
      "The line it found: %.2f x %+.2f y %+.2f = 0. In part 1 nothing but the\n"
      "weights was different. What was missing is these %d small steps.\n",
      tinytorch::curve(losses).c_str(), double(w.at({0, 0})),
      double(w.at({1, 0})), double(linear.bias().at({0})), kEpochs);
  const tinytorch::NoGradGuard no_grad;
  const auto picture =
      tinytorch::decision_map(
          "The perceptron, taught", -1.0f, 5.0f,
          [&](const Tensor& x) { return model(x); }, points, labels)
          .save("perceptron.svg");
  std::printf("A picture of it: %s\n\naccuracy=%.2f\nloss=%.4f\n",
              picture.c_str(), right, double(losses.back()));
}

}  // namespace

int main(int argc, char** argv) { return tinytorch::tell(argc, argv, run); }
