// Replays what PyTorch computed (parity/forward.jsonl, recorded by
// scripts/record_parity.py, which describes the file) against the solutions.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "framework/parity_text.hpp"
#include "tinytorch/activations.hpp"
#include "tinytorch/layers.hpp"
#include "tinytorch/losses.hpp"

using nlohmann::json;
using parity::number;
using parity::numbers;
using parity::tensor;
using namespace tinytorch;

namespace {

struct Case {
  json text;
  std::vector<Tensor> in;

  bool has(const char* key) const { return text.contains(key); }
  std::int64_t integer(const char* key) const { return text.at(key); }
  bool flag(const char* key) const { return text.at(key); }
  float real(const char* key) const { return number(text.at(key)); }
  Shape list(const char* key) const { return text.at(key); }

  /// An argument that may be left out: an axis, the columns of eye.
  std::optional<std::int64_t> optional(const char* key) const {
    if (!has(key)) return {};
    return integer(key);
  }
};

/// Rounding leaves at most `tolerance` times the size of the numbers that went
/// into an element; 0 demands the same number.
struct Operation {
  float tolerance;
  std::function<Tensor(const Case&)> run;
};

/// Tensor with tensor, or a number on either side.
template <class F>
Operation arithmetic(F f) {
  // IEEE 754 defines these to the last bit.
  return {0.0f, [f](const Case& c) {
            if (c.has("left")) return f(c.real("left"), c.in[0]);
            if (c.has("right")) return f(c.in[0], c.real("right"));
            return f(c.in[0], c.in[1]);
          }};
}

Operation elementwise(float tolerance, Tensor (*f)(const Tensor&)) {
  return {tolerance, [f](const Case& c) { return f(c.in[0]); }};
}

using Reduction = Tensor (Tensor::*)(std::optional<std::int64_t>, bool) const;

Operation reduction(float tolerance, Reduction f) {
  return {tolerance, [f](const Case& c) {
            return (c.in[0].*f)(c.optional("axis"), c.flag("keepdims"));
          }};
}

Operation softmax_like(Tensor (*f)(const Tensor&, std::int64_t)) {
  return {1e-6f, [f](const Case& c) { return f(c.in[0], c.integer("dim")); }};
}

Operation loss(Tensor (*f)(const Tensor&, const Tensor&)) {
  return {1e-5f, [f](const Case& c) { return f(c.in[0], c.in[1]); }};
}

Tensor transpose(const Case& c) {
  if (!c.has("dims")) return c.in[0].transpose();
  return c.in[0].transpose(c.list("dims")[0], c.list("dims")[1]);
}

Tensor slice(const Case& c) {
  return c.in[0].slice(c.integer("dim"), c.integer("start"), c.integer("stop"),
                       c.integer("step"));
}

Tensor linear(const Case& c) {
  Linear layer(c.in[1].size(0), c.in[1].size(1), c.in.size() == 3);
  const std::vector<Tensor> parameters = layer.parameters();
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    Tensor target = parameters[i];
    const std::vector<float> given = test::values(c.in[i + 1]);
    std::copy(given.begin(), given.end(), target.mutable_data());
  }
  return layer.forward(c.in[0]);
}

Tensor all_close(const Case& c) {
  return Tensor(allclose(c.in[0], c.in[1], c.real("rtol"), c.real("atol"),
                         c.flag("equal_nan"))
                    ? 1.0f
                    : 0.0f);
}

