// Milestone 02, part 1: a perceptron meets exclusive or.
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

using tinytorch::Tensor;

namespace {

constexpr int kEpochs = 1000;

void run(std::uint64_t seed) {
  std::printf(
      "1969. Minsky and Papert prove what a perceptron cannot do. The "
      "smallest\n"
      "example has four points: answer 1 where the two inputs differ. "
      "Training\n"
      "works as before. Watch the loss.\n\n");
  tinytorch::enable_autograd();
  tinytorch::Generator generator(seed);
  const auto [points, labels] = tinytorch::exclusive_or();
  tinytorch::Sequential model(tinytorch::Linear(2, 1, true, generator),
                              tinytorch::Sigmoid());
  tinytorch::SGD optimizer(model.parameters(), {.lr = 0.5f});

  std::vector<float> losses;
  for (int epoch = 0; epoch <= kEpochs; ++epoch) {
    const Tensor loss =
        tinytorch::binary_cross_entropy_loss(model(points), labels);
    losses.push_back(loss.item());
    if (epoch % 100 == 0) {
      std::printf("  epoch %4d   loss %.4f\n", epoch, double(loss.item()));
    }
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
  }
  const tinytorch::NoGradGuard no_grad;
  const Tensor answers = model(points);
  int right = 0;
  std::printf("\n  x1  x2   wanted   answer\n");
  for (std::int64_t i = 0; i < 4; ++i) {
    const float answer = answers.at({i, 0}), wanted = labels.at({i, 0});
    std::printf("  %2.0f  %2.0f   %6.0f   %6.3f\n", double(points.at({i, 0})),
                double(points.at({i, 1})), double(wanted), double(answer));
    right += (answer >= 0.5f) == (wanted == 1.0f);
  }
  std::printf(
      "\n%s\nThe loss is stuck at log(2) = 0.6931: the model says one half to\n"
      "everything. Nothing in your code is broken. A line has two sides, and\n"
      "no line has (0, 1) and (1, 0) on one side, (0, 0) and (1, 1) on the\n"
      "other. At most three of the four points can be right.\n",
      tinytorch::curve(losses).c_str());
  const auto picture =
      tinytorch::decision_map(
          "Exclusive or, without a hidden layer", -0.5f, 1.5f,
          [&](const Tensor& x) { return model(x); }, points, labels)
          .save("xor_crisis.svg");
  std::printf("A picture of it: %s\n\naccuracy=%.2f\nloss=%.4f\n",
              picture.c_str(), right / 4.0, double(losses.back()));
}

}  // namespace

int main(int argc, char** argv) { return tinytorch::tell(argc, argv, run); }
