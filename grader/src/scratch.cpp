#include "grader/scratch.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <stdexcept>

#include "descriptor.hpp"
#include "files.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPrefix = "tito-grade-";
/// A directory is made a moment before it is locked.
constexpr std::time_t kYoungSeconds = 60;

/// The copy of a course takes the most of it. With less, whatever fails first
/// would be blamed.
constexpr std::uintmax_t kLeastSpace = std::uintmax_t{256} << 20;

void require_space(const fs::path& place) {
  std::error_code error;
  const auto space = fs::space(place, error);
  if (error || space.available >= kLeastSpace) return;
  throw std::runtime_error(fmt::format(
      "only {} MiB are free for temporary files in {}, and grading needs {}. "
      "Make room, or set TMPDIR to a directory with space",
      space.available >> 20, place.string(), kLeastSpace >> 20));
}

int open_directory(const fs::path& path) {
  return open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
}

/// True for a directory of this user's that no process holds.
bool is_abandoned(const fs::path& path) {
  const Descriptor directory(open_directory(path));
  struct stat status {};
  return directory.get() >= 0 && fstat(directory.get(), &status) == 0 &&
         status.st_uid == geteuid() &&
         std::time(nullptr) - status.st_mtime > kYoungSeconds &&
         flock(directory.get(), LOCK_EX | LOCK_NB) == 0;
}

/// Being unable to is no error: it is somebody else's mess.
void remove_abandoned() {
  std::error_code error;
  for (const auto& entry :
       fs::directory_iterator(fs::temp_directory_path(), error)) {
    const std::string name = entry.path().filename();
    if (name.rfind(kPrefix, 0) != 0 || !is_abandoned(entry.path())) continue;
    fs::remove_all(entry.path(), error);
  }
}

}  // namespace

Scratch::Scratch() {
  remove_abandoned();
  require_space(fs::temp_directory_path());
  std::string pattern =
      (fs::temp_directory_path() / kPrefix).string() + "XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) {
    throw std::runtime_error(
        fmt::format("cannot make a directory for temporary files ({}): {}. "
                    "Set TMPDIR to a directory with space",
                    pattern, std::strerror(errno)));
  }
  path_ = pattern;
  lock_ = open_directory(path_);
  if (lock_ >= 0) flock(lock_, LOCK_EX | LOCK_NB);
}

Scratch::~Scratch() {
  remove();
  if (lock_ >= 0) close(lock_);
}

void Scratch::remove() const { remove_busy(path_); }

}  // namespace grader
