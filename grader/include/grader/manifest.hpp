// What `tito submit` says about an archive: manifest.json, beside the files.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace grader {

inline constexpr const char* kManifestName = "manifest.json";

/// The text is no manifest of a format that this grader knows.
class ManifestError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Manifest {
  struct File {
    std::string path;  ///< "modules/01_tensor/src/tensor.cpp"
    std::uint64_t size = 0;
    std::string sha256;  ///< 64 hexadecimal digits
  };
  std::string student;
  std::string tito;     ///< version that packed it: "0.1.0"
  std::string course;   ///< hash of the curriculum that it was packed for
  std::string created;  ///< "2026-03-01T12:34:56Z"
  std::vector<File> files;

  void add(const std::string& path, std::string_view text);
  /// nullptr if it does not list the file.
  const File* find(const std::string& path) const;
};

/// True if this is the content that the manifest means.
bool matches(const Manifest::File& file, std::string_view text);

std::string to_json(const Manifest& manifest);

/// @throws ManifestError
Manifest parse_manifest(const std::string& text);

}  // namespace grader
