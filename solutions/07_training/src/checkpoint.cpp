// Module 07, part 3: the whole state of training, into a file and back.
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

// <solution>
#include <algorithm>
#include <sstream>

// </solution>
#include "tinytorch/support/metadata.hpp"
#include "tinytorch/training.hpp"

namespace tinytorch {
namespace {

constexpr const char* kFormat = "tinytorch checkpoint";
constexpr std::int64_t kVersion = 1;

/// Refuses what no Trainer, or a later one, has written.
void require_readable(const Metadata& metadata) {
  const auto format = metadata.find("format");
  if (format == metadata.end() || format->second != kFormat) {
    throw std::runtime_error(
        "it is no checkpoint: load a file that save_checkpoint() has written");
  }
  const auto version = unpack_one<std::int64_t>(metadata, "version");
  if (version == kVersion) return;
  throw std::runtime_error("it is of version " + std::to_string(version) +
                           ", and this program reads version " +
                           std::to_string(kVersion) +
                           ": load it with the program that wrote it");
}

// <solution>
std::string numbered(const std::string& prefix, std::size_t i) {
  return prefix + "." + std::to_string(i);
}

void put(SafeTensors& content, const std::string& prefix,
         const std::vector<Tensor>& tensors) {
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    content.tensors[numbered(prefix, i)] = tensors[i];
  }
}

/// What put() has put there: one tensor of its shape for each in `like`.
std::vector<Tensor> take(const SafeTensors& content, const std::string& prefix,
                         const std::vector<Tensor>& like) {
  std::vector<Tensor> tensors;
  for (std::size_t i = 0; i < like.size(); ++i) {
    const std::string name = numbered(prefix, i);
    const auto found = content.tensors.find(name);
    if (found == content.tensors.end()) {
      throw std::runtime_error("the tensor \"" + name + "\" is missing");
    }
    if (found->second.shape() != like[i].shape()) {
      throw std::runtime_error("the tensor \"" + name + "\" has the shape " +
                               to_string(found->second.shape()) +
                               ", but belongs to one of shape " +
                               to_string(like[i].shape()));
    }
    tensors.push_back(found->second);
  }
  return tensors;
}

std::int64_t unpack_count(const Metadata& metadata, const std::string& key) {
  const auto count = unpack_one<std::int64_t>(metadata, key);
  if (count >= 0) return count;
  throw std::runtime_error("the metadata \"" + key + "\" must not be negative");
}

/// The learning rate, which set_lr() will accept.
float unpack_lr(const Metadata& metadata) {
  const auto lr = unpack_one<float>(metadata, "optimizer.lr");
  if (lr >= 0.0f && std::isfinite(lr)) return lr;
  throw std::runtime_error("the learning rate is damaged");
}

std::vector<Generator> unpack_generators(const Metadata& metadata,
                                         std::size_t count) {
  const auto words = unpack<std::uint64_t>(metadata, "generators");
  if (words.size() != 4 * count) {
    throw std::runtime_error("it holds " + std::to_string(words.size() / 4) +
                             " generators, and this Trainer has " +
                             std::to_string(count) +
                             " with the default one: list them in the options");
  }
  std::vector<Generator> generators(count);
  for (std::size_t i = 0; i < words.size(); i += 4) {
    generators[i / 4].set_state(
        {words[i], words[i + 1], words[i + 2], words[i + 3]});
  }
  return generators;
}

/// The default generator and those of the options.
std::vector<Generator*> streams(const TrainerOptions& options) {
  std::vector<Generator*> all{&default_generator()};
  all.insert(all.end(), options.generators.begin(), options.generators.end());
  return all;
}
// </solution>

}  // namespace

void Trainer::save_checkpoint(const std::filesystem::path& file) const {
  SafeTensors content = pack_state();
  content.metadata["format"] = kFormat;
  content.metadata["version"] = std::to_string(kVersion);
  if (file.has_parent_path()) {
    std::filesystem::create_directories(file.parent_path());
  }
  save_safetensors(file, content);
  std::filesystem::path copy = file;
  save_metadata(copy += ".json", content.metadata);
}

