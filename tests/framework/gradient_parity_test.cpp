// Replays programs whose gradients PyTorch computed (parity/backward.jsonl,
// recorded by scripts/record_gradients.py, which describes the file).
#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "framework/parity_text.hpp"
#include "support/gradients.hpp"
#include "support/tensors.hpp"
#include "tinytorch/activations.hpp"
#include "tinytorch/losses.hpp"
#include "tinytorch/operations.hpp"

using nlohmann::json;
using namespace tinytorch;

namespace {

constexpr float kTolerance = 1e-5f;

/// One step of a program: its arguments and what else it is given.
struct Step {
  std::vector<Tensor> of;
  std::vector<float> given;

  std::int64_t integer(std::size_t i) const {
    return static_cast<std::int64_t>(given.at(i));
  }
  Shape integers() const { return {given.begin(), given.end()}; }
};

using Operation = std::function<Tensor(const Step&)>;

Operation unary(Tensor (*f)(const Tensor&)) {
  return [f](const Step& s) { return f(s.of[0]); };
}

Operation binary(Tensor (*f)(const Tensor&, const Tensor&)) {
  return [f](const Step& s) { return f(s.of[0], s.of[1]); };
}

Operation along(Tensor (*f)(const Tensor&, std::int64_t)) {
  return [f](const Step& s) { return f(s.of[0], s.integer(0)); };
}

using Reduction = Tensor (Tensor::*)(std::optional<std::int64_t>, bool) const;

Operation reduction(Reduction f) {
  return [f](const Step& s) {
    if (s.given.empty()) return (s.of[0].*f)({}, false);
    return (s.of[0].*f)(s.integer(0), s.integer(1) != 0);
  };
}

std::map<std::string, Operation> table_of_views() {
  return {
      {"reshape", [](const Step& s) { return s.of[0].reshape(s.integers()); }},
      {"transpose",
       [](const Step& s) {
         return s.of[0].transpose(s.integer(0), s.integer(1));
       }},
      {"permute", [](const Step& s) { return s.of[0].permute(s.integers()); }},
      {"slice",
       [](const Step& s) {
         return s.of[0].slice(s.integer(0), s.integer(1), s.integer(2),
                              s.integer(3));
       }},
      {"broadcast_to",
       [](const Step& s) { return s.of[0].broadcast_to(s.integers()); }},
      {"clone", [](const Step& s) { return s.of[0].clone(); }},
  };
}

std::map<std::string, Operation> table() {
  std::map<std::string, Operation> result = {
      {"add", [](const Step& s) { return s.of[0] + s.of[1]; }},
      {"subtract", [](const Step& s) { return s.of[0] - s.of[1]; }},
      {"multiply", [](const Step& s) { return s.of[0] * s.of[1]; }},
      {"divide", [](const Step& s) { return s.of[0] / s.of[1]; }},
      {"negate", [](const Step& s) { return -s.of[0]; }},
      {"matmul", [](const Step& s) { return s.of[0].matmul(s.of[1]); }},
      {"sum", reduction(&Tensor::sum)},
      {"mean", reduction(&Tensor::mean)},
      {"max", reduction(&Tensor::max)},
      {"min", reduction(&Tensor::min)},
      {"relu", unary(relu)},
      {"sigmoid", unary(sigmoid)},
      {"tanh", unary(tinytorch::tanh)},
      {"gelu", unary(gelu)},
      {"exp", unary(tinytorch::exp)},
      {"log", unary(tinytorch::log)},
      {"sqrt", unary(tinytorch::sqrt)},
      {"pow",
       [](const Step& s) { return tinytorch::pow(s.of[0], s.given.at(0)); }},
      {"softmax", along(softmax)},
      {"log_softmax", along(log_softmax)},
      {"mse", binary(mse_loss)},
      {"cross_entropy", binary(cross_entropy_loss)},
      {"bce", binary(binary_cross_entropy_loss)},
      {"embedding", binary(embedding)},
      {"concatenate",
       [](const Step& s) { return concatenate(s.of, s.integer(0)); }},
      {"masked_fill",
       [](const Step& s) {
         return masked_fill(s.of[0], s.of[1], s.given.at(0));
       }},
  };
  result.merge(table_of_views());
  return result;
}

/// The result of the last step. Inputs and results are appended to `values`.
void run(const json& steps, std::vector<Tensor>& values) {
  static const std::map<std::string, Operation> operations = table();
  for (const json& text : steps) {
    Step step;
    for (const std::size_t i : text[1]) step.of.push_back(values.at(i));
    if (text.size() > 2) step.given = text[2].get<std::vector<float>>();
    values.push_back(operations.at(text[0])(step));
  }
}

float largest(const std::vector<float>& numbers) {
  float result = 0.0f;
  for (const float x : numbers) result = std::max(result, std::fabs(x));
  return result;
}

void check(const json& text) {
  std::vector<Tensor> values;
  for (const json& input : text.at("in")) {
    values.push_back(parity::tensor(input));
  }
  for (const std::size_t leaf : text.at("leaves")) {
    values.at(leaf).set_requires_grad();
  }
  run(text.at("do"), values);
  const Tensor upstream = parity::tensor(text.at("upstream"));
  values.back().backward(upstream);
  for (std::size_t i = 0; i < text.at("leaves").size(); ++i) {
    const json& expected = text.at("gradients")[i];
    const std::vector<float> numbers = parity::numbers(expected.at("data"));
    // Terms of the size of the upstream gradient may cancel.
    const float scale =
        std::max(largest(numbers), largest(test::values(upstream)));
    const std::size_t leaf = text.at("leaves")[i];
    CAPTURE(leaf);
    CHECK_THAT(values[leaf].grad(),
               test::IsTensor(expected.at("shape"), numbers, kTolerance,
                              kTolerance * scale));
  }
}

}  // namespace

TEST_CASE("gradients are those of PyTorch") {
  const test::Engine engine;
  std::ifstream file(COURSE_DIR "/tests/framework/parity/backward.jsonl");
  std::string line;
  REQUIRE(std::getline(file, line));
  const int recorded = json::parse(line).at("cases");
  int replayed = 0;
  while (std::getline(file, line)) {
    ++replayed;
    INFO("backward.jsonl:" << replayed + 1 << ": " << line.substr(0, 300));
    check(json::parse(line));
  }
  CHECK(replayed == recorded);
  CHECK(replayed >= 300);
}
