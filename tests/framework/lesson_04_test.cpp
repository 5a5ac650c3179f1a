// Every number and every message in the lesson of module 04.
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "framework/lesson.hpp"
#include "support/tensors.hpp"
#include "tinytorch/activations.hpp"
#include "tinytorch/losses.hpp"

using lesson::bytes_needed;
using lesson::message;
using namespace tinytorch;
using test::IsTensor;
using test::kInf;

TEST_CASE("lesson 04: three house prices") {
  const Tensor predictions{200, 250, 300};
  const Tensor targets{195, 260, 290};
  const Tensor error = predictions - targets;
  CHECK_THAT(error, IsTensor({3}, {5, -10, 10}));
  CHECK_THAT(error * error, IsTensor({3}, {25, 100, 100}));
  CHECK(mse_loss(predictions, targets).item() == 75.0f);

  const Tensor small_and_large{5e3f, 5e4f};
  CHECK_THAT(small_and_large * small_and_large,
             IsTensor({2}, {25e6f, 2500e6f}));
}

TEST_CASE("lesson 04: the price of surprise") {
  const auto cost = [](float p) {
    return binary_cross_entropy_loss(Tensor{p}, Tensor{1}).item();
  };
  CHECK(cost(0.99f) == Approx(0.0101).margin(5e-5));
  CHECK(cost(0.5f) == Approx(0.6931).margin(5e-5));
  CHECK(cost(0.1f) == Approx(2.3026).margin(5e-5));
  CHECK(cost(0.01f) == Approx(4.6052).margin(5e-5));
}

TEST_CASE("lesson 04: two samples of three classes") {
  const Tensor logits{{2.0f, 0.5f, 0.1f}, {0.3f, 1.8f, 0.2f}};
  const float first[] = {7.389f, 1.649f, 1.105f};
  const float second[] = {1.350f, 6.050f, 1.221f};
  for (std::int64_t i = 0; i < 3; ++i) {
    CHECK(std::exp(logits.at({0, i})) == Approx(first[i]).margin(6e-4));
    CHECK(std::exp(logits.at({1, i})) == Approx(second[i]).margin(6e-4));
  }
  CHECK(7.389 + 1.649 + 1.105 == Approx(10.143));
  CHECK(1.350 + 6.050 + 1.221 == Approx(8.621));
  const Tensor p = softmax(logits);
  CHECK(p.at({0, 0}) == Approx(0.7285).margin(5e-5));
  CHECK(p.at({1, 1}) == Approx(0.7017).margin(5e-5));
  const Tensor log_p = log_softmax(logits);
  CHECK(-log_p.at({0, 0}) == Approx(0.3168).margin(5e-5));
  CHECK(-log_p.at({1, 1}) == Approx(0.3542).margin(5e-5));
  CHECK(cross_entropy_loss(logits, Tensor{0, 1}).item() ==
        Approx(0.3355).margin(5e-5));
}

TEST_CASE("lesson 04: why the logarithm must come early") {
  CHECK(std::exp(300.0) == Approx(2e130).epsilon(0.05));
  CHECK(std::exp(300.0f) == kInf);
  CHECK(std::isnan(kInf / kInf));
  const Tensor logits{{100, 200, 300}};
  CHECK(softmax(logits).at({0, 0}) == 0.0f);
  CHECK(std::log(0.0f) == -kInf);
  CHECK(std::exp(-200.0f) == 0.0f);
  CHECK(std::exp(-100.0f) == Approx(4e-44f).epsilon(0.1));
  CHECK_THAT(log_softmax(logits), IsTensor({1, 3}, {-200, -100, 0}));
  CHECK(cross_entropy_loss(logits, Tensor{0}).item() == 200.0f);
}

TEST_CASE("lesson 04: a yes and a no") {
  const auto cost = [](float p, float y) {
    return binary_cross_entropy_loss(Tensor{p}, Tensor{y}).item();
  };
  CHECK(cost(0.9f, 1) == Approx(0.1054).margin(5e-5));
  CHECK(cost(0.2f, 0) == Approx(0.2231).margin(5e-5));
  CHECK(binary_cross_entropy_loss(Tensor{0.9f, 0.2f}, Tensor{1, 0}).item() ==
        Approx(0.1643).margin(5e-5));
}

TEST_CASE("lesson 04: the traps of the contract") {
  const Tensor row{1, 2, 3};
  const Tensor stretched = row.reshape({3, 1}) - row;
  CHECK(stretched.shape() == Shape{3, 3});
  CHECK((stretched * stretched).mean().item() == Approx(1.3333).margin(5e-5));

  CHECK(cross_entropy_loss(Tensor{{1, 0, 0}}, Tensor{0}).item() ==
        Approx(0.5514).margin(5e-5));

  CHECK(std::isnan(0.0f * -kInf));
  const Tensor sure{1, 0};
  CHECK(binary_cross_entropy_loss(sure, Tensor{1, 0}).item() == 0.0f);
  CHECK(binary_cross_entropy_loss(sure, Tensor{0, 1}).item() == 100.0f);
  CHECK(-std::log(1e-7) == Approx(16.1).margin(0.05));
  CHECK(1.0f - 1e-8f == 1.0f);
}

