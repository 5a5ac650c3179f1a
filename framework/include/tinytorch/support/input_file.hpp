// A file to be read from front to end, packed or not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace tinytorch {

/// The bytes of a file in their order. A file that begins like a gzip file is
/// unpacked on the way. Nothing is read ahead but a small buffer.
class InputFile {
 public:
  /// @throws std::runtime_error  if there is no such file, it is a directory,
  ///   cannot be read or is empty
  explicit InputFile(std::filesystem::path file);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  /// Reads up to `count` bytes, fewer only at the end; returns their number.
  /// @throws std::runtime_error  if reading fails, or packed data is damaged
  ///   or followed by other bytes
  std::size_t read(std::uint8_t* target, std::size_t count);

  /// More bytes than this cannot come: what a packed file holds is limited by
  /// its size too. Ask before you allocate what a header promises.
  std::uint64_t most_bytes() const { return most_bytes_; }

  /// @throws std::runtime_error  "<file>: <what>", always
  [[noreturn]] void fail(const std::string& what) const;

 private:
  struct Unpacker;

  std::size_t read_raw(std::uint8_t* target, std::size_t count);

  std::filesystem::path file_;
  std::ifstream stream_;
  std::uint64_t most_bytes_ = 0;
  std::unique_ptr<Unpacker> unpacker_;  // Null if the file is not packed.
};

}  // namespace tinytorch
