// What counts, calculated by hand: lateness, tokens, excuses and drops.
#include "policy_fixture.hpp"

using grader::GradeState;
using grader::Outcome;
using grader::StudentGrades;
using namespace gradebook_test;
using namespace policy_test;

TEST_CASE("policy: the deadline itself is in time, the second after is not") {
  const auto points = [](seconds late) {
    Case c;
    c.hand_in("01", 80, late);
    return *c.only().points;
  };
  CHECK(points(-kDay) == 80);
  CHECK(points(seconds(0)) == 80);
  CHECK(points(seconds(1)) == Approx(72));
  CHECK(points(kDay) == Approx(72));
  CHECK(points(kDay + seconds(1)) == Approx(64));
  CHECK(points(3 * kDay) == Approx(56));
}

TEST_CASE("policy: grace moves every deadline") {
  const auto days = [](seconds late) {
    Case c;
    c.policy.grace = minutes(15);
    c.hand_in("01", 80, late);
    return c.only().days_late;
  };
  CHECK(days(minutes(15)) == 0);
  CHECK(days(minutes(15) + seconds(1)) == 1);
  CHECK(days(kDay + minutes(15)) == 1);
  CHECK(days(kDay + minutes(15) + seconds(1)) == 2);
}

TEST_CASE("policy: the penalty has a cap, and a cutoff none") {
  Case c;
  c.policy.most_percent = 30;
  c.hand_in("01", 80, 9 * kDay);
  CHECK(*c.only().points == Approx(56));
  c.policy.late = Policy::Late::cutoff;
  CHECK(*c.only().points == 0);
  CHECK(c.only().state == GradeState::graded);
  c.grades[0].handed.submitted_at = c.policy.due["01"];
  CHECK(*c.only().points == 80);
}

TEST_CASE("policy: what counts has two decimals, and half of one goes up") {
  Case c;
  c.policy.percent_per_day = 70;
  c.hand_in("01", 90, kDay);
  CHECK(*c.only().points == 27);  // 90 * (1 - 0.7) is 27.000000000000004
  Case half;
  half.hand_in("01", 14.625, seconds(0));
  half.hand_in("02", 1.005, seconds(0));  // in binary a little less
  half.hand_in("03", 0.1, seconds(0));
  half.hand_in("04", 0.2, seconds(0));
  const StudentGrades result = half.result();
  CHECK(*result.modules[0].points == 14.63);
  CHECK(*result.modules[0].raw == 14.625);
  CHECK(*result.modules[1].points == 1.01);
  CHECK(*result.total.points == 15.94);
}

TEST_CASE("policy: no deadline and no time of submission are never late") {
  Case c;
  c.hand_in("01", 80, 9 * kDay);
  c.grades[0].handed.submitted_at.reset();
  CHECK(*c.only().points == 80);
  Case d;
  d.hand_in("01", 80, 9 * kDay);
  d.policy.due.clear();
  CHECK(*d.only().points == 80);
}

TEST_CASE("policy: an extension moves the deadline, and never back") {
  Case c;
  c.hand_in("01", 80, 2 * kDay + seconds(1));
  c.decide(Kind::extension, "01", "2026-03-03T12:00:00Z");
  CHECK(c.only().days_late == 1);
  CHECK(*c.only().points == Approx(72));
  CHECK(contains(notes(c.only()), "extension until 2026-03-03T12:00:00Z"));
  c.decide(Kind::extension, "01", "2026-03-04T12:00:00Z");
  CHECK(*c.only().points == 80);
  c.decide(Kind::extension, "01", "");
  CHECK(c.only().days_late == 3);
  for (const char* no_later :
       {"2026-01-01T00:00:00Z", "2026-03-01T12:00:00Z"}) {
    c.decide(Kind::extension, "01", no_later);
    CHECK(c.only().days_late == 3);
    CHECK_FALSE(contains(notes(c.only()), "extension"));
  }
  c.decide(Kind::extension, "02", "2026-04-01T00:00:00Z");
  CHECK(c.only().days_late == 3);
}

TEST_CASE("policy: tokens are spent in the order of the modules") {
  Case c;
  c.policy.tokens = 3;
  c.hand_in("03", 100, kDay);
  c.hand_in("01", 100, 2 * kDay);
  c.hand_in("02", 100, 2 * kDay);
  const StudentGrades r = c.result();
  CHECK(r.modules[0].tokens == 2);
  CHECK(*r.modules[0].points == 100);
  CHECK(r.modules[1].tokens == 1);
  CHECK(*r.modules[1].points == Approx(90));
  CHECK(r.modules[2].tokens == 0);
  CHECK(*r.modules[2].points == Approx(90));
  CHECK(r.tokens_left == 0);
  c.decide(Kind::tokens, "", "5");
  CHECK(*c.result().total.points == 300);
}

