#include "commands/output_files.hpp"

#include <fmt/format.h>

#include "system/error.hpp"
#include "system/files.hpp"
#include "ui/text.hpp"

namespace fs = std::filesystem;

namespace tito {
namespace {

/// Also for files that do not exist yet, and for two links to one.
bool is_same_file(const fs::path& a, const fs::path& b) {
  if (takes_writes(a)) return false;
  std::error_code error;
  if (fs::equivalent(a, b, error)) return true;
  return fs::weakly_canonical(followed(a), error) ==
         fs::weakly_canonical(followed(b), error);
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
      if (!is_same_file(out.file, file)) continue;
      throw UsageError(fmt::format(
          "{} names '{}', which is {} and would be overwritten. Name another "
          "file: {} PATH",
          out.option, printable(out.file.string()), what, out.option));
    }
    kept.push_back({"the file of " + out.option, out.file});
  }
}

}  // namespace tito
