// Gradients against finite differences: for every operation, layer and loss,
// over shapes, memory layouts and shared subexpressions.
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "support/gradients.hpp"
#include "support/tensors.hpp"
#include "tinytorch/activations.hpp"
#include "tinytorch/layers.hpp"
#include "tinytorch/losses.hpp"
#include "tinytorch/operations.hpp"

using namespace tinytorch;
using test::counting;
using test::make;

namespace {

using Inputs = std::vector<Tensor>;
using Function = std::function<Tensor(const Inputs&)>;

/// An input's elements are multiples of kGap that are all different and not 0,
/// so that no step crosses a kink of relu or max.
constexpr double kGap = 0.15;
constexpr double kStep = 0.025;
constexpr double kTolerance = 1e-3;

using Layout = Tensor (*)(const Shape&, const std::vector<float>&);

/// The last two dimensions swapped in memory.
Tensor transposed(const Shape& shape, const std::vector<float>& values) {
  if (shape.size() < 2) return make(shape, values);
  Shape swapped = shape;
  std::swap(swapped[shape.size() - 1], swapped[shape.size() - 2]);
  const Tensor source = make(shape, values).transpose();
  return make(swapped, test::values(source)).transpose();
}

struct Input {
  Shape shape;
  std::vector<float> values;
};

Input random_input(const Shape& shape, Generator& generator, double shift) {
  Input input{shape, counting(shape)};
  const auto n = static_cast<std::int64_t>(input.values.size());
  for (std::int64_t i = n - 1; i > 0; --i) {
    const auto j = static_cast<std::size_t>(generator.uniform() *
                                            static_cast<float>(i + 1));
    std::swap(input.values[static_cast<std::size_t>(i)], input.values[j]);
  }
  for (float& value : input.values) {
    const double place = static_cast<double>(value) - std::floor(n / 2.0) + 0.5;
    value = static_cast<float>(kGap * place + shift);
  }
  return input;
}

Inputs build(const std::vector<Input>& inputs, Layout layout) {
  Inputs result;
  for (const Input& input : inputs) {
    result.push_back(layout(input.shape, input.values));
  }
  return result;
}

/// The sum of the elements of f, weighed: one number to differentiate.
double weighed(const Function& f, const std::vector<Input>& inputs,
               const std::vector<float>& weights, Layout layout) {
  const NoGradGuard no_grad;
  const std::vector<float> y = test::values(f(build(inputs, layout)));
  double sum = 0.0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    sum += static_cast<double>(y[i]) * static_cast<double>(weights[i]);
  }
  return sum;
}

/// The central difference of fourth order: its error falls with the fourth
/// power of the step, so that the step may be wide enough for float32.
double slope(const Function& f, std::vector<Input> inputs, std::size_t input,
             std::size_t element, const std::vector<float>& weights,
             Layout layout) {
  float& x = inputs[input].values[element];
  const auto middle = static_cast<double>(x);
  const auto at = [&](double shift) {
    x = static_cast<float>(middle + shift);
    return weighed(f, inputs, weights, layout);
  };
  return (8.0 * (at(kStep) - at(-kStep)) - (at(2 * kStep) - at(-2 * kStep))) /
         (12.0 * kStep);
}

void check_inputs(const Function& f, const std::vector<Input>& inputs,
                  Layout layout, Generator& generator) {
  Inputs leaves = build(inputs, layout);
  for (Tensor& x : leaves) x.set_requires_grad();
  const Tensor y = f(leaves);
  const Tensor weights = Tensor::uniform(y.shape(), 0.5f, 1.5f, generator);
  y.backward(weights);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const std::vector<float> ours = test::values(leaves[i].grad());
    REQUIRE(leaves[i].grad().shape() == inputs[i].shape);
    double largest = 1.0;
    for (const float g : ours) {
      largest = std::max(largest, std::fabs(static_cast<double>(g)));
    }
    for (std::size_t e = 0; e < ours.size(); ++e) {
      const double numeric =
          slope(f, inputs, i, e, test::values(weights), layout);
      CAPTURE(i, e, ours[e], numeric);
      CHECK(std::fabs(static_cast<double>(ours[e]) - numeric) <=
            kTolerance * largest);
    }
  }
}

/// Gradients of f for inputs of these shapes, in three layouts of memory.
/// `shift` moves the inputs, which lie around 0, to where f is defined.
void check(const std::string& name, const std::vector<Shape>& shapes,
           const Function& f, double shift = 0.0) {
  CAPTURE(name, shapes);
  Generator generator(7);
  for (const Layout layout : {make, test::scattered, transposed}) {
    std::vector<Input> inputs;
    for (const Shape& shape : shapes) {
      inputs.push_back(random_input(shape, generator, shift));
    }
    check_inputs(f, inputs, layout, generator);
  }
}

/// The same for a function of one tensor, over several shapes.
void check_each(const std::string& name, Tensor (*f)(const Tensor&),
                double shift = 0.0) {
  for (const Shape& shape : {Shape{}, Shape{3}, Shape{2, 3}, Shape{2, 1, 3}}) {
    check(
        name, {shape}, [f](const Inputs& in) { return f(in[0]); }, shift);
  }
}

