#include "grader/download.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <stdexcept>
#include <utility>

#include "intake.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;

/// A number is a person's if that of a file follows. There may be several such
/// places, and only the roster can tell which is the platform's.
std::vector<Claim> read_canvas(const std::string& name) {
  static const std::regex form(R"(_(\d+)_\d+_(.+))");
  static const std::regex again(
      R"(-(\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(\.\w+)$)");
  std::vector<Claim> claims;
  if (name.starts_with("anon_")) return claims;
  for (auto at = name.find('_'); at != std::string::npos;
       at = name.find('_', at + 1)) {
    std::smatch match;
    if (!std::regex_search(name.begin() + static_cast<std::ptrdiff_t>(at),
                           name.end(), match, form,
                           std::regex_constants::match_continuous)) {
      continue;
    }
    claims.push_back(
        {match[1], std::regex_replace(match[2].str(), again, "$3")});
  }
  return claims;
}

/// Moodle turns a name's underscores into blanks.
std::vector<Claim> read_moodle(const std::string& name) {
  static const std::regex form(R"([^_]*_(\d+)_assignsubmission_file_?(.*))");
  std::smatch match;
  if (!std::regex_match(name, match, form)) return {};
  return {{match[1], match[2]}};
}

bool is_code(const CollectedFile& file) {
  return file.to.extension() == ".cpp" || file.to.extension() == ".hpp";
}

bool is_archive(const CollectedFile& file) {
  return !archive_suffix(file.to).empty();
}

/// What a Mac's Finder adds to folders and archives.
bool is_litter(const fs::path& name) {
  return std::any_of(name.begin(), name.end(), [](const fs::path& part) {
    return part == "__MACOSX" || part == ".DS_Store" ||
           part.string().starts_with("._");
  });
}

class Collector {
 public:
  Collector(fs::path download, Platform platform,
            const std::vector<Student>& roster)
      : download_(std::move(download)), platform_(platform), roster_(roster) {
    for (const bool enrolled : {true, false}) {
      std::map<std::string, std::set<std::string>> ids;
      for (const Student& student : roster) {
        const std::string& number = student.*number_field(platform);
        if (student.enrolled == enrolled && !number.empty()) {
          ids[number].insert(student.id);
        }
      }
      ids_.merge(ids);
    }
  }

  void take(const fs::directory_entry& entry) {
    const std::string name = entry.path().filename();
    const auto claims = read_claims(name, platform_);
    std::map<std::string, std::string> owners;  // and what each calls the file
    for (const Claim& claim : claims) {
      const auto known = ids_.find(claim.number);
      if (known == ids_.end()) continue;
      for (const std::string& id : known->second) {
        owners.emplace(id, claim.file);
      }
    }
    if (owners.size() == 1) {
      add(entry, owners.begin()->second, files_[owners.begin()->first]);
    } else {
      leave(entry.path(), why_nobodys(claims, owners));
    }
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

  void leave(const fs::path& from, const std::string& why) {
    collection_.left_out.push_back({from.lexically_relative(download_), why});
  }

  std::string why_nobodys(
      const std::vector<Claim>& claims,
      const std::map<std::string, std::string>& owners) const {
    if (claims.empty()) {
      return fmt::format("{} does not name a file that was handed in like that",
                         to_string(platform_));
    }
    std::vector<std::string> names;
    if (owners.empty()) {
      for (const Claim& claim : claims) names.push_back(claim.number);
      return fmt::format("the roster has no {} {}", number_column(platform_),
                         fmt::join(names, " or "));
    }
    for (const auto& [id, file] : owners) names.push_back(id);
    return fmt::format("it may belong to {}", fmt::join(names, " or to "));
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
    if (is_litter(name)) return;
    if (!fs::is_regular_file(entry.symlink_status())) {
      leave(entry.path(), "it is not a regular file");
    } else if (name.empty() || name == "." || name == "..") {
      leave(entry.path(), "its owner gave it no name");
    } else {
      files.push_back({entry.path(), name});
    }
  }

  void settle(const std::string& id, const Files& files) {
    const auto archives = std::count_if(files.begin(), files.end(), is_archive);
    const auto twice = std::adjacent_find(
        files.begin(), files.end(),
        [](const auto& a, const auto& b) { return a.to == b.to; });
    if (archives > 1) {
      leave_all(id, files, "there are several archives");
    } else if (archives == 1 &&
               std::any_of(files.begin(), files.end(), is_code)) {
      leave_all(id, files, "there is code beside an archive");
    } else if (archives == 1) {
      take_archive(id, files);
    } else if (twice != files.end()) {
      leave_all(id, files, twice->to.string() + " is there twice");
    } else if (!files.empty()) {
      collection_.submissions.push_back({id, false, files});
    }
  }

  void take_archive(const std::string& id, const Files& files) {
    for (const CollectedFile& file : files) {
      if (is_archive(file)) {
        collection_.submissions.push_back(
            {id, true, {{file.from, archive_suffix(file.to)}}});
      } else {
        leave(file.from, fmt::format("{}'s archive counts", id));
      }
    }
  }

  void leave_all(const std::string& id, const Files& files,
                 const std::string& why) {
    for (const CollectedFile& file : files) {
      leave(file.from, fmt::format("of {} {}: choose by hand", id, why));
    }
  }

  fs::path download_;
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

const char* number_column(Platform platform) {
  return platform == Platform::canvas ? "canvas_id" : "moodle_id";
}

std::string Student::*number_field(Platform platform) {
  return platform == Platform::canvas ? &Student::canvas_id
                                      : &Student::moodle_id;
}

std::vector<Claim> read_claims(const std::string& name, Platform platform) {
  return platform == Platform::canvas ? read_canvas(name) : read_moodle(name);
}

Collection collect(const fs::path& download, Platform platform,
                   const std::vector<Student>& roster) {
  Collector collector(download, platform, roster);
  try {
    std::set<fs::directory_entry> entries;
    for (const auto& entry : fs::directory_iterator(download)) {
      entries.insert(entry);
    }
    for (const auto& entry : entries) collector.take(entry);
  } catch (const fs::filesystem_error& error) {
    throw std::runtime_error(fmt::format("cannot read the download: {}: {}",
                                         error.path1().string(),
                                         error.code().message()));
  }
  return collector.finish();
}

}  // namespace grader
