// 07.5 Checkpoints.
#include <limits>

#include "support/fake_checkpoint.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::checkpoint;
using test::IsTensor;
using test::make;
using test::Mentions;
using test::Session;
using test::TemporaryFolder;

namespace {

/// Whether this file is refused by name, and without changing anything.
bool is_refused(const SafeTensors& content) {
  const TemporaryFolder folder;
  save_safetensors(folder / "bad.safetensors", content);
  Session session(4);
  const std::string before = state_of(session);
  CHECK_THROWS_MATCHES(
      session.trainer.load_checkpoint(folder / "bad.safetensors"),
      std::runtime_error, Mentions({"load_checkpoint", "bad.safetensors"}));
  return state_of(session) == before;
}

}  // namespace

TEST_CASE("a checkpoint that is loaded and saved is the same",
          "[07.5][hidden]") {
  const TemporaryFolder folder;
  save_safetensors(folder / "a.safetensors", checkpoint());
  Session session;
  session.trainer.load_checkpoint(folder / "a.safetensors");
  session.trainer.save_checkpoint(folder / "b.safetensors");
  const SafeTensors again = load_safetensors(folder / "b.safetensors");
  const SafeTensors expected = checkpoint();
  for (const auto& [key, text] : expected.metadata) {
    CAPTURE(key);
    REQUIRE(again.metadata.contains(key));
    CHECK(again.metadata.at(key) == text);
  }
  CHECK(again.tensors.size() == expected.tensors.size());
  for (const auto& [name, tensor] : expected.tensors) {
    CAPTURE(name);
    REQUIRE(again.tensors.contains(name));
    CHECK_THAT(again.tensors.at(name),
               IsTensor(tensor.shape(), test::values(tensor)));
  }
}

TEST_CASE("every part of the state comes back", "[07.5][hidden]") {
  const TemporaryFolder folder;
  save_safetensors(folder / "a.safetensors", checkpoint());
  Session session(4), twin(9);
  session.trainer.load_checkpoint(folder / "a.safetensors");
  CHECK(session.trainer.epoch() == 3);
  CHECK(session.trainer.step() == 9007199254740993);
  const History& history = session.trainer.history();
  CHECK(history.train_loss ==
        std::vector<float>{0.1f, std::numeric_limits<float>::denorm_min(),
                           std::numeric_limits<float>::max()});
  CHECK(history.eval_loss == std::vector<float>{1.0f / 3.0f});
  const Generator::State first{1, 2, 3, 4};
  const Generator::State second{0xffffffffffffffff, 9007199254740993, 0, 7};
  CHECK(default_generator().state() == first);
  CHECK(session.stream.state() == second);

  session.trainer.save_checkpoint(folder / "b.safetensors");
  manual_seed(99);
  twin.trainer.load_checkpoint(folder / "b.safetensors");
  CHECK(state_of(twin) == state_of(session));
}

TEST_CASE("numbers of all sizes survive", "[07.5][hidden]") {
  const TemporaryFolder folder;
  Session session, twin;
  const std::vector<float> odd = {
      0.1f, -0.0f, 1.0f / 3.0f, 1.17549435e-38f, 16777217.0f, -3.4028235e38f};
  std::copy(odd.begin(), odd.end(), session.weight.mutable_data());
  session.optimizer.set_lr(std::nextafter(0.1f, 1.0f));
  session.trainer.save_checkpoint(folder / "a.safetensors");
  twin.trainer.load_checkpoint(folder / "a.safetensors");
  CHECK(state_of(twin) == state_of(session));
  CHECK(std::signbit(test::values(twin.weight)[1]));
}

TEST_CASE("a diverged training can be saved", "[07.5][hidden]") {
  INFO("losses of inf and nan are part of its history");
  const TemporaryFolder folder;
  SafeTensors content = checkpoint();
  content.metadata["history.train_loss"] = "1.5 inf nan";
  save_safetensors(folder / "a.safetensors", content);
  Session session;
  session.trainer.load_checkpoint(folder / "a.safetensors");
  session.trainer.save_checkpoint(folder / "b.safetensors");
  CHECK(load_safetensors(folder / "b.safetensors")
            .metadata.at("history.train_loss") == "1.5 inf nan");
}

TEST_CASE("an optimizer without memory can be saved", "[07.5][hidden]") {
  const TemporaryFolder folder;
  Session session(2), twin(3);
  session.optimizer.memory = {};
  session.trainer.save_checkpoint(folder / "a.safetensors");
  twin.trainer.load_checkpoint(folder / "a.safetensors");
  CHECK(state_of(twin) == state_of(session));
}

