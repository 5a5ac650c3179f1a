// The numbers in the lesson of module 05, up to its tasks.
#include "framework/lesson_05.hpp"

#include "support/tensors.hpp"
#include "tinytorch/activations.hpp"
#include "tinytorch/losses.hpp"
#include "tinytorch/operations.hpp"

using namespace tinytorch;
using namespace lesson_05;
using test::IsTensor;

namespace {

int rules_run = 0;

std::vector<Tensor> counted_add(const Node&, const Tensor& gradient) {
  ++rules_run;
  return {gradient, gradient};
}

Tensor diamonds(const Tensor& x, int count) {
  Tensor h = x;
  for (int i = 0; i < count; ++i) h = h + h;
  return h;
}

}  // namespace

TEST_CASE("lesson 05: why") {
  CHECK(784 * 128 + 128 + 128 * 10 + 10 == 101770);
  const Autograd on;
  Tensor x = Tensor{2}.set_requires_grad();
  Tensor y = x * 3 + 1;
  y.backward();
  CHECK(to_string(x.grad()) == "Tensor([3], shape=(1,))");
}

TEST_CASE("lesson 05: one example completely") {
  const Autograd on;
  Tensor w = Tensor{2}.set_requires_grad(), b = Tensor{1}.set_requires_grad();
  Tensor x{3}, y{10};
  const Tensor p = w * x, s = p + b, e = s - y, loss = e * e;
  CHECK(p.item() == 6);
  CHECK(s.item() == 7);
  CHECK(e.item() == -3);
  CHECK(loss.item() == 9);

  CHECK(loss.node()->name() == "multiply");
  CHECK(loss.node()->parents[0] == loss.node()->parents[1]);
  const Node& subtract = *loss.node()->parents[0];
  CHECK(subtract.name() == "subtract");
  CHECK(subtract.parents[1] == nullptr);
  const Node& add = *subtract.parents[0];
  CHECK(add.name() == "add");
  CHECK(add.parents[1] == b.node());
  const Node& multiply = *add.parents[0];
  CHECK(multiply.name() == "multiply");
  CHECK(multiply.parents[0] == w.node());
  CHECK(multiply.parents[1] == nullptr);
  CHECK(multiply.input(0).item() == 2);
  CHECK(multiply.input(1).item() == 3);
  CHECK(loss.node()->input(0).item() == -3);
  CHECK(loss.node()->input(1).item() == -3);

  const auto passes_on = [](const Node& node, float arrives) {
    return node.apply(Tensor{arrives});
  };
  CHECK(passes_on(*loss.node(), 1)[0].item() == -3);
  CHECK(passes_on(*loss.node(), 1)[1].item() == -3);
  CHECK(passes_on(subtract, -6)[0].item() == -6);
  CHECK(passes_on(add, -6)[0].item() == -6);
  CHECK(passes_on(add, -6)[1].item() == -6);
  CHECK(passes_on(multiply, -6)[0].item() == -18);

  loss.backward();
  CHECK(w.grad().item() == -18);
  CHECK(b.grad().item() == -6);
  CHECK_FALSE(x.has_grad());
}

TEST_CASE("lesson 05: a nudge and a step") {
  const auto loss = [](double w, double b) {
    return (w * 3 + b - 10) * (w * 3 + b - 10);
  };
  CHECK(loss(2.01, 1) == Approx(8.8209));
  CHECK((loss(2, 1) - loss(2.01, 1)) / 0.01 == Approx(17.91));
  CHECK(2.18 * 3 + 1.06 == Approx(7.6));
  CHECK(loss(2.18, 1.06) == Approx(5.76));
}

