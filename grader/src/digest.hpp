// SHA-256, to name content and to derive seeds.
#pragma once

#include <nettle/sha2.h>

#include <string>
#include <string_view>

namespace grader {

/// Digest over a list of texts; where one ends and the next begins counts.
class Digest {
 public:
  Digest() { sha256_init(&state_); }
  Digest& add(std::string_view text);
  /// 64 hexadecimal digits. Call once.
  std::string hex();

 private:
  sha256_ctx state_{};
};

/// SHA-256 of one text, as sha256sum prints it.
std::string sha256(std::string_view text);

/// HMAC-SHA256 (RFC 2104) in 64 hexadecimal digits.
std::string hmac_sha256(std::string_view key, std::string_view message);

}  // namespace grader
