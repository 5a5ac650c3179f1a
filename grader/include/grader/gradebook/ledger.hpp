// The ledger: what people decided about grades, in order, never altered.
#pragma once

#include <cstdint>
#include <string>

#include "grader/gradebook/instant.hpp"

namespace grader {

struct LedgerEntry {
  enum class Kind {
    override_,  ///< value: points; empty: the earlier override no longer holds
    extension,  ///< value: the new deadline, as to_text() writes it; or empty
    tokens,     ///< value: the student's late days instead of the policy's
    excuse,     ///< value: "yes" or empty
    policy,     ///< value: the whole policy as JSON; no student, no item
    regrade,    ///< value: JSON for people; changes nothing by itself
  };
  std::int64_t sequence = 0;  ///< given by the gradebook
  Instant when{};
  std::string who;  ///< never blank, nor is `why`
  Kind kind = Kind::regrade;
  std::string student;
  std::string item;  ///< module "05" or task "05.2"
  std::string value;
  std::string why;

  bool operator==(const LedgerEntry&) const = default;
};

/// "override", "extension", ...
const char* to_string(LedgerEntry::Kind kind);

}  // namespace grader
