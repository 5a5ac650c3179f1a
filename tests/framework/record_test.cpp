// Every differentiable operation reports itself once.
#include "support/tensors.hpp"
#include "tinytorch/activations.hpp"
#include "tinytorch/layers.hpp"
#include "tinytorch/losses.hpp"
#include "tinytorch/operations.hpp"

using test::counting;
using test::make;
using test::scattered;
using test::shares_memory;
using tinytorch::Recorder;
using tinytorch::set_recorder;
using tinytorch::Shape;
using tinytorch::Tensor;

namespace {

struct Report {
  std::string operation;
  std::vector<Tensor> inputs;
  Tensor output;
  Shape attributes;
};

std::vector<Report> reports;

void note(const tinytorch::Operation& operation, const Tensor& output) {
  Report report{std::string(operation.name), {}, output, operation.attributes};
  for (const Tensor* input : operation.inputs) report.inputs.push_back(*input);
  reports.push_back(report);
}

/// Collects reports while it lives.
class Recording {
 public:
  Recording() : previous_(set_recorder(note)) { reports.clear(); }
  ~Recording() { set_recorder(previous_); }
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

 private:
  Recorder previous_;
};

bool same(const Tensor& a, const Tensor& b) {
  return shares_memory(a, b) && a.shape() == b.shape() &&
         a.strides() == b.strides() && a.offset() == b.offset();
}

/// Whether the last report names this operation with these inputs and output.
void check_last(const std::string& operation, const std::vector<Tensor>& inputs,
                const Tensor& output, const Shape& attributes) {
  REQUIRE_FALSE(reports.empty());
  const Report& last = reports.back();
  CHECK(last.operation == operation);
  CHECK(last.attributes == attributes);
  CHECK(same(last.output, output));
  REQUIRE(last.inputs.size() == inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    CHECK(same(last.inputs[i], inputs[i]));
  }
}

/// f is one operation: exactly one report.
template <class F>
void check_once(const std::string& operation, const std::vector<Tensor>& inputs,
                F f, const Shape& attributes = {}) {
  CAPTURE(operation);
  const Recording recording;
  const Tensor output = f();
  CHECK(reports.size() == 1);
  check_last(operation, inputs, output, attributes);
}

/// f is built from these operations, in this order.
template <class F>
void check_sequence(const std::vector<std::string>& operations, F f) {
  const Recording recording;
  f();
  std::vector<std::string> names;
  for (const Report& report : reports) names.push_back(report.operation);
  CHECK(names == operations);
}

}  // namespace

TEST_CASE("arithmetic reports itself once") {
  const Tensor a = make({2, 3}, counting({2, 3}));
  const Tensor b = make({2, 3}, counting({2, 3}));
  check_once("add", {a, b}, [&] { return a + b; });
  check_once("subtract", {a, b}, [&] { return a - b; });
  check_once("multiply", {a, b}, [&] { return a * b; });
  check_once("divide", {a, b}, [&] { return a / b; });
  check_once("negate", {a}, [&] { return -a; });
}

TEST_CASE("broadcast and scattered arithmetic is one report as well") {
  const Tensor a = scattered({2, 3}, counting({2, 3}));
  const Tensor row = make({3}, {1, 2, 3});
  check_once("add", {a, row}, [&] { return a + row; });
  check_once("multiply", {row, a}, [&] { return row * a; });
  check_once("negate", {a}, [&] { return -a; });
}

TEST_CASE("a number takes part as a scalar tensor") {
  const Tensor a = make({2}, {1, 2});
  const Recording recording;
  const Tensor y = 3 - a;
  REQUIRE(reports.size() == 1);
  CHECK(reports[0].operation == "subtract");
  REQUIRE(reports[0].inputs.size() == 2);
  CHECK_THAT(reports[0].inputs[0], test::IsTensor({}, {3}));
  CHECK(same(reports[0].inputs[1], a));
  CHECK(same(reports[0].output, y));
}

TEST_CASE("views report themselves once") {
  const Tensor x = make({2, 3, 1}, counting({2, 3, 1}));
  check_once("reshape", {x}, [&] { return x.reshape({3, -1}); });
  check_once("transpose", {x}, [&] { return x.transpose(0, -1); }, {0, -1});
  check_once("transpose", {x}, [&] { return x.transpose(); }, {-2, -1});
  check_once("permute", {x}, [&] { return x.permute({2, 0, 1}); }, {2, 0, 1});
  check_once("slice", {x}, [&] { return x.slice(1, 0, 3, 2); }, {1, 0, 3, 2});
  check_once("broadcast_to", {x}, [&] { return x.broadcast_to({2, 3, 4}); });
}

TEST_CASE("copies report themselves as clones") {
  const Tensor x = make({2, 3}, counting({2, 3}));
  const Tensor y = scattered({2, 3}, counting({2, 3}));
  check_once("clone", {x}, [&] { return x.clone(); });
  check_once("clone", {y}, [&] { return y.contiguous(); });
  INFO("Nothing happens to a tensor that is contiguous already.");
  check_sequence({}, [&] { return x.contiguous(); });
}

TEST_CASE("matmul reports itself once") {
  const Tensor a = make({2, 1, 2, 3}, counting({2, 1, 2, 3}));
  const Tensor b = make({4, 3, 2}, counting({4, 3, 2}));
  const Tensor v = make({3}, {1, 2, 3});
  check_once("matmul", {a, b}, [&] { return a.matmul(b); });
  check_once("matmul", {a, v}, [&] { return a.matmul(v); });
  check_once("matmul", {v, v}, [&] { return v.matmul(v); });
}

