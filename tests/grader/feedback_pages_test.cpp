// Writes the pages that scripts/check_pages.sh opens in a browser: the golden
// ones with their style, an empty class, and a class whose names and errors are
// as long and as foreign as they may be.
#include <fmt/format.h>

#include "feedback_fixture.hpp"

using grader::ModuleGrade;
using grader::Outcome;
using grader::TestResult;
using namespace feedback_test;
using Status = TestResult::Status;

namespace {

struct Person {
  std::string id, name;
  std::string word;  ///< stands in whatever this person's programs said
};

std::string times(std::size_t count, const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

/// Wide letters, other directions, other scripts, and words without an end.
const std::vector<Person>& people() {
  static const std::vector<Person> all = {
      {times(64, "W"), times(300, "W"), times(900, "m")},
      {"arabic",
       "\u0645\u062d\u0645\u062f "
       "\u0627\u0644\u062e\u0648\u0627\u0631\u0632\u0645\u064a",
       "\u0627\u0644\u0646\u062a\u064a\u062c\u0629 3.5 \u0628\u0644 4"},
      {"emoji", "Emo \U0001f469\U0001f3fd\u200d\U0001f4bb",
       times(60, "\U0001f926\U0001f3fd\u200d\u2640\ufe0f")},
      {"han", "\u5f35\u5049 \u0e1b\u0e23\u0e35\u0e0a\u0e32",
       times(40, "\u671f\u5f85\u5024\u3068\u7570\u306a\u308b\u5f62\u72b6")},
      {"plain", "Ada Lovelace", "shape (2, 3) against shape (3, 2)"},
  };
  return all;
}

const grader::Curriculum& course() {
  static const auto loaded =
      grader::Curriculum::load(COURSE_DIR "/modules/curriculum.json");
  return loaded;
}

TestResult ending(const grader::Task& task, const Person& person,
                  std::size_t i) {
  constexpr Status kEnds[] = {Status::failed,          Status::crashed,
                              Status::timed_out,       Status::output_limit,
                              Status::not_implemented, Status::incomplete};
  TestResult test = failing(task.title + " holds " + person.word, person.word);
  test.tasks = {task.id};
  test.status = kEnds[i % std::size(kEnds)];
  test.hidden = i % 4 == 3;
  return test;
}

/// `lost` tasks without points, and all others with.
ModuleGrade graded(const grader::Module& module, const Person& person,
                   std::size_t lost) {
  ModuleGrade grade;
  for (std::size_t i = 0; i < module.tasks.size(); ++i) {
    const grader::Task& task = module.tasks[i];
    const bool passed = i >= lost;
    grade.tasks.push_back(
        {task.id, passed ? task.points : 0, task.points, 5, passed ? 5 : 4});
    grade.points += grade.tasks.back().points;
    if (!passed) grade.tests.push_back(ending(task, person, i));
  }
  grade.outcome = grader::outcome_of_points(grade.points, module.points());
  return grade;
}

/// Each person has met each outcome after a few modules.
ModuleGrade grade_of(const grader::Module& module, const Person& person,
                     std::size_t turn) {
  constexpr Outcome kNoTests[] = {
      Outcome::compile_error, Outcome::link_error,
      Outcome::missing,       Outcome::unreadable,
      Outcome::denied,        Outcome::infrastructure_error,
      Outcome::limit};
  ModuleGrade grade;
  if (turn % 2 == 0) {
    grade = graded(module, person, turn % 8);
  } else {
    grade.outcome = kNoTests[turn / 2 % std::size(kNoTests)];
    const std::string& file = module.sources.front();
    grade.detail = grade.outcome == Outcome::compile_error
                       ? module.folder() + "/src/" + file + ":3: " + person.word
                       : "not defined: " + person.word;
  }
  grade.number = module.number;
  grade.folder = module.folder();
  grade.maximum = module.points();
  return grade;
}

void record(grader::Gradebook& book, grader::RunId run, const Person& person,
            std::size_t seed) {
  std::vector<ModuleGrade> modules;
  for (const grader::Module& module : course().modules()) {
    modules.push_back(grade_of(module, person, seed + modules.size()));
  }
  const auto handed = grader::parse_instant("2026-03-01T12:00:00Z") +
                      std::chrono::hours(12 * seed);
  book.record(run, submission(person.id, modules), {"h", handed, "a.zip"});
}

void fill_course(grader::Gradebook& book) {
  using Kind = grader::LedgerEntry::Kind;
  grader::Policy policy;
  for (const grader::Module& module : course().modules()) {
    policy.due[module.number] = grader::parse_instant("2026-03-01T12:00:00Z");
  }
  policy.percent_per_day = 12.5;
  policy.tokens = 2;
  policy.drop_lowest = 1;
  decide(book, Kind::policy, "", "", to_json_text(policy));
  std::vector<grader::Student> students;
  const auto run = book.begin_run({});
  for (std::size_t i = 0; i < people().size(); ++i) {
    const Person& person = people()[i];
    students.push_back({person.id, person.name, "", "", "", "", "", ""});
    record(book, run, person, 2 * i);
    decide(book, Kind::excuse, person.id, "03", "yes");
    decide(book, Kind::override_, person.id, "02.1", "1.125");
  }
  for (std::size_t i = 0; i < 35; ++i) {
    record(book, run, {fmt::format("s{:02}", i), "", "3 == 4"}, i % 5);
  }
  students.push_back({"never_came", "Never Came", "", "", "", "", "", ""});
  book.import_roster(students);
}

grader::FeedbackOptions everything() {
  grader::FeedbackOptions options;
  options.source = [](const auto&, const auto&, const auto&) {
    const std::string line = times(300, "x");
    return "\n" + line + "\nint " + line + "\n  return 0;\n}\n";
  };
  auto found = finding();
  found.pair.left = people()[0].id;
  found.pair.right = people()[1].id;
  found.pair.spans[0].left.file = times(80, "f") + ".cpp";
  options.similar = {found, finding()};
  return options;
}

std::vector<grader::ExportFile> course_pages() {
  const test::TemporaryFolder folder;
  grader::Gradebook book(folder / "g.db");
  fill_course(book);
  auto pages = feedback_pages(export_table(book, course()), everything());
  // Ordinary students' pages have nothing that the others do not have.
  std::erase_if(pages, [](const grader::ExportFile& page) {
    return page.name[0] == 's' && page.name != "s01.html";
  });
  return pages;
}

std::vector<grader::ExportFile> pages_of_nobody() {
  const test::TemporaryFolder folder;
  const grader::Gradebook book(folder / "g.db");
  return feedback_pages(export_table(book, course()));
}

}  // namespace

TEST_CASE("feedback: pages for a browser", "[.][pages]") {
  const std::filesystem::path out = BUILD_DIR "/pages/html";
  std::filesystem::remove_all(out);
  const std::pair<const char*, std::vector<grader::ExportFile>> classes[] = {
      {"golden", class_pages()},
      {"course", course_pages()},
      {"nobody", pages_of_nobody()}};
  for (const auto& [name, pages] : classes) {
    std::filesystem::create_directories(out / name);
    CHECK_FALSE(pages.empty());
    for (const auto& page : pages) spit(out / name / page.name, page.text);
  }
}
