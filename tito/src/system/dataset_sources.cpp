#include "system/dataset_sources.hpp"

#include <fmt/format.h>

#include <fstream>

#include "system/download.hpp"
#include "system/error.hpp"
#include "system/files.hpp"
#include "ui/activity.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

/// The file under the name that it has while it arrives.
DataFile part_of(const DataFile& file) {
  DataFile part = file;
  part.name += ".part";
  return part;
}

/// Gives the part its name, if it is the file that was meant.
bool accept_part(const DataFile& file, const fs::path& folder) {
  if (examine(part_of(file), folder) != FileState::intact) return false;
  publish(part_path(file, folder), folder / file.name);
  return true;
}

/// The bytes that an earlier run left. If there are too many, they go.
std::uintmax_t bytes_so_far(const DataFile& file, const fs::path& folder) {
  const fs::path part = part_path(file, folder);
  std::error_code none;
  const std::uintmax_t size = fs::file_size(part, none);
  if (none) return 0;
  if (size <= file.size) return size;
  fs::remove(part);
  return 0;
}

Transfer transfer(const std::string& url, const DataFile& file,
                  const fs::path& folder, std::chrono::seconds patience,
                  const Terminal& terminal) {
  Activity activity(terminal, "Fetching " + file.name, byte_count);
  activity.set_total(file.size);
  activity.set_done(bytes_so_far(file, folder));
  TransferOptions options;
  options.size = file.size;
  options.patience = patience;
  options.on_progress = [&](std::uintmax_t n) { activity.set_done(n); };
  return download(url, part_path(file, folder), options);
}

/// What went wrong at that place; empty if the file is there now.
std::string try_place(const std::string& url, const DataFile& file,
                      const fs::path& folder, std::chrono::seconds patience,
                      const Terminal& terminal) {
  for (;;) {
    const std::uintmax_t before = bytes_so_far(file, folder);
    Transfer result;
    if (before < file.size) {
      result = transfer(url, file, folder, patience, terminal);
    }
    if (result.complete() && accept_part(file, folder)) return "";
    if (result.resumable) return result.problem;
    fs::remove(part_path(file, folder));
    // What was there before may be at fault: once more from the start.
    if (before > 0) continue;
    return result.complete() ? "sent another file: the checksum differs"
                             : result.problem;
  }
}

void copy_bytes(const fs::path& source, const fs::path& target) {
  std::ifstream in(source, std::ios::binary);
  OutputFile out(target, OutputFile::Begin::empty);
  std::vector<char> block(1 << 18);
  while (in) {
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    out.append({block.data(), static_cast<std::size_t>(in.gcount())});
  }
  if (!in.eof()) {
    throw EnvironmentError(fmt::format(
        "cannot read '{0}'. See what is wrong: ls -l '{0}'", source.string()));
  }
}

}  // namespace

fs::path part_path(const DataFile& file, const fs::path& folder) {
  return folder / part_of(file).name;
}

std::string fetch_file(const Download& download, const fs::path& folder,
                       std::chrono::seconds patience,
                       const Terminal& terminal) {
  std::string problems;
  for (const std::string& url : download.urls) {
    const std::string problem =
        try_place(url, download.file, folder, patience, terminal);
    if (problem.empty()) return "";
    problems +=
        fmt::format("{}{} ({})", problems.empty() ? "" : ", ", url, problem);
  }
  return problems;
}

std::string copy_file(const DataFile& file, const fs::path& source,
                      const fs::path& folder) {
  const std::uintmax_t size = fs::file_size(source);
  if (size != file.size) {
    return fmt::format("it has {} bytes instead of {}", size, file.size);
  }
  copy_bytes(source, part_path(file, folder));
  if (accept_part(file, folder)) return "";
  fs::remove(part_path(file, folder));
  return "its checksum differs";
}

}  // namespace tito
