#include "grader/submission.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <stdexcept>
#include <utility>

#include "descriptor.hpp"
#include "digest.hpp"
#include "intake.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSuffixes[] = {".tar.gz", ".tgz", ".tar", ".zip"};

void sort_entry(const fs::directory_entry& item, Entries& entries) {
  const std::string name = item.path().filename();
  std::error_code error;
  const auto status = item.symlink_status(error);
  std::string id = name;
  std::string reason;
  if (error) {
    reason = error.message();
  } else if (fs::is_symlink(status)) {
    reason = "it is a symbolic link";
  } else if (fs::is_regular_file(status)) {
    const std::size_t suffix = archive_suffix(name).size();
    id = name.substr(0, name.size() - suffix);
    if (suffix == 0) {
      reason = "it is neither a folder nor a .zip, .tar, .tar.gz or .tgz file";
    }
  } else if (!fs::is_directory(status)) {
    reason = "it is neither a folder nor a file";
  }
  if (reason.empty() && id == "__MACOSX") {
    reason = "a Mac put it there, and no student";
  }
  if (reason.empty() && !is_valid_id(id)) {
    reason =
        "it is not a student id: letters, digits and . _ @ + -, at most 64, "
        "beginning with a letter, a digit or _";
  }
  if (reason.empty()) {
    entries.accepted.push_back({id, item.path()});
  } else {
    entries.refused.push_back({printable_name(name), reason});
  }
}

bool by_id(const Entry& a, const Entry& b) {
  return a.id != b.id ? a.id < b.id : a.path < b.path;
}

/// Why none of several entries is taken.
std::string claim_of(const std::vector<Entry>& entries) {
  std::string names;
  bool same = true;
  for (const Entry& entry : entries) {
    names += (names.empty() ? "" : " and ") + entry.path.filename().string();
    same = same && entry.id == entries.front().id;
  }
  return fmt::format("{} claim the same id{}; leave one of them", names,
                     same ? "" : ", but for capitals");
}

/// Moves entries that share an id, in capitals or not, to the refused ones.
void refuse_doubles(Entries& entries) {
  std::map<std::string, std::vector<Entry>> claims;
  for (Entry& entry : entries.accepted) {
    claims[lower_case(entry.id)].push_back(std::move(entry));
  }
  entries.accepted.clear();
  for (auto& [id, claimants] : claims) {
    if (claimants.size() == 1) {
      entries.accepted.push_back(std::move(claimants.front()));
    } else {
      std::sort(claimants.begin(), claimants.end(), by_id);
      entries.refused.push_back({claimants.front().id, claim_of(claimants)});
    }
  }
  std::sort(entries.accepted.begin(), entries.accepted.end(), by_id);
}

std::string unreadable(const std::error_code& why) {
  return fmt::format("it cannot be read: {}", why.message());
}

/// Throws for what open() or a later call has left in errno.
[[noreturn]] void fail_to_read() {
  if (errno == ELOOP) throw UnfitFile("it is a symbolic link");
  if (errno == ENXIO) throw UnfitFile("it is not a regular file");
  throw IntakeError(unreadable({errno, std::generic_category()}));
}

void read_item(const fs::directory_entry& item, const fs::path& root,
               Intake& intake) {
  const std::string path = item.path().lexically_relative(root).string();
  std::error_code error;
  const auto status = item.symlink_status(error);
  if (fs::is_directory(status)) return;
  if (!intake.wants(path)) return intake.ignore(path, "");
  if (fs::is_symlink(status)) {
    return intake.ignore(path, "it is a symbolic link");
  }
  try {
    intake.take(path, read_plain_file(item.path(), intake.limits().file_bytes));
  } catch (const UnfitFile& reason) {
    intake.ignore(path, reason.what());
  } catch (const IntakeError& reason) {
    // A stub in its place would be graded as the student's work.
    throw IntakeError(
        fmt::format("{}: {}", printable_name(path), reason.what()));
  }
}

void read_folder(const fs::path& root, Intake& intake) {
  std::vector<fs::directory_entry> items;
  for (const auto& item : fs::recursive_directory_iterator(root)) {
    intake.count_entry();
    items.push_back(item);
  }
  std::sort(items.begin(), items.end());
  for (const auto& item : items) read_item(item, root, intake);
}

}  // namespace

std::string archive_suffix(const std::string& name) {
  for (const std::string suffix : kSuffixes) {
    if (name.size() > suffix.size() && lower_case(name).ends_with(suffix)) {
      return suffix;
    }
  }
  return "";
}

std::string read_plain_file(const fs::path& file, std::uint64_t most) {
  const Descriptor in(
      open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status {};
  if (in.get() < 0 || fstat(in.get(), &status) != 0) {
    fail_to_read();
  }
  if (!S_ISREG(status.st_mode)) throw UnfitFile("it is not a regular file");
  std::string text;
  char buffer[65536];
  for (;;) {
    const ssize_t n = read(in.get(), buffer, sizeof buffer);
    if (n < 0) fail_to_read();
    if (n == 0) return text;
    text.append(buffer, static_cast<std::size_t>(n));
    if (text.size() > most) {
      throw UnfitFile(fmt::format("it is larger than {} bytes", most));
    }
  }
}

bool is_valid_id(const std::string& id) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_';
  };
  return !id.empty() && id.size() <= 64 && letter(id.front()) &&
         std::all_of(id.begin(), id.end(), [&](char c) {
           return letter(c) || std::strchr(".@+-", c) != nullptr;
         });
}

Entries find_entries(const fs::path& directory) {
  Entries entries;
  std::error_code error;
  for (fs::directory_iterator it(directory, error), end; !error && it != end;
       it.increment(error)) {
    sort_entry(*it, entries);
  }
  if (error) {
    throw std::runtime_error(
        fmt::format("cannot read the submissions in {}: {}", directory.string(),
                    error.message()));
  }
  refuse_doubles(entries);
  std::sort(entries.refused.begin(), entries.refused.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return entries;
}

Submission read_submission(const Entry& entry, const Curriculum& curriculum,
                           const IntakeLimits& limits) {
  Submission submission;
  submission.id = entry.id;
  Intake intake(curriculum, limits);
  try {
    if (fs::is_directory(entry.path)) {
      read_folder(entry.path, intake);
    } else {
      read_archive(entry.path, intake);
    }
    intake.finish(submission);
  } catch (const IntakeError& error) {
    submission.error = error.what();
  } catch (const fs::filesystem_error& error) {
    submission.error = unreadable(error.code());
  }
  return submission;
}

std::string content_hash(const Submission& submission) {
  Digest digest;
  for (const auto& [module, files] : submission.files) {
    for (const auto& [name, text] : files) {
      digest.add(module).add(name).add(text);
    }
  }
  return digest.hex();
}

std::map<std::string, std::string> module_hashes(const Submission& submission) {
  std::map<std::string, std::string> hashes;
  for (const auto& [module, files] : submission.files) {
    Digest digest;
    for (const auto& [name, text] : files) digest.add(name).add(text);
    hashes[module] = digest.hex();
  }
  return hashes;
}

}  // namespace grader
