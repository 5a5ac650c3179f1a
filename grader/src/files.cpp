#include "files.hpp"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>

namespace grader {

std::string read_file(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  std::string text(error ? 0 : size, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in && !error) return text;
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

void make_readable(const std::filesystem::path& root) {
  namespace fs = std::filesystem;
  const auto open = [](const fs::path& path) {
    const bool enter =
        fs::is_directory(path) || (fs::status(path).permissions() &
                                   fs::perms::owner_exec) != fs::perms::none;
    fs::permissions(path, fs::perms(enter ? 0755 : 0644));
  };
  open(root);
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_symlink()) open(entry.path());
  }
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