TEST_CASE("reductions report themselves once") {
  const Tensor x = make({2, 3}, counting({2, 3}));
  check_once("sum", {x}, [&] { return x.sum(); });
  check_once("sum", {x}, [&] { return x.sum(-1, true); }, {-1, 1});
  check_once("mean", {x}, [&] { return x.mean(0); }, {0, 0});
  check_once("max", {x}, [&] { return x.max(1); }, {1, 0});
  check_once("min", {x}, [&] { return x.min(); });
}

TEST_CASE("copies made on the way come before the operation") {
  const Tensor x = scattered({2, 2}, {1, 2, 3, 4});
  const auto check = [&x](const std::string& operation, auto f) {
    CAPTURE(operation);
    const Recording recording;
    const Tensor output = f();
    check_last(operation, {x}, output, {});
    for (std::size_t i = 0; i + 1 < reports.size(); ++i) {
      CHECK(reports[i].operation == "clone");
    }
  };
  check("reshape", [&] { return x.reshape({4}); });
  check("sum", [&] { return x.sum(); });
  check("max", [&] { return x.max(); });
  check("relu", [&] { return tinytorch::relu(x); });
}

TEST_CASE("what has no gradient reports nothing") {
  Tensor x = make({2, 3}, counting({2, 3}));
  check_sequence({}, [&] {
    Tensor::ones({2});
    Tensor::arange(0, 3);
    Tensor::randn({2});
    x.argmax(0);
    x.set({0, 0}, x.at({1, 1}));
    allclose(x, x);
    to_string(x);
  });
}

TEST_CASE("activations report themselves once") {
  const Tensor x = make({2, 3}, counting({2, 3}));
  check_once("relu", {x}, [&] { return tinytorch::relu(x); });
  check_once("sigmoid", {x}, [&] { return tinytorch::sigmoid(x); });
  check_once("tanh", {x}, [&] { return tinytorch::tanh(x); });
  check_once("gelu", {x}, [&] { return tinytorch::gelu(x); });
  check_once("softmax", {x}, [&] { return tinytorch::softmax(x, 0); }, {0});
  check_once("log_softmax", {x}, [&] { return tinytorch::log_softmax(x); },
             {-1});
}

TEST_CASE("layers report what they are made of") {
  tinytorch::Generator generator(1);
  tinytorch::Linear linear(3, 2, true, generator);
  tinytorch::Linear plain(3, 2, false, generator);
  tinytorch::Dropout dropout(0.5f, generator);
  const Tensor x = make({2, 3}, counting({2, 3}));
  check_sequence({"matmul", "add"}, [&] { return linear(x); });
  check_sequence({"matmul"}, [&] { return plain(x); });
  check_sequence({"multiply"}, [&] { return dropout(x); });
  dropout.eval();
  check_sequence({}, [&] { return dropout(x); });
}

TEST_CASE("losses report themselves once or what they are made of") {
  const Tensor p = make({2, 2}, {0.25f, 0.75f, 0.5f, 0.5f});
  const Tensor y = make({2, 2}, {0, 1, 1, 0});
  const Tensor classes = make({2}, {1, 0});
  check_sequence({"subtract", "multiply", "mean"},
                 [&] { return tinytorch::mse_loss(p, y); });
  check_once("binary_cross_entropy", {p, y},
             [&] { return tinytorch::binary_cross_entropy_loss(p, y); });
  const Recording recording;
  const Tensor loss = tinytorch::cross_entropy_loss(p, classes);
  check_last("cross_entropy", {p, classes}, loss, {});
}

TEST_CASE("operations of module 05 report themselves once") {
  const Tensor x = make({2, 3}, counting({2, 3}));
  const Tensor mask = make({3}, {0, 1, 0});
  const Tensor indices = make({2}, {1, 0});
  check_once("exp", {x}, [&] { return tinytorch::exp(x); });
  check_once("log", {x}, [&] { return tinytorch::log(x); });
  check_once("sqrt", {x}, [&] { return tinytorch::sqrt(x); });
  check_once("concatenate", {x, x},
             [&] {
               return tinytorch::concatenate({x, x}, -1);
             },
             {-1});
  check_once("embedding", {x, indices},
             [&] { return tinytorch::embedding(x, indices); });
  const Recording recording;
  const Tensor power = tinytorch::pow(x, 3);
  REQUIRE(reports.size() == 1);
  CHECK(reports[0].operation == "pow");
  CHECK(same(reports[0].output, power));
  REQUIRE(reports[0].inputs.size() == 2);
  CHECK(same(reports[0].inputs[0], x));
  CHECK_THAT(reports[0].inputs[1], test::IsTensor({}, {3}));
  // The mask is broadcast first, which nobody need differentiate.
  const Tensor filled = tinytorch::masked_fill(x, mask, 7);
  check_last("masked_fill", {x, mask}, filled, {});
  for (std::size_t i = 1; i + 1 < reports.size(); ++i) {
    CHECK(shares_memory(reports[i].inputs[0], mask));
  }
}

TEST_CASE("installing an engine returns the one before") {
  const Recorder before = set_recorder(note);
  CHECK(set_recorder(nullptr) == note);
  CHECK(set_recorder(before) == nullptr);
}

TEST_CASE("without an engine nothing is reported") {
  reports.clear();
  const Recorder before = set_recorder(nullptr);
  const Tensor x = make({2}, {1, 2});
  CHECK_THAT(x + x, test::IsTensor({2}, {2, 4}));
  set_recorder(before);
  CHECK(reports.empty());
}
