#include "shared_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "descriptor.hpp"
#include "grader/cluster/job_folder.hpp"
#include "grader/write_whole.hpp"

namespace grader {

namespace fs = std::filesystem;

void fail_on(const char* verb, const fs::path& file, int error) {
  throw ClusterError(fmt::format(
      "cannot {} '{}': {}. Name a folder that the nodes see and you may write "
      "to: --shared DIR",
      verb, file.string(), std::strerror(error)));
}

std::optional<std::string> read_if_there(const fs::path& file) {
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in && errno == ENOENT) return std::nullopt;
  if (!in) fail_on("read", file, errno != 0 ? errno : EIO);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) fail_on("read", file, EIO);
  return text;
}

std::string read_shared(const fs::path& file) {
  auto text = read_if_there(file);
  if (!text) fail_on("read", file, ENOENT);
  return *std::move(text);
}

int write_and_sync(int descriptor, std::string_view text) {
  if (const int error = write_whole(descriptor, text)) return error;
  return fsync(descriptor) == 0 ? 0 : errno;
}

void write_shared(const fs::path& file, std::string_view text) {
  // Two attempts at one shard may run at once, on two machines.
  std::string temporary = file.string() + ".XXXXXX";
  Descriptor out(mkstemp(temporary.data()));
  if (out.get() < 0) fail_on("write", file, errno);
  int error = write_and_sync(out.get(), text);
  out.close();
  if (error == 0 && std::rename(temporary.c_str(), file.c_str()) != 0) {
    error = errno;
  }
  if (error == 0) return;
  unlink(temporary.c_str());
  fail_on("write", file, error);
}

}  // namespace grader
