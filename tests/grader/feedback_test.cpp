// What feedback pages hold, and what they may never hold. After a change that
// is meant, look at what TITO_RECORD=1 grader_tests "feedback:*" wrote.
#include "grader/feedback.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <pugixml.hpp>

#include "feedback_fixture.hpp"
#include "grader/gradebook/pseudonym.hpp"

using grader::ExportFile;
using grader::feedback_pages;
using grader::FeedbackOptions;
using grader::Outcome;
using grader::TestResult;
using namespace feedback_test;
using Status = TestResult::Status;

namespace {

/// A table of one student who handed in module 01.
grader::ExportTable table_of(const std::string& id,
                             const grader::ModuleGrade& module) {
  const test::TemporaryFolder folder;
  grader::Gradebook book(folder / "g.db");
  book.record(book.begin_run({}), submission(id, {module}), {});
  return export_table(book, curriculum());
}

grader::ModuleGrade with_tests(std::vector<TestResult> tests) {
  auto module = module_grade("01", 60);
  module.tests = std::move(tests);
  return module;
}

std::string all_text(const std::vector<ExportFile>& pages) {
  std::string text;
  for (const ExportFile& page : pages) text += page.name + "\n" + page.text;
  return text;
}

std::string page_of(const grader::ExportTable& table,
                    const FeedbackOptions& options = {}) {
  return feedback_pages(table, options).at(0).text;
}

pugi::xml_document parsed(const std::string& text) {
  pugi::xml_document document;
  const auto result = document.load_string(
      text.c_str(), pugi::parse_full | pugi::parse_ws_pcdata);
  INFO(result.description()
       << " at " << text.substr(static_cast<std::size_t>(result.offset), 60));
  CHECK(result.status == pugi::status_ok);
  return document;
}

std::string without_style(const std::string& page) {
  const auto begin = page.find("<style>"), end = page.find("</style>");
  return page.substr(0, begin) + page.substr(end + 8);
}

std::vector<pugi::xml_node> nodes(const pugi::xml_document& document,
                                  const char* query) {
  std::vector<pugi::xml_node> result;
  for (const auto& found : document.select_nodes(query)) {
    result.push_back(found.node());
  }
  return result;
}

}  // namespace

TEST_CASE("feedback: nothing of hidden tests and probes is on any page") {
  auto hidden = failing("keeps the lid", "CANARY");
  hidden.hidden = true;
  auto probe = failing("measures the lid", "CANARY");
  probe.by_value = true;
  auto crashed = hidden;
  crashed.status = Status::crashed;
  crashed.name = "drops the lid";
  const auto pages = feedback_pages(table_of(
      "ada", with_tests({hidden, probe, crashed, failing("shuts", "open")})));
  const std::string text = all_text(pages);
  CHECK_FALSE(contains(text, "CANARY"));
  for (const char* told : {"keeps the lid", "measures the lid", "drops the lid",
                           "01.2 Task 01.2", "open expression"}) {
    INFO(told);
    CHECK(contains(pages.at(0).text, told));
  }
}

TEST_CASE("feedback: code in hidden tests tells nothing by how they end") {
  const auto page_if = [](Status status, double seconds) {
    auto hidden = failing("keeps the lid", "");
    hidden.hidden = true;
    hidden.status = status;
    hidden.seconds = seconds;
    auto probe = hidden;
    probe.by_value = true;
    return page_of(
        table_of("ada", with_tests({hidden, probe, failing("shuts", "open")})));
  };
  const std::string page = page_if(Status::failed, 0.5);
  CHECK(contains(page, "keeps the lid"));
  CHECK(contains(page, "1 public test in 0.25 s"));
  for (const auto status :
       {Status::crashed, Status::timed_out, Status::output_limit,
        Status::incomplete, Status::not_implemented, Status::not_run}) {
    CHECK(page_if(status, 7) == page);
  }
}

