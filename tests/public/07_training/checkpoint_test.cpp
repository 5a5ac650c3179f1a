// 07.5 Checkpoints.
#include "support/fake_checkpoint.hpp"
#include "support/tensors.hpp"

using namespace tinytorch;
using test::checkpoint;
using test::IsTensor;
using test::make;
using test::Mentions;
using test::Session;
using test::TemporaryFolder;

TEST_CASE("parameters come back from a checkpoint", "[07.5]") {
  const TemporaryFolder folder;
  Session before(4), after(0);
  before.weight.mutable_data()[1] = 5;
  before.trainer.save_checkpoint(folder / "a.safetensors");
  after.trainer.load_checkpoint(folder / "a.safetensors");
  CHECK_THAT(after.weight, IsTensor({2, 3}, {4, 5, 4, 4, 4, 4}));
  CHECK_THAT(after.bias, IsTensor({3}, {4, 4, 4}));
}

TEST_CASE("a checkpoint holds tensors under their names", "[07.5]") {
  INFO("any program that reads safetensors files can use them");
  const TemporaryFolder folder;
  const Session session(4);
  session.trainer.save_checkpoint(folder / "a.safetensors");
  const SafeTensors content = load_safetensors(folder / "a.safetensors");
  REQUIRE(content.tensors.contains("parameter.1"));
  CHECK_THAT(content.tensors.at("parameter.1"), IsTensor({3}, {4, 4, 4}));
  REQUIRE(content.tensors.contains("optimizer.fast.1"));
  CHECK_THAT(content.tensors.at("optimizer.fast.1"), IsTensor({3}, {4, 6, 4}));
  INFO("two parameters, and two buffers of two tensors");
  CHECK(content.tensors.size() == 6);
}

TEST_CASE("a checkpoint holds numbers as text", "[07.5]") {
  const TemporaryFolder folder;
  const Session session(0.1f);
  session.trainer.save_checkpoint(folder / "a.safetensors");
  const Metadata metadata = load_safetensors(folder / "a.safetensors").metadata;
  const auto text = [&](const std::string& key) {
    return metadata.contains(key) ? metadata.at(key) : "nothing";
  };
  CHECK(text("epoch") == "0");
  CHECK(text("step") == "0");
  CHECK(text("optimizer.lr") == "0.1");
  CHECK(text("optimizer.steps") == "5");
  CHECK(text("optimizer.buffers") == "fast slow");
  CHECK(text("history.train_loss").empty());
}

TEST_CASE("training goes on where it stopped", "[07.5]") {
  const TemporaryFolder folder;
  save_safetensors(folder / "a.safetensors", checkpoint());
  Session session;
  session.trainer.load_checkpoint(folder / "a.safetensors");
  CHECK(session.trainer.epoch() == 3);
  CHECK(session.trainer.history().learning_rates ==
        std::vector<float>{0.3f, 0.2f, 0.1f});
  CHECK(session.optimizer.lr() == 0.07f);
  CHECK(session.optimizer.memory.steps == 1234567890123456789);
  REQUIRE(session.optimizer.memory.buffers["slow"].size() == 2);
  CHECK_THAT(session.optimizer.memory.buffers["slow"][1],
             IsTensor({3}, {26, 27, 28}));
}

TEST_CASE("random numbers go on where they stopped", "[07.5]") {
  const TemporaryFolder folder;
  Session before, after;
  manual_seed(3);
  before.trainer.save_checkpoint(folder / "a.safetensors");
  const std::uint64_t first = default_generator().next();
  const std::uint64_t second = before.stream.next();
  after.stream.seed(999);
  after.trainer.load_checkpoint(folder / "a.safetensors");
  INFO("the next shuffle and the next dropout must be the same");
  CHECK(default_generator().next() == first);
  CHECK(after.stream.next() == second);
}

TEST_CASE("another network's checkpoint is refused", "[07.5]") {
  const TemporaryFolder folder;
  SafeTensors other = checkpoint();
  other.tensors["parameter.1"] = make({4}, {1, 2, 3, 4});
  save_safetensors(folder / "other.safetensors", other);
  Session session;
  const std::string before = state_of(session);
  CHECK_THROWS_MATCHES(
      session.trainer.load_checkpoint(folder / "other.safetensors"),
      std::runtime_error, Mentions({"other.safetensors", "(4,)", "(3,)"}));
  INFO("parameter.0 would have fitted, but nothing may change");
  CHECK(state_of(session) == before);
}