TEST_CASE("lesson 04: adding a million small numbers") {
  float total = 0.0f;
  for (int i = 0; i < 1000000; ++i) total += 0.1f;
  CHECK(total == Approx(100958).margin(0.5));
  CHECK(Tensor::full({1000000}, 0.1f).sum().item() == Approx(100000));
}

TEST_CASE("lesson 04: the messages are the real ones") {
  const std::vector<std::string> messages = {
      message([] {
        mse_loss(Tensor{{1}, {2}, {3}}, Tensor{1, 2, 3});
      }),
      message([] {
        cross_entropy_loss(Tensor{{1, 2, 3}}, Tensor{5});
      }),
      message([] {
        const Tensor one_hot{{1, 0, 0}, {0, 1, 0}};
        cross_entropy_loss(one_hot, one_hot);
      }),
      message([] { binary_cross_entropy_loss(Tensor{2.5f}, Tensor{1}); }),
  };
  const std::string text = lesson::text("04_losses");
  for (const std::string& expected : messages) {
    CAPTURE(expected);
    CHECK(text.find("```\n" + expected + "\n```") != std::string::npos);
  }
}

TEST_CASE("lesson 04: the fixes it recommends work") {
  const Tensor column{{1}, {2}, {3}};
  CHECK(mse_loss(column.reshape({-1}), Tensor{1, 2, 3}).item() == 0.0f);
  const Tensor one_hot{{0, 0, 1}, {0, 1, 0}};
  CHECK_THAT(one_hot.argmax(1), IsTensor({2}, {2, 1}));
}

TEST_CASE("lesson 04: answer 1 and what the loss allocates") {
  const Tensor logits = Tensor::zeros({128, 50000});
  const Tensor targets = Tensor::zeros({128});
  CHECK(logits.size() * 4 == 25600000);
  CHECK(3 * 25.6 == Approx(76.8));
  CHECK(76.8 / 2 == Approx(38.4));
  const std::int64_t bytes =
      bytes_needed([&] { cross_entropy_loss(logits, targets); });
  CHECK(bytes >= 25600000);
  CHECK(bytes < 25600000 + 1000);
}

TEST_CASE("lesson 04: answer 2 and softmax without its trick") {
  CHECK(std::isfinite(std::exp(50.0f)));
  CHECK(std::exp(100.0f) == kInf);
  CHECK(1.0f + std::exp(-50.0f) + std::exp(-100.0f) == 1.0f);
  CHECK_THAT(log_softmax(Tensor{50, 100, 150}), IsTensor({3}, {-100, -50, 0}));
}

TEST_CASE("lesson 04: answer 3 and five diseases") {
  CHECK_THAT(sigmoid(Tensor{2, 2}), IsTensor({2}, {0.88f, 0.88f}, 0, 0.005f));
  CHECK_THAT(softmax(Tensor{2, 2}), IsTensor({2}, {0.5f, 0.5f}));
  const Tensor scores{{3, -2, 1, 0, -4}};
  CHECK(cross_entropy_loss(scores, Tensor{0}).shape() == Shape{});
  const Tensor several{{1, 0, 1, 0, 0}};
  CHECK(binary_cross_entropy_loss(sigmoid(scores), several).item() < 0.5f);
}

TEST_CASE("lesson 04: answer 4 and the size of the batch") {
  const Tensor logits = Tensor::randn({128, 10});
  const Tensor targets = Tensor::zeros({128});
  float mean_of_four = 0.0f;
  for (std::int64_t i = 0; i < 128; i += 32) {
    mean_of_four += cross_entropy_loss(logits.slice(0, i, i + 32),
                                       targets.slice(0, i, i + 32))
                        .item() /
                    4.0f;
  }
  CHECK(cross_entropy_loss(logits, targets).item() == Approx(mean_of_four));

  const Tensor part = logits.slice(0, 0, 32);
  const Tensor repeated = part.broadcast_to({4, 32, 10}).reshape({128, 10});
  CHECK(cross_entropy_loss(repeated, targets).item() ==
        Approx(cross_entropy_loss(part, targets.slice(0, 0, 32)).item()));

  const auto small = bytes_needed([&] { log_softmax(part, 1); });
  CHECK(bytes_needed([&] { log_softmax(logits, 1); }) == 4 * small);
}

TEST_CASE("lesson 04: answers 5 and 6") {
  CHECK(120.0 / (80 + 120 + 150) == Approx(0.34).margin(0.005));
  CHECK(64 * 1000 == 64000);
  CHECK(128 * 50000 == Approx(6.4e6));
  const Tensor equal = Tensor::zeros({1, 10});
  CHECK(cross_entropy_loss(equal, Tensor{7}).item() ==
        Approx(2.3026).margin(5e-5));
}
