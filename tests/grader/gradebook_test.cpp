// What goes into a gradebook comes out of it.
#include <thread>

#include "gradebook_fixture.hpp"
#include "grader/gradebook/grade_json.hpp"

using grader::Detail;
using grader::Gradebook;
using grader::Handed;
using grader::LedgerEntry;
using grader::ModuleGrade;
using grader::Outcome;
using grader::TestResult;
using namespace gradebook_test;

namespace {

/// Every field differs from its default, with bytes that are no text.
ModuleGrade full_grade() {
  ModuleGrade grade = module_grade("05", 33.1);
  grade.points = 100.0 / 3;
  grade.detail = "x.cpp:1: \xff\xfe \0 end";
  grade.tasks = {{"05.1", 0.1 + 0.2, 60, 3, 2}};
  TestResult test;
  test.name = "adds \"two\" \xe2\x80\xae numbers";
  test.tasks = {"05.1", "05.2"};
  test.hidden = true;
  test.status = TestResult::Status::output_limit;
  test.failures = {{"a == b", "1 == \xc3", "line\nline", "x_test.cpp", 42}};
  test.output = std::string("nul \0 escape \x1b[31m", 18);
  test.detail = "SIGSEGV";
  test.seconds = 0.1234567890123;
  grade.tests = {test};
  return grade;
}

void check_equal(const ModuleGrade& a, const ModuleGrade& b) {
  CHECK(a.number == b.number);
  CHECK(a.folder == b.folder);
  CHECK(a.outcome == b.outcome);
  CHECK(a.points == b.points);
  CHECK(a.maximum == b.maximum);
  CHECK(a.detail == b.detail);
  REQUIRE(a.tasks.size() == b.tasks.size());
  CHECK(a.tasks.at(0).points == b.tasks.at(0).points);
  CHECK(a.tasks.at(0).passed == b.tasks.at(0).passed);
  REQUIRE(a.tests.size() == b.tests.size());
  const TestResult &x = a.tests.at(0), &y = b.tests.at(0);
  CHECK(x.name == y.name);
  CHECK(x.tasks == y.tasks);
  CHECK(x.hidden == y.hidden);
  CHECK(x.status == y.status);
  CHECK(x.output == y.output);
  CHECK(x.detail == y.detail);
  CHECK(x.seconds == y.seconds);
  REQUIRE(x.failures.size() == y.failures.size());
  CHECK(x.failures.at(0).expanded == y.failures.at(0).expanded);
  CHECK(x.failures.at(0).file == y.failures.at(0).file);
  CHECK(x.failures.at(0).line == y.failures.at(0).line);
}

Handed handed(const std::string& hash) {
  return {hash, grader::parse_instant("2026-03-01T22:59:00Z"), "s1.zip"};
}

/// A run of its own, of one student.
grader::RunId record_run(Gradebook& book, std::vector<ModuleGrade> modules) {
  const auto run = book.begin_run({});
  book.record(run, submission("s", std::move(modules)), handed("h"));
  return run;
}

}  // namespace

TEST_CASE("gradebook: a module grade survives JSON to the last bit") {
  const std::string text = grader::to_json_text(full_grade());
  check_equal(grader::module_grade_from_json(text), full_grade());
  CHECK(grader::to_json_text(grader::module_grade_from_json(text)) == text);
}

TEST_CASE("gradebook: every outcome has its name, and only those") {
  for (int i = 0; i <= static_cast<int>(Outcome::infrastructure_error); ++i) {
    const auto outcome = static_cast<Outcome>(i);
    CHECK(grader::outcome_from(grader::to_string(outcome)) == outcome);
  }
  CHECK_THROWS(grader::outcome_from("unknown"));
  CHECK_THROWS(grader::outcome_from("Passed"));
}

TEST_CASE("gradebook: what was recorded is read after it was closed") {
  const test::TemporaryFolder folder;
  const auto file = folder / "deep/er/gradebook.db";
  {
    Gradebook book(file);
    const auto run = book.begin_run({"{}", "tito 1"});
    book.record(run, submission("s1", {full_grade()}), handed("abc"));
    book.finish_run(run);
  }
  const Gradebook book(file, Gradebook::Mode::existing);
  const auto grades = book.grades(1);
  REQUIRE(grades.size() == 1);
  check_equal(grades[0].grade, full_grade());
  CHECK(grades[0].student == "s1");
  CHECK(grades[0].handed == handed("abc"));
  CHECK(book.grades(1, Detail::scores)[0].grade.tests.empty());
  CHECK(book.grades(2).empty());
  CHECK(book.runs().at(0).finished.has_value());
}

