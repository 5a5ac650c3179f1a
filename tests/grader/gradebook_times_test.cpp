// When a module was handed in, as the runs were told it or not.
#include "gradebook_fixture.hpp"

using grader::Gradebook;
using grader::Instant;
using grader::parse_instant;
using namespace gradebook_test;

namespace {

/// One student's runs. A run ends long after all times, unless a test says
/// when.
class Weeks {
 public:
  using Modules = std::map<std::string, std::string>;

  void record(const std::string& hash, const char* time, const Modules& modules,
              Instant finished = grader::now()) {
    grader::Handed handed{hash, {}, "s", modules};
    if (*time != '\0') handed.submitted_at = parse_instant(time);
    std::vector<grader::ModuleGrade> grades;
    for (const auto& [number, content] : modules) {
      grades.push_back(module_grade(number, 60));
    }
    const auto run = book_.begin_run({});
    book_.record(run, submission("s", grades), handed);
    book_.finish_run(run, finished);
  }

  /// The day of the month for each module.
  std::string times() const {
    std::string text;
    for (const auto& grade : book_.latest_grades()) {
      const auto& at = grade.handed.submitted_at;
      text += (at ? grader::to_text(*at).substr(8, 2) : "none") + " ";
    }
    return text;
  }

 private:
  test::TemporaryFolder folder_;
  Gradebook book_{folder_ / "g.db"};
};

}  // namespace

TEST_CASE("gradebook: a module has the time of when its content came first") {
  Weeks weeks;
  weeks.record("week 1", "2026-03-01T00:00:00Z", {{"01", "a"}});
  weeks.record("week 2", "2026-03-08T00:00:00Z", {{"01", "a"}, {"02", "b"}});
  CHECK(weeks.times() == "01 08 ");
  // Nobody told a time: what is known stays known, what is new has none.
  weeks.record("week 3", "", {{"01", "a"}, {"02", "b"}, {"03", "c"}});
  CHECK(weeks.times() == "01 08 none ");
  // A change is new work, and going back to the old is not.
  weeks.record("week 4", "2026-03-22T00:00:00Z", {{"01", "A"}, {"02", "b"}});
  CHECK(weeks.times() == "22 08 none ");
  weeks.record("week 5", "2026-03-29T00:00:00Z", {{"01", "a"}});
  CHECK(weeks.times() == "01 08 none ");
  // A time that was told wrongly is corrected by the next run.
  weeks.record("week 1", "2026-03-02T00:00:00Z", {{"01", "a"}});
  CHECK(weeks.times() == "02 08 none ");
}

TEST_CASE("gradebook: a time that was set right stays in runs without times") {
  Weeks weeks;
  weeks.record("h", "2026-03-01T00:00:00Z", {{"01", "a"}});
  weeks.record("h", "2026-03-04T00:00:00Z", {{"01", "a"}});
  CHECK(weeks.times() == "04 ");
  weeks.record("h", "2026-03-01T00:00:00Z", {{"01", "a"}});
  CHECK(weeks.times() == "01 ");
  weeks.record("h", "", {{"01", "a"}});
  CHECK(weeks.times() == "01 ");
}

TEST_CASE("gradebook: what a run had graded cannot have come in later") {
  Weeks weeks;
  weeks.record("week 1", "", {{"01", "a"}},
               parse_instant("2026-02-27T00:00:00Z"));
  CHECK(weeks.times() == "none ");
  weeks.record("week 2", "2026-03-10T00:00:00Z", {{"01", "a"}, {"02", "b"}});
  CHECK(weeks.times() == "27 10 ");
  weeks.record("week 3", "2026-03-12T00:00:00Z", {{"01", "A"}});
  CHECK(weeks.times() == "12 10 ");
}
