// Module 07, part 3: the whole state of training, into a file and back.
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

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
  // TODO(07.5): pack_state
  not_implemented("07.5", "pack_state");
  return content;
}

void Trainer::unpack_state(const SafeTensors& content) {
  // TODO(07.5): unpack_state
  not_implemented("07.5", "unpack_state", content);
}

}  // namespace tinytorch
