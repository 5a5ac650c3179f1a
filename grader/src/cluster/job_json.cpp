#include "grader/cluster/job_json.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace grader {
namespace {

using Json = nlohmann::ordered_json;

// The bindings name every member: a new one must reach the nodes, too.

Json limits_json(const Limits& limits) {
  const auto& [wall, cpu, memory, output, file, processes, confined] = limits;
  return {{"wall_ms", wall.count()}, {"cpu_seconds", cpu.count()},
          {"memory_bytes", memory},  {"output_bytes", output},
          {"file_bytes", file},      {"processes", processes},
          {"confined", confined}};
}

Limits limits_from(const Json& json) {
  return {std::chrono::milliseconds(json.at("wall_ms").get<std::int64_t>()),
          std::chrono::seconds(json.at("cpu_seconds").get<std::int64_t>()),
          json.at("memory_bytes").get<std::uint64_t>(),
          json.at("output_bytes").get<std::uint64_t>(),
          json.at("file_bytes").get<std::uint64_t>(),
          json.at("processes").get<unsigned>(),
          json.at("confined").get<bool>()};
}

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
          bytes_from(json.at("key"))};
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
  const auto& [prerequisites, modules, test_limits, build_limits, sandboxed,
               key] = job.options;
  const Json json = {{"release", job.release},
                     {"own_prerequisites", prerequisites == Prerequisites::own},
                     {"modules", modules},
                     {"test_limits", limits_json(test_limits)},
                     {"build_limits", limits_json(build_limits)},
                     {"sandboxed", sandboxed},
                     {"key", bytes_json(key)}};
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
