#include "grader/gradebook/policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace grader {
namespace {

using Json = nlohmann::ordered_json;

void check_range(const char* what, double value, double least, double most) {
  if (value >= least && value <= most) return;
  throw InputError(fmt::format("the policy's {} cannot be {}: from {} to {}",
                               what, value, least, most));
}

Policy::Late late_from(const std::string& name) {
  if (name == "percent") return Policy::Late::percent;
  if (name == "cutoff") return Policy::Late::cutoff;
  throw InputError(fmt::format(
      "late work is treated by 'percent' or 'cutoff', not by '{}'", name));
}

void check_members(const Json& json, const Json& known) {
  for (const auto& [name, value] : json.items()) {
    if (known.contains(name)) continue;
    throw InputError(fmt::format("a policy has no member '{}'", name));
  }
}

Json to_json(const Policy& policy) {
  Json due = Json::object();
  for (const auto& [module, instant] : policy.due) {
    due[module] = to_text(instant);
  }
  return {{"due", due},
          {"titles", policy.titles},
          {"grace_minutes", policy.grace.count()},
          {"late", policy.late == Policy::Late::cutoff ? "cutoff" : "percent"},
          {"percent_per_day", policy.percent_per_day},
          {"most_percent", policy.most_percent},
          {"tokens", policy.tokens},
          {"drop_lowest", policy.drop_lowest}};
}

Policy from_json(const Json& json) {
  Policy policy;
  check_members(json, to_json(policy));
  for (const auto& [module, instant] : json.at("due").items()) {
    policy.due[module] = parse_instant(instant.get<std::string>());
  }
  json.at("titles").get_to(policy.titles);
  policy.grace = std::chrono::minutes(json.at("grace_minutes").get<int>());
  policy.late = late_from(json.at("late").get<std::string>());
  json.at("percent_per_day").get_to(policy.percent_per_day);
  json.at("most_percent").get_to(policy.most_percent);
  json.at("tokens").get_to(policy.tokens);
  json.at("drop_lowest").get_to(policy.drop_lowest);
  return policy;
}

}  // namespace

std::string to_json_text(const Policy& policy) {
  return to_json(policy).dump();
}

Policy policy_from_json(const std::string& text) {
  try {
    Policy policy = from_json(Json::parse(text));
    check_policy(policy);
    return policy;
  } catch (const Json::exception& error) {
    throw InputError(fmt::format("this is not a policy: {}", error.what()));
  }
}

void check_policy(const Policy& policy) {
  constexpr double kMany = 1'000'000;
  check_range("grace in minutes", static_cast<double>(policy.grace.count()), 0,
              kMany);
  check_range("percentage a day", policy.percent_per_day, 0, 100);
  check_range("largest percentage", policy.most_percent, 0, 100);
  check_range("number of tokens", policy.tokens, 0, kMany);
  check_range("number of dropped modules", policy.drop_lowest, 0, kMany);
}

Policy current_policy(const std::vector<LedgerEntry>& ledger) {
  const auto newest = std::find_if(
      ledger.rbegin(), ledger.rend(),
      [](const LedgerEntry& e) { return e.kind == LedgerEntry::Kind::policy; });
  return newest == ledger.rend() ? Policy() : policy_from_json(newest->value);
}

}  // namespace grader
