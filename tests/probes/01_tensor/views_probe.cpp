#include <numeric>

#include "support/probe.hpp"

using namespace tinytorch;

namespace {

template <class T>
T pick(test::Probe& probe, const std::vector<T>& choices) {
  const auto last = static_cast<std::int64_t>(choices.size()) - 1;
  return choices[static_cast<std::size_t>(probe.between(0, last))];
}

/// The dimensions in a random order, some counted from the end.
std::vector<std::int64_t> permutation(test::Probe& probe, std::int64_t rank) {
  std::vector<std::int64_t> dims(static_cast<std::size_t>(rank));
  std::iota(dims.begin(), dims.end(), 0);
  for (std::size_t i = dims.size(); i-- > 1;) {
    const auto j = probe.between(0, static_cast<std::int64_t>(i));
    std::swap(dims[i], dims[static_cast<std::size_t>(j)]);
  }
  for (std::int64_t& dim : dims) dim -= probe.coin() ? rank : 0;
  return dims;
}

/// Contiguous, but not at the beginning of its storage.
Tensor with_offset(test::Probe& probe, const Shape& shape) {
  return Tensor::view(probe.normal({70}).storage(), shape,
                      row_major_strides(shape), probe.between(1, 9));
}

void emit_view(test::Probe& probe, const Tensor& of, const Tensor& view) {
  probe.emit("view", view, test::kExact);
  probe.emit("strides", view.strides());
  probe.emit_truth("in the same memory", test::shares_memory(of, view));
}

}  // namespace

PROBE("reshaped tensors", "01.6") {
  const std::vector<Shape> before{{2, 6}, {3, 4}, {2, 3, 2}, {12}};
  const std::vector<Shape> shapes{{12},   {3, 4},     {-1, 2}, {2, -1, 3},
                                  {6, 2}, {1, 12, 1}, {4, -1}, {-1}};
  for (int i = 0; i < 12; ++i) {
    const Shape from = pick(probe, before);
    const Tensor x =
        probe.coin() ? probe.scattered(from) : with_offset(probe, from);
    emit_view(probe, x, x.reshape(pick(probe, shapes)));
  }
  emit_view(probe, probe.normal({0, 3}), probe.normal({0, 3}).reshape({2, 0}));
  probe.emit("scalar", probe.normal({1, 1}).reshape({}), test::kExact);
}

PROBE("shapes that fit the elements or not", "01.6") {
  const std::vector<Shape> of_twelve{
      {12}, {4, 3},  {-1, 6},  {2, 2, 3},  {-1, -1, 12}, {-2, 6},  {5, -1},
      {3},  {2, 4},  {13},     {24, -1},   {0, -1},      {-1, 0},  {7},
      {8},  {-1, 5}, {2, -12}, {-1, 2, 3}, {-1, 1, -1},  {2, 3, 4}};
  const std::vector<Shape> of_none{{0, -1}, {-1, 0}, {0, 5},     {2, 0},
                                   {3},     {1},     {0, -1, 0}, {-1, -1, 0}};
  for (int i = 0; i < 24; ++i) {
    const Shape shape = pick(probe, of_twelve), empty = pick(probe, of_none);
    probe.outcome("of 12", [&] { probe.normal({3, 4}).reshape(shape); });
    probe.outcome("of none", [&] { probe.normal({0, 3}).reshape(empty); });
  }
}

PROBE("transposed and permuted tensors", "01.7") {
  for (int i = 0; i < 8; ++i) {
    const std::int64_t n = probe.between(1, 3), m = probe.between(2, 3);
    const Tensor x =
        i % 2 == 0 ? probe.scattered({n, 4, m}) : with_offset(probe, {3, n, m});
    emit_view(probe, x,
              x.transpose(probe.between(-3, 2), probe.between(-3, 2)));
    emit_view(probe, x, x.transpose());
    emit_view(probe, x, x.permute(permutation(probe, 3)));
    const Tensor cube = probe.scattered({2, 2, 2, 2});
    emit_view(probe, cube, cube.permute(permutation(probe, 4)));
  }
  probe.emit("scalar", probe.normal({}).transpose(), test::kExact);
  probe.emit("vector", probe.normal({3}).transpose(), test::kExact);
}

