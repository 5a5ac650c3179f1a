#include "system/unpack.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "system/error.hpp"
#include "system/files.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

constexpr std::size_t kBlock = 1 << 18;

class Unpacker {
 public:
  Unpacker(const fs::path& archive, const fs::path& folder)
      : archive_(archive),
        folder_(folder),
        reader_(archive_read_new(), archive_read_free) {
    archive_read_support_filter_gzip(reader_.get());
    archive_read_support_format_tar(reader_.get());
    if (archive_read_open_filename(reader_.get(), archive.c_str(), kBlock) !=
        ARCHIVE_OK) {
      fail_reading();
    }
  }

  /// The next entry that is an ordinary file; nullptr at the end.
  archive_entry* next() {
    archive_entry* entry = nullptr;
    for (;;) {
      const int status = archive_read_next_header(reader_.get(), &entry);
      if (status == ARCHIVE_EOF) return nullptr;
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN) fail_reading();
      if (archive_entry_filetype(entry) == AE_IFREG) return entry;
    }
  }

  /// Writes the entry that next() returned.
  void write(const DataFile& member) {
    const DataFile part = {member.name + ".part", member.size, member.checksum,
                           member.path};
    copy(part);
    if (examine(part, folder_) != FileState::intact) {
      fs::remove(folder_ / part.name);
      fail(
          fmt::format("'{}' in it is not the one that was meant", member.path));
    }
    publish(folder_ / part.name, folder_ / member.name);
  }

  [[noreturn]] void fail(const std::string& why) const {
    throw EnvironmentError(fmt::format(
        "cannot unpack '{0}': {1}. Remove it, and fetch it again: rm '{0}'",
        archive_.string(), why));
  }

 private:
  /// Stops early where there are more bytes than the member has.
  void copy(const DataFile& part) {
    OutputFile out(folder_ / part.name, OutputFile::Begin::empty);
    std::vector<char> block(kBlock);
    while (out.size() <= part.size) {
      const la_ssize_t count =
          archive_read_data(reader_.get(), block.data(), block.size());
      if (count == 0) return;
      if (count < 0) fail_reading();
      out.append({block.data(), static_cast<std::size_t>(count)});
    }
  }

  [[noreturn]] void fail_reading() const {
    const char* text = archive_error_string(reader_.get());
    fail(printable(text != nullptr ? text : "unknown error"));
  }

  fs::path archive_, folder_;
  std::unique_ptr<archive, decltype(&archive_read_free)> reader_;
};

std::string path_of(archive_entry* entry) {
  const char* path = archive_entry_pathname(entry);
  return path != nullptr ? path : "";
}

}  // namespace

void unpack(const fs::path& archive, const std::vector<DataFile>& members,
            const fs::path& folder) {
  std::vector<DataFile> wanted = members;
  Unpacker unpacker(archive, folder);
  while (!wanted.empty()) {
    archive_entry* entry = unpacker.next();
    if (entry == nullptr) {
      unpacker.fail(fmt::format("'{}' is not in it", wanted.front().path));
    }
    const std::string path = path_of(entry);
    const auto found = std::find_if(
        wanted.begin(), wanted.end(),
        [&](const DataFile& member) { return member.path == path; });
    if (found == wanted.end()) continue;
    unpacker.write(*found);
    wanted.erase(found);
  }
}

}  // namespace tito
