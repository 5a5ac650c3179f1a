// When submissions came, as a file tells.
#include "grader/gradebook/times.hpp"

#include "support/catch.hpp"

using grader::InputError;
using grader::parse_instant;
using grader::read_times;

namespace {

std::string refusal(const std::string& text) {
  try {
    read_times(text, "times.csv");
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("times: columns in any order, others left alone") {
  const auto times = read_times(
      "submitted_at,note,student\r\n2026-03-01T23:59:00+01:00,\"a,b\",ada\r\n"
      "2026-03-02T00:00:01.25Z,,bob\r\n,handed in nothing,cy\r\n",
      "times.csv");
  REQUIRE(times.size() == 2);
  CHECK(times.at("ada") == parse_instant("2026-03-01T22:59:00Z"));
  CHECK(times.at("bob") == parse_instant("2026-03-02T00:00:01Z"));
}

TEST_CASE("times: what is wrong is said with its line") {
  CHECK(refusal("").find("student,submitted_at") != std::string::npos);
  CHECK(refusal("student,at\nada,x\n").find("'submitted_at'") !=
        std::string::npos);
  CHECK(refusal("student,submitted_at\nada,2026-03-01T23:59:00\n")
            .find("times.csv: line 2: ") == 0);
  const std::string twice = refusal(
      "student,submitted_at\nada,2026-03-01T23:59Z\n"
      "ada,2026-03-02T23:59Z\n");
  CHECK(twice.find("line 3: 'ada'") != std::string::npos);
}
