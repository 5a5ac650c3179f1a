// safetensors: the file format that checkpoints are kept in, readable by the
// usual tools.
//
// A file is 8 bytes (the length N of the header, little-endian), N bytes of
// JSON (for each tensor its dtype, shape and the range of its bytes, and
// "__metadata__", a map of strings), and the bytes of all tensors, in row-major
// order without gaps. We write and read the dtype F32. Names and metadata are
// UTF-8.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "tinytorch/tensor.hpp"

namespace tinytorch {

using Metadata = std::map<std::string, std::string>;

struct SafeTensors {
  std::map<std::string, Tensor> tensors;
  Metadata metadata;
};

/// Writes the file to the side, syncs it and renames it: whatever happens, the
/// old file or the new one is there.
/// @throws std::runtime_error  naming the file and the system's reason
void save_safetensors(const std::filesystem::path& file,
                      const SafeTensors& content);

/// Allocates no more than the file's size warrants, whatever its header says.
/// @throws std::runtime_error  naming the file and what is wrong: it cannot be
///   read, is cut short, is no safetensors file, holds another dtype than F32,
///   or its ranges overlap, leave gaps or do not fit their shapes
SafeTensors load_safetensors(const std::filesystem::path& file);

/// Writes metadata alone, as readable JSON, in the same way.
/// @throws std::runtime_error  naming the file and the system's reason
void save_metadata(const std::filesystem::path& file, const Metadata& metadata);

}  // namespace tinytorch
