// The optimizers against what torch.optim computed (parity/optimizers.jsonl,
// recorded by scripts/record_optimizers.py, which describes the file), and the
// checks that are given to the student.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/parameters.hpp"
#include "support/tensors.hpp"
#include "tinytorch/activations.hpp"
#include "tinytorch/autograd.hpp"
#include "tinytorch/losses.hpp"
#include "tinytorch/optimizers.hpp"

using nlohmann::json;
using namespace tinytorch;
using test::IsTensor;
using test::kInf;
using test::kNaN;
using test::make;
using test::Mentions;
using test::parameter;

namespace {

/// Autograd for one test: the others of this program run without an engine.
class WithAutograd {
 public:
  WithAutograd() : before_(set_recorder(nullptr)) { enable_autograd(); }
  ~WithAutograd() { set_recorder(before_); }

 private:
  Recorder before_;
};

std::vector<json> recorded() {
  std::ifstream file(COURSE_DIR "/tests/framework/parity/optimizers.jsonl");
  std::vector<json> lines;
  for (std::string line; std::getline(file, line);) {
    lines.push_back(json::parse(line));
  }
  REQUIRE(lines.size() > 1);
  return lines;
}

Tensor tensor(const json& text) { return make(text["shape"], text["data"]); }

std::vector<Tensor> tensors(const json& list) {
  std::vector<Tensor> result;
  for (const json& text : list) result.push_back(tensor(text));
  return result;
}

std::unique_ptr<Optimizer> optimizer_of(const json& line,
                                        std::vector<Tensor> parameters) {
  const json& o = line["options"];
  if (line["kind"] == "SGD") {
    const SGDOptions options = {.lr = o["lr"],
                                .momentum = o.value("momentum", 0.0f),
                                .weight_decay = o["weight_decay"]};
    return std::make_unique<SGD>(std::move(parameters), options);
  }
  const AdamOptions options = {.lr = o["lr"],
                               .beta1 = o.value("beta1", 0.9f),
                               .beta2 = o.value("beta2", 0.999f),
                               .eps = o.value("eps", 1e-8f),
                               .weight_decay = o["weight_decay"].get<float>()};
  if (line["kind"] == "AdamW") {
    return std::make_unique<AdamW>(std::move(parameters), options);
  }
  return std::make_unique<Adam>(std::move(parameters), options);
}

/// The largest |a - b|, as a share of the largest |b|.
float relative_error(const Tensor& a, const Tensor& b) {
  const std::vector<float> x = test::values(a), y = test::values(b);
  float error = 0, size = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    error = std::max(error, std::fabs(x[i] - y[i]));
    size = std::max(size, std::fabs(y[i]));
  }
  return error / size;
}

template <class F>
void check_refused(F make_optimizer, const std::vector<std::string>& parts) {
  CHECK_THROWS_MATCHES(make_optimizer(), ValueError, Mentions(parts));
}

}  // namespace

TEST_CASE("200 steps of a network agree with torch.optim") {
  const WithAutograd autograd;
  const std::vector<json> lines = recorded();
  const json& task = lines[0];
  const Tensor inputs = tensor(task["inputs"]);
  const Tensor targets = tensor(task["targets"]);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    std::vector<Tensor> p = tensors(task["start"]);
    for (Tensor& each : p) each.set_requires_grad();
    const auto optimizer = optimizer_of(lines[i], p);
    for (int t = 0; t < task["steps"]; ++t) {
      optimizer->zero_grad();
      const Tensor hidden = tinytorch::tanh(inputs.matmul(p[0]) + p[1]);
      mse_loss(hidden.matmul(p[2]) + p[3], targets).backward();
      optimizer->step();
    }
    const std::vector<Tensor> expected = tensors(lines[i]["network"]);
    for (std::size_t k = 0; k < p.size(); ++k) {
      INFO(lines[i]["kind"] << " " << lines[i]["options"] << " parameter "
                            << k);
      CHECK(relative_error(p[k], expected[k]) < 2e-5f);
    }
  }
}

TEST_CASE("every step on a quadratic agrees with torch.optim") {
  const std::vector<json> lines = recorded();
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::vector<float> start = lines[0]["quadratic"];
    const Shape shape = {static_cast<std::int64_t>(start.size())};
    const Tensor p = parameter(shape, start);
    const auto optimizer = optimizer_of(lines[i], {p});
    for (const json& step : lines[i]["quadratic"]) {
      INFO(lines[i]["kind"] << " " << lines[i]["options"] << " " << step);
      test::step(*optimizer, p, step["gradient"]);
      CHECK_THAT(p, IsTensor(shape, step["value"], 1e-5f, 2e-6f));
    }
  }
}

