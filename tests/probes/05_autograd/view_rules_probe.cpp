#include <numeric>
#include <utility>

#include "support/gradients.hpp"
#include "support/probe.hpp"

using namespace tinytorch;
using test::gradient_of;

namespace {

Tensor either(test::Probe& probe, const Shape& shape) {
  return probe.coin() ? probe.scattered(shape) : probe.normal(shape);
}

/// The dimensions in a random order, some counted from the end.
Shape permutation(test::Probe& probe, std::int64_t rank) {
  Shape dims(static_cast<std::size_t>(rank));
  std::iota(dims.begin(), dims.end(), 0);
  for (std::size_t i = dims.size(); i-- > 1;) {
    const auto j = probe.between(0, static_cast<std::int64_t>(i));
    std::swap(dims[i], dims[static_cast<std::size_t>(j)]);
  }
  for (std::int64_t& dim : dims) dim -= probe.coin() ? rank : 0;
  return dims;
}

}  // namespace

PROBE("gradients of reshaped, broadcast and copied tensors", "05.8") {
  const std::int64_t n = probe.between(1, 3), m = probe.between(2, 3);
  for (const Shape& to : {Shape{n * m}, {m, n}, {1, n, m}}) {
    probe.emit("reshape", gradient_of({"reshape", {either(probe, {n, m})}},
                                      either(probe, to)));
  }
  probe.emit("scalar",
             gradient_of({"reshape", {probe.normal({})}}, probe.normal({1})));
  for (const Shape& from : {Shape{m}, {n, 1}, {1, m}, {1}, {}, {n, m}}) {
    probe.emit("broadcast_to",
               gradient_of({"broadcast_to", {probe.normal(from)}},
                           either(probe, {2, n, m})));
  }
  probe.emit("clone", gradient_of({"clone", {either(probe, {n, m})}},
                                  either(probe, {n, m})));
}

PROBE("gradients of transposed and permuted tensors", "05.8") {
  for (int i = 0; i < 8; ++i) {
    // A cube hides wrong dimensions, and other shapes do not fit them.
    const Shape shape =
        i % 2 == 0 ? Shape{2, 2, 2} : Shape{1, 2, probe.between(1, 3)};
    const Tensor x = either(probe, shape);
    const std::int64_t a = probe.between(0, 2), b = probe.between(0, 2);
    Shape swapped = shape;
    std::swap(swapped[static_cast<std::size_t>(a)],
              swapped[static_cast<std::size_t>(b)]);
    const Shape dims{a - (probe.coin() ? 3 : 0), b - (probe.coin() ? 3 : 0)};
    probe.emit("transpose", gradient_of({"transpose", {x}, {}, dims},
                                        either(probe, swapped)));
    const Tensor cube = either(probe, {2, 2, 2, 2});
    probe.emit(
        "permute",
        gradient_of({"permute", {cube}, {}, permutation(probe, 4)}, cube));
    const Shape order = permutation(probe, 3);
    Shape moved;
    for (const std::int64_t dim : order) {
      moved.push_back(shape[static_cast<std::size_t>((dim + 3) % 3)]);
    }
    probe.emit("permute",
               gradient_of({"permute", {x}, {}, order}, either(probe, moved)));
  }
  probe.emit("scalar",
             gradient_of({"permute", {probe.normal({})}}, probe.normal({})));
}

PROBE("gradients of slices", "05.8") {
  for (int i = 0; i < 16; ++i) {
    const std::int64_t dim = probe.between(0, 2), extent = probe.between(3, 6);
    Shape shape{2, 3, 2};
    shape[static_cast<std::size_t>(dim)] = extent;
    const std::int64_t start = probe.between(0, extent - 1),
                       stop = probe.between(start, extent),
                       step = probe.between(1, 3);
    Shape part = shape;
    part[static_cast<std::size_t>(dim)] = (stop - start + step - 1) / step;
    const bool whole = stop == extent, from_end = probe.coin();
    const Shape attributes{dim - (probe.coin() ? 3 : 0),
                           start - (from_end ? extent : 0),
                           whole && from_end ? Tensor::kEnd : stop, step};
    probe.emit("slice",
               gradient_of({"slice", {either(probe, shape)}, {}, attributes},
                           either(probe, part)));
  }
}
