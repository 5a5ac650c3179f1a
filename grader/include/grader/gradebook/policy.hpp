// What a course does about late work.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "grader/curriculum.hpp"
#include "grader/gradebook/instant.hpp"
#include "grader/gradebook/ledger.hpp"

namespace grader {

/// Applied when grades are shown or exported, never when they are recorded: a
/// change changes the exports and needs no regrade.
struct Policy {
  enum class Late {
    percent,  ///< each day begun takes a percentage of the earned points
    cutoff    ///< late work earns nothing
  };
  /// Deadlines by module number. Without one a module is never late.
  std::map<std::string, Instant> due;
  /// What a module is called in a learning platform, by number, if not
  /// "05 Autograd". Canvas wants "Autograd (1234)" to meet assignment 1234.
  std::map<std::string, std::string> titles;
  std::chrono::minutes grace{0};  ///< moves every deadline, without a word
  Late late = Late::percent;
  double percent_per_day = 0;
  double most_percent = 100;  ///< more than that is never taken
  int tokens = 0;             ///< late days that each student may spend
  int drop_lowest = 0;        ///< modules that do not count in the total

  bool operator==(const Policy&) const = default;
};

std::string to_json_text(const Policy& policy);

/// @throws InputError  for unknown members and values out of range
Policy policy_from_json(const std::string& text);

/// @throws InputError  for values out of range: percentages beyond 0 to 100,
/// negative minutes, tokens or modules
void check_policy(const Policy& policy);

/// The newest one in the ledger.
Policy current_policy(const std::vector<LedgerEntry>& ledger);

}  // namespace grader
