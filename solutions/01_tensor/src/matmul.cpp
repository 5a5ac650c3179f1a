// Module 01, part 5: the matrix product, where the time goes.
// <solution>
#include <algorithm>

// </solution>
#include "tinytorch/tensor.hpp"

namespace tinytorch {
// <solution>
namespace {

/// A matrix inside a tensor; `row` and `column` are strides.
struct Matrix {
  const float* data;
  std::int64_t row, column;
};

/// out += f[0] b[0] + ... + f[kRows - 1] b[kRows - 1]: rows of n neighbours,
/// which the compiler can vectorise. Several rows of b at a time, because
/// reading and writing out costs as much as the arithmetic.
template <std::int64_t kRows>
void add_rows(const Matrix& factors, const float* b, float* out,
              std::int64_t n) {
  float f[kRows];
  for (std::int64_t r = 0; r < kRows; ++r) {
    f[r] = factors.data[r * factors.column];
  }
  for (std::int64_t j = 0; j < n; ++j) {
    float sum = out[j];
    for (std::int64_t r = 0; r < kRows; ++r) sum += f[r] * b[r * n + j];
    out[j] = sum;
  }
}

/// out (m, n) = a (m, k) b (k, n); b and out are contiguous, and both are read
/// row by row, which keeps them in cache.
void multiply(Matrix a, const float* b, float* out, std::int64_t m,
              std::int64_t k, std::int64_t n) {
  constexpr std::int64_t kRows = 4;
  std::fill_n(out, m * n, 0.0f);
  for (std::int64_t i = 0; i < m; ++i, a.data += a.row, out += n) {
    Matrix factors = a;
    const float* const end = b + k * n;
    const float* row = b;
    for (; end - row >= kRows * n && n > 0; row += kRows * n) {
      add_rows<kRows>(factors, row, out, n);
      factors.data += kRows * a.column;
    }
    for (; row != end; row += n, factors.data += a.column) {
      add_rows<1>(factors, row, out, n);
    }
  }
}

[[noreturn]] void throw_mismatch(const Tensor& a, const Tensor& b,
                                 const std::string& why) {
  throw ShapeError("matmul: cannot multiply " + to_string(a.shape()) + " by " +
                   to_string(b.shape()) + ": " + why);
}

/// All dimensions but the last two.
Shape outer_shape(const Tensor& stack) {
  return {stack.shape().begin(), stack.shape().end() - 2};
}

Shape broadcast_outer(const Tensor& a, const Tensor& b) {
  try {
    return broadcast_shapes("outer", outer_shape(a), outer_shape(b));
  } catch (const ShapeError& error) {
    throw_mismatch(a, b, error.what());
  }
}

/// Which matrix of a stack of shape `own` takes part in product i of `outer`:
/// where the stack has extent 1, its one matrix is used again and again.
std::int64_t matrix_for(std::int64_t i, const Shape& outer, const Shape& own) {
  const std::size_t added = outer.size() - own.size();
  std::int64_t matrix = 0, stride = 1;
  for (std::size_t d = outer.size(); d-- > added;) {
    const std::int64_t extent = own[d - added];
    if (extent > 1) matrix += i % outer[d] * stride;
    stride *= extent;
    i /= outer[d];
  }
  return matrix;
}

/// The product of stacks of matrices; both ranks are at least 2.
Tensor multiply_stacks(const Tensor& a, const Tensor& b) {
  const std::int64_t m = a.size(-2), k = a.size(-1), n = b.size(-1);
  const Shape outer = broadcast_outer(a, b);
  const Shape outer_a = outer_shape(a), outer_b = outer_shape(b);
  // One matrix on the left is read as it lies, transposed or not.
  const Tensor left = a.rank() == 2 ? a : a.contiguous();
  const Tensor right = b.contiguous();
  const std::size_t row = left.shape().size() - 2;
  Shape shape = outer;
  shape.insert(shape.end(), {m, n});
  Tensor out = Tensor::empty(shape);
  float* target = out.mutable_data();
  for (std::int64_t i = 0; i < numel(outer); ++i) {
    const float* first = left.data() + matrix_for(i, outer, outer_a) * m * k;
    multiply({first, left.strides()[row], left.strides()[row + 1]},
             right.data() + matrix_for(i, outer, outer_b) * k * n,
             target + i * m * n, m, k, n);
  }
  return out;
}

/// The tensor with one more dimension of extent 1, first or last.
Tensor as_matrix(const Tensor& tensor, bool as_row) {
  if (tensor.rank() != 1) return tensor;
  const std::int64_t n = tensor.size();
  const std::int64_t stride = tensor.strides()[0];
  return as_row ? Tensor::view(tensor.storage(), {1, n}, {n, stride},
                               tensor.offset())
                : Tensor::view(tensor.storage(), {n, 1}, {stride, 1},
                               tensor.offset());
}

}  // namespace
// </solution>

Tensor Tensor::matmul(const Tensor& other) const {
  Tensor result;
  // <solution task="01.11" name="matmul" args="other">
  if (rank() == 0 || other.rank() == 0) {
    throw_mismatch(*this, other, "a scalar is not a matrix, use * instead");
  }
  const Tensor a = as_matrix(*this, true);
  const Tensor b = as_matrix(other, false);
  const std::int64_t columns = a.size(-1), rows = b.size(-2);
  if (columns != rows) {
    throw_mismatch(*this, other,
                   "the inner dimensions " + std::to_string(columns) + " and " +
                       std::to_string(rows) + " must be equal");
  }
  result = multiply_stacks(a, b);
  Shape shape = result.shape();
  if (rank() == 1) shape.erase(shape.end() - 2);
  if (other.rank() == 1) shape.pop_back();
  result = view(result.storage(), shape, row_major_strides(shape), 0);
  // </solution>
  return record("matmul", {this, &other}, result);
}

}  // namespace tinytorch
