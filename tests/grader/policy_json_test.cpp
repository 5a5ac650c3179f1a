// How a policy and its dates are written down.
#include "grader/gradebook/ledger.hpp"
#include "grader/gradebook/policy.hpp"
#include "support/catch.hpp"

using grader::LedgerEntry;
using grader::parse_instant;
using grader::Policy;
using grader::to_text;

TEST_CASE("policy: dates name their offset, or are refused") {
  CHECK(to_text(parse_instant("2026-03-01T23:59:30+01:00")) ==
        "2026-03-01T22:59:30Z");
  CHECK(parse_instant("2026-03-01T22:59Z") ==
        parse_instant("2026-03-01T17:29:00-05:30"));
  CHECK(to_text(parse_instant("2024-02-29T00:30:00+02:00")) ==
        "2024-02-28T22:30:00Z");
  CHECK(to_text(parse_instant("2026-03-01T22:59:59.999999Z")) ==
        "2026-03-01T22:59:59Z");
  CHECK(to_text(parse_instant("9999-12-31T23:59:59Z")) ==
        "9999-12-31T23:59:59Z");
  CHECK(to_text(parse_instant("1970-01-01T00:00:00Z")) ==
        "1970-01-01T00:00:00Z");
  for (const char* text :
       {"", "2026-03-01", "2026-03-01T23:59:00", "2026-02-29T00:00:00Z",
        "2026-03-01 23:59:00Z", "2026-13-01T00:00:00Z", "2026-03-01T24:00:00Z",
        "2026-03-01T00:60:00Z", "tomorrow", "2026-03-01T23:59:00z",
        "2026-03-01T23:59:00+25:00", "2026-03-01T23:59:00Z ",
        "2026-03-01T23:59:00.Z", "2026-03-01T23:59.5Z",
        // Years that no text could name, once they are UTC.
        "9999-12-31T23:59:00-05:00", "1970-01-01T00:00:00+14:00",
        "0000-01-01T00:00:00Z"}) {
    INFO(text);
    CHECK_THROWS_AS(parse_instant(text), grader::InputError);
  }
}

TEST_CASE("policy: it survives the ledger, and nonsense is refused") {
  Policy policy;
  policy.due = {{"01", parse_instant("2026-03-01T12:00:00Z")}};
  policy.titles = {{"01", "Tensors (77)"}};
  policy.grace = std::chrono::minutes(15);
  policy.late = Policy::Late::cutoff;
  policy.percent_per_day = 12.5;
  policy.most_percent = 50;
  policy.tokens = 4;
  policy.drop_lowest = 1;
  CHECK(grader::policy_from_json(to_json_text(policy)) == policy);
  LedgerEntry entry;
  entry.kind = LedgerEntry::Kind::policy;
  entry.value = to_json_text(policy);
  CHECK(grader::current_policy({entry, LedgerEntry()}) == policy);
  CHECK(grader::current_policy({}) == Policy());
  CHECK_THROWS_AS(grader::policy_from_json("{}"), grader::InputError);
  CHECK_THROWS_AS(grader::policy_from_json("x"), grader::InputError);
  policy.percent_per_day = 101;
  CHECK_THROWS_AS(check_policy(policy), grader::InputError);
  policy.percent_per_day = -1;
  CHECK_THROWS_AS(grader::policy_from_json(to_json_text(policy)),
                  grader::InputError);
}
