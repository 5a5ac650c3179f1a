// A class whose every grade is known in advance.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "scratch.hpp"

/// A number that the environment can set.
inline int setting(const char* variable, int otherwise) {
  const char* text = std::getenv(variable);
  return text ? std::atoi(text) : otherwise;
}

/// What scripts/make_class.py makes; TITO_CLASS sets how many hand in.
class KnownClass {
 public:
  static constexpr const char* kModules = "01,02,03,04";

  /// Makes `folder`.
  explicit KnownClass(std::filesystem::path folder)
      : folder_(std::move(folder)) {
    const std::string command =
        "python3 '" COURSE_DIR "/scripts/make_class.py' " +
        std::to_string(size()) + " '" + folder_.string() + "'";
    if (std::system(command.c_str()) != 0) throw std::runtime_error(command);
  }

  static int size() { return setting("TITO_CLASS", 6); }
  std::filesystem::path submissions() const { return folder_ / "submissions"; }
  std::string csv() const { return slurp(folder_ / "expected.csv"); }

 private:
  std::filesystem::path folder_;
};