void Trainer::load_checkpoint(const std::filesystem::path& file) {
  const SafeTensors content = load_safetensors(file);
  const auto refuse = [&](const std::exception& error) {
    throw std::runtime_error("load_checkpoint: " + file.string() + ": " +
                             error.what());
  };
  try {
    require_readable(content.metadata);
    unpack_state(content);
  } catch (const std::runtime_error& error) {
    refuse(error);
  } catch (const ValueError& error) {
    refuse(error);
  }
}

SafeTensors Trainer::pack_state() const {
  SafeTensors content;
  // <solution task="07.5" name="pack_state">
  put(content, "parameter", model_->parameters());
  const OptimizerState state = optimizer_->state();
  Metadata& metadata = content.metadata;
  for (const auto& [name, buffer] : state.buffers) {
    put(content, "optimizer." + name, buffer);
    std::string& names = metadata["optimizer.buffers"];
    names += names.empty() ? name : " " + name;
  }
  metadata.try_emplace("optimizer.buffers", "");
  metadata["optimizer.steps"] = pack<std::int64_t>({state.steps});
  metadata["optimizer.lr"] = pack<float>({optimizer_->lr()});
  metadata["epoch"] = pack<std::int64_t>({epoch_});
  metadata["step"] = pack<std::int64_t>({step_});
  metadata["history.train_loss"] = pack(history_.train_loss);
  metadata["history.learning_rates"] = pack(history_.learning_rates);
  metadata["history.eval_loss"] = pack(history_.eval_loss);
  std::vector<std::uint64_t> words;
  for (const Generator* generator : streams(options_)) {
    const Generator::State& four = generator->state();
    words.insert(words.end(), four.begin(), four.end());
  }
  metadata["generators"] = pack(words);
  // </solution>
  return content;
}

void Trainer::unpack_state(const SafeTensors& content) {
  // <solution task="07.5" name="unpack_state" args="content">
  // First everything that may turn out wrong, into variables of our own.
  const Metadata& metadata = content.metadata;
  const std::vector<Tensor> parameters = model_->parameters();
  const std::vector<Tensor> values = take(content, "parameter", parameters);
  OptimizerState state{unpack_count(metadata, "optimizer.steps"), {}};
  std::istringstream names(text_of(metadata, "optimizer.buffers"));
  std::size_t tensors = values.size();
  for (std::string name; names >> name; tensors += state.buffers[name].size()) {
    state.buffers[name] =
        take(content, "optimizer." + name, optimizer_->parameters());
  }
  if (tensors != content.tensors.size()) {
    throw std::runtime_error("it holds " +
                             std::to_string(content.tensors.size()) +
                             " tensors, and this model and optimizer need " +
                             std::to_string(tensors));
  }
  const float lr = unpack_lr(metadata);
  const std::int64_t epoch = unpack_count(metadata, "epoch");
  const std::int64_t step = unpack_count(metadata, "step");
  History history{unpack<float>(metadata, "history.train_loss"),
                  unpack<float>(metadata, "history.learning_rates"),
                  unpack<float>(metadata, "history.eval_loss")};
  const std::vector<Generator*> targets = streams(options_);
  const auto generators = unpack_generators(metadata, targets.size());

  // The last one to refuse. It changes nothing then, and nothing has changed.
  optimizer_->set_state(state);
  optimizer_->set_lr(lr);
  for (std::size_t i = 0; i < values.size(); ++i) {
    Tensor target = parameters[i];
    std::copy_n(values[i].data(), values[i].size(), target.mutable_data());
  }
  for (std::size_t i = 0; i < targets.size(); ++i) *targets[i] = generators[i];
  epoch_ = epoch;
  step_ = step;
  history_ = std::move(history);
  // </solution>
}

}  // namespace tinytorch
