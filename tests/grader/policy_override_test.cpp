// What counts once a person has decided, calculated by hand.
#include "policy_fixture.hpp"

using grader::GradeState;
using grader::Outcome;
using namespace gradebook_test;
using namespace policy_test;

TEST_CASE("policy: an override of a module beats lateness, and says so") {
  Case c;
  c.hand_in("01", 80, 3 * kDay);
  c.decide(Kind::override_, "01", "77.5");
  CHECK(*c.only().points == 77.5);
  CHECK(*c.only().raw == 80);
  CHECK(c.only().overridden);
  CHECK(contains(notes(c.only()), "override: 77.5; lateness does not count"));
  c.decide(Kind::override_, "01", "");
  CHECK(*c.only().points == Approx(56));
}

TEST_CASE("policy: an override of a task corrects, then lateness applies") {
  Case c;
  c.hand_in("01", 60, kDay);
  c.decide(Kind::override_, "01.2", "30");
  CHECK(*c.only().points == Approx(81));
  CHECK(*c.only().raw == 60);
  CHECK(c.only().tasks.at(1).points == 30);
  c.decide(Kind::override_, "01.2", "0");
  CHECK(*c.only().points == Approx(54));
}

TEST_CASE("policy: a module's override decides until it is cleared") {
  Case c;
  c.hand_in("01", 60, seconds(0));
  c.decide(Kind::override_, "01.2", "30");
  c.decide(Kind::override_, "01", "10");
  CHECK(*c.only().points == 10);
  c.decide(Kind::override_, "01.1", "50");
  CHECK(*c.only().points == 10);
  c.decide(Kind::override_, "01", "");
  CHECK(*c.only().points == 80);
}

TEST_CASE("policy: an override gives points for what was not handed in") {
  Case c;
  c.decide(Kind::override_, "01", "42");
  c.decide(Kind::override_, "02.1", "7");
  CHECK(*c.only(0).points == 42);
  CHECK_FALSE(c.only(0).raw.has_value());
  CHECK(*c.only(1).points == 7);
  CHECK(c.only(1).state == GradeState::graded);
}

TEST_CASE("policy: a task's override waits for a module that has no points") {
  const Outcome outcome =
      GENERATE(Outcome::infrastructure_error, Outcome::unreadable);
  Case c;
  c.policy.due.clear();
  c.grades.push_back({1, "s", {}, not_graded("01", outcome)});
  const GradeState before = c.only().state;
  c.decide(Kind::override_, "01.2", "30");
  CHECK(c.only().state == before);
  CHECK_FALSE(c.only().points.has_value());
  CHECK_FALSE(c.only().overridden);
  CHECK(c.only().tasks.empty());
  CHECK(contains(notes(c.only()),
                 "override: 01.2 has 30 once the module is graded"));
  CHECK_FALSE(c.result().total.points.has_value());
  SECTION("graded again") {
    c.grades[0].grade = module_grade("01", 60);
    CHECK(*c.only().points == 90);
    CHECK(contains(notes(c.only()), "override: 01.2 has 30\n"));
  }
  SECTION("the module's override decides all the same") {
    c.decide(Kind::override_, "01", "42");
    CHECK(*c.only().points == 42);
    CHECK(c.only().state == GradeState::graded);
  }
}

TEST_CASE("policy: an override of what was not handed in is never late") {
  Case c;
  c.grades.push_back({1,
                      "s",
                      {"h", c.policy.due.at("01") + 52 * kDay, ""},
                      not_graded("01", Outcome::missing)});
  c.policy.tokens = 3;
  c.decide(Kind::override_, "01.1", "8");
  CHECK(*c.only().points == 8);
  CHECK(c.only().days_late == 0);
  CHECK(c.result().tokens_left == 3);
}

TEST_CASE("policy: points wait openly for what was handed in after them") {
  Case c;
  c.hand_in("01", 60, seconds(0));
  CHECK_FALSE(is_open(c.only()));
  c.grades[0].failed_run = 3;
  CHECK(*c.only().points == 60);
  CHECK(c.only().state == GradeState::graded);
  CHECK(is_open(c.only()));
  CHECK(contains(notes(c.only()), "handed in for run 3 has no grade yet"));
  SECTION("a module's override is the last word") {
    c.decide(Kind::override_, "01", "42");
    CHECK_FALSE(is_open(c.only()));
  }
  SECTION("and so is an excuse") {
    c.decide(Kind::excuse, "01", "yes");
    CHECK_FALSE(is_open(c.only()));
  }
  SECTION("a task's override is not") {
    c.decide(Kind::override_, "01.2", "30");
    CHECK(is_open(c.only()));
  }
}
