#include "support/gradients.hpp"
#include "support/probe.hpp"

using namespace tinytorch;
using test::Engine;

namespace {

std::vector<Tensor> leaves(test::Probe& probe, const Shape& shape) {
  std::vector<Tensor> list;
  // Of one sign, so that nothing cancels in long sums.
  for (int i = 0; i < 3; ++i) list.push_back(probe.uniform(shape, 0.3f, 1.1f));
  // The first one always needs a gradient, and the last one often does not.
  for (int i = 0; i < 3; ++i) {
    if (i < 2 || probe.coin()) {
      list[static_cast<std::size_t>(i)].set_requires_grad();
    }
  }
  return list;
}

/// A graph in which results are used several times, at different depths. It
/// depends on the first leaf.
Tensor random_graph(test::Probe& probe, const std::vector<Tensor>& leaves) {
  std::vector<Tensor> all = leaves;
  const auto any = [&] {
    const auto last = static_cast<std::int64_t>(all.size()) - 1;
    return all[static_cast<std::size_t>(probe.between(0, last))];
  };
  for (int i = 0; i < 9; ++i) {
    const std::int64_t kind = probe.between(0, 4);
    const Tensor a = i == 0 ? leaves[0] : probe.coin() ? all.back() : any();
    if (kind == 0) all.push_back(test::twice(a));
    if (kind == 1) all.push_back(test::times(a, any()));
    if (kind >= 2) all.push_back(test::plus(a, any()));
  }
  return test::plus(all.back(), test::twice(leaves[0]));
}

void emit_gradients(test::Probe& probe, const std::vector<Tensor>& leaves) {
  for (const Tensor& leaf : leaves) {
    probe.emit_truth("has one", leaf.has_grad());
    if (!leaf.has_grad()) continue;
    probe.emit("gradient", leaf.grad(), {1e-3f, 1e-3f});
    probe.emit("strides", leaf.grad().strides());
    probe.emit_truth("marked", leaf.grad().requires_grad());
  }
}

}  // namespace

PROBE("gradients of random graphs", "05.3") {
  const Engine engine;
  for (int i = 0; i < 12; ++i) {
    const Shape shapes[] = {{1}, {1, 1}, {}, {2, 2}, {3}};
    const Shape shape = shapes[probe.between(0, 4)];
    const auto inputs = leaves(probe, shape);
    const Tensor y = random_graph(probe, inputs);
    const Tensor upstream = probe.scattered(shape);
    if (probe.coin()) test::leaf({1}, {0}).backward();
    const bool one = y.size() == 1 && probe.coin(), keep = probe.coin();
    test::reset_rule_calls();
    one ? y.backward(keep) : y.backward(upstream, keep);
    probe.emit("turns", std::vector{std::int64_t{test::rule_calls()}});
    emit_gradients(probe, inputs);
    probe.emit_truth("computed", y.has_grad());
    probe.outcome("again", [&] { y.backward(upstream); });
    emit_gradients(probe, inputs);
    inputs[1].zero_grad();
    if (!inputs[2].requires_grad()) inputs[2].zero_grad();
    emit_gradients(probe, inputs);
  }
}

PROBE("whose memory a gradient is", "05.3") {
  const Engine engine;
  for (int i = 0; i < 8; ++i) {
    const Tensor a = test::leaf({2}, probe.numbers(2)),
                 b = test::leaf({2}, probe.numbers(2));
    Tensor given = probe.normal({2});
    if (probe.coin()) given.set_requires_grad();
    const bool leaf = probe.coin();
    leaf ? a.backward(given) : test::plus(a, b).backward(given);
    given.mutable_data()[0] = probe.real(5, 9);
    Tensor first = a.grad();
    first.mutable_data()[1] = probe.real(5, 9);
    emit_gradients(probe, {a, b});
    if (probe.coin()) a.zero_grad();
    test::twice(a).backward(given);
    emit_gradients(probe, {a, b});
    probe.emit("handed out before", first);
  }
}

PROBE("what can be differentiated and what not", "05.3") {
  const Engine engine;
  for (int i = 0; i < 48; ++i) {
    const std::int64_t n = probe.between(1, 2), kind = probe.between(0, 8);
    Tensor x = test::leaf({n}, probe.numbers(static_cast<std::size_t>(n)));
    Tensor h = test::times(x, x);
    Tensor y = test::plus(test::twice(h), x);
    if (kind == 1) y = y.detach();
    if (kind == 2) test::twice(h).backward(probe.normal({n}));
    if (kind == 3) x.mutable_data()[0] = probe.real(-3, 3);
    const Shape shapes[] = {{n, 1}, {1}, {}, {n}, {n}};
    const Tensor gradient = probe.normal(shapes[probe.between(0, 4)]);
    // Of two mistakes at once, the contract does not say which one counts.
    if (kind >= 1 && kind <= 3) {
      probe.outcome("backward", [&] { y.backward(probe.normal({n})); });
    } else if (kind >= 4 && kind <= 6) {
      probe.outcome("backward", [&] { y.backward(gradient); });
    } else {
      probe.outcome("backward", [&] { y.backward(); });
    }
    probe.emit_truth("recording", grad_enabled());
  }
}