TEST_CASE("gradebook: a run that was interrupted is found again") {
  const test::TemporaryFolder folder;
  Gradebook book(folder / "g.db");
  const grader::RunSettings settings{"{\"jobs\":1}", "tito 1"};
  CHECK_FALSE(book.unfinished_run(settings).has_value());
  const auto run = book.begin_run(settings);
  book.record(run, submission("s2", {module_grade("01", 60)}), {"h2", {}, ""});
  CHECK(book.unfinished_run(settings) == run);
  CHECK_FALSE(book.unfinished_run({"{}", "tito 1"}).has_value());
  CHECK_FALSE(book.unfinished_run({settings.options, "tito 2"}).has_value());
  REQUIRE(book.recorded(run).size() == 1);
  CHECK(book.recorded(run)[0].first == "s2");
  CHECK(book.recorded(run)[0].second == Handed{"h2", std::nullopt, ""});
  book.finish_run(run);
  CHECK_FALSE(book.unfinished_run(settings).has_value());
}

TEST_CASE("gradebook: an interrupted run older than another stays as it is") {
  const test::TemporaryFolder folder;
  Gradebook book(folder / "g.db");
  const grader::RunSettings settings{"{}", "tito 1"};
  book.begin_run(settings);
  const auto newer = book.begin_run({"{}", "tito 2"});
  book.record(newer, submission("s", {module_grade("01", 40)}), handed("h"));
  book.finish_run(newer);
  CHECK_FALSE(book.unfinished_run(settings).has_value());
  // What is graded now counts, which it would not under the older number.
  const auto again = book.begin_run(settings);
  book.record(again, submission("s", {module_grade("01", 60)}), handed("h"));
  CHECK(book.unfinished_run(settings) == again);
  CHECK(book.latest_grades().at(0).grade.points == 60);
}

TEST_CASE("gradebook: a submission recorded twice in a run replaces itself") {
  const test::TemporaryFolder folder;
  Gradebook book(folder / "g.db");
  const auto run = book.begin_run({});
  book.record(run,
              submission("s", {module_grade("01", 60), module_grade("02", 60)}),
              handed("a"));
  book.record(run, submission("s", {module_grade("01", 100)}), handed("b"));
  REQUIRE(book.grades(run).size() == 1);
  CHECK(book.grades(run)[0].grade.points == 100);
  CHECK(book.grades(run)[0].handed.hash == "b");
}

TEST_CASE("gradebook: a resumed run has its submissions back, whole") {
  const test::TemporaryFolder folder;
  Gradebook book(folder / "g.db");
  const auto run = book.begin_run({});
  book.record(run, {"t", {}, {"junk.txt"}, {"x.cpp: \xff is a link"}}, {});
  book.record(run, submission("s", {full_grade(), module_grade("06", 60)}),
              handed("h"));
  const auto all = book.submissions(run);
  REQUIRE(all.size() == 2);
  CHECK(all[0].id == "s");
  REQUIRE(all[0].modules.size() == 2);
  check_equal(all[0].modules[0], full_grade());
  CHECK(all[1].ignored == std::vector<std::string>{"junk.txt"});
  CHECK(all[1].notes == std::vector<std::string>{"x.cpp: \xff is a link"});
}

TEST_CASE("gradebook: several threads and a second process lose nothing") {
  const test::TemporaryFolder folder;
  Gradebook book(folder / "g.db"), other(folder / "g.db");
  const auto run = book.begin_run({});
  const auto record = [&](Gradebook& into, const std::string& prefix) {
    for (int i = 0; i < 20; ++i) {
      const std::string id = prefix + std::to_string(i);
      into.record(run, submission(id, {module_grade("01", 60)}), handed("h"));
      into.store_verdict(id, module_grade("01", 60));
    }
  };
  std::thread a([&] { record(book, "a"); });
  std::thread b([&] { record(book, "b"); });
  std::thread c([&] { record(other, "c"); });
  for (std::thread* thread : {&a, &b, &c}) thread->join();
  CHECK(book.submissions(run).size() == 60);
  CHECK(other.find_verdict("b19").has_value());
}

