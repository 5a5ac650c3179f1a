// 05.9 Rules of activations, 05.10 Rules of softmax: what a plausible mistake
// would get wrong. Values from PyTorch.
#include "support/gradients.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::gradient_of;
using test::IsTensor;
using test::make;
using test::scattered;

namespace {

const std::vector<float> kScores = {1, 2, 3, 0, 2, 5};
const std::vector<float> kCube = {1, 2, 0, 2, 3, 1, -1, 4};
const std::vector<float> kCubeGradient = {1, 2, 3, 4, 5, 6, 7, 8};

// softmax and log_softmax of kScores along dim 0 and 1, of kCube along dim 1.
const std::vector<float> kSoft0 = {0.73105858f, 0.5f, 0.11920292f,
                                   0.26894142f, 0.5f, 0.88079708f};
const std::vector<float> kSoft1 = {0.090030573f,  0.24472847f,  0.66524096f,
                                   0.0063774609f, 0.047123417f, 0.94649912f};
const std::vector<float> kSoftCube = {0.73105858f, 0.5f,        0.26894142f,
                                      0.5f,        0.98201379f, 0.047425873f,
                                      0.01798621f, 0.95257413f};
const std::vector<float> kLog0 = {-0.31326169f, -0.69314718f, -2.126928f,
                                  -1.3132617f,  -0.69314718f, -0.12692801f};
const std::vector<float> kLog1 = {-2.407606f,  -1.407606f,  -0.40760596f,
                                  -5.0549852f, -3.0549852f, -0.054985235f};
const std::vector<float> kLogCube = {-0.31326169f, -0.69314718f,  -1.3132617f,
                                     -0.69314718f, -0.018149928f, -3.0485874f,
                                     -4.0181499f,  -0.048587352f};

}  // namespace

TEST_CASE("the slope of gelu is exact on both sides", "[05.9][hidden]") {
  // Leaving out the inner derivative shows most around 1.
  const Tensor x = make({2, 4}, {-10, -3, -1, -0.5f, 0.5f, 1, 3, 6});
  CHECK_THAT(
      gradient_of({"gelu", {x}, x}, make({2, 4}, {1, 1, 1, 1, 1, 1, 1, 1})),
      IsTensor({2, 4},
               {0, -0.011584167f, -0.082964084f, 0.1326301f, 0.8673699f,
                1.0829641f, 1.0115842f, 1},
               1e-4f, 1e-6f));
}

TEST_CASE("rules of activations take scattered memory by index",
          "[05.9][hidden]") {
  const Tensor g = scattered({2, 2}, {1, 10, 100, 1000});
  const Tensor y = scattered({2, 2}, {0, 0.5f, 1, 0.25f});
  CHECK_THAT(gradient_of({"relu", {y}, y}, g),
             IsTensor({2, 2}, {0, 10, 100, 1000}));
  CHECK_THAT(gradient_of({"sigmoid", {y}, y}, g),
             IsTensor({2, 2}, {0, 2.5f, 0, 187.5f}));
  CHECK_THAT(gradient_of({"tanh", {y}, y}, g),
             IsTensor({2, 2}, {1, 7.5f, 0, 937.5f}));
  const Tensor x = scattered({2, 2}, {0, 6, 0.5f, -10});
  CHECK_THAT(gradient_of({"gelu", {x}, x}, g),
             IsTensor({2, 2}, {0.5f, 10, 86.73699f, 0}, 1e-5f, 1e-4f));
}

TEST_CASE("scattered gradients meet contiguous values by index",
          "[05.9][hidden]") {
  const Tensor g = scattered({2, 2}, {1, 10, 100, 1000});
  const Tensor y = make({2, 2}, {0, 0.5f, 1, 0.25f});
  CHECK_THAT(gradient_of({"relu", {y}, y}, g),
             IsTensor({2, 2}, {0, 10, 100, 1000}));
  CHECK_THAT(gradient_of({"sigmoid", {y}, y}, g),
             IsTensor({2, 2}, {0, 2.5f, 0, 187.5f}));
  CHECK_THAT(gradient_of({"tanh", {y}, y}, g),
             IsTensor({2, 2}, {1, 7.5f, 0, 937.5f}));
}

