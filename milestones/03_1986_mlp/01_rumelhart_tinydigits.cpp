// Milestone 03, part 1: a network with a hidden layer reads digits.
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

constexpr int kEpochs = 20;
constexpr std::int64_t kPixels = 64, kHidden = 32, kClasses = 10;

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
                     .save("digits_loss.svg");
  const auto b = tinytorch::image_grid("What the 32 hidden units look for",
                                       features.reshape({kHidden, 8, 8}))
                     .save("digits_weights.svg");
  const auto c =
      tinytorch::confusion_matrix("Digit (row), answer (column)", counts)
          .save("digits_confusion.svg");
  std::printf("Pictures: %s\n          %s\n          %s\n", a.c_str(),
              b.c_str(), c.c_str());
}

void run(std::uint64_t seed) {
  std::printf(
      "1986. Rumelhart, Hinton and Williams show that the backward pass finds\n"
      "by itself what a hidden layer should look for. Yours gets 1,000 images\n"
      "of handwritten digits, 8 by 8 pixels, and 200 more to be tested "
      "on.\n\n");
  tinytorch::Generator generator(seed);
  const auto train = tinytorch::load_tinydigits(tinytorch::Part::train);
  const auto test = tinytorch::load_tinydigits(tinytorch::Part::test);
  const tinytorch::TensorDataset train_set(
      {train.images.reshape({-1, kPixels}), train.labels});
  const tinytorch::TensorDataset test_set(
      {test.images.reshape({-1, kPixels}), test.labels});
  tinytorch::DataLoader train_data(
      train_set, {.batch_size = 32, .shuffle = true, .generator = &generator});
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
      "\nNobody told the hidden units what a digit is made of. Look at what\n"
      "they look for: strokes, arcs and holes, in 2,410 numbers.\n"
      "\naccuracy=%.4f\nloss=%.4f\n",
      double(result.accuracy), double(result.loss));
}

}  // namespace

int main(int argc, char** argv) { return tinytorch::tell(argc, argv, run); }
