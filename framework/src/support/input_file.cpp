#include "tinytorch/support/input_file.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace tinytorch {

/// zlib's state, and the packed bytes that it has not used yet.
struct InputFile::Unpacker {
  Unpacker() {
    constexpr int kGzip = 16;
    if (inflateInit2(&stream, MAX_WBITS + kGzip) != Z_OK)
      throw std::bad_alloc();
  }
  ~Unpacker() { inflateEnd(&stream); }
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  z_stream stream{};
  std::array<std::uint8_t, 1 << 16> packed;
  bool ended = false;
};

InputFile::InputFile(std::filesystem::path file) : file_(std::move(file)) {
  std::error_code error;
  const auto status = std::filesystem::status(file_, error);
  if (!std::filesystem::exists(status)) fail("there is no such file");
  if (std::filesystem::is_directory(status)) fail("is a directory");
  // Opening a pipe would wait for whoever writes to it.
  if (!std::filesystem::is_regular_file(status)) fail("is no regular file");
  stream_.open(file_, std::ios::binary);
  const std::uintmax_t size = std::filesystem::file_size(file_, error);
  if (!stream_ || error) fail("cannot be read");
  if (size == 0) fail("is empty");

  std::array<std::uint8_t, 2> start{};
  const bool packed =
      read_raw(start.data(), 2) == 2 && start[0] == 0x1f && start[1] == 0x8b;
  stream_.clear();
  stream_.seekg(0);
  // One byte that is packed stands for at most 1032: zlib's documentation.
  most_bytes_ = packed ? size * 1032 : size;
  if (packed) unpacker_ = std::make_unique<Unpacker>();
}

InputFile::~InputFile() = default;

void InputFile::fail(const std::string& what) const {
  throw std::runtime_error(file_.string() + ": " + what);
}

std::size_t InputFile::read_raw(std::uint8_t* target, std::size_t count) {
  stream_.read(reinterpret_cast<char*>(target),
               static_cast<std::streamsize>(count));
  if (stream_.bad()) fail("cannot be read");
  return static_cast<std::size_t>(stream_.gcount());
}

std::size_t InputFile::read(std::uint8_t* target, std::size_t count) {
  if (!unpacker_) return read_raw(target, count);
  z_stream& zlib = unpacker_->stream;
  std::size_t done = 0;
  while (done < count && !unpacker_->ended) {
    if (zlib.avail_in == 0) {
      auto& packed = unpacker_->packed;
      zlib.avail_in = static_cast<uInt>(read_raw(packed.data(), packed.size()));
      zlib.next_in = packed.data();
      if (zlib.avail_in == 0) fail("the gzip file is cut short");
    }
    const auto room = static_cast<uInt>(
        std::min<std::size_t>(count - done, std::numeric_limits<uInt>::max()));
    zlib.next_out = target + done;
    zlib.avail_out = room;
    const int result = inflate(&zlib, Z_NO_FLUSH);
    done += room - zlib.avail_out;
    if (result == Z_STREAM_END) {
      unpacker_->ended = true;
      std::uint8_t more = 0;
      if (zlib.avail_in > 0 || read_raw(&more, 1) > 0) {
        fail("other bytes follow the gzip data");
      }
    } else if (result != Z_OK) {
      fail(std::string("the gzip file is damaged: ") +
           (zlib.msg ? zlib.msg : "zlib gives no reason"));
    }
  }
  return done;
}

}  // namespace tinytorch