const std::vector<std::vector<Shape>> kBroadcast = {
    {{2, 3}, {2, 3}}, {{2, 3}, {3}},       {{2, 1}, {3}},
    {{}, {2, 2}},     {{2, 1, 3}, {4, 1}}, {{1, 3}, {2, 1, 1}}};

}  // namespace

TEST_CASE("finite differences of arithmetic") {
  const test::Engine engine;
  for (const std::vector<Shape>& shapes : kBroadcast) {
    check("add", shapes, [](const Inputs& in) { return in[0] + in[1]; });
    check("subtract", shapes, [](const Inputs& in) { return in[0] - in[1]; });
    check("multiply", shapes, [](const Inputs& in) { return in[0] * in[1]; });
    check(
        "divide", shapes, [](const Inputs& in) { return in[0] / in[1]; }, 2.5);
  }
  check_each("negate", [](const Tensor& x) { return -x; });
}

TEST_CASE("finite differences of matmul") {
  const test::Engine engine;
  const std::vector<std::vector<Shape>> pairs = {
      {{2, 3}, {3, 4}},      {{3}, {3}},          {{3}, {3, 2}},
      {{2, 3}, {3}},         {{2, 2, 3}, {3, 2}}, {{2, 2, 3}, {3}},
      {{3}, {2, 3, 2}},      {{2, 3}, {2, 3, 2}}, {{2, 1, 2, 3}, {3, 3, 2}},
      {{1, 2, 3}, {2, 3, 1}}};
  for (const std::vector<Shape>& shapes : pairs) {
    check("matmul", shapes,
          [](const Inputs& in) { return in[0].matmul(in[1]); });
  }
}

TEST_CASE("finite differences of reductions") {
  const test::Engine engine;
  using Reduction = Tensor (Tensor::*)(std::optional<std::int64_t>, bool) const;
  for (const Reduction f :
       {&Tensor::sum, &Tensor::mean, &Tensor::max, &Tensor::min}) {
    const auto reduce = [f](std::optional<std::int64_t> axis, bool keepdims) {
      return [=](const Inputs& in) { return (in[0].*f)(axis, keepdims); };
    };
    check("all", {{2, 3}}, reduce({}, false));
    check("all kept", {{2, 3}}, reduce({}, true));
    check("scalar", {{}}, reduce(-1, false));
    for (std::int64_t axis = -3; axis < 3; ++axis) {
      check("axis", {{2, 3, 2}}, reduce(axis, axis % 2 == 0));
    }
  }
}

TEST_CASE("finite differences of views") {
  const test::Engine engine;
  const Shape shape = {2, 3, 2};
  const auto view = [&](const std::string& name, const Function& f) {
    check(name, {shape}, f);
  };
  view("reshape", [](const Inputs& in) { return in[0].reshape({3, -1}); });
  view("transpose", [](const Inputs& in) { return in[0].transpose(0, -1); });
  view("permute", [](const Inputs& in) { return in[0].permute({1, -1, 0}); });
  view("slice", [](const Inputs& in) { return in[0].slice(1, 0, 3, 2); });
  view("slice", [](const Inputs& in) { return in[0].slice(-1, -1); });
  view("clone", [](const Inputs& in) { return in[0].clone(); });
  view("contiguous", [](const Inputs& in) { return in[0].contiguous(); });
  check("broadcast_to", {{2, 1}}, [](const Inputs& in) {
    return in[0].broadcast_to({2, 2, 3});
  });
}

TEST_CASE("finite differences of activations") {
  const test::Engine engine;
  check_each("relu", relu);
  check_each("sigmoid", sigmoid);
  check_each("tanh", tinytorch::tanh);
  check_each("gelu", gelu);
  for (std::int64_t dim = -3; dim < 3; ++dim) {
    check("softmax", {{2, 3, 2}},
          [dim](const Inputs& in) { return softmax(in[0], dim); });
    check("log_softmax", {{2, 3, 2}},
          [dim](const Inputs& in) { return log_softmax(in[0], dim); });
  }
}

TEST_CASE("finite differences of exp and log and powers") {
  const test::Engine engine;
  check_each("exp", tinytorch::exp);
  check_each("log", tinytorch::log, 2.0);
  check_each("sqrt", tinytorch::sqrt, 2.0);
  for (const float exponent : {0.0f, 1.0f, 2.0f, 0.5f, -1.0f, -1.5f}) {
    check(
        "pow", {{2, 3}},
        [exponent](const Inputs& in) { return pow(in[0], exponent); }, 2.0);
  }
}

TEST_CASE("finite differences of joining and looking up") {
  const test::Engine engine;
  check("concatenate", {{2, 1}, {2, 3}}, [](const Inputs& in) {
    return concatenate({in[0], in[1], in[0]}, 1);
  });
  check("concatenate", {{1, 2}, {3, 2}},
        [](const Inputs& in) { return concatenate(in, -2); });
  const Tensor indices = make({2, 2}, {2, 0, 2, 1});
  check("embedding", {{4, 3}},
        [&](const Inputs& in) { return embedding(in[0], indices); });
  const Tensor mask = make({3}, {0, 1, 0});
  check("masked_fill", {{2, 3}},
        [&](const Inputs& in) { return masked_fill(in[0], mask, 5); });
}