TEST_CASE("gradebook: a stored grade that is no JSON is one clear error") {
  const auto said = message_of<grader::GradebookError>(
      [] { grader::module_grade_from_json("{\"number\": 1}"); });
  CHECK(contains(said, "cannot be read"));
}

TEST_CASE("gradebook: the latest grade is the newest that has points") {
  const test::TemporaryFolder folder;
  Gradebook book(folder / "g.db");
  const auto record = [&](std::vector<ModuleGrade> modules) {
    return record_run(book, std::move(modules));
  };
  const auto first = record({module_grade("01", 60), module_grade("02", 100),
                             not_graded("03", Outcome::missing)});
  record({module_grade("01", 40), not_graded("02", Outcome::missing),
          not_graded("03", Outcome::unreadable)});
  const auto last = record({not_graded("01", Outcome::infrastructure_error)});
  const auto latest = book.latest_grades();
  REQUIRE(latest.size() == 3);
  CHECK(latest[0].grade.points == 40);
  CHECK(latest[0].failed_run == last);
  CHECK(latest[1].failed_run == 0);  // nothing newer was handed in
  CHECK(latest[2].failed_run == 0);  // its own outcome says it
  CHECK(latest[1].grade.points == 100);
  CHECK(latest[1].run == first);
  CHECK(latest[2].grade.outcome == Outcome::unreadable);
}

TEST_CASE("gradebook: only points make up for a failure of ours") {
  const test::TemporaryFolder folder;
  Gradebook book(folder / "g.db");
  const auto record = [&](std::vector<ModuleGrade> modules) {
    return record_run(book, std::move(modules));
  };
  const auto failure = not_graded("02", Outcome::infrastructure_error);
  record({module_grade("01", 60)});
  const auto failed =
      record({not_graded("01", Outcome::infrastructure_error), failure});
  // Another week's work, without these modules, and what nobody can read.
  record(
      {not_graded("01", Outcome::missing), not_graded("02", Outcome::missing)});
  record({not_graded("02", Outcome::unreadable)});
  const auto latest = book.latest_grades();
  REQUIRE(latest.size() == 2);
  CHECK(latest[0].grade.points == 60);
  CHECK(latest[0].failed_run == failed);
  CHECK(latest[1].run == failed);
  CHECK(latest[1].grade.outcome == Outcome::infrastructure_error);
  record({module_grade("01", 50), module_grade("02", 70)});
  for (const auto& grade : book.latest_grades()) {
    CHECK(grade.failed_run == 0);
    CHECK(grade.grade.has_points());
  }
}

TEST_CASE("gradebook: verdicts are kept by key, the last one stays") {
  const test::TemporaryFolder folder;
  Gradebook book(folder / "g.db");
  CHECK_FALSE(book.find_verdict("k").has_value());
  book.store_verdict("k", module_grade("05", 0));
  book.store_verdict("k", full_grade());
  REQUIRE(book.find_verdict("k").has_value());
  check_equal(*book.find_verdict("k"), full_grade());
  CHECK_FALSE(book.find_verdict("K").has_value());

  book.store_verdict("of 01", module_grade("01", 60));
  book.forget_verdicts(full_grade().number);
  CHECK_FALSE(book.find_verdict("k").has_value());
  CHECK(book.find_verdict("of 01").has_value());
  book.forget_verdicts("");
  CHECK_FALSE(book.find_verdict("of 01").has_value());
}