TEST_CASE("a graph from before a step says that it is out of date") {
  const WithAutograd autograd;
  const Tensor p = parameter({2}, {1, 2});
  SGD optimizer({p}, {.lr = 0.5f});
  const Tensor loss = (p * p).sum();
  test::step(optimizer, p, {1, 1});
  CHECK_THROWS_AS(loss.backward(), AutogradError);
}

TEST_CASE("a step leaves no trace in the graph") {
  const WithAutograd autograd;
  const Tensor p = parameter({2, 2}, {1, 2, 3, 4});
  for (const bool momentum : {false, true}) {
    SGD optimizer({p}, {.momentum = momentum ? 0.9f : 0.0f});
    test::step(optimizer, p, {1, 1, 1, 1});
    CHECK(p.node()->is_leaf());
    CHECK(p.requires_grad());
  }
}

TEST_CASE("options of SGD that are out of range are refused") {
  const Tensor p = parameter({1}, {1});
  for (const float lr : {-0.1f, kNaN, kInf}) {
    check_refused([&] { SGD({p}, {.lr = lr}); }, {"lr", "at least 0"});
  }
  for (const float momentum : {-0.1f, 1.0f, 1.5f, kNaN}) {
    check_refused([&] { SGD({p}, {.momentum = momentum}); },
                  {"momentum", "below 1"});
  }
  for (const float decay : {-0.1f, kNaN, kInf}) {
    check_refused([&] { SGD({p}, {.weight_decay = decay}); },
                  {"weight_decay", "at least 0"});
  }
  SGD at_the_limits({p}, {.lr = 0.0f, .momentum = 0.0f, .weight_decay = 0.0f});
  CHECK_FALSE(at_the_limits.has_momentum());
  CHECK(SGD({p}, {.momentum = 0.1f}).has_momentum());
}

TEST_CASE("options of Adam and AdamW that are out of range are refused") {
  const Tensor p = parameter({1}, {1});
  const auto refused = [&](const AdamOptions& options, const char* name) {
    check_refused([&] { Adam({p}, options); }, {name, "must be"});
    check_refused([&] { AdamW({p}, options); }, {name, "must be"});
  };
  for (const float bad : {-0.1f, kNaN, kInf}) {
    refused({.lr = bad}, "lr");
    refused({.weight_decay = bad}, "weight_decay");
    refused({.beta1 = bad}, "beta1");
    refused({.eps = bad}, "eps");
  }
  refused({.beta1 = 1.0f}, "beta1");
  refused({.beta2 = 1.0f}, "beta2");
  refused({.beta2 = -0.5f}, "beta2");
  refused({.beta2 = kNaN}, "beta2");
  refused({.eps = 0.0f}, "eps");
  check_refused([&] { Adam({p}, {.beta1 = 1.25f}); }, {"beta1", "got 1.25"});
  CHECK_NOTHROW(Adam({p}, {.lr = 0.0f, .beta1 = 0.0f, .beta2 = 0.0f}));
}

TEST_CASE("parameters that no optimizer can train are refused") {
  const Tensor p = parameter({2, 3}, test::counting({2, 3}));
  check_refused([] { SGD({}); }, {"no parameters"});
  check_refused(
      [&] {
        Adam({p, make({4}, {1, 2, 3, 4})});
      },
      {"parameter 1", "(4,)", "set_requires_grad"});
  check_refused([&] { AdamW({p, p}); }, {"parameter 1", "twice"});
  Tensor scattered = test::scattered({2, 3}, test::counting({2, 3}));
  scattered.set_requires_grad();
  check_refused([&] { SGD({p, scattered}); }, {"(2, 3)", "contiguous"});
  const WithAutograd autograd;
  const Tensor computed = p * 2.0f;
  check_refused([&] { SGD({computed}); }, {"parameter 0", "computed"});
  CHECK_NOTHROW(SGD({p, parameter({0}, {}), parameter({0}, {})}));
}

TEST_CASE("the learning rate can be read and set and is checked") {
  const Tensor p = parameter({1}, {1});
  Adam optimizer({p});
  CHECK(optimizer.lr() == 0.001f);
  optimizer.set_lr(0.0f);
  CHECK(optimizer.lr() == 0.0f);
  for (const float lr : {-1.0f, kNaN, kInf}) {
    CHECK_THROWS_MATCHES(optimizer.set_lr(lr), ValueError, Mentions({"lr"}));
  }
  CHECK(optimizer.lr() == 0.0f);
  CHECK(optimizer.parameters().size() == 1);
  CHECK(optimizer.parameters()[0].node() == p.node());
}