TEST_CASE("finite differences of losses") {
  const test::Engine engine;
  const Tensor targets = make({2, 3}, {1, 0, 0.3f, 0, 1, 0.7f});
  const Tensor classes = make({3}, {1, 0, 1});
  check("mse", {{2, 3}, {2, 3}},
        [](const Inputs& in) { return mse_loss(in[0], in[1]); });
  check("cross-entropy", {{3, 2}},
        [&](const Inputs& in) { return cross_entropy_loss(in[0], classes); });
  check("binary cross-entropy", {{2, 3}}, [&](const Inputs& in) {
    return binary_cross_entropy_loss(sigmoid(in[0]), targets);
  });
}

TEST_CASE("finite differences of layers") {
  const test::Engine engine;
  Generator generator(3);
  Linear linear(3, 2, true, generator);
  Linear plain(3, 2, false, generator);
  Sequential network(Linear(3, 4, true, generator), GELU(),
                     Linear(4, 2, true, generator), Softmax());
  for (const Shape& shape : {Shape{3}, Shape{2, 3}, Shape{2, 2, 3}}) {
    check("Linear", {shape}, [&](const Inputs& in) { return linear(in[0]); });
    check("Linear", {shape}, [&](const Inputs& in) { return plain(in[0]); });
    check("Sequential", {shape},
          [&](const Inputs& in) { return network(in[0]); });
    check("Dropout", {shape}, [](const Inputs& in) {
      Generator mask(11);  // the same elements every time
      return Dropout(0.4f, mask)(in[0]);
    });
  }
}

TEST_CASE("finite differences of parameters") {
  const test::Engine engine;
  const Tensor x = make({2, 3}, {0.5f, -1, 2, 1.5f, 0.25f, -0.75f});
  check("Linear by hand", {{3, 2}, {2}}, [&](const Inputs& in) {
    return tinytorch::tanh(x.matmul(in[0]) + in[1]);
  });
}

TEST_CASE("finite differences of shared subexpressions") {
  const test::Engine engine;
  check("diamonds", {{2, 2}}, [](const Inputs& in) {
    Tensor y = in[0];
    for (int i = 0; i < 4; ++i) y = tinytorch::tanh(y) * y + sigmoid(y);
    return y;
  });
  check("a tensor and its transpose", {{2, 2}}, [](const Inputs& in) {
    const Tensor t = in[0].transpose();
    return in[0].matmul(t) + t * in[0];
  });
  check("layer normalisation", {{2, 4}}, [](const Inputs& in) {
    const Tensor centred = in[0] - in[0].mean(-1, true);
    return centred / sqrt((centred * centred).mean(-1, true) + 0.1f);
  });
  check("attention", {{2, 3}, {2, 3}, {2, 3}}, [](const Inputs& in) {
    return softmax(in[0].matmul(in[1].transpose())).matmul(in[2]);
  });
  check("overlapping slices", {{5}}, [](const Inputs& in) {
    return in[0].slice(0, 0, 3) * in[0].slice(0, 1, 4) + in[0].slice(0, 2);
  });
}

TEST_CASE("taking the mark takes the gradient and the place in the graph") {
  const test::Engine engine;
  Tensor x = test::leaf({1}, {3});
  const Tensor w = test::leaf({1}, {4});
  (x * w).backward();
  x.set_requires_grad(false);
  CHECK_FALSE(x.has_grad());
  (x * w).backward();
  CHECK_FALSE(x.has_grad());
  CHECK_THAT(w.grad(), test::IsTensor({1}, {6}));
}

TEST_CASE("a tensor that is given a gradient is marked") {
  const Tensor x = make({2}, {1, 2});
  x.set_grad(make({2}, {3, 4}));
  CHECK(x.requires_grad());
  CHECK_THAT(x.grad(), test::IsTensor({2}, {3, 4}));
  CHECK_THROWS_AS(x.set_grad(make({1}, {3})), ShapeError);
  CHECK_THROWS_AS(Tensor().set_grad(Tensor()), AutogradError);
  CHECK_FALSE(Tensor().requires_grad());
}

TEST_CASE("a rule that asks for what was not saved is told so") {
  const Tensor x = make({1}, {3});
  CHECK_THROWS_MATCHES(test::node_of({"add", {x, x}})->input(0), AutogradError,
                       test::Mentions({"add", "input 0", "not saved"}));
  CHECK_THROWS_MATCHES(test::node_of({"multiply", {x, x}})->output(),
                       AutogradError, test::Mentions({"multiply", "output"}));
  CHECK_THROWS_AS(test::node_of({"exp", {x}, x})->input(0), AutogradError);
  CHECK_THROWS_AS(test::node_of({"log", {x}})->input(1), AutogradError);
}
