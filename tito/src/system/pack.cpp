#include "system/pack.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <ctime>
#include <memory>

#include "system/error.hpp"

namespace tito {
namespace {

using Writer = std::unique_ptr<archive, decltype(&archive_write_free)>;
using Entry = std::unique_ptr<archive_entry, decltype(&archive_entry_free)>;

la_ssize_t append(archive* /*writer*/, void* bytes, const void* block,
                  std::size_t size) {
  static_cast<std::string*>(bytes)->append(static_cast<const char*>(block),
                                           size);
  return static_cast<la_ssize_t>(size);
}

void require(int status, archive* writer) {
  if (status == ARCHIVE_OK) return;
  throw EnvironmentError(fmt::format(
      "cannot make a .zip archive: {}. See what is wrong: tito doctor",
      archive_error_string(writer)));
}

void add(archive* writer, const PackedFile& file, std::time_t now) {
  const Entry entry(archive_entry_new(), archive_entry_free);
  archive_entry_set_pathname(entry.get(), file.path.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), file.executable ? 0755 : 0644);
  archive_entry_set_size(entry.get(),
                         static_cast<la_int64_t>(file.text.size()));
  archive_entry_set_mtime(entry.get(), now, 0);
  require(archive_write_header(writer, entry.get()), writer);
  const auto written =
      archive_write_data(writer, file.text.data(), file.text.size());
  if (written != static_cast<la_ssize_t>(file.text.size())) {
    require(ARCHIVE_FATAL, writer);
  }
}

}  // namespace

std::string zip(const std::vector<PackedFile>& files) {
  std::string bytes;
  const Writer writer(archive_write_new(), archive_write_free);
  require(archive_write_set_format_zip(writer.get()), writer.get());
  require(archive_write_set_bytes_in_last_block(writer.get(), 1), writer.get());
  require(archive_write_open(writer.get(), &bytes, nullptr, append, nullptr),
          writer.get());
  const std::time_t now = std::time(nullptr);
  for (const PackedFile& file : files) add(writer.get(), file, now);
  require(archive_write_close(writer.get()), writer.get());
  return bytes;
}

}  // namespace tito
