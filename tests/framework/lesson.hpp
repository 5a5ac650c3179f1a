// What the tests of the lessons share.
#pragma once

#include <cstdint>
#include <exception>
#include <string>

#include "support/files.hpp"
#include "tinytorch/support/storage.hpp"

namespace lesson {

/// The README of a module, "04_losses".
inline std::string text(const std::string& folder) {
  return test::slurp(COURSE_DIR "/modules/" + folder + "/README.md");
}

/// The text of the error that f() ends with.
template <class F>
std::string message(F f) {
  try {
    f();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "no error";
}

/// What f() allocates at most beyond what was there before.
template <class F>
std::int64_t bytes_needed(F f) {
  tinytorch::reset_memory_stats();
  const std::int64_t before = tinytorch::memory_stats().live_bytes;
  f();
  return tinytorch::memory_stats().peak_bytes - before;
}

}  // namespace lesson
