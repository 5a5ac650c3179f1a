// Milestone 02, part 2: one hidden layer.
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
constexpr std::int64_t kHidden = 16;

void run(std::uint64_t seed) {
  std::printf(
      "The same four points, the same training, and one layer more:\n"
      "Linear(2, %d), ReLU, Linear(%d, 1), Sigmoid. Each hidden unit draws a\n"
      "line of its own, and the last layer combines what they say.\n\n",
      int(kHidden), int(kHidden));
  tinytorch::enable_autograd();
  tinytorch::Generator generator(seed);
  const auto [points, labels] = tinytorch::exclusive_or();
  tinytorch::Sequential model(
      tinytorch::Linear(2, kHidden, true, generator), tinytorch::ReLU(),
      tinytorch::Linear(kHidden, 1, true, generator), tinytorch::Sigmoid());
  tinytorch::SGD optimizer(model.parameters(), {.lr = 0.1f, .momentum = 0.9f});

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
      "\n%s\nWhat could not be done with one layer is done with two. It took\n"
      "the field until 1986 to agree on how to train them: with the backward\n"
      "pass that you have just run.\n",
      tinytorch::curve(losses).c_str());
  const auto picture =
      tinytorch::decision_map(
          "Exclusive or, with a hidden layer", -0.5f, 1.5f,
          [&](const Tensor& x) { return model(x); }, points, labels)
          .save("xor_solved.svg");
  std::printf("A picture of it: %s\n\naccuracy=%.2f\nloss=%.4f\n",
              picture.c_str(), right / 4.0, double(losses.back()));
}

}  // namespace

int main(int argc, char** argv) { return tinytorch::tell(argc, argv, run); }