TEST_CASE("a saturated sigmoid or tanh passes nothing on", "[05.9][hidden]") {
  const Tensor x = make({2}, {-1000, 1000});
  const Tensor g = make({2}, {3, 3});
  CHECK_THAT(gradient_of({"sigmoid", {x}, make({2}, {0, 1})}, g),
             IsTensor({2}, {0, 0}));
  CHECK_THAT(gradient_of({"tanh", {x}, make({2}, {-1, 1})}, g),
             IsTensor({2}, {0, 0}));
}

TEST_CASE("a dead relu stops even an infinite gradient", "[05.9][hidden]") {
  // Multiplying by 0 would give NaN.
  const Tensor x = make({2}, {-1, 1});
  CHECK_THAT(
      gradient_of({"relu", {x}, make({2}, {0, 1})}, make({2}, {test::kInf, 2})),
      IsTensor({2}, {0, 2}));
}

TEST_CASE("rules of activations accept scalars and empty tensors",
          "[05.9][hidden]") {
  const Tensor one = make({}, {1});
  const Tensor none = make({0, 2}, {});
  for (const char* operation : {"relu", "sigmoid", "tanh", "gelu"}) {
    CAPTURE(operation);
    CHECK_THAT(gradient_of({operation, {none}, none}, none),
               IsTensor({0, 2}, {}));
    CHECK(gradient_of({operation, {one}, one}, one).shape() == Shape{});
  }
}

TEST_CASE("relu sigmoid and tanh need their output and not their input",
          "[05.9][hidden]") {
  // An input that was changed in place does no harm.
  for (const char* operation : {"relu", "sigmoid", "tanh"}) {
    CAPTURE(operation);
    Tensor x = make({1}, {1});
    Tensor y = make({1}, {0.5f});
    const auto node = test::node_of({operation, {x}, y});
    x.mutable_data()[0] = -5;
    CHECK_NOTHROW(node->apply(make({1}, {1})));
    y.mutable_data()[0] = 0;
    CHECK_THROWS_AS(node->apply(make({1}, {1})), AutogradError);
  }
}

TEST_CASE("softmax goes back along its dimension", "[05.10][hidden]") {
  const Tensor x = make({2, 3}, kScores);
  CHECK_THAT(gradient_of({"softmax", {x}, make({2, 3}, kSoft0), {0}},
                         make({2, 3}, {1, 2, 3, 4, 5, 6})),
             IsTensor({2, 3},
                      {-0.5898358f, -0.75f, -0.31498076f, 0.5898358f, 0.75f,
                       0.31498076f},
                      1e-5f));
  const IsTensor along_rows({2, 3},
                            {-0.10395811f, 0.20686949f, -0.10291138f,
                             -0.0066373167f, 0.045203328f, -0.038566011f},
                            1e-4f);
  const Tensor g = make({2, 3}, {1, 3, 2, 4, 6, 5});
  for (const std::int64_t dim : {1, -1}) {
    CAPTURE(dim);
    CHECK_THAT(gradient_of({"softmax", {x}, make({2, 3}, kSoft1), {dim}}, g),
               along_rows);
  }
}

TEST_CASE("softmax goes back along a middle dimension", "[05.10][hidden]") {
  const Tensor x = make({2, 2, 2}, kCube);
  for (const std::int64_t dim : {1, -2}) {
    CAPTURE(dim);
    CHECK_THAT(gradient_of({"softmax", {x}, make({2, 2, 2}, kSoftCube), {dim}},
                           make({2, 2, 2}, kCubeGradient)),
               IsTensor({2, 2, 2},
                        {-0.39322387f, -0.5f, 0.39322387f, 0.5f, -0.035325412f,
                         -0.090353319f, 0.035325412f, 0.090353319f},
                        1e-4f));
  }
}