TEST_CASE("lesson 05: what an operation leaves behind") {
  const Autograd on;
  const std::int64_t floats = 1000 * 4;
  const Tensor x = marked(Tensor::ones({1000}));
  // Beyond the result itself: nothing of a sum, and the relu's input is gone.
  CHECK(bytes_kept([&] { return (x + x) + x; }) == floats);
  CHECK(bytes_kept([&] { return relu(x + x); }) == floats);
  CHECK(bytes_kept([&] { return gelu(x + x); }) == 2 * floats);
  CHECK(1000 * 1000 * 4 == 4000000);

  // No result holds itself alive.
  const std::int64_t before = live_bytes();
  relu(x);
  softmax(x, 0);
  CHECK(live_bytes() == before);
}

TEST_CASE("lesson 05: some thirty operations have rules") {
  const Autograd on;
  const std::vector<std::string> names = {
      "add",         "subtract",    "multiply",      "divide",
      "negate",      "matmul",      "sum",           "mean",
      "max",         "min",         "reshape",       "transpose",
      "permute",     "slice",       "broadcast_to",  "clone",
      "relu",        "sigmoid",     "tanh",          "gelu",
      "softmax",     "log_softmax", "cross_entropy", "binary_cross_entropy",
      "exp",         "log",         "sqrt",          "pow",
      "concatenate", "embedding",   "masked_fill"};
  CHECK(names.size() == 31);
  for (const std::string& name : names) CHECK(find_rule(name).backward);
}

TEST_CASE("lesson 05: a diamond") {
  const Autograd on;
  const Tensor x = marked(Tensor{2});
  const Tensor h = x * x, u = h * 3, v = h * h, loss = u + v;
  CHECK(h.item() == 4);
  CHECK(loss.item() == 28);
  CHECK(u.node()->apply(Tensor{1})[0].item() == 3);
  const std::vector<Tensor> shares = v.node()->apply(Tensor{1});
  CHECK(shares[0].item() + shares[1].item() == 8);
  CHECK(h.node()->apply(Tensor{11})[0].item() == 22);
  CHECK(h.node().use_count() - 1 == 3);
  loss.backward();
  CHECK(x.grad().item() == 44);
}

TEST_CASE("lesson 05: stacked diamonds and answer 7") {
  const Autograd on;
  const Rule add = find_rule("add");
  register_rule("add", {counted_add, Save::nothing});
  const std::pair<int, std::int64_t> rows[] = {
      {10, 1024}, {20, 1048576}, {50, 1125899906842624}};
  for (const auto& [nodes, paths] : rows) {
    const Tensor x = marked(Tensor{1});
    rules_run = 0;
    diamonds(x, nodes).backward();
    CHECK(rules_run == nodes);
    CHECK(static_cast<std::int64_t>(x.grad().item()) == paths);
  }
  register_rule("add", add);
  CHECK(1125899906842624 / 1e8 / 86400 == Approx(130).margin(0.5));
}

TEST_CASE("lesson 05: a chain of 100000 operations") {
  const Autograd on;
  const Tensor x = marked(Tensor{1});
  Tensor y = x;
  for (int i = 0; i < 100000; ++i) y = y + 0;
  y.backward();
  CHECK(x.grad().item() == 1);
}

TEST_CASE("lesson 05: undoing broadcasting") {
  const Autograd on;
  const Tensor gradient{{1, 2, 3}, {4, 5, 6}};
  CHECK_THAT(sum_to(gradient, {2, 3}), IsTensor({2, 3}, {1, 2, 3, 4, 5, 6}));
  CHECK_THAT(sum_to(gradient, {3}), IsTensor({3}, {5, 7, 9}));
  CHECK_THAT(sum_to(gradient, {2, 1}), IsTensor({2, 1}, {6, 15}));
  CHECK_THAT(sum_to(gradient, {}), IsTensor({}, {21}));

  const Tensor bias = marked(Tensor{0, 0, 0});
  (Tensor::zeros({2, 3}) + bias).backward(gradient);
  CHECK_THAT(bias.grad(), IsTensor({3}, {5, 7, 9}));
}

