// What every reader promises about any bytes: a value, or its own error.
//
// Each *_fuzz.cpp defines LLVMFuzzerTestOneInput, which scripts/fuzz.sh links
// with libFuzzer and ctest with replay.cpp. A broken promise ends the process.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "support/temporary_folder.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size);

namespace fuzz {

using Bytes = std::vector<std::uint8_t>;

/// As assert(), in every build.
inline void require(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

/// The folder that inputs are written to; it lasts as long as the process.
inline const test::TemporaryFolder& folder() {
  static const test::TemporaryFolder folder;
  return folder;
}

/// What `read` returns, or nothing if it throws an Error whose message holds
/// `mention`. Whatever else it throws escapes.
template <class Error, class Read>
auto value_or_error(const std::string& mention, Read read)
    -> std::optional<decltype(read())> {
  try {
    return read();
  } catch (const Error& error) {
    const std::string message = error.what();
    require(message.size() > mention.size() &&
                message.find(mention) != std::string::npos,
            "an error names the file and what is wrong");
    return {};
  }
}

}  // namespace fuzz
