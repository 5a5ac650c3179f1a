#include <iterator>

#include "support/fake_checkpoint.hpp"
#include "support/probe.hpp"

using namespace tinytorch;
using test::Session;

namespace {

/// A checkpoint of Session with numbers of its own.
SafeTensors random_checkpoint(test::Probe& probe) {
  SafeTensors content = test::checkpoint();
  for (auto& [name, tensor] : content.tensors) {
    tensor = probe.normal(tensor.shape());
  }
  const auto set = [&](const char* key, const std::string& text) {
    content.metadata[key] = text;
  };
  set("epoch", std::to_string(probe.between(1, 999)));
  // More than a double holds.
  set("step",
      std::to_string((std::int64_t{1} << 53) + 2 * probe.between(1, 999) + 1));
  set("optimizer.steps", std::to_string(probe.between(1, 1 << 30)));
  set("optimizer.lr", pack<float>({probe.real(1e-4f, 2e-4f)}));
  for (const char* name : {"train_loss", "learning_rates", "eval_loss"}) {
    const auto n = static_cast<std::size_t>(probe.between(0, 3));
    content.metadata[std::string("history.") + name] = pack(probe.numbers(n));
  }
  std::vector<std::uint64_t> words(8);
  for (std::uint64_t& word : words) word = probe.seed();
  set("generators", pack(words));
  return content;
}

/// Whoever compares numbers as doubles sees a large one in two parts.
std::vector<std::int64_t> last_digits(std::int64_t number) {
  return {number / 1000, number % 1000};
}

void emit_generator(test::Probe& probe, const Generator& generator) {
  std::vector<std::int64_t> words;
  for (const std::uint64_t word : generator.state()) {
    words.push_back(static_cast<std::int64_t>(word));
  }
  probe.emit("generator", words);
}

void emit_session(test::Probe& probe, const Session& session) {
  probe.emit("weight", session.weight, test::kExact);
  probe.emit("bias", session.bias, test::kExact);
  probe.emit("rate", session.optimizer.lr(), test::kExact);
  const OptimizerState& memory = session.optimizer.memory;
  probe.emit("counts", std::vector{memory.steps, session.trainer.epoch()});
  probe.emit("step", last_digits(session.trainer.step()));
  for (const auto& [name, buffer] : memory.buffers) {
    for (const Tensor& t : buffer) probe.emit(name, t, test::kExact);
  }
  const History& history = session.trainer.history();
  probe.emit("losses", history.train_loss, test::kExact);
  probe.emit("rates", history.learning_rates, test::kExact);
  probe.emit("evaluations", history.eval_loss, test::kExact);
  emit_generator(probe, default_generator());
  emit_generator(probe, session.stream);
}

void damage(test::Probe& probe, SafeTensors& content) {
  const char* const keys[] = {"epoch",
                              "step",
                              "optimizer.lr",
                              "optimizer.steps",
                              "generators",
                              "history.eval_loss",
                              "optimizer.buffers"};
  const char* const texts[] = {"-1", "nan", "1 2 3", "monkeys"};
  const std::int64_t kind = probe.between(0, 6);
  auto tensor = content.tensors.begin();
  std::advance(tensor, probe.between(0, 5));
  const std::string key = keys[probe.between(0, 6)];
  if (kind == 1) content.tensors.erase(tensor);
  if (kind == 2) tensor->second = probe.normal({1, tensor->second.size()});
  if (kind == 3) content.tensors["surprise"] = probe.normal({1});
  if (kind == 4) content.metadata.erase(key);
  if (kind == 5)
    content.metadata[keys[probe.between(0, 4)]] = texts[probe.between(2, 3)];
  if (kind == 6) content.metadata["optimizer.lr"] = texts[probe.between(0, 1)];
}

}  // namespace

PROBE("checkpoints that are loaded and saved", "07.5") {
  const test::TemporaryFolder folder;
  Session session(probe.real(1, 3)), twin(probe.real(1, 3));
  const float* memory = session.weight.data();
  save_safetensors(folder / "a.safetensors", random_checkpoint(probe));
  session.trainer.load_checkpoint(folder / "a.safetensors");
  emit_session(probe, session);
  probe.emit_truth("own memory", session.weight.data() == memory);
  session.weight.mutable_data()[0] = probe.real(5, 9);
  session.trainer.save_checkpoint(folder / "b.safetensors");
  const SafeTensors content = load_safetensors(folder / "b.safetensors");
  for (const auto& [name, tensor] : content.tensors) {
    probe.emit(name, tensor, test::kExact);
  }
  for (const char* key : {"epoch", "step", "optimizer.steps"}) {
    const auto number = unpack_one<std::int64_t>(content.metadata, key);
    probe.emit(key, last_digits(number));
  }
  probe.emit("lr", unpack<float>(content.metadata, "optimizer.lr"),
             test::kExact);
  manual_seed(probe.seed());
  twin.trainer.load_checkpoint(folder / "b.safetensors");
  emit_session(probe, twin);
}

PROBE("checkpoints that fit or do not", "07.5") {
  const test::TemporaryFolder folder;
  for (int i = 0; i < 20; ++i) {
    SafeTensors content = random_checkpoint(probe);
    Session session(probe.real(1, 3));
    session.optimizer.refuses = probe.between(0, 4) == 0;
    if (!session.optimizer.refuses) damage(probe, content);
    save_safetensors(folder / "a.safetensors", content);
    probe.outcome("load", [&] {
      session.trainer.load_checkpoint(folder / "a.safetensors");
    });
    probe.emit("weight", session.weight, test::kExact);
    probe.emit("rate", session.optimizer.lr(), test::kExact);
    probe.emit("counts",
               std::vector{session.optimizer.memory.steps,
                           session.trainer.epoch(), session.trainer.step()});
    emit_generator(probe, session.stream);
  }
}