TEST_CASE("feedback: only the student's own lines of a compile error") {
  auto module = not_graded("01", Outcome::compile_error);
  FeedbackOptions options;
  options.source = [](const auto& student, const auto& number,
                      const auto& file) {
    return "early\n" + student + number + file +
           "\nint a;\nint b\nint c;\nint d;\nfar\n";
  };
  module.detail = "01_box/src/a.cpp:4: expected ';' before 'int' (2 more)";
  const std::string page = page_of(table_of("ada", module), options);
  CHECK(contains(page, "expected &#39;;&#39; before &#39;int&#39; (2 more)"));
  CHECK(contains(page, "ada01a.cpp"));
  CHECK(contains(page, "&gt;    4  int b\n"));
  CHECK(contains(page, "     6  int d;\n"));
  CHECK_FALSE(contains(page, "early"));
  CHECK_FALSE(contains(page, "far"));
  for (const char* elsewhere :
       {"/etc/CANARY:1: error", "../CANARY.cpp:1: x", "CANARY",
        "01_box/src/a.cpp: CANARY", "01_box/src/a.cpp:99999999999: CANARY",
        "02_shelf/src/CANARY.cpp:1: x"}) {
    module.detail = elsewhere;
    INFO(elsewhere);
    CHECK_FALSE(contains(page_of(table_of("ada", module), options), "CANARY"));
  }
}

TEST_CASE("feedback: linkers and our own failures tell nothing hidden") {
  for (const Outcome outcome :
       {Outcome::link_error, Outcome::limit, Outcome::infrastructure_error}) {
    auto module = not_graded("01", outcome);
    module.detail = "hidden/CANARY_test.cpp:3: multiple definition";
    CHECK_FALSE(
        contains(all_text(feedback_pages(table_of("ada", module))), "CANARY"));
  }
  auto module = not_graded("01", Outcome::link_error);
  module.detail = "not defined: box::volume(Box const&)";
  CHECK(contains(page_of(table_of("ada", module)), "box::volume(Box const"));
}

TEST_CASE("feedback: a failed public test says what it saw") {
  auto test = failing("adds up", "");
  test.failures = {{"sum(a)", "3 == 4", "because", "box_test.cpp", 7}};
  const std::string page = page_of(table_of("ada", with_tests({test})));
  const auto document = parsed(page);
  const auto value = [&](const std::string& name) {
    const auto query =
        "//dt[.='" + name + "']/following-sibling::dd[1]//text()";
    return std::string(document.select_node(query.c_str()).node().value());
  };
  CHECK(value("Expected") == "4");
  CHECK(value("Came out") == "3");
  CHECK(value("Check") == "sum(a)");
  CHECK(value("Because") == "because");
  CHECK(contains(page, "tito module hint 01.2"));
  CHECK_FALSE(contains(page, "tito module hint 01.1"));
  CHECK(contains(page, "The slowest, 0.25 s: adds up."));
}

TEST_CASE("feedback: whatever people and programs write stays text") {
  const std::string nasty =
      "<script>alert('1')</script> \"&amp;\" ]]> --> \x01\x1b[31m\x7f \xff\xfe "
      "\xed\xa0\x80 \xe2\x80\xae\xd7\x90 \xe2\x81\xa6 \xef\xbf\xbf end";
  auto test = failing(nasty, nasty);
  const grader::Student student{"ada", nasty, "", "", "", "", "", ""};
  auto table = table_of("ada", with_tests({test}));
  table.rows[0].student = student;
  table.rows[0].grades[0].notes = {nasty};
  table.columns[0].title = nasty;
  for (const ExportFile& page : feedback_pages(table)) {
    const auto document = parsed(page.text);
    CHECK(nodes(document, "//script").empty());
    CHECK(contains(page.text, "&lt;script&gt;alert(&#39;1&#39;)"));
    CHECK(contains(page.text, "&quot;&amp;amp;&quot;"));
    for (const char* bad : {"\x01", "\x1b", "\x7f", "\xff", "\xed\xa0\x80",
                            "\xe2\x80\xae", "\xe2\x81\xa6", "\xef\xbf\xbf"}) {
      CHECK_FALSE(contains(page.text, bad));
    }
    CHECK(contains(page.text, "\xd7\x90"));
  }
}

