// Every number and every message in the lesson of module 07.
#include <cmath>

#include "framework/lesson_05.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "support/tensors.hpp"
#include "tinytorch/activations.hpp"
#include "tinytorch/layers.hpp"
#include "tinytorch/losses.hpp"
#include "tinytorch/training.hpp"

using namespace tinytorch;
using lesson_05::Autograd;
using lesson_05::bytes_kept;
using lesson_05::marked;
using lesson_05::message;
using std::filesystem::path;
using test::slurp;
using test::spit;

namespace {

/// The lesson's y = w x, from w = 1.
struct Line {
  Linear layer{1, 1, false};
  SGD optimizer;
  Trainer trainer;
  Line()
      : optimizer(start(), {.lr = 0.05f}),
        trainer(layer, optimizer, MSELoss()) {}

  float w() const { return layer.weight().item(); }

 private:
  std::vector<Tensor> start() {
    layer.parameters()[0].set({0, 0}, 1);
    return layer.parameters();
  }
};

/// (x, 2 x) for each of these.
Batch samples(const std::vector<float>& inputs) {
  const Tensor x({static_cast<std::int64_t>(inputs.size()), 1}, inputs);
  return {x, x * 2};
}

Sequential digits() {
  return Sequential(Linear(784, 128), ReLU(), Linear(128, 10));
}

/// A layer with two parameters, and what training it needs.
struct Small {
  Linear layer{3, 2};
  SGD optimizer{layer.parameters()};
  Trainer trainer;
  explicit Small(std::vector<Generator*> generators = {})
      : trainer(layer, optimizer, MSELoss(),
                {.generators = std::move(generators)}) {}
};

/// The message of loading a file, as if the folder were the current one.
std::string loading(Trainer& trainer, const path& file) {
  std::string text = message([&] { trainer.load_checkpoint(file); });
  const std::string folder = file.parent_path().string() + "/";
  const std::size_t at = text.find(folder);
  return at == std::string::npos ? text : text.erase(at, folder.size());
}

}  // namespace

TEST_CASE("lesson 07: one epoch completely") {
  const Autograd on;
  Line line;
  const float after[] = {1.1f, 1.46f, 1.946f};
  const float losses[] = {1.0f, 3.24f, 2.6244f};
  for (int i = 0; i < 3; ++i) {
    BatchList one({samples({static_cast<float>(i + 1)})});
    CHECK(line.trainer.train_epoch(one) == Approx(losses[i]));
    CHECK(line.w() == Approx(after[i]));
  }
  const float w[] = {1.0f, 1.1f, 1.46f}, gradients[] = {-2, -7.2f, -9.72f};
  for (int i = 0; i < 3; ++i) {
    const float x = static_cast<float>(i + 1);
    CHECK(2 * (w[i] * x - 2 * x) * x == Approx(gradients[i]));
  }
  CHECK(1.1f * 2 == Approx(2.2));
  CHECK(1.46f * 3 == Approx(4.38));

  Line again;
  BatchList all({samples({1}), samples({2}), samples({3})});
  CHECK(again.trainer.train_epoch(all) == Approx(2.2881).margin(5e-5));
  CHECK(again.trainer.step() == 3);
  CHECK(again.trainer.evaluate(all).loss == Approx(0.0136).margin(5e-5));
  CHECK(-2 - 7.2 == Approx(-9.2));
}

TEST_CASE("lesson 07: one large batch in small pieces") {
  const Autograd on;
  Line whole, pieces, groups;
  BatchList large({samples({1, 2, 3})});
  BatchList small({samples({1}), samples({2}), samples({3})});
  CHECK(whole.trainer.train_epoch(large) == Approx(4.6667).margin(5e-5));
  CHECK(whole.w() == Approx(1 + 0.05 * 9.3333).margin(5e-5));
  pieces.trainer.train_epoch(small, 3);
  CHECK(pieces.w() == Approx(whole.w()));
  CHECK((-2 - 8 - 18) / 3.0 == Approx(-9.3333).margin(5e-5));

  BatchList two({samples({1}), samples({2})});
  groups.trainer.train_epoch(two, 2);
  CHECK(groups.w() == Approx(1.25));
  CHECK(2 * (1.25 * 3 - 6) * 3 == Approx(-13.5));
  Line both;
  both.trainer.train_epoch(small, 2);
  CHECK(both.w() == Approx(1.925));
}

