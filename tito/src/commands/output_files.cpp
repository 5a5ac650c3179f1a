#include "commands/output_files.hpp"

#include <fmt/format.h>

#include "system/error.hpp"
#include "system/files.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

/// Also for files that do not exist yet, and for two links to one.
bool is_at(const fs::path& file, const fs::path& kept) {
  if (takes_writes(file)) return false;
  std::error_code error;
  if (fs::equivalent(file, kept, error)) return true;
  const fs::path way =
      fs::weakly_canonical(followed(file), error)
          .lexically_relative(fs::weakly_canonical(followed(kept), error));
  return !way.empty() && *way.begin() != "..";
}

}  // namespace

std::vector<KeptFile> gradebook_files(const fs::path& gradebook) {
  std::vector<KeptFile> files;
  for (const char* end : {"", "-wal", "-shm", "-journal"}) {
    files.push_back({"the gradebook", followed(gradebook).string() + end});
  }
  return files;
}

void refuse_same_file(const std::vector<WrittenFile>& written,
                      std::vector<KeptFile> kept) {
  for (const WrittenFile& out : written) {
    for (const auto& [what, file] : kept) {
      if (!is_at(out.file, file)) continue;
      throw UsageError(fmt::format(
          "{} names '{}', which is {} and would be overwritten. Name another "
          "file: {} PATH",
          out.option, printable(out.file.string()), what, out.option));
    }
    kept.push_back({"the file of " + out.option, out.file});
  }
}

}  // namespace tito