TEST_CASE("feedback: pages need no script and no other file") {
  for (const ExportFile& page : class_pages()) {
    for (const char* bad : {"<script", "src=", "@import", "url(", "<link",
                            "javascript:", " onload", "xlink"}) {
      INFO(page.name << ": " << bad);
      CHECK_FALSE(contains(page.text, bad));
    }
  }
}

TEST_CASE("feedback: pages are well-formed and say what they are") {
  const auto pages = class_pages();
  CHECK(pages.size() == 8);
  for (const ExportFile& page : pages) {
    INFO(page.name);
    const auto document = parsed(page.text);
    const auto html = document.child("html");
    CHECK(std::string(html.attribute("lang").value()) == "en");
    CHECK(!std::string(html.child("head").child_value("title")).empty());
    CHECK(nodes(document, "//table[not(caption)]").empty());
    CHECK(nodes(document, "//th[not(@scope)]").empty());
    CHECK(nodes(document, "//svg").size() >= 1);
    CHECK(nodes(document, "//svg[not(desc) or not(@role)]").empty());
    for (const auto& svg : nodes(document, "//svg")) {
      const std::string name = svg.attribute("aria-labelledby").value();
      CHECK(nodes(document, ("//*[@id='" + name + "']").c_str()).size() == 1);
    }
    CHECK(nodes(document, "//h1").size() == 1);
    int level = 0;
    for (const auto& heading : nodes(document, "//h1|//h2|//h3|//h4")) {
      const int next = heading.name()[1] - '0';
      CHECK(next <= level + 1);
      level = next;
    }
  }
}

TEST_CASE("feedback: text and ground have contrast enough, light and dark") {
  const std::string page = class_pages().at(0).text;
  const auto colour = [&page](const std::string& name, std::size_t from) {
    const auto at = page.find("--" + name + ": #", from);
    REQUIRE(at != std::string::npos);
    double light = 0;
    const double weights[] = {0.2126, 0.7152, 0.0722};
    for (std::size_t i = 0; i < 3; ++i) {
      const auto hex = page.substr(at + name.size() + 5 + 2 * i, 2);
      const double part = std::stoi(hex, nullptr, 16) / 255.0;
      light += weights[i] * (part <= 0.04045
                                 ? part / 12.92
                                 : std::pow((part + 0.055) / 1.055, 2.4));
    }
    return light;
  };
  const auto dark = page.find("prefers-color-scheme: dark");
  for (const std::size_t from :
       {page.find(":root"), dark, page.find("@media print")}) {
    for (const char* ground : {"ground", "raised"}) {
      for (const char* name :
           {"text", "quiet", "link", "good", "bad", "warn"}) {
        const double a = colour(ground, from), b = colour(name, from);
        INFO(name << " on " << ground << " after " << from);
        CHECK((std::max(a, b) + 0.05) / (std::min(a, b) + 0.05) >= 4.5);
      }
    }
  }
}

TEST_CASE("feedback: an anonymous class names nobody") {
  const Class all;
  grader::ExportChoice choice;
  choice.anonymous = true;
  const auto pages = feedback_pages(all.table(choice));
  const std::string text = all_text(pages);
  for (const grader::Student& student : roster()) {
    INFO(student.id);
    const auto hidden = grader::pseudonym(all.book.course_key(), student.id);
    CHECK(contains(text, hidden + ".html"));
    for (const auto& part : {student.name, student.email, student.sis_id}) {
      CHECK_FALSE(contains(text, part));
    }
    CHECK_FALSE(contains(text, student.id + ".html"));
  }
  CHECK_FALSE(contains(text, "Lovelace"));
}

