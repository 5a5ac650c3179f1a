// Reading .zip, .tar and .tar.gz, entry by entry, into memory.
#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <locale.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "intake.hpp"

namespace grader {
namespace {

constexpr const char* kAdvice = "pack only modules/, with: tito submit";

using Archive = std::unique_ptr<archive, decltype(&archive_read_free)>;

[[noreturn]] void fail(archive* reader) {
  const char* text = archive_error_string(reader);
  throw IntakeError(fmt::format("the archive is damaged: {}",
                                text != nullptr ? text : "unknown error"));
}

Archive new_reader() { return {archive_read_new(), archive_read_free}; }

void open_bytes(archive* reader, const std::string& bytes) {
  if (archive_read_open_memory(reader, bytes.data(), bytes.size()) !=
      ARCHIVE_OK) {
    fail(reader);
  }
}

/// What gzip has packed, cut off a little beyond `most` bytes; what it has
/// packed twice stays packed once.
std::string unzipped(const std::string& bytes, std::uint64_t most) {
  const Archive reader = new_reader();
  archive_read_support_format_raw(reader.get());
  archive_read_append_filter(reader.get(), ARCHIVE_FILTER_GZIP);
  open_bytes(reader.get(), bytes);
  archive_entry* entry = nullptr;
  const int status = archive_read_next_header(reader.get(), &entry);
  if (status == ARCHIVE_EOF) return "";
  if (status != ARCHIVE_OK) fail(reader.get());
  std::string text;
  char buffer[65536];
  while (text.size() <= most) {
    const auto n = archive_read_data(reader.get(), buffer, sizeof buffer);
    if (n < 0) fail(reader.get());
    if (n == 0) break;
    text.append(buffer, static_cast<std::size_t>(n));
  }
  return text;
}

/// The archive without gzip around it. It is in memory, and bounded, before
/// anything interprets it: libarchive's own tables grow with what it reads, and
/// a few kilobytes unpack to gigabytes of headers that are no entry.
std::string bytes_of(const std::filesystem::path& file, std::uint64_t most) {
  std::error_code unknown;
  const auto size = std::filesystem::file_size(file, unknown);
  if (!unknown && size > most) {
    throw IntakeError(
        fmt::format("it is larger than {} bytes: {}", most, kAdvice));
  }
  std::string bytes = read_plain_file(file, most);
  return bytes.starts_with("\x1f\x8b") ? unzipped(bytes, most) : bytes;
}

/// Whether one of the records before a file tells of its holes. The digit is of
/// the record's length: a program, too, may hold the word.
bool is_sparse(const std::string& bytes) {
  const std::string word = " GNU.sparse.";
  for (std::size_t at = 0; (at = bytes.find(word, at)) != bytes.npos; ++at) {
    if (at > 0 && bytes[at - 1] >= '0' && bytes[at - 1] <= '9') return true;
  }
  return false;
}

/// What begins like a zip file is read as one, and as nothing else: a tar file
/// begins with any name. The reader that wants a zip file's directory passes
/// over an entry without unpacking it. For a tar file with holes libarchive
/// keeps the whole map, which has up to an entry for every four bytes, before
/// it shows the file.
void support_formats(archive* reader, const std::string& bytes) {
  archive_read_support_format_zip_seekable(reader);
  if (bytes.starts_with("PK\x03\x04")) return;
  if (is_sparse(bytes)) {
    throw IntakeError("it has files with holes: pack it without tar --sparse");
  }
  archive_read_support_format_tar(reader);
}

/// The encoding of names while this lives, for this thread: libarchive gives
/// none at all to an entry with a letter that the present one lacks.
class Utf8Names {
 public:
  Utf8Names() : utf8_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (utf8_ != nullptr) before_ = uselocale(utf8_);
  }
  Utf8Names(const Utf8Names&) = delete;
  ~Utf8Names() {
    if (utf8_ == nullptr) return;
    uselocale(before_);
    freelocale(utf8_);
  }

