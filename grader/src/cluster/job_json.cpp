#include "grader/cluster/job_json.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "frames.hpp"

namespace grader {
namespace {

using Json = nlohmann::json;

/// The course's key is any bytes.
Json bytes_json(const std::string& text) {
  return std::vector<unsigned char>(text.begin(), text.end());
}

std::string bytes_from(const Json& json) {
  const auto bytes = json.get<std::vector<unsigned char>>();
  return {bytes.begin(), bytes.end()};
}

GradeOptions options_from(const Json& json) {
  const bool own = json.at("own_prerequisites").get<bool>();
  return {own ? Prerequisites::own : Prerequisites::reference,
          json.at("modules").get<std::vector<std::string>>(),
          limits_from(json.at("test_limits")),
          limits_from(json.at("build_limits")),
          json.at("sandboxed").get<bool>(),
          json.at("own_code").get<bool>(),
          bytes_from(json.at("key")),
          json.at("stubs").get<std::map<std::string, std::string>>()};
}

template <class Read>
auto parse(const std::string& text, const Read& read) {
  try {
    return read(Json::parse(text));
  } catch (const Json::exception& error) {
    throw ClusterError(
        fmt::format("a file of the job is damaged: {}", error.what()));
  }
}

}  // namespace

std::string to_json_text(const ClusterJob& job) {
  // Names every member: a new one must reach the nodes, too.
  const auto& [prerequisites, modules, test_limits, build_limits, sandboxed,
               own_code, key, stubs] = job.options;
  const Json json = {{"release", job.release},
                     {"own_prerequisites", prerequisites == Prerequisites::own},
                     {"modules", modules},
                     {"test_limits", to_json(test_limits)},
                     {"build_limits", to_json(build_limits)},
                     {"sandboxed", sandboxed},
                     {"own_code", own_code},
                     {"key", bytes_json(key)},
                     {"stubs", stubs}};
  return json.dump(2);
}

std::string to_json_text(const Shard& shard) {
  Json entries = Json::array();
  for (const Entry& entry : shard.entries) {
    entries.push_back({{"id", entry.id}, {"path", entry.path.string()}});
  }
  return Json({{"entries", entries}, {"keys", shard.keys}}).dump(2);
}

ClusterJob cluster_job_from_json(const std::string& text) {
  return parse(text, [](const Json& json) {
    return ClusterJob{options_from(json),
                      json.at("release").get<std::string>()};
  });
}

Shard shard_from_json(const std::string& text) {
  return parse(text, [](const Json& json) {
    Shard shard;
    for (const Json& entry : json.at("entries")) {
      shard.entries.push_back({entry.at("id").get<std::string>(),
                               entry.at("path").get<std::string>()});
    }
    shard.keys = json.at("keys").get<std::set<std::string>>();
    return shard;
  });
}

}  // namespace grader
