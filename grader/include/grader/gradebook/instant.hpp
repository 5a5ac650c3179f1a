// Moments in UTC, to the second.
#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

namespace grader {

/// A person's input makes no sense: a date, a roster, a policy. The message
/// names the value and what would be right.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

using Instant = std::chrono::sys_seconds;

/// Reads ISO 8601 with an offset: "2026-03-01T23:59:00+01:00" or
/// "2026-03-01T22:59:00Z"; the seconds may be left out, and a fraction of them
/// does not count. A date without an offset would mean another moment on
/// another machine.
/// @throws InputError  for anything else, impossible dates and years before
/// 1970 or after 9999 included
Instant parse_instant(std::string_view text);

/// "2026-03-01T22:59:00Z"
std::string to_text(Instant instant);

/// The present moment.
Instant now();

}  // namespace grader