TEST_CASE("gradebook: the roster reports who came, changed and left") {
  const test::TemporaryFolder folder;
  Gradebook book(folder / "g.db");
  CHECK_FALSE(book.has_roster());
  const auto changes =
      book.import_roster({{"ann", "Ann", "a@x.org", "", "", "", "", ""},
                          {"bob", "", "", "", "", "", "", ""}});
  CHECK(changes.added == std::vector<std::string>{"ann", "bob"});
  CHECK(book.has_roster());
  const auto next =
      book.import_roster({{"ann", "Anne", "a@x.org", "", "", "", "", "901"},
                          {"cy", "", "", "", "", "", "", ""}});
  CHECK(next.added == std::vector<std::string>{"cy"});
  CHECK(next.changed == std::vector<std::string>{"ann"});
  CHECK(next.gone == std::vector<std::string>{"bob"});
  const auto students = book.students();
  REQUIRE(students.size() == 3);
  CHECK(students[0].name == "Anne");
  CHECK(students[0].canvas_id == "901");
  CHECK_FALSE(students[1].enrolled);
  const auto back = book.import_roster(students);
  CHECK(back.added == std::vector<std::string>{"bob"});
  CHECK(back.gone.empty());
  CHECK(book.students()[1].enrolled);
}

TEST_CASE("gradebook: a graded student without a roster is kept") {
  const test::TemporaryFolder folder;
  Gradebook book(folder / "g.db");
  book.record(book.begin_run({}), submission("x", {}), handed("h"));
  REQUIRE(book.students().size() == 1);
  CHECK_FALSE(book.students()[0].enrolled);
  CHECK(book.recorded(1).size() == 1);
}

TEST_CASE("gradebook: the ledger keeps every entry in order") {
  const test::TemporaryFolder folder;
  Gradebook book(folder / "g.db");
  LedgerEntry entry;
  entry.when = grader::parse_instant("2026-03-02T00:00:00Z");
  entry.who = "prof";
  entry.kind = LedgerEntry::Kind::override_;
  entry.student = "s";
  entry.item = "05.2";
  entry.value = "10";
  entry.why = "the test was wrong; \xe2\x80\xae";
  CHECK(book.append(entry) == 1);
  entry.value = "20";
  CHECK(book.append(entry) == 2);
  const auto ledger = book.ledger();
  REQUIRE(ledger.size() == 2);
  CHECK(ledger[0].value == "10");
  entry.sequence = 2;
  CHECK(ledger[1] == entry);
}

TEST_CASE("gradebook: an entry is made from all that stood before it") {
  const test::TemporaryFolder folder;
  Gradebook book(folder / "g.db"), other(folder / "g.db");
  const auto count_up = [](Gradebook& into) {
    for (int i = 0; i < 20; ++i) {
      into.append([](const auto& ledger) {
        LedgerEntry entry;
        entry.who = entry.why = "x";
        entry.value = std::to_string(ledger.size());
        return entry;
      });
    }
  };
  std::thread thread([&] { count_up(other); });
  count_up(book);
  thread.join();
  const auto ledger = book.ledger();
  REQUIRE(ledger.size() == 40);
  for (std::size_t i = 0; i < ledger.size(); ++i) {
    CHECK(ledger[i].value == std::to_string(i));
  }
  CHECK_FALSE(book.append([](const auto&) { return std::nullopt; }));
  CHECK(book.ledger().size() == 40);
}

TEST_CASE("gradebook: no decision enters the ledger without who and why") {
  const test::TemporaryFolder folder;
  Gradebook book(folder / "g.db");
  const auto refusal = [&](const std::string& who, const std::string& why) {
    LedgerEntry entry;
    entry.who = who;
    entry.kind = LedgerEntry::Kind::excuse;
    entry.item = "05";
    entry.why = why;
    return message_of<grader::InputError>([&] { book.append(entry); });
  };
  for (const char* blank : {"", " ", "\t\r\n "}) {
    CHECK(contains(refusal("prof", blank), "--why is empty"));
    CHECK(contains(refusal("prof", blank), "(excuse 05)"));
    CHECK(contains(refusal(blank, "ill"), "--who is empty"));
  }
  CHECK(book.ledger().empty());
  CHECK(refusal("prof", "\xc3\xa9").empty());
  CHECK(book.ledger().size() == 1);
}

TEST_CASE("gradebook: each file has a key of its own, for good") {
  const test::TemporaryFolder folder;
  const std::string key = Gradebook(folder / "a.db").course_key();
  CHECK(key.size() == 32);
  CHECK(Gradebook(folder / "a.db").course_key() == key);
  CHECK(Gradebook(folder / "b.db").course_key() != key);
}
