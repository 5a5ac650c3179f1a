#include "system/progress.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <nlohmann/json.hpp>

using nlohmann::json;

namespace tito {
namespace {

constexpr unsigned kVersion = 1;

[[noreturn]] void foreign(const std::string& why) {
  throw ProgressFormatError(why, false);
}

void check_version(const json& root) {
  if (!root.is_object()) foreign("it is not a JSON object");
  const auto version = root.find("version");
  if (version == root.end() || !version->is_number_integer()) {
    foreign("it has no version, so tito did not write it");
  }
  // Not *version > kVersion: that would take 2^64 - 1 for -1.
  if (version->is_number_unsigned() &&
      version->get<std::uint64_t>() > kVersion) {
    throw ProgressFormatError(
        fmt::format("it has version {}, and this tito knows version {}",
                    version->dump(), kVersion),
        true);
  }
  if (*version < kVersion) {
    foreign(fmt::format("its version is {}", version->dump()));
  }
}

ModuleProgress parse_module(const json& entry) {
  ModuleProgress out;
  out.started_at = entry.value("started_at", "");
  out.completed_at = entry.value("completed_at", "");
  out.sources = entry.value("sources", "");
  out.points = entry.value("points", 0.0);
  return out;
}

/// The entries below `key`. Without a look at its type, a list would be one
/// with the keys 0, 1, 2, and null an empty one.
const json& object_at(const json& root, const char* key) {
  const json& value = root.at(key);
  if (!value.is_object()) foreign(fmt::format("its {} are no object", key));
  return value;
}

Progress parse_body(const json& root) {
  Progress out;
  for (const auto& [number, entry] : object_at(root, "modules").items()) {
    out.modules[number] = parse_module(entry);
  }
  for (const auto& [key, entry] : object_at(root, "milestones").items()) {
    MilestoneProgress& milestone = out.milestones[key];
    milestone.achieved_at = entry.value("achieved_at", "");
    milestone.metrics = entry.value("metrics", std::map<std::string, double>());
  }
  return out;
}

json module_json(const ModuleProgress& module) {
  json entry = {{"started_at", module.started_at}};
  if (module.complete()) {
    entry["completed_at"] = module.completed_at;
    entry["sources"] = module.sources;
    entry["points"] = module.points;
  }
  return entry;
}

}  // namespace

bool Progress::started(const std::string& number) const {
  return modules.contains(number);
}

bool Progress::complete(const std::string& number) const {
  const auto found = modules.find(number);
  return found != modules.end() && found->second.complete();
}

std::string milestone_key(const grader::Milestone& milestone,
                          std::size_t part) {
  return fmt::format("{}/{}", milestone.folder, part + 1);
}

std::string to_json(const Progress& progress) {
  json modules = json::object(), milestones = json::object();
  for (const auto& [number, module] : progress.modules) {
    modules[number] = module_json(module);
  }
  for (const auto& [key, milestone] : progress.milestones) {
    milestones[key] = {{"achieved_at", milestone.achieved_at},
                       {"metrics", milestone.metrics}};
  }
  const json root = {
      {"version", kVersion}, {"modules", modules}, {"milestones", milestones}};
  return root.dump(2) + '\n';
}

Progress parse_progress(const std::string& text) {
  try {
    const json root = json::parse(text);
    check_version(root);
    return parse_body(root);
  } catch (const json::exception& error) {
    foreign(fmt::format("it is not well formed ({})", error.what()));
  }
}

}  // namespace tito
