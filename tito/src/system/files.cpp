#include "system/files.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>

#include "grader/write_whole.hpp"
#include "system/error.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

/// A course or a workspace is around it. Never the whole machine.
bool is_in_course(const fs::path& place) {
  std::error_code error;
  for (fs::path here = fs::weakly_canonical(place, error);
       here != here.root_path(); here = here.parent_path()) {
    if (fs::exists(here / "modules" / "curriculum.json", error)) return true;
  }
  return false;
}

/// What to do about an error of the file system.
std::string remedy(int error, const fs::path& path) {
  const std::string place = path.parent_path().string();
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return fmt::format("Free some space there: df -h '{}'", place);
    case EROFS:
      return "Work in a copy that you may write to: mkdir ~/course && cp -r "
             "modules ~/course && cd ~/course";
    case EACCES:
    case EPERM:
      return way_to_own(place);
    case ENOENT:
      return fs::exists(place)
                 ? fmt::format("See what is there: ls -l '{}'", place)
                 : fmt::format("Make its directory: mkdir -p '{}'", place);
    case EISDIR:
    case EBUSY:
    case ENOTDIR:
      return fmt::format("Choose another name; see what is there: ls -l '{}'",
                         place);
    default:
      return "See what is wrong: tito doctor";
  }
}

[[noreturn]] void fail(const char* what, const fs::path& path, int error) {
  throw EnvironmentError(fmt::format("cannot {} '{}': {}. {}", what,
                                     path.string(), std::strerror(error),
                                     remedy(error, path)));
}

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags, mode_t mode = 0644)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

int write_pieces(const Descriptor& out, const Pieces& pieces) {
  int error = 0;
  pieces([&](std::string_view piece) {
    if (error == 0) error = grader::write_whole(out.get(), piece);
  });
  return error;
}

/// A pipe or a device has no content to replace: it takes what comes.
int write_straight(const fs::path& file, const Pieces& pieces) {
  const Descriptor out(file, O_WRONLY | O_NOCTTY);
  return out.ok() ? write_pieces(out, pieces) : errno;
}

/// The permissions of the file that it is to replace, if there is one.
std::optional<mode_t> mode_of(const fs::path& file) {
  struct stat there {};
  if (::stat(file.c_str(), &there) != 0) return std::nullopt;
  return there.st_mode & 0777U;
}

int write_temporary(const fs::path& file, std::optional<mode_t> mode,
                    const Pieces& pieces, Durability durability) {
  const Descriptor out(file, O_WRONLY | O_CREAT | O_TRUNC, mode.value_or(0644));
  if (!out.ok()) return errno;
  // Only a file system without permissions refuses; it has none to keep.
  if (mode) ::fchmod(out.get(), *mode);
  if (const int error = write_pieces(out, pieces)) return error;
  if (durability == Durability::durable && ::fsync(out.get()) != 0) {
    return errno;
  }
  return 0;
}

int replace_file(const fs::path& file, const Pieces& pieces,
                 Durability durability) {
  const fs::path temporary = file.string() + fmt::format(".{}.tmp", ::getpid());
  int error = write_temporary(temporary, mode_of(file), pieces, durability);
  if (error == 0 && ::rename(temporary.c_str(), file.c_str()) != 0) {
    error = errno;
  }
  if (error != 0) ::unlink(temporary.c_str());
  return error;
}

void sync_directory(const fs::path& directory) {
  const Descriptor handle(directory, O_RDONLY | O_DIRECTORY);
  // Some network file systems refuse this; the rename stands all the same.
  if (handle.ok()) ::fsync(handle.get());
}

constexpr std::uint64_t kFnvStart = 0xcbf29ce484222325u;

std::uint64_t fnv1a(std::uint64_t hash, std::string_view bytes) {
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3u;
  }
  return hash;
}

}  // namespace

std::string read_text(const fs::path& file) {
  std::error_code unknown;
  if (fs::is_directory(file, unknown)) fail("read", file, EISDIR);
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) fail("read", file, errno ? errno : EIO);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) fail("read", file, EIO);
  return text;
}

