#include "digest.hpp"

#include <fmt/format.h>
#include <nettle/hmac.h>

#include <array>
#include <cstdint>

namespace grader {
namespace {

using Bytes = std::array<std::uint8_t, SHA256_DIGEST_SIZE>;

const std::uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

std::string hex_of(const Bytes& bytes) {
  return fmt::format("{:02x}", fmt::join(bytes, ""));
}

}  // namespace

Digest& Digest::add(std::string_view text) {
  const std::string length = fmt::format("{}:", text.size());
  sha256_update(&state_, length.size(), bytes_of(length));
  sha256_update(&state_, text.size(), bytes_of(text));
  return *this;
}

std::string Digest::hex() {
  Bytes bytes;
  sha256_digest(&state_, bytes.size(), bytes.data());
  return hex_of(bytes);
}

std::string sha256(std::string_view text) {
  sha256_ctx state;
  sha256_init(&state);
  sha256_update(&state, text.size(), bytes_of(text));
  Bytes bytes;
  sha256_digest(&state, bytes.size(), bytes.data());
  return hex_of(bytes);
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
  hmac_sha256_ctx state;
  hmac_sha256_set_key(&state, key.size(), bytes_of(key));
  hmac_sha256_update(&state, message.size(), bytes_of(message));
  Bytes bytes;
  hmac_sha256_digest(&state, bytes.size(), bytes.data());
  return hex_of(bytes);
}

}  // namespace grader
