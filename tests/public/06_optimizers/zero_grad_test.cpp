// 06.1 Zeroing gradients.
#include "support/parameters.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::make;
using test::parameter;

TEST_CASE("zero_grad of an optimizer forgets the gradient of every parameter",
          "[06.1]") {
  const Tensor weight = parameter({2, 2}, {1, 2, 3, 4});
  const Tensor bias = parameter({2}, {5, 6});
  SGD optimizer({weight, bias});
  weight.set_grad(make({2, 2}, {1, 1, 1, 1}));
  bias.set_grad(make({2}, {1, 1}));
  optimizer.zero_grad();
  INFO("otherwise the next backward() would add to the gradients of this step");
  CHECK_FALSE(weight.has_grad());
  CHECK_FALSE(bias.has_grad());
}

TEST_CASE("zero_grad of an optimizer leaves the parameters as they are",
          "[06.1]") {
  const Tensor weight = parameter({3}, {1, 2, 3});
  Adam optimizer({weight});
  weight.set_grad(make({3}, {4, 5, 6}));
  optimizer.zero_grad();
  CHECK_THAT(weight, test::IsTensor({3}, {1, 2, 3}));
}