TEST_CASE("lesson 07: half a cosine") {
  const CosineSchedule schedule(0.1f, 0.01f, 100);
  const float rates[] = {0.1f, 0.0868f, 0.055f, 0.0232f, 0.01f, 0.01f};
  const double cosines[] = {1, 0.7071, 0, -0.7071, -1};
  for (int i = 0; i < 6; ++i) {
    CHECK(schedule.get_lr(25 * i) == Approx(rates[i]).margin(5e-5));
    if (i == 5) break;
    CHECK(std::cos(std::acos(-1.0) * i / 4) == Approx(cosines[i]).margin(5e-5));
  }
}

TEST_CASE("lesson 07: clipping and answer 3") {
  const Autograd on;
  const auto clipped = [](const std::vector<float>& gradients, double norm,
                          const std::vector<float>& expected) {
    std::vector<Tensor> parameters;
    for (const float g : gradients) {
      parameters.push_back(marked(Tensor{0}));
      parameters.back().set_grad(Tensor{g});
    }
    CHECK(clip_grad_norm(parameters, 1.0f) == Approx(norm).margin(5e-3));
    for (std::size_t i = 0; i < expected.size(); ++i) {
      CHECK(parameters[i].grad().item() == Approx(expected[i]).margin(5e-5));
    }
    CHECK(clip_grad_norm(parameters, 1.0f) == Approx(1));
  };
  clipped({100, 200, 50}, 229.13, {0.4364f, 0.8729f, 0.2182f});
  clipped({50, 100, 5}, 111.92, {0.4468f, 0.8935f, 0.0447f});
  CHECK(1 / 229.13 == Approx(0.004364).margin(5e-7));
  CHECK(1 / 111.92 == Approx(0.008935).margin(5e-7));
  CHECK(std::isinf(1e30f * 1e30f));
  CHECK(std::to_string(0.1f) == "0.100000");
  CHECK(std::to_string(1e-7f) == "0.000000");
}

TEST_CASE("lesson 07: Adam with and without its past") {
  const Autograd on;
  const auto step_of = [](Adam& adam, float gradient) {
    const Tensor weight = adam.parameters()[0];
    const float before = weight.item();
    weight.set_grad(Tensor{gradient});
    adam.step();
    return std::fabs(weight.item() - before);
  };
  const Tensor weight = marked(Tensor{0});
  Adam old({weight}, {.lr = 0.1f});
  for (int i = 0; i < 100; ++i) step_of(old, i % 2 == 0 ? 1.0f : -1.0f);
  const float with = step_of(old, 1.0f);
  Adam fresh({weight}, {.lr = 0.1f});
  const float without = step_of(fresh, 1.0f);
  CHECK(with == Approx(0.0053).margin(5e-5));
  CHECK(without == Approx(0.1));
  CHECK(without / with == Approx(19).margin(0.05));
}

