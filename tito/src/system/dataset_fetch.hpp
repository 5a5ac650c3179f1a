// Getting a data set into its folder, from the network or from files at hand.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "system/dataset.hpp"
#include "ui/terminal.hpp"

namespace tito {

struct FetchOptions {
  std::filesystem::path from;  ///< a file or a directory; empty: the network
  bool force = false;          ///< also what is there already
  std::chrono::seconds patience{30};  ///< with a server that sends nothing
};

/// Fetches what is not there or damaged. A file has its name only when its
/// checksum is right; what an interruption leaves is continued next time.
/// @throws EnvironmentError  if no place gives a file, or it cannot be written
/// @throws UsageError        if there is no options.from
/// @throws NotYetError       if a file is not in options.from or is another
void fetch(const Dataset& dataset, const FetchOptions& options,
           const Terminal& terminal);

}  // namespace tito
