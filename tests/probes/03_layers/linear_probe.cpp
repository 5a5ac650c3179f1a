#include "support/probe.hpp"
#include "tinytorch/layers.hpp"

using namespace tinytorch;

namespace {

/// A layer whose bias is not 0.
Linear with_bias(test::Probe& probe, std::int64_t in, std::int64_t out,
                 bool bias) {
  Generator generator(probe.seed());
  const Linear layer(in, out, bias, generator);
  Tensor values = layer.bias();
  for (std::int64_t i = 0; bias && i < out; ++i) {
    values.mutable_data()[i] = probe.real(-3, 3);
  }
  return layer;
}

}  // namespace

PROBE("weights and bias of a new layer", "03.1") {
  Generator generator(probe.seed());
  manual_seed(probe.seed());
  for (int i = 0; i < 6; ++i) {
    const std::int64_t in = probe.between(1, 9), out = probe.between(1, 9);
    const bool bias = probe.coin();
    const Linear layer =
        i < 4 ? Linear(in, out, bias, generator) : Linear(in, out, bias);
    probe.emit("weight", layer.weight());
    probe.emit("bias", layer.bias());
    probe.emit_truth("marked", layer.weight().requires_grad());
    probe.emit_truth("marked", layer.bias().requires_grad());
    probe.emit("next draw", generator.uniform(), test::kExact);
  }
}

PROBE("sizes that a layer can have or not", "03.1") {
  for (int i = 0; i < 20; ++i) {
    const std::int64_t in = probe.between(-1, 2), out = probe.between(-1, 2);
    probe.outcome("Linear", [&] { Linear(in, out, in != out); });
  }
}

PROBE("layers applied to inputs of all ranks", "03.2") {
  const std::int64_t in = probe.between(2, 5), out = probe.between(2, 5);
  for (const bool bias : {true, false}) {
    Linear layer = with_bias(probe, in, out, bias);
    probe.emit("batch", layer(probe.normal({probe.between(1, 5), in})));
    probe.emit("scattered", layer(probe.scattered({4, in})));
    probe.emit("vector", layer(probe.normal({in})));
    probe.emit("stack", layer(probe.scattered({2, probe.between(1, 3), in})));
    probe.emit("empty", layer(probe.normal({0, in})));
  }
}

PROBE("inputs that fit a layer or not", "03.2") {
  for (int i = 0; i < 24; ++i) {
    const std::int64_t in = probe.between(1, 3), last = probe.between(1, 3);
    Linear layer = with_bias(probe, in, 2, probe.coin());
    const Shape shapes[] = {{last}, {in, last}, {last, in}, {2, in, last}, {}};
    const Tensor x = probe.normal(shapes[probe.between(0, 4)]);
    probe.outcome("forward", [&] { layer(x); });
  }
}

PROBE("the list of a layer's parameters", "03.3") {
  for (int i = 0; i < 12; ++i) {
    const std::int64_t in = probe.between(1, 5), out = probe.between(1, 5);
    const Linear layer = with_bias(probe, in, out, probe.coin());
    const std::vector<Tensor> list = layer.parameters();
    probe.emit("how many", std::vector{static_cast<std::int64_t>(list.size())});
    for (const Tensor& parameter : list) {
      probe.emit("parameter", parameter);
      probe.emit_truth("weight",
                       test::shares_memory(parameter, layer.weight()));
      probe.emit_truth("bias", test::shares_memory(parameter, layer.bias()));
    }
  }
}