TEST_CASE("lesson 07: memory and the size of a checkpoint") {
  const Autograd on;
  Sequential net = digits();
  std::int64_t bytes = 0;
  for (const Tensor& p : net.parameters()) bytes += 4 * p.size();
  CHECK(bytes == 407080);
  CHECK(bytes / 4 == 101770);
  CHECK(2 * bytes == 814160);
  CHECK(3 * bytes == 1221240);
  CHECK(4 * bytes == 1628320);
  const auto kept = [&](std::int64_t n) {
    const Tensor x = Tensor::zeros({n, 784}), y = Tensor::zeros({n});
    return bytes_kept([&] { return cross_entropy_loss(net(x), y); });
  };
  CHECK(kept(128) == 70660);
  CHECK(kept(32) == 17668);

  Adam adam(net.parameters());
  Trainer trainer(net, adam, CrossEntropyLoss());
  BatchList batches({{Tensor::zeros({8, 784}), Tensor::zeros({8})}});
  const std::int64_t before = lesson_05::live_bytes();
  trainer.train_epoch(batches);
  CHECK(lesson_05::live_bytes() - before == 814160);
  const test::TemporaryFolder folder;
  trainer.save_checkpoint(folder / "a.safetensors");
  const auto size = std::filesystem::file_size(folder / "a.safetensors");
  CHECK(size > 1221240 + 100);
  CHECK(size < 1221240 + 2000);
  CHECK(3 * 4 * 175e9 == Approx(2.1e12));
}

TEST_CASE("lesson 07: how long it takes") {
  CHECK(std::ceil(1200000 / 256.0) == 4688);
  CHECK(90 * 4688 == 421920);
  CHECK(421920 * 0.25 / 3600 == Approx(29.3).margin(0.05));
}

TEST_CASE("lesson 07: answers 1 and 2 and 5") {
  CHECK(10e6 * 4 == 40e6);
  CHECK((100 + 31) / 32 == 4);
  CHECK(100 - 3 * 32 == 4);
  CHECK(3 * 32 == 96);
  CHECK(3 + 1 + 3 == 7);
  const Autograd on;
  Line line;
  std::vector<float> full(32, 0.1f), last(4, 0.1f);
  BatchList batches(
      {samples(full), samples(full), samples(full), samples(last)});
  line.trainer.train_epoch(batches, 3);
  CHECK(line.trainer.step() == 2);
}

TEST_CASE("lesson 07: the messages are the real ones") {
  const Autograd on;
  const test::TemporaryFolder folder;
  const path file = folder / "digits.safetensors";
  Small small;
  Generator stream;
  std::vector<std::string> messages = {message([&] {
                                         BatchList none({});
                                         small.trainer.train_epoch(none);
                                       }),
                                       message([&] {
                                         BatchList inputs({{Tensor{1}}});
                                         small.trainer.train_epoch(inputs);
                                       })};
  Small(std::vector<Generator*>{&stream}).trainer.save_checkpoint(file);
  messages.push_back(loading(small.trainer, file));

  SafeTensors content;
  content.tensors["parameter.0"] = Tensor::zeros({3, 2});
  save_safetensors(file, content);
  const std::string bytes = slurp(file);
  spit(file, bytes.substr(0, bytes.size() - 4));
  messages.push_back(loading(small.trainer, file));

  small.trainer.save_checkpoint(file);
  Sequential larger(Linear(3, 2), Linear(2, 2));
  SGD optimizer(larger.parameters());
  Trainer trainer(larger, optimizer, MSELoss());
  messages.push_back(loading(trainer, file));

  const std::string text = lesson::text("07_training");
  for (const std::string& expected : messages) {
    CAPTURE(expected);
    CHECK(text.find("```\n" + expected + "\n```") != std::string::npos);
  }
}

TEST_CASE("lesson 07: accuracy of a column of targets is nan") {
  const Autograd on;
  Linear layer(2, 3);
  SGD optimizer(layer.parameters());
  Trainer trainer(layer, optimizer,
                  [](const Tensor& y, const Tensor&) { return y.mean(); });
  BatchList column({{Tensor{{1, 2}, {3, 4}}, Tensor{{0}, {1}}}});
  BatchList row({{Tensor{{1, 2}, {3, 4}}, Tensor{0, 1}}});
  CHECK(std::isnan(trainer.evaluate(column).accuracy));
  CHECK_FALSE(std::isnan(trainer.evaluate(row).accuracy));
}
