#include "system/checksum.hpp"

#include <fmt/format.h>
#include <nettle/nettle-meta.h>

#include <cstddef>
#include <fstream>
#include <vector>

#include "system/error.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

/// The algorithm that a checksum names; nullptr if it is none of ours.
const nettle_hash* algorithm_of(const std::string& checksum) {
  if (checksum.starts_with("sha256:")) return nettle_lookup_hash("sha256");
  if (checksum.starts_with("md5:")) return nettle_lookup_hash("md5");
  return nullptr;
}

std::string digits_of(const std::string& checksum) {
  return checksum.substr(checksum.find(':') + 1);
}

class Hasher {
 public:
  explicit Hasher(const nettle_hash& algorithm)
      : algorithm_(algorithm),
        context_(algorithm.context_size / sizeof(std::max_align_t) + 1) {
    algorithm_.init(context_.data());
  }

  void update(const std::vector<char>& bytes, std::size_t count) {
    algorithm_.update(context_.data(), count,
                      reinterpret_cast<const std::uint8_t*>(bytes.data()));
  }

  std::string digits() {
    std::vector<std::uint8_t> digest(algorithm_.digest_size);
    algorithm_.digest(context_.data(), digest.size(), digest.data());
    std::string text;
    for (const std::uint8_t byte : digest) text += fmt::format("{:02x}", byte);
    return text;
  }

 private:
  const nettle_hash& algorithm_;
  std::vector<std::max_align_t> context_;
};

}  // namespace

bool is_checksum(const std::string& text) {
  const nettle_hash* algorithm = algorithm_of(text);
  if (algorithm == nullptr) return false;
  const std::string digits = digits_of(text);
  const std::size_t bytes = algorithm->digest_size;
  return digits.size() == 2 * bytes &&
         digits.find_first_not_of("0123456789abcdef") == std::string::npos;
}

bool has_checksum(const fs::path& file, const std::string& checksum) {
  const nettle_hash* algorithm = algorithm_of(checksum);
  if (algorithm == nullptr) return false;
  Hasher hasher(*algorithm);
  std::vector<char> block(1 << 18);
  std::ifstream in(file, std::ios::binary);
  while (in) {
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    hasher.update(block, static_cast<std::size_t>(in.gcount()));
  }
  if (!in.eof()) {
    throw EnvironmentError(
        fmt::format("cannot read '{}'. See what is wrong: ls -l '{}'",
                    file.string(), file.parent_path().string()));
  }
  return hasher.digits() == digits_of(checksum);
}

}  // namespace tito
