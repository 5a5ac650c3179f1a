#include <memory>
#include <vector>

#include "support/catch.hpp"
#include "support/fake_layers.hpp"
#include "support/tensors.hpp"
#include "tinytorch/layers.hpp"

using test::Affine;
using test::Identity;
using test::IsTensor;
using test::make;
using tinytorch::Sequential;
using tinytorch::Tensor;

TEST_CASE("Sequential asks every layer exactly once per call",
          "[03.5][hidden]") {
  const auto first = std::make_shared<Affine>(1.0f, 1.0f);
  const auto last = std::make_shared<Affine>(3.0f, 0.0f);
  Sequential model;
  model.add(first);
  model.add(last);
  REQUIRE_THAT(model.forward(make({1}, {1})), IsTensor({1}, {6}));
  CHECK(first->calls() == 1);
  CHECK(last->calls() == 1);
  INFO("a second call starts again from its own input");
  CHECK_THAT(model.forward(make({1}, {0})), IsTensor({1}, {3}));
  CHECK(first->calls() == 2);
  CHECK(last->calls() == 2);
}

TEST_CASE("Sequential of a single layer is that layer", "[03.5][hidden]") {
  Sequential model(Affine(3, 4));
  CHECK_THAT(model.forward(make({2}, {1, 2})), IsTensor({2}, {7, 10}));
}

TEST_CASE("Sequential applies the last of many layers", "[03.5][hidden]") {
  // x = 1: +1 -> 2, *2 -> 4, +3 -> 7, *-1 -> -7, +10 -> 3
  Sequential model(Affine(1, 1), Affine(2, 0), Affine(1, 3), Affine(-1, 0),
                   Affine(1, 10));
  CHECK_THAT(model.forward(make({1}, {1})), IsTensor({1}, {3}));
}

TEST_CASE("Sequential applies a Sequential inside it", "[03.5][hidden]") {
  // x = 1: inside (1 + 1) * 3 = 6, then 6 - 2 = 4
  Sequential model(Sequential(Affine(1, 1), Affine(3, 0)), Affine(1, -2));
  CHECK_THAT(model.forward(make({1}, {1})), IsTensor({1}, {4}));
}

TEST_CASE("Sequential asks the same layer twice if it stands there twice",
          "[03.5][hidden]") {
  const auto twice = std::make_shared<Affine>(2.0f, 1.0f);
  Sequential model;
  model.add(twice);
  model.add(twice);
  // x = 1: 2 * 1 + 1 = 3, then 2 * 3 + 1 = 7
  REQUIRE_THAT(model.forward(make({1}, {1})), IsTensor({1}, {7}));
  CHECK(twice->calls() == 2);
}

TEST_CASE("Sequential leaves its input as it was", "[03.5][hidden]") {
  Sequential model(Affine(2, 0), Affine(1, 5));
  const Tensor x = test::scattered({2, 2}, {1, 2, 3, 4});
  CHECK_THAT(model.forward(x), IsTensor({2, 2}, {7, 9, 11, 13}));
  CHECK_THAT(x, IsTensor({2, 2}, {1, 2, 3, 4}));
}

TEST_CASE("Sequential without layers has no parameters", "[03.6][hidden]") {
  CHECK(Sequential().parameters().empty());
}

TEST_CASE("Sequential hands out the parameters themselves and not copies",
          "[03.6][hidden]") {
  const auto layer = std::make_shared<Affine>(2.0f, 3.0f);
  Sequential model;
  model.add(layer);
  std::vector<Tensor> parameters = model.parameters();
  REQUIRE(parameters.size() == 2);
  *parameters[0].mutable_data() = 9;
  CHECK_THAT(layer->parameters()[0], IsTensor({1}, {9}));
}

TEST_CASE("Sequential collects parameters from a Sequential inside it",
          "[03.6][hidden]") {
  const Sequential model(Affine(1, 2), Sequential(Affine(3, 4), Identity()),
                         Affine(5, 6));
  const std::vector<Tensor> parameters = model.parameters();
  REQUIRE(parameters.size() == 6);
  for (int i = 0; i < 6; ++i) {
    CAPTURE(i);
    CHECK_THAT(parameters[static_cast<std::size_t>(i)],
               IsTensor({1}, {static_cast<float>(i + 1)}));
  }
}

TEST_CASE("Sequential collects the same parameters when asked again",
          "[03.6][hidden]") {
  const Sequential model(Affine(1, 2), Affine(3, 4));
  CHECK(model.parameters().size() == 4);
  CHECK(model.parameters().size() == 4);
}

TEST_CASE("Sequential lists a parameter once even if its layer stands twice",
          "[03.6][hidden]") {
  // As PyTorch's Module.parameters(); an optimizer would step it twice.
  const auto shared = std::make_shared<Affine>(1.0f, 2.0f);
  const auto inner = std::make_shared<Sequential>();
  inner->add(std::make_shared<Affine>(5.0f, 6.0f));
  inner->add(shared);
  Sequential model;
  model.add(shared);
  model.add(std::make_shared<Affine>(3.0f, 4.0f));
  model.add(inner);
  const std::vector<Tensor> parameters = model.parameters();
  REQUIRE(parameters.size() == 6);
  for (int i = 0; i < 6; ++i) {
    CAPTURE(i);
    CHECK_THAT(parameters[static_cast<std::size_t>(i)],
               IsTensor({1}, {static_cast<float>(i + 1)}));
  }
}

TEST_CASE("Sequential lists different parameters of equal value",
          "[03.6][hidden]") {
  CHECK(Sequential(Affine(1, 1), Affine(1, 1)).parameters().size() == 4);
}

TEST_CASE("Sequential passes its mode on to a Sequential inside it",
          "[03.6][hidden]") {
  const auto deep = std::make_shared<Identity>();
  const auto inner = std::make_shared<Sequential>();
  inner->add(deep);
  Sequential model;
  model.add(inner);
  model.eval();
  CHECK_FALSE(inner->training());
  CHECK_FALSE(deep->training());
  model.train();
  CHECK(inner->training());
  CHECK(deep->training());
}

TEST_CASE("Sequential without layers still has a mode", "[03.6][hidden]") {
  Sequential model;
  model.train(false);
  CHECK_FALSE(model.training());
}