TEST_CASE("lesson 05: the matrix product") {
  const Autograd on;
  const Tensor a = marked(Tensor{{1, 2, 3}, {4, 5, 6}});
  const Tensor b = marked(Tensor{{1, 0}, {0, 1}, {1, 1}});
  a.matmul(b).sum().backward();
  CHECK_THAT(a.grad(), IsTensor({2, 3}, {1, 1, 2, 1, 1, 2}));
  CHECK_THAT(b.grad(), IsTensor({3, 2}, {5, 5, 7, 7, 9, 9}));
}

TEST_CASE("lesson 05: the traps of the contract") {
  const Autograd on;
  Tensor x = marked(Tensor{1, 2});
  const std::uint64_t version = x.storage()->version();
  x.mutable_data();
  CHECK(x.storage()->version() == version + 1);

  for (int i = 1; i <= 2; ++i) {
    const Tensor loss = (x * 3).sum();
    loss.backward(true);
    CHECK_THAT(x.grad(), IsTensor({2}, {3.0f * i, 3.0f * i}));
    if (i == 2) loss.backward();
  }
  CHECK_THAT(x.grad(), IsTensor({2}, {9, 9}));
  x.zero_grad();
  CHECK_FALSE(x.has_grad());

  // Four quarters of a batch, each loss divided by 4.
  const Tensor batch{1, 2, 3, 4, 5, 6, 7, 8};
  const Tensor w = marked(Tensor{2}), parts = marked(Tensor{2});
  (batch * w).mean().backward();
  for (std::int64_t i = 0; i < 8; i += 2) {
    ((batch.slice(0, i, i + 2) * parts).mean() / 4).backward();
  }
  CHECK(parts.grad().item() == w.grad().item());

  // A pointer fetched before the operation goes unnoticed.
  float* pointer = x.mutable_data();
  const Tensor squares = x * x;
  pointer[0] = 9;
  CHECK_NOTHROW(squares.sum().backward());
}

TEST_CASE("lesson 05: freezing a parameter") {
  const Autograd on;
  Tensor frozen = marked(Tensor{2});
  const Tensor learned = marked(Tensor{3});
  (frozen * learned).backward();
  frozen.set_requires_grad(false);
  CHECK_FALSE(frozen.has_grad());
  (frozen * learned).backward();
  CHECK_FALSE(frozen.has_grad());
  CHECK(learned.grad().item() == 4);
}

TEST_CASE("lesson 05: numbers of the tasks") {
  const Autograd on;
  CHECK(1e-30f * 1e-30f == 0.0f);
  const Tensor three = marked(Tensor{3, 7, 7});
  three.max().backward();
  CHECK_THAT(three.grad(), IsTensor({3}, {0, 0.5f, 0.5f}));

  const Tensor x = Tensor::zeros({2, 3, 4});
  CHECK(x.permute({2, 0, 1}).permute({1, 2, 0}).shape() == x.shape());

  const Tensor at = marked(Tensor{0, 1, -1});
  gelu(at).sum().backward();
  CHECK_THAT(at.grad(), IsTensor({3}, {0.5f, 1.0830f, -0.0830f}, 0, 5e-5f));

  const Tensor scores = marked(Tensor{1, 2, 4});
  softmax(scores, 0).sum().backward();
  CHECK_THAT(scores.grad(), IsTensor({3}, {0, 0, 0}, 0, 1e-7f));

  const Tensor p = marked(Tensor{0.9f, 0.2f});
  binary_cross_entropy_loss(p, Tensor{1, 0}).backward();
  CHECK_THAT(p.grad(), IsTensor({2}, {-0.5556f, 0.625f}, 0, 5e-5f));

  const Tensor table = marked(Tensor::zeros({3, 2}));
  embedding(table, Tensor{0, 2, 0}).sum().backward();
  CHECK_THAT(table.grad(), IsTensor({3, 2}, {2, 2, 0, 0, 1, 1}));
}
