#include "support/parameters.hpp"
#include "support/probe.hpp"

using namespace tinytorch;

PROBE("gradients that are forgotten", "06.1") {
  for (int i = 0; i < 12; ++i) {
    std::vector<Tensor> all, own;
    for (int k = 0; k < 5; ++k) {
      all.push_back(test::parameter({2}, probe.numbers(2)));
      if (probe.coin()) all.back().set_grad(probe.normal({2}));
      if (k == 0 || probe.coin()) own.push_back(all.back());
    }
    SGD optimizer(own);
    const Tensor before = all[0].has_grad() ? all[0].grad() : probe.normal({2});
    optimizer.zero_grad();
    for (const Tensor& parameter : all) {
      probe.emit_truth("has one", parameter.has_grad());
      probe.emit("value", parameter, test::kExact);
    }
    probe.emit("handed out before", before, test::kExact);
    if (probe.coin()) optimizer.zero_grad();
  }
}
