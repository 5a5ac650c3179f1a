#include <limits>

#include "support/probe.hpp"
#include "tinytorch/autograd.hpp"
#include "tinytorch/training.hpp"

using namespace tinytorch;

namespace {

std::vector<Tensor> with_gradients(test::Probe& probe, float size) {
  const Shape shapes[] = {{2, 3}, {4}, {1}, {}};
  std::vector<Tensor> list;
  for (const Shape& shape : shapes) {
    list.push_back(probe.normal(shape).set_requires_grad());
    if (probe.between(0, 3) == 0) continue;
    const Tensor gradient = probe.uniform(shape, -size, size);
    list.back().set_grad(probe.coin()
                             ? gradient
                             : test::scattered(shape, test::values(gradient)));
  }
  return list;
}

void emit_gradients(test::Probe& probe, const std::vector<Tensor>& list) {
  for (const Tensor& p : list) {
    probe.emit_truth("has one", p.has_grad());
    if (p.has_grad()) probe.emit("gradient", p.grad(), {1e-5f, 1e-9f});
  }
}

}  // namespace

PROBE("learning rates of a schedule", "07.1") {
  for (int i = 0; i < 6; ++i) {
    const float low = probe.real(0, 0.4f), high = probe.real(0.5f, 2);
    const std::int64_t epochs = probe.between(1, 12);
    const CosineSchedule schedule(high, low, epochs);
    for (int k = 0; k < 12; ++k) {
      const std::int64_t epoch = probe.between(0, 2 * epochs + 1);
      probe.emit("rate", schedule.get_lr(epoch));
    }
  }
  probe.emit("default", CosineSchedule().get_lr(probe.between(0, 100)));
}

PROBE("epochs that a schedule has or not", "07.1") {
  const CosineSchedule schedule(1, 0.5f, probe.between(1, 4));
  for (int i = 0; i < 16; ++i) {
    const std::int64_t epoch = probe.between(-4, 4);
    probe.outcome("get_lr", [&] { schedule.get_lr(epoch); });
  }
}

PROBE("clipped gradients", "07.2") {
  for (int i = 0; i < 12; ++i) {
    // Gradients so small that the millionth counts, too.
    const float size = i % 2 == 0 ? 1e-4f : probe.real(0.5f, 4);
    const float limit = size * probe.real(0.2f, 2.5f);
    const auto list = with_gradients(probe, size);
    const Tensor before =
        list[0].has_grad() ? list[0].grad() : probe.normal({});
    probe.emit("norm", clip_grad_norm(list, limit), {1e-4f, 1e-9f});
    emit_gradients(probe, list);
    if (list[0].has_grad() && before.is_contiguous()) {
      probe.emit_truth("in the same memory",
                       test::shares_memory(list[0].grad(), before));
    }
  }
  const Tensor p = probe.normal({20000}).set_requires_grad();
  p.set_grad(
      test::make({20000}, std::vector<float>(20000, probe.real(1000, 2000))));
  *p.grad().mutable_data() = 1e7f;
  probe.emit("norm of many", clip_grad_norm({p}, 1), {1e-5f, 0});
}

PROBE("limits that clip or make no sense", "07.2") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (int i = 0; i < 16; ++i) {
    const float choices[] = {probe.real(0.1f, 2), probe.real(1, 9), 0, nan,
                             probe.real(-2, -1)};
    const float limit = choices[probe.between(0, 4)];
    const auto list = with_gradients(probe, 1);
    probe.outcome("clip", [&] { clip_grad_norm(list, limit); });
  }
  const Tensor p = probe.normal({2}).set_requires_grad();
  p.set_grad(test::make({2}, {nan, probe.real(1, 2)}));
  probe.emit("norm of NaN", clip_grad_norm({p}, probe.real(1, 2)));
}
