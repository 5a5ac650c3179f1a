#include "grader/gradebook/instant.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <regex>

namespace grader {
namespace {

[[noreturn]] void refuse(std::string_view text) {
  throw InputError(fmt::format(
      "'{}' is not a date with time and offset. Write 2026-03-01T23:59:00Z, or "
      "with your clock's offset from UTC 2026-03-01T23:59:00+01:00",
      text));
}

/// With years of four digits, which to_text() relies on.
constexpr int kFirstYear = 1970, kLastYear = 9999;

/// The digits of a matched group; 0 for a group that is not there.
int number(const std::csub_match& group) {
  return group.matched ? std::stoi(group.str()) : 0;
}

std::chrono::minutes offset_of(const std::cmatch& parts) {
  if (parts[7].str() == "Z") return {};
  const int minutes = 60 * number(parts[9]) + number(parts[10]);
  return std::chrono::minutes(parts[8].str() == "-" ? -minutes : minutes);
}

}  // namespace

Instant parse_instant(std::string_view text) {
  using namespace std::chrono;
  static const std::regex form(
      R"((\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|([+-])(\d\d):?(\d\d)))");
  std::cmatch parts;
  if (!std::regex_match(text.data(), text.data() + text.size(), parts, form)) {
    refuse(text);
  }
  const year_month_day date(year(number(parts[1])),
                            month(static_cast<unsigned>(number(parts[2]))),
                            day(static_cast<unsigned>(number(parts[3]))));
  const int h = number(parts[4]), m = number(parts[5]), s = number(parts[6]);
  const bool time = h < 24 && m < 60 && s < 60;
  if (!date.ok() || !time || number(parts[9]) > 14 || number(parts[10]) > 59) {
    refuse(text);
  }
  const Instant instant =
      sys_days(date) + hours(h) + minutes(m) + seconds(s) - offset_of(parts);
  if (instant < sys_days(year(kFirstYear) / 1 / 1) ||
      instant >= sys_days(year(kLastYear + 1) / 1 / 1)) {
    throw InputError(fmt::format("'{}' is not in the years from {} to {} (UTC)",
                                 text, kFirstYear, kLastYear));
  }
  return instant;
}

std::string to_text(Instant instant) {
  return fmt::format(
      "{:%Y-%m-%dT%H:%M:%SZ}",
      // Not by system_clock, whose nanoseconds end in the year 2262.
      fmt::gmtime(std::time_t{instant.time_since_epoch().count()}));
}

Instant now() {
  return std::chrono::floor<std::chrono::seconds>(
      std::chrono::system_clock::now());
}

}  // namespace grader
