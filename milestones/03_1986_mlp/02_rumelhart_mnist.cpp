// Milestone 03, part 2: the same on 60,000 images of 28 by 28 pixels.
//
// The data are fetched with: tito dataset fetch mnist
#include <cstdio>
#include <vector>

#include "tinytorch/activations.hpp"
#include "tinytorch/autograd.hpp"
#include "tinytorch/data.hpp"
#include "tinytorch/layers.hpp"
#include "tinytorch/losses.hpp"
#include "tinytorch/support/datasets.hpp"
#include "tinytorch/support/picture.hpp"
#include "tinytorch/support/story.hpp"
#include "tinytorch/training.hpp"

using tinytorch::Tensor;

namespace {

constexpr int kEpochs = 5;
constexpr std::int64_t kPixels = 784, kHidden = 128, kClasses = 10;

/// Which answers the test images of each class get.
Tensor confusion(tinytorch::Layer& model, const Tensor& images,
                 const Tensor& labels) {
  const tinytorch::NoGradGuard no_grad;
  const Tensor answers = model(images).argmax(1);
  Tensor counts = Tensor::zeros({kClasses, kClasses});
  for (std::int64_t i = 0; i < labels.size(0); ++i) {
    const auto truth = static_cast<std::int64_t>(labels.at({i}));
    const auto answer = static_cast<std::int64_t>(answers.at({i}));
    counts.set({truth, answer}, counts.at({truth, answer}) + 1.0f);
  }
  return counts;
}

void draw(const tinytorch::History& history, const Tensor& counts,
          const Tensor& weights) {
  // A column of the weights is what one hidden unit looks for.
  const Tensor features = weights.detach().transpose().contiguous();
  const auto a = tinytorch::line_chart("Training loss", history.train_loss)
                     .save("mnist_loss.svg");
  const auto b = tinytorch::image_grid("What the 128 hidden units look for",
                                       features.reshape({kHidden, 28, 28}))
                     .save("mnist_weights.svg");
  const auto c =
      tinytorch::confusion_matrix("Digit (row), answer (column)", counts)
          .save("mnist_confusion.svg");
  std::printf("Pictures: %s\n          %s\n          %s\n", a.c_str(),
              b.c_str(), c.c_str());
}

void run(std::uint64_t seed) {
  std::printf(
      "The images of postal codes and school children that everybody has "
      "tried\n"
      "since 1998: 60,000 to learn from, 10,000 to be tested on. The network "
      "is\n"
      "Linear(784, 128), ReLU, Linear(128, 10): 101,770 numbers.\n\n");
  tinytorch::Generator generator(seed);
  const auto train = tinytorch::load_mnist(tinytorch::Part::train);
  const auto test = tinytorch::load_mnist(tinytorch::Part::test);
  const tinytorch::TensorDataset train_set(
      {train.images.reshape({-1, kPixels}), train.labels});
  const tinytorch::TensorDataset test_set(
      {test.images.reshape({-1, kPixels}), test.labels});
  tinytorch::DataLoader train_data(
      train_set, {.batch_size = 64, .shuffle = true, .generator = &generator});
  tinytorch::DataLoader test_data(test_set, {.batch_size = 100});

  tinytorch::Linear first(kPixels, kHidden, true, generator);
  tinytorch::Sequential model(
      first, tinytorch::ReLU(),
      tinytorch::Linear(kHidden, kClasses, true, generator));
  tinytorch::SGD optimizer(model.parameters(), {.lr = 0.1f, .momentum = 0.9f});
  tinytorch::Trainer trainer(
      model, optimizer, tinytorch::CrossEntropyLoss(),
      {.schedule = tinytorch::CosineSchedule(0.1f, 0.001f, kEpochs)});

  tinytorch::Evaluation result;
  for (int epoch = 1; epoch <= kEpochs; ++epoch) {
    const float loss = trainer.train_epoch(train_data);
    result = trainer.evaluate(test_data);
    std::printf("  epoch %2d   loss %.3f   test accuracy %5.1f %%  %s\n", epoch,
                double(loss), 100.0 * double(result.accuracy),
                tinytorch::bar(double(result.accuracy)).c_str());
  }
  std::printf("\n%s\n", tinytorch::curve(trainer.history().train_loss).c_str());
  const Tensor counts =
      confusion(model, test.images.reshape({-1, kPixels}), test.labels);
  draw(trainer.history(), counts, first.weight());
  std::printf(
      "\nAlmost every digit is right, and the code is what read 8 by 8 "
      "pixels:\n"
      "only the sizes differ.\n"
      "\naccuracy=%.4f\nloss=%.4f\n",
      double(result.accuracy), double(result.loss));
}

}  // namespace

int main(int argc, char** argv) { return tinytorch::tell(argc, argv, run); }