TEST_CASE("feedback: lateness, decisions and failures of ours are explained") {
  const Class all;
  const auto pages = feedback_pages(all.table());
  const auto page = [&](const std::string& id) {
    for (const ExportFile& file : pages) {
      if (file.name == id + ".html") return file.text;
    }
    return std::string();
  };
  CHECK(contains(page("bidi"), "1 day late, 0 tokens spent: 90% kept"));
  CHECK(contains(page("bidi"), "78.41 of 100"));
  CHECK(contains(page("bidi"), "measured: 87.125"));
  CHECK(contains(page("emoji"), "excused"));
  CHECK(contains(page("formula"), "override: 33.5"));
  CHECK(contains(page("formula"), "archive cannot be read"));
  CHECK(contains(page("nothing"), "No points yet"));
}

TEST_CASE("feedback: student and teacher read what had no sandbox") {
  const test::TemporaryFolder folder;
  grader::Gradebook book(folder / "g.db");
  auto grade = submission("ada", {module_grade("01", 61)});
  book.record(book.begin_run({}), grade, {});
  const auto pages = [&] {
    return all_text(feedback_pages(export_table(book, curriculum())));
  };
  CHECK_FALSE(contains(pages(), "without a sandbox"));
  grade.notes = {grader::kDegradedNote};
  book.record(book.begin_run({}), grade, {});
  CHECK(contains(pages(), "graded without a sandbox"));
  CHECK(contains(pages(), "1 grade measured without a sandbox"));
}

TEST_CASE("feedback: no student's page takes the place of the class page") {
  const auto pages = feedback_pages(table_of("index", module_grade("01", 5)));
  REQUIRE(pages.size() == 2);
  CHECK(pages[0].name == "index~.html");
  CHECK(pages[1].name == "index.html");
  CHECK(contains(pages[1].text, "href=\"index~.html\""));
}

TEST_CASE("feedback: one run's grades can be chosen") {
  const test::TemporaryFolder folder;
  grader::Gradebook book(folder / "g.db");
  const auto first = book.begin_run({});
  book.record(first, submission("ada", {module_grade("01", 61)}), {});
  book.record(book.begin_run({}), submission("ada", {module_grade("01", 93)}),
              {});
  grader::ExportChoice choice;
  CHECK(export_table(book, curriculum(), choice).rows[0].points == 93);
  choice.run = first;
  CHECK(export_table(book, curriculum(), choice).rows[0].points == 61);
}

TEST_CASE("feedback: figures leave out who is not on the roster") {
  const test::TemporaryFolder folder;
  grader::Gradebook book(folder / "g.db");
  const auto run = book.begin_run({});
  book.record(run, submission("ada", {module_grade("01", 93)}), {});
  book.record(run, submission("bob", {module_grade("01", 13)}), {});
  const auto index = [&] {
    return feedback_pages(export_table(book, curriculum())).back().text;
  };
  CHECK(contains(index(), "2 students, 2 with points. Mean"));
  grader::Student ada;
  ada.id = "ada";
  book.import_roster({ada});
  CHECK(contains(index(),
                 "1 student, 1 with points. The figures leave out 1 "
                 "not on the roster. Mean"));
  CHECK(contains(index(), "<td class=\"number\">93.0</td>"));
  CHECK(contains(index(), "bob.html"));
}

TEST_CASE("feedback: the same class gives the same pages, the golden ones") {
  const auto pages = class_pages();
  CHECK(all_text(pages) == all_text(class_pages()));
  for (const std::string name : {"ada_l.html", "index.html"}) {
    const std::string file = COURSE_DIR "/tests/grader/golden/feedback-" + name;
    for (const ExportFile& page : pages) {
      if (page.name != name) continue;
      const std::string text = without_style(page.text);
      if (std::getenv("TITO_RECORD") != nullptr) spit(file, text);
      INFO(name);
      CHECK(text == slurp(file));
    }
  }
}