void write_atomically(const fs::path& file, std::string_view text,
                      Durability durability) {
  write_atomically(
      file, [&](const auto& write) { write(text); }, durability);
}

void write_atomically(const fs::path& file, const Pieces& pieces,
                      Durability durability) {
  if (takes_writes(file)) {
    if (const int error = write_straight(file, pieces)) {
      fail("write", file, error);
    }
    return;
  }
  const fs::path target = followed(file);
  if (const int error = replace_file(target, pieces, durability)) {
    fail("write", target, error);
  }
  if (durability == Durability::durable) sync_directory(target.parent_path());
}

bool takes_writes(const fs::path& file) {
  std::error_code unknown;
  const fs::file_status there = fs::status(file, unknown);
  return fs::exists(there) && !fs::is_regular_file(there);
}

fs::path followed(fs::path file) {
  constexpr int kMostLinks = 40;  // as Linux has it
  std::error_code error;
  for (int links = 0; links < kMostLinks; ++links) {
    const fs::path target = fs::read_symlink(file, error);
    if (error) break;
    file = file.parent_path() / target;
  }
  return file;
}

std::string way_to_own(const fs::path& place) {
  if (is_in_course(place)) {
    return fmt::format("Make it yours: sudo chown -R $USER '{}'",
                       place.string());
  }
  return fmt::format("Choose another place: '{}' is no part of the course",
                     place.string());
}

OutputFile::OutputFile(const fs::path& file, Begin begin) : file_(file) {
  fd_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd_ < 0) fail("write", file_, errno);
  if (begin == Begin::empty) {
    restart();
  } else {
    size_ = fs::file_size(file);
  }
}

OutputFile::~OutputFile() {
  if (fd_ >= 0) ::close(fd_);
}

void OutputFile::append(std::string_view bytes) {
  if (const int error = grader::write_whole(fd_, bytes))
    fail("write", file_, error);
  size_ += bytes.size();
}

void OutputFile::restart() {
  if (::ftruncate(fd_, 0) != 0) fail("write", file_, errno);
  size_ = 0;
}

void publish(const fs::path& from, const fs::path& to) {
  const Descriptor written(from, O_RDONLY);
  if (!written.ok() || ::fsync(written.get()) != 0) fail("write", from, errno);
  if (::rename(from.c_str(), to.c_str()) != 0) fail("write", to, errno);
  sync_directory(to.parent_path());
}

void make_directories(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) fail("create", directory, error.value());
}

void copy_files(const std::vector<fs::path>& files, const fs::path& target) {
  make_directories(target);
  for (const fs::path& file : files) {
    if (!fs::exists(file)) continue;
    write_atomically(target / file.filename(), read_text(file));
  }
}

std::string content_hash(const std::vector<fs::path>& files) {
  std::uint64_t hash = kFnvStart;
  for (const fs::path& file : files) {
    hash = fnv1a(hash, file.filename().string());
    const std::string text = fs::exists(file) ? read_text(file) : "(missing)";
    hash = fnv1a(hash, fmt::format(":{}:", text.size()));
    hash = fnv1a(hash, text);
  }
  return fmt::format("{:016x}", hash);
}

std::string content_hash(std::string_view text) {
  return fmt::format("{:016x}", fnv1a(kFnvStart, text));
}

std::string timestamp() {
  const auto now = std::chrono::system_clock::now();
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

std::string timestamp_for_names() {
  const auto now = std::chrono::system_clock::now();
  return fmt::format("{:%Y%m%d-%H%M%S}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

fs::path unused_path(const fs::path& stem) {
  fs::path path = stem;
  for (int i = 2; fs::exists(fs::symlink_status(path)); ++i) {
    path = stem.string() + fmt::format("-{}", i);
  }
  return path;
}

std::string short_path(const fs::path& path, const fs::path& base) {
  const fs::path relative = path.lexically_relative(base);
  if (relative.empty() || *relative.begin() == "..") return path.string();
  return relative.string();
}

}  // namespace tito
