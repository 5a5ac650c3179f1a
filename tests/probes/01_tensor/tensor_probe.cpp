#include <algorithm>

#include "support/probe.hpp"

using namespace tinytorch;

namespace {

Shape random_shape(test::Probe& probe, std::int64_t low, std::int64_t high) {
  Shape shape(static_cast<std::size_t>(probe.between(0, 4)));
  for (std::int64_t& extent : shape) extent = probe.between(low, high);
  return shape;
}

/// A view by hand: mostly row-major, with extents of 0 and 1, and sometimes
/// one stride that is not.
Tensor random_view(test::Probe& probe) {
  const Shape shape{probe.between(0, 4) == 0 ? 0 : probe.between(1, 3),
                    probe.between(1, 3), probe.between(1, 3)};
  Strides strides = row_major_strides(shape);
  if (probe.coin()) {
    strides[static_cast<std::size_t>(probe.between(0, 2))] +=
        probe.between(1, 5);
  }
  return Tensor::view(probe.normal({120}).storage(), shape, strides,
                      probe.between(0, 9));
}

}  // namespace

PROBE("sizes and strides of random shapes", "01.1") {
  for (int i = 0; i < 16; ++i) {
    const Shape shape = random_shape(probe, 0, 6);
    probe.emit("size", std::vector{numel(shape)});
    probe.emit("strides", row_major_strides(shape));
  }
}

PROBE("extents that no tensor can have", "01.1") {
  for (int i = 0; i < 24; ++i) {
    Shape shape = random_shape(probe, 1, 5);
    shape.push_back(probe.between(1, 5));
    const std::int64_t kind = probe.between(0, 3);
    if (kind == 1) shape.back() = probe.between(-3, -1);
    if (kind >= 2) {
      const std::int64_t bits = probe.between(32, 40);
      shape.insert(shape.end(), {kind == 2 ? 0 : 1, std::int64_t{1} << bits,
                                 std::int64_t{1} << (probe.coin() ? bits : 9)});
    }
    const bool strides = probe.coin();
    probe.outcome("a shape", [&] {
      strides ? void(row_major_strides(shape)) : void(numel(shape));
    });
  }
}

PROBE("tensors from values", "01.2") {
  for (int i = 0; i < 10; ++i) {
    const Shape shape = random_shape(probe, i < 3 ? 0 : 1, 4);
    std::vector<float> numbers =
        probe.numbers(static_cast<std::size_t>(test::count(shape)));
    const Tensor tensor(shape, numbers);
    for (float& number : numbers) number += 1;
    probe.emit("tensor", tensor, test::kExact);
    probe.emit("strides", tensor.strides());
  }
}

PROBE("as many values as elements or not", "01.2") {
  for (int i = 0; i < 16; ++i) {
    const Shape shape = random_shape(probe, 0, 3);
    const std::int64_t wrong = probe.coin() ? 0 : probe.between(-2, 2);
    const std::int64_t count =
        std::max<std::int64_t>(test::count(shape) + wrong, 0);
    const auto numbers = probe.numbers(static_cast<std::size_t>(count));
    probe.outcome("a tensor", [&] { Tensor(shape, numbers); });
  }
}

PROBE("elements by their coordinates", "01.3") {
  const std::int64_t n = probe.between(2, 4), m = probe.between(2, 4),
                     k = probe.between(2, 4);
  for (Tensor tensor : {probe.normal({n, m, k}), probe.scattered({n, m, k})}) {
    const Tensor handle = tensor;
    for (int i = 0; i < 12; ++i) {
      const Index at{probe.between(-n, n - 1), probe.between(-m, m - 1),
                     probe.between(-k, k - 1)};
      probe.emit("at", tensor.at(at), test::kExact);
      if (i % 4 == 0) tensor.set(at, probe.real(5, 9));
    }
    probe.emit("after set", handle, test::kExact);
  }
  probe.emit("scalar", probe.normal({}).at({}), test::kExact);
  for (const Shape& shape : {Shape{}, Shape{1}, Shape{1, 1, 1}}) {
    probe.emit("item", probe.scattered(shape).item(), test::kExact);
  }
}

PROBE("coordinates in and out of range", "01.3") {
  for (int i = 0; i < 32; ++i) {
    const std::int64_t n = probe.between(1, 3), m = probe.between(1, 3);
    Tensor tensor = probe.scattered({n, m});
    Index index{probe.between(-n, n - 1), probe.between(-m, m - 1)};
    const std::int64_t kind = probe.between(0, 4);
    if (kind == 1) index[1] = probe.coin() ? m : -m - 1;
    if (kind == 2) index[0] = probe.coin() ? n : -n - 1;
    if (kind == 3) index.push_back(0);
    if (kind == 4) index.pop_back();
    const bool write = probe.coin();
    probe.outcome("an element", [&] {
      write ? tensor.set(index, 1) : void(tensor.at(index));
    });
    probe.outcome("item", [&] { tensor.item(); });
  }
}

PROBE("which views are contiguous", "01.5") {
  for (int i = 0; i < 32; ++i) {
    probe.emit_truth("contiguous", random_view(probe).is_contiguous());
  }
  probe.emit_truth("scalar", probe.scattered({}).is_contiguous());
}

PROBE("contiguous and clone", "01.5") {
  for (int i = 0; i < 12; ++i) {
    const Tensor view =
        i < 3 ? probe.scattered({probe.between(2, 3), 3}) : random_view(probe);
    const Tensor same = view.contiguous(), copy = view.clone();
    probe.emit("contiguous", same, test::kExact);
    probe.emit("its strides", same.strides());
    probe.emit_truth("in the same memory", test::shares_memory(view, same));
    probe.emit("clone", copy, test::kExact);
    probe.emit("its strides", copy.strides());
    probe.emit_truth("in the same memory", test::shares_memory(view, copy));
  }
}
