#include "support/fake_layers.hpp"
#include "support/probe.hpp"
#include "tinytorch/layers.hpp"

using namespace tinytorch;
using test::Affine;

namespace {

using LayerPtr = std::shared_ptr<Layer>;

/// Two of them with equal numbers: their parameters are not the same for that.
std::vector<LayerPtr> three_layers(test::Probe& probe) {
  const float a = probe.real(0.5f, 2), b = probe.real(-2, 2);
  return {std::make_shared<Affine>(a, b), std::make_shared<Affine>(a, b),
          std::make_shared<Affine>(b, probe.real(-2, 2))};
}

/// Some of these layers, in any order, and sometimes one of them twice.
std::shared_ptr<Sequential> chain(test::Probe& probe,
                                  const std::vector<LayerPtr>& layers,
                                  std::int64_t length) {
  auto chain = std::make_shared<Sequential>();
  while (length-- > 0) {
    chain->add(layers[static_cast<std::size_t>(probe.between(0, 2))]);
  }
  return chain;
}

}  // namespace

PROBE("layers one after the other", "03.5") {
  for (std::int64_t length = 0; length < 6; ++length) {
    const auto layers = three_layers(probe);
    const auto net = chain(probe, layers, length);
    const Tensor x = probe.normal({probe.between(1, 3), 2});
    const Tensor y = net->forward(x);
    probe.emit("output", y);
    probe.emit_truth("the input itself", test::shares_memory(x, y));
    net->add(chain(probe, layers, 2));
    probe.emit("nested", net->forward(x));
  }
}

PROBE("the parameters of all layers", "03.6") {
  for (std::int64_t length = 0; length < 8; ++length) {
    const auto layers = three_layers(probe);
    const auto net = chain(probe, layers, length);
    if (probe.coin()) net->add(chain(probe, layers, 2));
    const std::vector<Tensor> list = net->parameters();
    probe.emit("how many", std::vector{static_cast<std::int64_t>(list.size())});
    for (const Tensor& parameter : list) {
      probe.emit("parameter", parameter);
      for (const LayerPtr& layer : layers) {
        for (const Tensor& other : layer->parameters()) {
          probe.emit_truth("whose", test::shares_memory(parameter, other));
        }
      }
    }
  }
}

PROBE("the mode of all layers", "03.6") {
  for (int i = 0; i < 10; ++i) {
    const auto layers = three_layers(probe);
    const auto inner = chain(probe, layers, 1);
    const auto net = chain(probe, layers, 1);
    net->add(inner);
    for (int j = 0; j < 2; ++j) {
      const bool on = probe.coin();
      probe.coin() ? net->train(on) : inner->train(on);
      probe.emit_truth("net", net->training());
      probe.emit_truth("inner", inner->training());
      for (const LayerPtr& layer : layers) {
        probe.emit_truth("layer", layer->training());
      }
    }
  }
}
