// The lesson of module 05 from its systems view on: what is measured, each
// message and each answer.

#include "framework/lesson_05.hpp"
#include "support/tensors.hpp"
#include "tinytorch/activations.hpp"
#include "tinytorch/layers.hpp"
#include "tinytorch/losses.hpp"
#include "tinytorch/operations.hpp"

using namespace tinytorch;
using namespace lesson_05;
using test::IsTensor;

namespace {

struct Products {
  int calls = 0;
  std::int64_t multiply_adds = 0;
};
Products products;

void count_products(const Operation& operation, const Tensor& output) {
  if (operation.name == "matmul") {
    ++products.calls;
    products.multiply_adds += output.size() * operation.inputs[0]->size(-1);
  }
  record_operation(operation, output);
}

template <class F>
Products products_of(F f) {
  products = {};
  const Recorder previous = set_recorder(count_products);
  f();
  set_recorder(previous);
  return products;
}

/// The network of the systems view.
template <class Activation>
Sequential network() {
  return Sequential(Linear(784, 512), Activation(), Linear(512, 256),
                    Activation(), Linear(256, 128), Activation(),
                    Linear(128, 10));
}

std::int64_t parameter_bytes(const Layer& layer) {
  std::int64_t bytes = 0;
  for (const Tensor& p : layer.parameters()) bytes += p.size() * 4;
  return bytes;
}

/// A rule that forgets to undo broadcasting.
std::vector<Tensor> careless_add(const Node&, const Tensor& gradient) {
  return {gradient, gradient};
}

/// What backward() says if the rule of "add" has not been written.
std::vector<Tensor> unwritten(const Node&, const Tensor&) {
  not_implemented("05.5", "multiply_backward");
}

/// The message of f() while "multiply" or "add" has another rule.
template <class F>
std::string message_with(std::string_view operation, BackwardRule rule, F f) {
  const Rule right = find_rule(operation);
  register_rule(operation, {rule, Save::nothing});
  const std::string text = message(f);
  register_rule(operation, right);
  return text;
}

}  // namespace

TEST_CASE("lesson 05: memory of a network and answers 1 and 3") {
  const Autograd on;
  const Tensor x = Tensor::randn({64, 784}), y = Tensor::zeros({64});
  Sequential net = network<ReLU>();
  CHECK(64 * 512 * 4 == 131072);
  CHECK(64 * 256 * 4 == 65536);
  CHECK(64 * 128 * 4 == 32768);
  CHECK(131072 + 65536 + 32768 + 2560 + 4 == 231940);
  CHECK(bytes_kept([&] { return cross_entropy_loss(net(x), y); }) == 231940);
  CHECK(bytes_kept([&] {
          const NoGradGuard no_grad;
          return net(x);
        }) == 2560);
  Sequential with_gelu = network<GELU>();
  CHECK(bytes_kept([&] { return cross_entropy_loss(with_gelu(x), y); }) ==
        231940 + 229376);

  CHECK(parameter_bytes(net) == 2269736);
  const std::int64_t before = live_bytes();
  const Tensor loss = cross_entropy_loss(net(x), y);
  loss.backward();
  CHECK(live_bytes() - before == 2269736 + 4);

  CHECK(64 * (784 + 512 + 256 + 128) * 4 == 430080);
  CHECK(784 + 512 + 256 + 128 == 1680);
  CHECK(430080 + 2560 == 432640);
  CHECK(x.size() * 4 == 200704);
  CHECK(231940 - 4 + 200704 == 432640);
  CHECK(4 + 4 + 2 * 4 == 16);
}

TEST_CASE("lesson 05: products on both ways") {
  const Autograd on;
  Sequential net = network<ReLU>();
  const Tensor x = Tensor::randn({64, 784}), y = Tensor::zeros({64});
  Tensor loss;
  const Products forward =
      products_of([&] { loss = cross_entropy_loss(net(x), y); });
  const Products backward = products_of([&] { loss.backward(); });
  CHECK(forward.calls == 4);
  CHECK(forward.multiply_adds == 36257792);
  CHECK(backward.calls == 7);
  CHECK(backward.multiply_adds == 46825472);
  CHECK(46825472 / 36257792.0 == Approx(1.29).margin(0.005));
  CHECK(sizeof(Node) > 100);
  CHECK(sizeof(Node) < 500);
}

TEST_CASE("lesson 05: answer 2 and the price of the way back") {
  const Autograd on;
  for (const bool images : {true, false}) {
    Tensor x = Tensor::randn({32, 512}), w = Tensor::randn({512, 256});
    w.set_requires_grad();
    if (!images) x.set_requires_grad();
    const Tensor loss = x.matmul(w).sum();
    const Products backward = products_of([&] { loss.backward(); });
    CHECK(backward.calls == (images ? 1 : 2));
    CHECK(backward.multiply_adds == backward.calls * 4194304);
  }
}