TEST_CASE("log-softmax goes back along its dimension", "[05.10][hidden]") {
  const Tensor x = make({2, 3}, kScores);
  CHECK_THAT(
      gradient_of({"log_softmax", {x}, make({2, 3}, kLog0), {0}},
                  make({2, 3}, {1, 2, 3, 4, 5, 6})),
      IsTensor({2, 3},
               {-2.6552929f, -1.5f, 1.9271737f, 2.6552929f, 1.5f, -1.9271737f},
               1e-5f));
  const Tensor g = make({2, 3}, {1, 3, 2, 4, 6, 5});
  for (const std::int64_t dim : {1, -1}) {
    CAPTURE(dim);
    CHECK_THAT(gradient_of({"log_softmax", {x}, make({2, 3}, kLog1), {dim}}, g),
               IsTensor({2, 3},
                        {0.45981656f, 1.5316292f, -1.9914457f, 3.9043381f,
                         5.2931488f, -9.1974868f},
                        1e-5f));
  }
}

TEST_CASE("log-softmax goes back along a middle dimension", "[05.10][hidden]") {
  const Tensor x = make({2, 2, 2}, kCube);
  for (const std::int64_t dim : {1, -2}) {
    CAPTURE(dim);
    CHECK_THAT(
        gradient_of({"log_softmax", {x}, make({2, 2, 2}, kLogCube), {dim}},
                    make({2, 2, 2}, kCubeGradient)),
        IsTensor({2, 2, 2},
                 {-1.9242343f, -1, 1.9242343f, 1, -6.7841655f, 5.3360378f,
                  6.7841655f, -5.3360378f},
                 1e-5f));
  }
}

TEST_CASE("rules of softmax take scattered memory by index",
          "[05.10][hidden]") {
  const Tensor x = scattered({2, 3}, kScores);
  const Tensor g = scattered({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_THAT(gradient_of({"softmax", {x}, scattered({2, 3}, kSoft0), {0}}, g),
             IsTensor({2, 3},
                      {-0.5898358f, -0.75f, -0.31498076f, 0.5898358f, 0.75f,
                       0.31498076f},
                      1e-5f));
  CHECK_THAT(
      gradient_of({"log_softmax", {x}, scattered({2, 3}, kLog0), {0}}, g),
      IsTensor({2, 3},
               {-2.6552929f, -1.5f, 1.9271737f, 2.6552929f, 1.5f, -1.9271737f},
               1e-5f));
}

TEST_CASE("a certain softmax passes nothing back", "[05.10][hidden]") {
  const Tensor x = make({3}, {1000, 0, 0});
  CHECK_THAT(gradient_of({"softmax", {x}, make({3}, {1, 0, 0}), {0}},
                         make({3}, {5, 6, 7})),
             IsTensor({3}, {0, 0, 0}));
  // The gradient of log-softmax stays 1 where the probability rounds to 0.
  CHECK_THAT(
      gradient_of({"log_softmax", {x}, make({3}, {0, -1000, -1000}), {0}},
                  make({3}, {0, 1, 0})),
      IsTensor({3}, {-1, 1, 0}));
}

TEST_CASE("rules of softmax accept scalars", "[05.10][hidden]") {
  const Tensor x = make({}, {3});
  const Tensor g = make({}, {5});
  CHECK_THAT(gradient_of({"softmax", {x}, make({}, {1}), {-1}}, g),
             IsTensor({}, {0}));
  CHECK_THAT(gradient_of({"log_softmax", {x}, make({}, {0}), {0}}, g),
             IsTensor({}, {0}));
}

TEST_CASE("rules of softmax need their output and not their input",
          "[05.10][hidden]") {
  for (const char* operation : {"softmax", "log_softmax"}) {
    CAPTURE(operation);
    Tensor x = make({2}, {1, 1});
    Tensor y = make({2}, {0.5f, 0.5f});
    const auto node = test::node_of({operation, {x}, y, {0}});
    x.mutable_data()[0] = -5;
    CHECK_NOTHROW(node->apply(make({2}, {1, 1})));
    y.mutable_data()[0] = 0;
    CHECK_THROWS_AS(node->apply(make({2}, {1, 1})), AutogradError);
  }
}