PROBE("dimensions that can be swapped or not", "01.7") {
  const Tensor x = probe.normal({2, 3, 2});
  for (int i = 0; i < 24; ++i) {
    const std::int64_t a = probe.between(-4, 3), b = probe.between(-3, 2);
    probe.outcome("transpose", [&] { x.transpose(a, b); });
    std::vector<std::int64_t> dims = permutation(probe, 3);
    const std::int64_t kind = probe.between(0, 4);
    if (kind == 1) dims.pop_back();
    if (kind == 2) dims[0] = dims[2];
    if (kind == 3) dims[1] = probe.coin() ? 3 : -4;
    if (kind == 4) dims.push_back(probe.between(0, 2));
    probe.outcome("permute", [&] { x.permute(dims); });
  }
}

PROBE("slices", "01.8") {
  for (int i = 0; i < 32; ++i) {
    const Tensor x =
        i % 2 == 0 ? probe.scattered({3, 5, 4}) : with_offset(probe, {4, 3, 5});
    // Half of them are long.
    const bool wide = probe.coin();
    const std::int64_t stop = wide ? Tensor::kEnd : probe.between(-7, 7);
    const std::int64_t start = probe.between(-7, wide ? 0 : 5);
    const Tensor part =
        x.slice(probe.between(-3, 2), start, stop, probe.between(1, 3));
    probe.emit("slice", part, test::kExact);
    probe.emit_truth("in the same memory", test::shares_memory(x, part));
  }
}

PROBE("slices that exist or not", "01.8") {
  for (int i = 0; i < 24; ++i) {
    const Tensor x = probe.normal({3, 2});
    const std::int64_t dim = probe.between(-3, 2), step = probe.between(-2, 3);
    // Of two mistakes at once, the contract does not say which one counts.
    const std::int64_t legal = dim >= -2 && dim < 2 ? step : 1;
    probe.outcome("slice", [&] { x.slice(dim, 0, 2, legal); });
  }
}

PROBE("shapes that broadcast or not", "01.9") {
  const std::vector<std::int64_t> extents{0, 1, 1, 2, 3, 4};
  for (int i = 0; i < 48; ++i) {
    Shape a, b, both;
    for (std::int64_t d = probe.between(0, 3); d > 0; --d) {
      a.push_back(pick(probe, extents));
    }
    b = a;
    for (std::int64_t& extent : b) {
      if (probe.coin()) extent = pick(probe, extents);
    }
    if (!b.empty() && probe.coin()) b.erase(b.begin());
    if (probe.coin()) std::swap(a, b);
    probe.outcome("shapes", [&] { both = broadcast_shapes("probe", a, b); });
    probe.emit("shape", both);
  }
}

PROBE("broadcast tensors", "01.9") {
  const std::int64_t n = probe.between(2, 4), m = probe.between(2, 4);
  for (const Shape& shape : {Shape{m}, {1, m}, {n, 1}, {1}, {}, {n, m}}) {
    const Tensor x = probe.coin() || shape.size() == 1
                         ? probe.scattered(shape)
                         : with_offset(probe, shape);
    emit_view(probe, x, x.broadcast_to({2, n, m}));
  }
  emit_view(probe, probe.normal({1}), probe.normal({1}).broadcast_to({0}));
  for (int i = 0; i < 48; ++i) {
    const Shape from{probe.between(1, 3), probe.between(1, 2)};
    const Shape to =
        probe.coin() ? Shape{2, from[0], 2} : Shape{probe.between(1, 3), 2};
    const bool fewer = probe.between(0, 4) == 0;
    const Tensor x = probe.normal(from);
    probe.outcome("to", [&] { x.broadcast_to(fewer ? Shape{2} : to); });
  }
}