 private:
  locale_t utf8_, before_ = nullptr;
};

/// Why an entry is not an ordinary file; empty if it is one.
std::string not_a_file(archive_entry* entry) {
  if (archive_entry_symlink(entry) != nullptr) return "a symbolic link";
  if (archive_entry_hardlink(entry) != nullptr) return "a hard link";
  if (archive_entry_filetype(entry) != AE_IFREG) return "not a regular file";
  return "";
}

/// Reads an entry to its end. Keeps the text while it is within the limit.
std::string read_entry(archive* reader, Intake& intake, bool& too_large) {
  std::string text;
  const void* block = nullptr;
  std::size_t size = 0;
  la_int64_t offset = 0;
  for (;;) {
    const int status = archive_read_data_block(reader, &block, &size, &offset);
    if (status == ARCHIVE_EOF) return text;
    if (status != ARCHIVE_OK) fail(reader);
    intake.count_bytes(size);
    const auto end = static_cast<std::uint64_t>(offset) + size;
    too_large = too_large || end > intake.limits().file_bytes;
    if (too_large) continue;
    text.resize(static_cast<std::size_t>(offset), '\0');
    text.append(static_cast<const char*>(block), size);
  }
}

void read_one(archive* reader, archive_entry* entry, Intake& intake) {
  const char* name = archive_entry_pathname(entry);
  const std::string path = name != nullptr ? name : "";
  if (archive_entry_filetype(entry) == AE_IFDIR) return;
  if (!intake.wants(path)) return intake.ignore(path, "");
  const std::string kind = not_a_file(entry);
  if (!kind.empty()) return intake.ignore(path, "it is " + kind);
  // A declared size is believed before the bytes are unpacked.
  if (archive_entry_size_is_set(entry) != 0) {
    const auto size = static_cast<std::uint64_t>(archive_entry_size(entry));
    intake.check_total(size);
  }
  bool too_large = false;
  std::string text = read_entry(reader, intake, too_large);
  if (too_large) {
    intake.ignore(path, fmt::format("it is larger than {} bytes",
                                    intake.limits().file_bytes));
  } else {
    intake.take(path, std::move(text));
  }
}

/// The next entry; null after the last one.
archive_entry* next_entry(archive* reader) {
  archive_entry* entry = nullptr;
  const int status = archive_read_next_header(reader, &entry);
  if (status == ARCHIVE_EOF) return nullptr;
  if (status != ARCHIVE_OK && status != ARCHIVE_WARN) fail(reader);
  return entry;
}

/// For an archive whose beginning alone was unpacked: names what it has the
/// most of, as far as it goes.
[[noreturn]] void fail_on_largest(archive* reader, Intake& intake) {
  std::string largest;
  la_int64_t most = 0;
  try {
    while (archive_entry* entry = next_entry(reader)) {
      intake.count_entry();
      const char* name = archive_entry_pathname(entry);
      if (name == nullptr || archive_entry_size(entry) <= most) continue;
      most = archive_entry_size(entry);
      largest = fmt::format("; '{}' is the largest", printable_name(name));
    }
  } catch (const IntakeError&) {
    // This is where it was cut off.
  }
  throw IntakeError(fmt::format("it unpacks to more than {} bytes{}: {}",
                                intake.limits().total_bytes, largest, kAdvice));
}

}  // namespace

void read_archive(const std::filesystem::path& file, Intake& intake) {
  const std::uint64_t most = intake.limits().total_bytes;
  const std::string bytes = bytes_of(file, most);
  const Utf8Names names;
  const Archive reader = new_reader();
  support_formats(reader.get(), bytes);
  open_bytes(reader.get(), bytes);
  if (bytes.size() > most) fail_on_largest(reader.get(), intake);
  while (archive_entry* entry = next_entry(reader.get())) {
    intake.count_entry();
    read_one(reader.get(), entry, intake);
  }
}

}  // namespace grader
