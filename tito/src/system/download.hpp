// One file over HTTP.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace tito {

struct TransferOptions {
  std::uintmax_t size = 0;            ///< that the file must have in the end
  std::chrono::seconds patience{30};  ///< with a server that sends nothing
  std::function<void(std::uintmax_t)> on_progress;  ///< bytes so far
};

struct Transfer {
  std::string problem;  ///< empty: as many bytes as the file has arrived
  /// What arrived may be continued; otherwise it is of no use.
  bool resumable = false;

  bool complete() const { return problem.empty(); }
};

/// Downloads the rest of a file to the end of `part`, or all of it if the
/// server does not send parts. Follows at most five redirects, to http and
/// https only, and never writes more bytes than the file has.
/// @throws EnvironmentError  if `part` cannot be written
Transfer download(const std::string& url, const std::filesystem::path& part,
                  const TransferOptions& options);

}  // namespace tito