TEST_CASE("parameters are loaded into their own memory", "[07.5][hidden]") {
  const TemporaryFolder folder;
  save_safetensors(folder / "a.safetensors", checkpoint());
  Session session;
  const float* memory = session.weight.data();
  session.trainer.load_checkpoint(folder / "a.safetensors");
  INFO("the optimizer holds a handle on the same memory, as does the test");
  CHECK(session.weight.data() == memory);
  CHECK_THAT(session.weight, IsTensor({2, 3}, {1, 2, 3, 4, 5, 6}));
  CHECK_THAT(session.optimizer.parameters()[0],
             IsTensor({2, 3}, {1, 2, 3, 4, 5, 6}));
}

TEST_CASE("every tensor is needed and no other", "[07.5][hidden]") {
  for (const auto& [name, tensor] : checkpoint().tensors) {
    CAPTURE(name);
    SafeTensors without = checkpoint();
    without.tensors.erase(name);
    CHECK(is_refused(without));
    SafeTensors reshaped = checkpoint();
    reshaped.tensors[name] =
        Tensor::view(tensor.storage(), {1, tensor.size()}, {1, 1}, 0);
    CHECK(is_refused(reshaped));
  }
  for (const char* name : {"parameter.2", "optimizer.fast.2", "surprise"}) {
    CAPTURE(name);
    SafeTensors more = checkpoint();
    more.tensors[name] = make({1}, {1});
    CHECK(is_refused(more));
  }
}

TEST_CASE("a tensor that is missing is named", "[07.5][hidden]") {
  const TemporaryFolder folder;
  for (const auto& [name, tensor] : checkpoint().tensors) {
    CAPTURE(name);
    SafeTensors without = checkpoint();
    without.tensors.erase(name);
    save_safetensors(folder / "bad.safetensors", without);
    Session session;
    CHECK_THROWS_MATCHES(
        session.trainer.load_checkpoint(folder / "bad.safetensors"),
        std::runtime_error, Mentions({"bad.safetensors", name}));
  }
}

TEST_CASE("every number is needed", "[07.5][hidden]") {
  for (const auto& entry : checkpoint().metadata) {
    CAPTURE(entry.first);
    SafeTensors without = checkpoint();
    without.metadata.erase(entry.first);
    CHECK(is_refused(without));
    SafeTensors garbled = checkpoint();
    garbled.metadata[entry.first] = "12 monkeys";
    CHECK(is_refused(garbled));
  }
}

TEST_CASE("numbers that make no sense are refused", "[07.5][hidden]") {
  const std::vector<std::pair<std::string, std::string>> bad = {
      {"epoch", "-1"},
      {"step", "-3"},
      {"epoch", "99999999999999999999"},
      {"epoch", "1 2"},
      {"optimizer.steps", "-1"},
      {"optimizer.lr", "nan"},
      {"optimizer.lr", "-0.5"},
      {"optimizer.lr", "inf"},
      {"generators", "1 2 3 4"},
      {"generators", "1 2 3 4 5 6 7 8 9 10 11 12"},
      {"generators", "1 2 3 4 5 6 7"},
      {"generators", "1 2 3 4 0 0 0 0"}};
  for (const auto& [key, text] : bad) {
    CAPTURE(key, text);
    SafeTensors content = checkpoint();
    content.metadata[key] = text;
    CHECK(is_refused(content));
  }
}

TEST_CASE("an optimizer that refuses leaves all as it was", "[07.5][hidden]") {
  const TemporaryFolder folder;
  save_safetensors(folder / "a.safetensors", checkpoint());
  Session session(4);
  session.optimizer.refuses = true;
  const std::string before = state_of(session);
  CHECK_THROWS_MATCHES(
      session.trainer.load_checkpoint(folder / "a.safetensors"),
      std::runtime_error, Mentions({"a.safetensors", "another optimizer's"}));
  CHECK(state_of(session) == before);
}

TEST_CASE("a checkpoint is a copy", "[07.5][hidden]") {
  const TemporaryFolder folder;
  save_safetensors(folder / "a.safetensors", checkpoint());
  Session session;
  session.trainer.load_checkpoint(folder / "a.safetensors");
  session.weight.mutable_data()[0] = 77;
  INFO("the optimizer's memory must not follow the parameters");
  for (const auto& [name, buffer] : session.optimizer.memory.buffers) {
    for (const Tensor& tensor : buffer) {
      CHECK_FALSE(test::shares_memory(tensor, session.weight));
      CHECK_FALSE(test::shares_memory(tensor, session.bias));
    }
  }
  Session again;
  again.trainer.load_checkpoint(folder / "a.safetensors");
  CHECK(test::values(again.weight)[0] == 1);
}
