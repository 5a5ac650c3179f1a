#include "files.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace grader {

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in) return text;
  throw std::runtime_error(fmt::format("cannot read {}", file.string()));
}

void write_file(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (out) return;
  throw std::runtime_error(fmt::format("cannot write {}", file.string()));
}

void remove_busy(const std::filesystem::path& directory) {
  constexpr int kAttempts = 5;
  std::error_code error;
  for (int i = 0; i < kAttempts; ++i) {
    if (!std::filesystem::exists(directory, error)) return;
    std::filesystem::remove_all(directory, error);
  }
}

}  // namespace grader
