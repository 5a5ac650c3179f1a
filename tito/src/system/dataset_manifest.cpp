// Reading datasets/manifest.json.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "system/checksum.hpp"
#include "system/dataset.hpp"
#include "system/error.hpp"
#include "system/files.hpp"

namespace fs = std::filesystem;
using nlohmann::json;

namespace tito {
namespace {

/// What a manifest says makes no sense. load_datasets() names the file.
[[noreturn]] void reject(const std::string& why) {
  throw std::invalid_argument(why);
}

/// A file's name, never a path: what is fetched stays in its folder.
std::string checked_name(const std::string& name) {
  const bool plain = !name.empty() && name.front() != '.' &&
                     name.find('/') == std::string::npos;
  if (!plain) reject(fmt::format("'{}' is not the name of a file", name));
  return name;
}

std::string checked_url(const std::string& url) {
  if (!url.starts_with("https://") && !url.starts_with("http://")) {
    reject(fmt::format("'{}' is not an http or https URL", url));
  }
  return url;
}

DataFile to_file(const json& entry, const std::string& name) {
  DataFile file;
  file.name = checked_name(name);
  file.size = entry.at("size");
  file.checksum = entry.at("checksum");
  if (!is_checksum(file.checksum)) {
    reject(
        fmt::format("the checksum of '{}' is neither sha256:<64 digits> "
                    "nor md5:<32 digits>",
                    name));
  }
  return file;
}

DataFile to_member(const json& entry) {
  const std::string path = entry.at("path");
  DataFile member = to_file(entry, fs::path(path).filename());
  member.path = path;
  return member;
}

Download to_download(const json& entry) {
  Download download;
  download.file = to_file(entry, entry.at("name"));
  for (const json& url : entry.at("urls")) {
    download.urls.push_back(checked_url(url));
  }
  if (download.urls.empty()) {
    reject(fmt::format("'{}' has no URL", download.file.name));
  }
  for (const json& member : entry.value("members", json::array())) {
    download.members.push_back(to_member(member));
  }
  return download;
}

Dataset to_dataset(const json& entry, const fs::path& place) {
  Dataset dataset;
  dataset.name = checked_name(entry.at("name"));
  dataset.title = entry.at("title");
  dataset.page = entry.value("page", "");
  dataset.licence = entry.at("licence");
  dataset.milestones = entry.value("milestones", std::vector<std::string>());
  dataset.shipped = entry.value("shipped", false);
  dataset.folder = place / dataset.name;
  if (dataset.shipped) return dataset;
  for (const json& file : entry.at("files")) {
    dataset.downloads.push_back(to_download(file));
  }
  return dataset;
}

[[noreturn]] void fail(const fs::path& manifest, const std::string& why) {
  throw EnvironmentError(
      fmt::format("'{}' is damaged: {}. Restore it: git -C '{}' checkout -- {}",
                  manifest.string(), why, manifest.parent_path().string(),
                  manifest.filename().string()));
}

}  // namespace

std::vector<Dataset> load_datasets(const fs::path& manifest) {
  const std::string text = read_text(manifest);
  const fs::path shipped = manifest.parent_path(), cache = data_cache();
  try {
    std::vector<Dataset> datasets;
    const json document = json::parse(text);
    for (const json& entry : document.at("datasets")) {
      const bool is_shipped = entry.value("shipped", false);
      datasets.push_back(to_dataset(entry, is_shipped ? shipped : cache));
    }
    return datasets;
  } catch (const std::invalid_argument& error) {
    fail(manifest, error.what());
  } catch (const json::exception& error) {
    fail(manifest, error.what());
  }
}

}  // namespace tito