const std::map<std::string, Operation>& operations() {
  static const std::map<std::string, Operation> table = {
      {"add", arithmetic([](const auto& a, const auto& b) { return a + b; })},
      {"subtract",
       arithmetic([](const auto& a, const auto& b) { return a - b; })},
      {"multiply",
       arithmetic([](const auto& a, const auto& b) { return a * b; })},
      {"divide",
       arithmetic([](const auto& a, const auto& b) { return a / b; })},
      {"negate", {0.0f, [](const Case& c) { return -c.in[0]; }}},
      {"allclose", {0.0f, all_close}},
      {"matmul",
       {1e-5f, [](const Case& c) { return c.in[0].matmul(c.in[1]); }}},
      {"sum", reduction(1e-5f, &Tensor::sum)},
      {"mean", reduction(1e-5f, &Tensor::mean)},
      {"max", reduction(0.0f, &Tensor::max)},
      {"min", reduction(0.0f, &Tensor::min)},
      {"argmax", reduction(0.0f, &Tensor::argmax)},
      {"reshape",
       {0.0f, [](const Case& c) { return c.in[0].reshape(c.list("shape")); }}},
      {"transpose", {0.0f, transpose}},
      {"permute",
       {0.0f, [](const Case& c) { return c.in[0].permute(c.list("dims")); }}},
      {"slice", {0.0f, slice}},
      {"broadcast_to",
       {0.0f,
        [](const Case& c) { return c.in[0].broadcast_to(c.list("shape")); }}},
      {"arange",
       {1e-6f,
        [](const Case& c) {
          return Tensor::arange(c.real("start"), c.real("stop"),
                                c.real("step"));
        }}},
      {"eye",
       {0.0f,
        [](const Case& c) {
          return Tensor::eye(c.integer("n"), c.optional("m"));
        }}},
      {"relu", elementwise(0.0f, relu)},
      {"sigmoid", elementwise(1e-6f, sigmoid)},
      {"tanh", elementwise(1e-6f, tinytorch::tanh)},
      {"gelu", elementwise(1e-6f, gelu)},
      {"softmax", softmax_like(softmax)},
      {"log_softmax", softmax_like(log_softmax)},
      {"linear", {1e-5f, linear}},
      {"mse", loss(mse_loss)},
      {"cross_entropy", loss(cross_entropy_loss)},
      {"bce", loss(binary_cross_entropy_loss)},
  };
  return table;
}

bool agree(float ours, float theirs, float tolerance, float scale) {
  if (std::isnan(theirs)) return std::isnan(ours);
  if (ours == theirs) return true;
  if (tolerance == 0.0f || std::isinf(theirs)) return false;
  // Below the smallest normal number float32 loses digits, and PyTorch's
  // vectorised exp gives 0.
  return std::fabs(ours - theirs) <=
         tolerance * scale + std::numeric_limits<float>::min();
}

/// "" or the first difference. The error is measured relative to the recorded
/// "scale" where terms cancel (a sum of 1e3 and -1e3 keeps the rounding errors
/// of its terms), otherwise relative to PyTorch's result.
std::string difference(const Case& c, const Tensor& ours, float tolerance) {
  const Shape shape = c.text["out"]["shape"];
  if (ours.shape() != shape) {
    return "PyTorch's shape is " + to_string(shape) + ", ours is " +
           to_string(ours.shape());
  }
  const std::vector<float> expected = numbers(c.text["out"]["data"]);
  const std::vector<float> scale =
      c.has("scale") ? numbers(c.text["scale"]) : expected;
  const std::vector<float> got = test::values(ours);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (agree(got[i], expected[i], tolerance, std::fabs(scale[i]))) continue;
    return "element " + std::to_string(i) + ": PyTorch's is " +
           json(expected[i]).dump() + ", ours is " + json(got[i]).dump();
  }
  return "";
}

Case read_case(const std::string& line) {
  Case result{json::parse(line), {}};
  for (const json& input : result.text["in"]) {
    result.in.push_back(tensor(input));
  }
  return result;
}

/// Whether the operation refuses its arguments as the contract says.
bool refuses(const Operation& operation, const Case& c) {
  try {
    operation.run(c);
  } catch (const ValueError&) {
    return true;
  } catch (const IndexError&) {
    return true;
  }
  return false;
}

void check(const Case& c) {
  const Operation& operation = operations().at(c.text["op"]);
  if (c.has("error")) {
    CHECK(refuses(operation, c));
    return;
  }
  CHECK(difference(c, operation.run(c), operation.tolerance) == "");
}

}  // namespace

TEST_CASE("modules 01 to 04 compute what PyTorch computes") {
  std::ifstream file(COURSE_DIR "/tests/framework/parity/forward.jsonl");
  std::string line;
  REQUIRE(std::getline(file, line));
  const int recorded = json::parse(line).at("cases");
  int replayed = 0;
  while (std::getline(file, line)) {
    ++replayed;
    INFO("forward.jsonl:" << replayed + 1 << ": " << line.substr(0, 300));
    check(read_case(line));
  }
  CHECK(replayed == recorded);
  CHECK(replayed >= 500);
}