TEST_CASE("lesson 05: answer 4 and marked images") {
  const Autograd on;
  Tensor images = Tensor::zeros({32, 3, 224, 224});
  images.set_requires_grad();
  const std::int64_t before = live_bytes();
  images.sum().backward();
  CHECK(live_bytes() - before == 19267584);
}

TEST_CASE("lesson 05: answer 5 and steps without zero_grad") {
  const Autograd on;
  const Tensor constant = marked(Tensor{0});
  float way = 0;
  for (int i = 0; i < 10; ++i) {
    (constant * 1).backward();
    way += constant.grad().item();
  }
  CHECK(constant.grad().item() == 10);
  CHECK(way == 55);

  const auto after_twenty_steps = [](bool forget) {
    Tensor w = marked(Tensor{1});
    for (int i = 0; i < 20; ++i) {
      (w * w).backward();
      w.set({0}, w.item() - 0.1f * w.grad().item());
      if (!forget) w.zero_grad();
    }
    return w.item();
  };
  CHECK(after_twenty_steps(false) == Approx(0.0115).margin(5e-5));
  CHECK(after_twenty_steps(true) == Approx(-1.0096).margin(5e-5));
}

TEST_CASE("lesson 05: answer 6 and changes in place") {
  const Autograd on;
  const auto refused = [](auto compute, int changed) {
    Tensor x = marked(Tensor{1, 2});
    Tensor y = compute(x);
    if (changed < 0) y.set({0}, 9);
    if (changed >= 0) x.set({changed}, 9);
    return message([&] { y.sum().backward(); }) != "no error";
  };
  CHECK(refused([](const Tensor& x) { return x * x; }, 0));
  CHECK_FALSE(refused([](const Tensor& x) { return x + x; }, 0));
  CHECK_FALSE(refused([](const Tensor& x) { return sigmoid(x); }, 0));
  CHECK(refused([](const Tensor& x) { return sigmoid(x); }, -1));
  const auto slice = [](const Tensor& x) {
    const Tensor s = x.slice(0, 0, 1);
    return s * s;
  };
  CHECK(refused(slice, 1));
}

TEST_CASE("lesson 05: answer 8 and the gradient of cross-entropy") {
  const Autograd on;
  const Tensor logits = marked(Tensor{{2.0f, 0.5f, 0.1f}});
  cross_entropy_loss(logits, Tensor{0}).backward();
  CHECK_THAT(logits.grad(),
             IsTensor({1, 3}, {-0.2715f, 0.1625f, 0.1090f}, 0, 5e-5f));
  CHECK(logits.grad().sum().item() == Approx(0).margin(1e-7));
}

TEST_CASE("lesson 05: the messages are the real ones") {
  const Autograd on;
  const Tensor x = marked(Tensor{1, 2});
  const std::vector<std::string> messages = {
      message([] { Tensor{1}.backward(); }),
      message([] {
        marked(Tensor::zeros({2, 3})).backward();
      }),
      message([&] {
        const Tensor loss = (x.sum() * 2);
        loss.backward();
        loss.backward();
      }),
      message([] {
        Tensor w = marked(Tensor{1, 2});
        const Tensor loss = (w * w).sum();
        w.set({0}, 9);
        loss.backward();
      }),
      message([&] {
        marked(Tensor{1, 2}).grad();
      }),
      message([&] { (x * 2).set_requires_grad(false); }),
      message([&] {
        record("square", {&x}, Tensor{1, 4});
      }),
      message_with("add", careless_add,
                   [&] {
                     const Tensor bias = marked(Tensor{1, 2, 3});
                     (Tensor::zeros({2, 3}) + bias).sum().backward();
                   }),
      message_with("multiply", unwritten, [&] { (x * x).sum().backward(); }),
  };
  const std::string text = lesson::text("05_autograd");
  for (const std::string& expected : messages) {
    CAPTURE(expected);
    CHECK(text.find("```\n" + expected + "\n```") != std::string::npos);
  }
}

TEST_CASE("lesson 05: the causes of errors without a message") {
  const Autograd on;
  const Tensor w = (Tensor::randn({2}) * 0.1f).set_requires_grad();
  w.sum().backward();
  CHECK(w.has_grad());
  const Tensor late = marked(Tensor::randn({2})) * 0.1f;
  late.sum().backward();
  CHECK_FALSE(late.has_grad());

  const Tensor a = marked(Tensor{1}), b = marked(Tensor{1});
  (a + b).sum().backward();
  CHECK_FALSE(test::shares_memory(a.grad(), b.grad()));

  // total = total + loss keeps what every step has saved.
  const auto total_of = [](int steps) {
    const Tensor x = marked(Tensor::ones({1000}));
    return bytes_kept([&] {
      Tensor total(0.0f);
      for (int i = 0; i < steps; ++i) total = total + exp(x).sum();
      return total;
    });
  };
  CHECK(total_of(10) - 4 == 10 * (total_of(1) - 4));
  CHECK(total_of(1) == 4000 + 4);
}