TEST_CASE("policy: no token is spent where it brings nothing") {
  Case c;
  c.policy.tokens = 2;
  SECTION("zero points stay zero") { c.hand_in("01", 0, kDay); }
  SECTION("beyond the cap") {
    c.policy.most_percent = 20;
    c.hand_in("01", 100, 9 * kDay);
  }
  SECTION("after the cutoff, with too few") {
    c.policy.late = Policy::Late::cutoff;
    c.hand_in("01", 100, 3 * kDay);
  }
  SECTION("where an override decides") {
    c.hand_in("01", 100, kDay);
    c.decide(Kind::override_, "01", "50");
  }
  SECTION("where the student is excused") {
    c.hand_in("01", 100, kDay);
    c.decide(Kind::excuse, "01", "yes");
  }
  CHECK(c.only().tokens == 0);
  CHECK(c.result().tokens_left == 2);
}

TEST_CASE("policy: tokens save from a cutoff if there are enough") {
  Case c;
  c.policy.tokens = 3;
  c.policy.late = Policy::Late::cutoff;
  c.hand_in("01", 90, 3 * kDay);
  CHECK(*c.only().points == 90);
  CHECK(c.only().tokens == 3);
}

TEST_CASE("policy: what is missing stays empty and never becomes zero") {
  Case c;
  c.grades.push_back({1, "s", {}, not_graded("01", Outcome::missing)});
  c.grades.push_back({1, "s", {}, not_graded("02", Outcome::unreadable)});
  c.grades.push_back(
      {1, "s", {}, not_graded("03", Outcome::infrastructure_error)});
  const StudentGrades r = c.result();
  for (const auto& grade : r.modules) {
    CHECK_FALSE(grade.points.has_value());
    CHECK_FALSE(grade.raw.has_value());
  }
  CHECK(r.modules[1].state == GradeState::unreadable);
  CHECK(r.modules[2].state == GradeState::not_graded);
  CHECK(r.modules[3].state == GradeState::missing);
  CHECK_FALSE(r.total.points.has_value());
  CHECK(r.total.maximum == 500);
}

TEST_CASE("policy: an excuse takes a module out of the total") {
  Case c;
  c.hand_in("01", 80, seconds(0));
  c.hand_in("02", 50, seconds(0));
  c.decide(Kind::excuse, "02", "yes");
  c.decide(Kind::excuse, "03", "yes");
  const StudentGrades r = c.result();
  CHECK(*r.total.points == 80);
  CHECK(r.total.maximum == 300);
  CHECK_FALSE(r.modules[1].points.has_value());
  CHECK(*r.modules[1].raw == 50);
  CHECK(r.modules[2].state == GradeState::excused);
  c.decide(Kind::excuse, "02", "");
  CHECK(*c.result().total.points == 130);
}

TEST_CASE("policy: the lowest are dropped, what is missing before all") {
  Case c;
  c.hand_in("01", 80, seconds(0));
  c.hand_in("02", 0, seconds(0));
  c.hand_in("03", 70, 9 * kDay);
  c.hand_in("04", 60, seconds(0));
  c.policy.drop_lowest = 1;
  StudentGrades r = c.result();
  CHECK(r.modules[4].dropped);
  CHECK(*r.total.points == Approx(80 + 0 + 7 + 60));
  CHECK(r.total.maximum == 400);
  c.policy.drop_lowest = 3;
  r = c.result();
  CHECK(r.modules[1].dropped);
  CHECK(r.modules[2].dropped);
  CHECK(*r.total.points == 140);
  CHECK(r.total.maximum == 200);
  c.policy.drop_lowest = 9;
  r = c.result();
  CHECK_FALSE(r.total.points.has_value());
  CHECK(r.total.maximum == 0);
}

TEST_CASE("policy: among equals the later module is dropped") {
  Case c;
  for (const char* number : {"01", "02", "03", "04", "05"}) {
    c.hand_in(number, number == std::string("03") ? 80 : 50, seconds(0));
  }
  c.policy.drop_lowest = 2;
  const StudentGrades r = c.result();
  CHECK_FALSE(r.modules[0].dropped);
  CHECK_FALSE(r.modules[1].dropped);
  CHECK(r.modules[3].dropped);
  CHECK(r.modules[4].dropped);
}

TEST_CASE("policy: neither an excuse nor our failure uses up a drop") {
  Case c;
  c.policy.drop_lowest = 1;
  c.hand_in("01", 80, seconds(0));
  c.hand_in("02", 90, seconds(0));
  c.hand_in("05", 85, seconds(0));
  c.grades.push_back(
      {1, "s", {}, not_graded("03", Outcome::infrastructure_error)});
  c.decide(Kind::excuse, "04", "yes");
  const StudentGrades r = c.result();
  CHECK(r.modules[0].dropped);
  CHECK_FALSE(r.modules[2].dropped);
  CHECK_FALSE(r.modules[3].dropped);
  CHECK(*r.total.points == 175);
}
