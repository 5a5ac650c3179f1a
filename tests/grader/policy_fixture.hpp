// Grades of one student in five modules of 100 points, due at noon on the first
// to the fifth of March, 10 % a day unless a test says otherwise.
#pragma once

#include <nlohmann/json.hpp>

#include "gradebook_fixture.hpp"
#include "grader/gradebook/effective.hpp"

namespace policy_test {

using gradebook_test::module_grade;
using grader::LedgerEntry;
using grader::Policy;
using grader::RecordedGrade;
using Kind = LedgerEntry::Kind;

inline grader::Curriculum curriculum() {
  using nlohmann::json;
  json modules = json::array();
  for (int i = 1; i <= 5; ++i) {
    const std::string number = "0" + std::to_string(i);
    const auto task = [&](const char* last, int points) {
      return json{{"id", number + last},
                  {"title", "Task"},
                  {"file", "a.cpp"},
                  {"points", points},
                  {"builds_on", json::array()}};
    };
    modules.push_back({{"number", number},
                       {"name", "m" + number},
                       {"title", "M" + number},
                       {"tier", "foundation"},
                       {"summary", "x"},
                       {"requires", json::array()},
                       {"headers", json::array()},
                       {"sources", {"a.cpp"}},
                       {"tasks", {task(".1", 60), task(".2", 40)}}});
  }
  const test::TemporaryFolder folder;
  test::spit(
      folder / "c.json",
      json{{"version", 1}, {"modules", modules}, {"milestones", json::array()}}
          .dump());
  return grader::Curriculum::load(folder / "c.json");
}

/// One student's gradebook in memory.
struct Case {
  Policy policy;
  std::vector<LedgerEntry> ledger;
  std::vector<RecordedGrade> grades;

  Case() {
    for (int i = 1; i <= 5; ++i) {
      const std::string number = "0" + std::to_string(i);
      policy.due[number] =
          grader::parse_instant("2026-03-" + number + "T12:00:00Z");
    }
    policy.percent_per_day = 10;
  }
  void hand_in(const std::string& number, double points,
               std::chrono::seconds late) {
    grades.push_back({1,
                      "s",
                      {"h", policy.due.at(number) + late, ""},
                      module_grade(number, points)});
  }
  void decide(Kind kind, const std::string& item, const std::string& value) {
    LedgerEntry entry;
    entry.kind = kind;
    entry.student = "s";
    entry.item = item;
    entry.value = value;
    ledger.push_back(entry);
  }
  grader::StudentGrades result() const {
    std::vector<const RecordedGrade*> all;
    for (const RecordedGrade& grade : grades) all.push_back(&grade);
    return effective_grades(all, curriculum(), policy,
                            grader::decisions(ledger)["s"]);
  }
  grader::EffectiveGrade only(std::size_t i = 0) const {
    return result().modules.at(i);
  }
};

using std::chrono::minutes;
using std::chrono::seconds;
constexpr auto kDay = std::chrono::hours(24);

inline std::string notes(const grader::EffectiveGrade& grade) {
  std::string text;
  for (const std::string& note : grade.notes) text += note + "\n";
  return text;
}

}  // namespace policy_test
