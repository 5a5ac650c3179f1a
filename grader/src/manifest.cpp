#include "grader/manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "digest.hpp"

namespace grader {
namespace {

/// Keeps the order in which it is written. It finds a name by looking at all of
/// them, so what a student hands in is never read into one.
using Ordered = nlohmann::ordered_json;
using Json = nlohmann::json;

constexpr int kFormat = 1;

Ordered file_json(const Manifest::File& file) {
  return {{"path", file.path}, {"size", file.size}, {"sha256", file.sha256}};
}

Manifest::File file_from(const Json& json) {
  Manifest::File file;
  json.at("path").get_to(file.path);
  json.at("size").get_to(file.size);
  json.at("sha256").get_to(file.sha256);
  return file;
}

Manifest manifest_from(const Json& root) {
  const int format = root.at("format").get<int>();
  if (format != kFormat) {
    throw ManifestError(
        fmt::format("it has format {}, and {} is known", format, kFormat));
  }
  Manifest manifest;
  root.at("student").get_to(manifest.student);
  root.at("tito").get_to(manifest.tito);
  root.at("course").get_to(manifest.course);
  root.at("created").get_to(manifest.created);
  for (const Json& file : root.at("files")) {
    manifest.files.push_back(file_from(file));
  }
  return manifest;
}

}  // namespace

void Manifest::add(const std::string& path, std::string_view text) {
  files.push_back({path, text.size(), sha256(text)});
}

const Manifest::File* Manifest::find(const std::string& path) const {
  const auto found =
      std::find_if(files.begin(), files.end(),
                   [&](const File& file) { return file.path == path; });
  return found == files.end() ? nullptr : &*found;
}

bool matches(const Manifest::File& file, std::string_view text) {
  return file.size == text.size() && file.sha256 == sha256(text);
}

std::string to_json(const Manifest& manifest) {
  Ordered files = Ordered::array();
  for (const Manifest::File& file : manifest.files) {
    files.push_back(file_json(file));
  }
  const Ordered root = {
      {"format", kFormat},           {"student", manifest.student},
      {"tito", manifest.tito},       {"course", manifest.course},
      {"created", manifest.created}, {"files", files}};
  return root.dump(2) + '\n';
}

Manifest parse_manifest(const std::string& text) {
  try {
    return manifest_from(Json::parse(text));
  } catch (const Json::exception& error) {
    throw ManifestError(error.what());
  }
}

}  // namespace grader
