#include "grader/download.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <stdexcept>

#include "intake.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;

std::string Student::*number_in(Platform platform) {
  return platform == Platform::canvas ? &Student::canvas_id
                                      : &Student::moodle_id;
}

const char* column_of(Platform platform) {
  return platform == Platform::canvas ? "canvas_id" : "moodle_id";
}

/// A person's name may end in numbers and a file's begin with some. The last
/// one of a row of them is that of a file at best.
std::optional<Claim> read_canvas(const std::string& name) {
  static const std::regex form(R"(_((?:\d+_)+\d+)_)");
  static const std::regex again(R"(-\d+(\.\w+)$)");
  std::smatch match;
  if (!std::regex_search(name, match, form)) return std::nullopt;
  Claim claim;
  std::string row = match[1];
  for (auto end = row.find('_'); end != std::string::npos;
       end = row.find('_')) {
    claim.numbers.push_back(row.substr(0, end));
    row.erase(0, end + 1);
  }
  claim.file = std::regex_replace(match.suffix().str(), again, "$1");
  return claim;
}

/// Moodle turns a name's underscores into blanks.
std::optional<Claim> read_moodle(const std::string& name) {
  static const std::regex form(R"([^_]*_(\d+)_assignsubmission_file_?(.*))");
  std::smatch match;
  if (!std::regex_match(name, match, form)) return std::nullopt;
  return Claim{{match[1]}, match[2]};
}

class Collector {
 public:
  Collector(Platform platform, const std::vector<Student>& roster)
      : platform_(platform), roster_(roster) {
    for (const Student& student : roster) {
      const std::string& number = student.*number_in(platform);
      if (!number.empty()) ids_[number].insert(student.id);
    }
  }

  void take(const fs::directory_entry& entry) {
    const std::string name = entry.path().filename();
    const auto claim = read_claim(name, platform_);
    if (!claim) {
      return leave(name, fmt::format("{} gives no submission such a name",
                                     to_string(platform_)));
    }
    const std::set<std::string> owners = owners_of(*claim);
    if (owners.empty()) {
      return leave(name,
                   fmt::format("the roster has no {} {}", column_of(platform_),
                               fmt::join(claim->numbers, " or ")));
    }
    if (owners.size() > 1) {
      return leave(name, fmt::format("it may belong to {}",
                                     fmt::join(owners, " or to ")));
    }
    add(entry, claim->file, files_[*owners.begin()]);
  }

  Collection finish() {
    for (auto& [id, files] : files_) {
      std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) {
        return std::pair(a.to, a.from) < std::pair(b.to, b.from);
      });
      settle(id, files);
    }
    for (const Student& student : roster_) {
      if (student.enrolled && files_[student.id].empty()) {
        collection_.missing.push_back(student.id);
      }
    }
    return std::move(collection_);
  }

 private:
  using Files = std::vector<CollectedFile>;

  void leave(const std::string& name, const std::string& why) {
    collection_.left_out.push_back({printable_name(name), why});
  }

  std::set<std::string> owners_of(const Claim& claim) const {
    std::set<std::string> owners;
    for (const std::string& number : claim.numbers) {
      const auto known = ids_.find(number);
      if (known != ids_.end()) owners.merge(std::set(known->second));
    }
    return owners;
  }

  void add(const fs::directory_entry& entry, const fs::path& name,
           Files& files) {
    if (!fs::is_directory(entry.symlink_status())) {
      return add_file(entry, name, files);
    }
    for (const auto& inner : fs::recursive_directory_iterator(entry.path())) {
      if (fs::is_directory(inner.symlink_status())) continue;
      add_file(inner, inner.path().lexically_relative(entry.path()), files);
    }
  }

  void add_file(const fs::directory_entry& entry, const fs::path& name,
                Files& files) {
    const std::string from = entry.path().filename();
    if (!fs::is_regular_file(entry.symlink_status())) {
      leave(from, "it is not a regular file");
    } else if (name.empty() || name == "." || name == "..") {
      leave(from, "its owner gave it no name");
    } else {
      files.push_back({entry.path(), name});
    }
  }

  void settle(const std::string& id, const Files& files) {
    Files archives;
    std::copy_if(
        files.begin(), files.end(), std::back_inserter(archives),
        [](const auto& file) { return !archive_suffix(file.to).empty(); });
    const auto twice = std::adjacent_find(
        files.begin(), files.end(),
        [](const auto& a, const auto& b) { return a.to == b.to; });
    if (archives.size() > 1) {
      leave_all(id, files, "there are several archives");
    } else if (archives.size() == 1) {
      take_archive(id, archives.front(), files);
    } else if (twice != files.end()) {
      leave_all(id, files, twice->to.string() + " is there twice");
    } else if (!files.empty()) {
      collection_.submissions.push_back({id, false, files});
    }
  }

  void take_archive(const std::string& id, const CollectedFile& archive,
                    const Files& files) {
    collection_.submissions.push_back(
        {id, true, {{archive.from, archive_suffix(archive.to)}}});
    for (const CollectedFile& file : files) {
      if (file.from == archive.from) continue;
      leave(file.from.filename(), fmt::format("{}'s archive counts", id));
    }
  }

  void leave_all(const std::string& id, const Files& files,
                 const std::string& why) {
    for (const CollectedFile& file : files) {
      leave(file.from.filename(),
            fmt::format("of {} {}: choose by hand", id, why));
    }
  }

  Platform platform_;
  const std::vector<Student>& roster_;
  std::map<std::string, std::set<std::string>> ids_;  // by number
  std::map<std::string, Files> files_;                // by id
  Collection collection_;
};

}  // namespace

const char* to_string(Platform platform) {
  return platform == Platform::canvas ? "Canvas" : "Moodle";
}

std::optional<Claim> read_claim(const std::string& name, Platform platform) {
  return platform == Platform::canvas ? read_canvas(name) : read_moodle(name);
}

Collection collect(const fs::path& download, Platform platform,
                   const std::vector<Student>& roster) {
  Collector collector(platform, roster);
  try {
    std::set<fs::directory_entry> entries;
    for (const auto& entry : fs::directory_iterator(download)) {
      entries.insert(entry);
    }
    for (const auto& entry : entries) collector.take(entry);
  } catch (const fs::filesystem_error& error) {
    throw std::runtime_error(fmt::format("cannot read the download {}: {}",
                                         download.string(),
                                         error.code().message()));
  }
  return collector.finish();
}

}  // namespace grader
