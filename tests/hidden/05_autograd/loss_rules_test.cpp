// 05.11 Rules of losses: what a plausible mistake would get wrong. Values from
// PyTorch.
#include "support/gradients.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::gradient_of;
using test::IsTensor;
using test::make;
using test::scattered;
using test::Step;

namespace {

Step cross_entropy(const Tensor& logits, const Tensor& targets) {
  return {"cross_entropy", {logits, targets}, {}, {}, {true, false}};
}

Step binary_cross_entropy(const Tensor& p, const Tensor& y) {
  return {"binary_cross_entropy", {p, y}, {}, {}, {true, false}};
}

const std::vector<float> kLogits = {1, 2, 3, 0, 2, 5};
const std::vector<float> kSlopes = {0.045015287f, 0.12236424f,  -0.16737952f,
                                    -0.49681127f, 0.023561708f, 0.47324956f};

}  // namespace

TEST_CASE("the gradient of cross-entropy over two samples", "[05.11][hidden]") {
  const Tensor targets = make({2}, {2, 0});
  CHECK_THAT(
      gradient_of(cross_entropy(make({2, 3}, kLogits), targets), make({}, {1})),
      IsTensor({2, 3}, kSlopes, 1e-5f));
  CHECK_THAT(gradient_of(cross_entropy(scattered({2, 3}, kLogits), targets),
                         make({}, {1})),
             IsTensor({2, 3}, kSlopes, 1e-5f));
}

TEST_CASE("targets may lie anywhere in memory on the way back",
          "[05.11][hidden]") {
  const Tensor targets = scattered({2}, {2, 0});
  CHECK_THAT(
      gradient_of(cross_entropy(make({2, 3}, kLogits), targets), make({}, {1})),
      IsTensor({2, 3}, kSlopes, 1e-5f));
}

TEST_CASE("the gradient of a later loss scales that of cross-entropy",
          "[05.11][hidden]") {
  std::vector<float> scaled = kSlopes;
  for (float& value : scaled) value *= -3.0f;
  CHECK_THAT(
      gradient_of(cross_entropy(make({2, 3}, kLogits), make({2}, {2, 0})),
                  make({}, {-3})),
      IsTensor({2, 3}, scaled, 1e-5f));
}

TEST_CASE("large logits overflow nothing on the way back", "[05.11][hidden]") {
  const Tensor logits = make({1, 3}, {1000, 0, -1000});
  CHECK_THAT(gradient_of(cross_entropy(logits, make({1}, {2})), make({}, {1})),
             IsTensor({1, 3}, {1, 0, -1}, 0, 1e-6f));
}

TEST_CASE("cross-entropy of no samples has a gradient without elements",
          "[05.11][hidden]") {
  CHECK_THAT(gradient_of(cross_entropy(make({0, 3}, {}), make({0}, {})),
                         make({}, {1})),
             IsTensor({0, 3}, {}));
}

TEST_CASE("the gradient of cross-entropy leaves the logits alone",
          "[05.11][hidden]") {
  const Tensor logits = make({2, 3}, kLogits);
  const auto node = test::node_of(cross_entropy(logits, make({2}, {2, 0})));
  CHECK_THAT(node->apply(make({}, {1})).at(0),
             IsTensor({2, 3}, kSlopes, 1e-5f));
  CHECK_THAT(node->apply(make({}, {1})).at(0),
             IsTensor({2, 3}, kSlopes, 1e-5f));
  CHECK_THAT(logits, IsTensor({2, 3}, kLogits));
}

TEST_CASE("logits that were changed in place are refused", "[05.11][hidden]") {
  Tensor logits = make({2, 3}, kLogits);
  const auto node = test::node_of(cross_entropy(logits, make({2}, {2, 0})));
  logits.mutable_data()[0] = 7;
  CHECK_THROWS_AS(node->apply(make({}, {1})), AutogradError);
}

TEST_CASE("the gradient of binary cross-entropy with labels in between",
          "[05.11][hidden]") {
  const IsTensor expected({4}, {-0.3125f, 0.41666667f, -2.5f, 0.47619048f},
                          1e-5f);
  const std::vector<float> p = {0.8f, 0.4f, 0.1f, 0.7f};
  const std::vector<float> y = {1, 0, 1, 0.3f};
  const Tensor one = make({}, {1});
  CHECK_THAT(gradient_of(binary_cross_entropy(make({4}, p), make({4}, y)), one),
             expected);
  CHECK_THAT(
      gradient_of(binary_cross_entropy(scattered({4}, p), make({4}, y)), one),
      expected);
  CHECK_THAT(
      gradient_of(binary_cross_entropy(make({4}, p), scattered({4}, y)), one),
      expected);
}

TEST_CASE("binary cross-entropy of a table divides by all its elements",
          "[05.11][hidden]") {
  const Tensor p = make({2, 2}, {0.8f, 0.4f, 0.1f, 0.7f});
  const Tensor y = make({2, 2}, {1, 0, 1, 0.3f});
  CHECK_THAT(gradient_of(binary_cross_entropy(p, y), make({}, {2})),
             IsTensor({2, 2}, {-0.625f, 0.83333333f, -5, 0.95238095f}, 1e-5f));
}

TEST_CASE("the bound of binary cross-entropy is that of PyTorch",
          "[05.11][hidden]") {
  // Below p (1 - p) = 1e-12 the slope no longer grows; at 1e-8 it is exact.
  const Tensor p = make({4}, {1e-30f, 1, 0, 1e-8f});
  const Tensor y = make({4}, {1, 0, 1, 1});
  CHECK_THAT(gradient_of(binary_cross_entropy(p, y), make({}, {1})),
             IsTensor({4}, {-2.5e11f, 2.5e11f, -2.5e11f, -2.5e7f}, 1e-5f));
}

TEST_CASE("a certain hit has gradient 0", "[05.11][hidden]") {
  // 0 / 0 without the bound.
  const Tensor p = make({2}, {0, 1});
  CHECK_THAT(gradient_of(binary_cross_entropy(p, p), make({}, {1})),
             IsTensor({2}, {0, 0}));
}

TEST_CASE("binary cross-entropy of scalars and of nothing goes back",
          "[05.11][hidden]") {
  CHECK_THAT(gradient_of(binary_cross_entropy(make({}, {0.5f}), make({}, {1})),
                         make({}, {3})),
             IsTensor({}, {-6}, 1e-6f));
  CHECK_THAT(gradient_of(binary_cross_entropy(make({0}, {}), make({0}, {})),
                         make({}, {1})),
             IsTensor({0}, {}));
}
