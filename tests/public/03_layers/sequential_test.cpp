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

TEST_CASE("Sequential gives the output of each layer to the next", "[03.5]") {
  Sequential model(Affine(2, 1), Affine(10, 3));
  INFO("x = 5: the first layer makes 2 * 5 + 1 = 11, the second 10 * 11 + 3");
  CHECK_THAT(model.forward(make({1}, {5})), IsTensor({1}, {113}));
}

TEST_CASE("Sequential applies its layers from first to last", "[03.5]") {
  INFO("(x + 1) * 2 is not x * 2 + 1");
  Sequential add_first(Affine(1, 1), Affine(2, 0));
  Sequential multiply_first(Affine(2, 0), Affine(1, 1));
  const Tensor x = make({2}, {3, -1});
  CHECK_THAT(add_first(x), IsTensor({2}, {8, 0}));
  CHECK_THAT(multiply_first(x), IsTensor({2}, {7, -1}));
}

TEST_CASE("Sequential without layers returns its input itself", "[03.5]") {
  Sequential model;
  const Tensor x = make({2}, {1, 2});
  const Tensor y = model.forward(x);
  CHECK_THAT(y, IsTensor({2}, {1, 2}));
  CHECK(y.storage() == x.storage());
}

TEST_CASE("Sequential collects the parameters of all layers in order",
          "[03.6]") {
  const Sequential model(Affine(2, 3), Identity(), Affine(5, 7));
  INFO("two layers with two parameters each, and one without any");
  const std::vector<Tensor> parameters = model.parameters();
  REQUIRE(parameters.size() == 4);
  CHECK_THAT(parameters[0], IsTensor({1}, {2}));
  CHECK_THAT(parameters[1], IsTensor({1}, {3}));
  CHECK_THAT(parameters[2], IsTensor({1}, {5}));
  CHECK_THAT(parameters[3], IsTensor({1}, {7}));
}

TEST_CASE("Sequential sets the mode of every layer in it", "[03.6]") {
  Sequential model{Identity(), Identity()};
  model.train(false);
  CHECK_FALSE(model.layers()[0]->training());
  CHECK_FALSE(model.layers()[1]->training());
  model.train(true);
  CHECK(model.layers()[0]->training());
  CHECK(model.layers()[1]->training());
}

TEST_CASE("Sequential sets its own mode too", "[03.6]") {
  Sequential model{Identity(), Identity()};
  CHECK(model.training());
  model.eval();
  CHECK_FALSE(model.training());
  model.train();
  CHECK(model.training());
}
