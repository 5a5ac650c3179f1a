// Rosters as people export them, and the mistakes in them.
#include "gradebook_fixture.hpp"
#include "grader/gradebook/csv.hpp"
#include "grader/gradebook/roster.hpp"

using grader::InputError;
using grader::read_csv;
using grader::read_roster;
using namespace gradebook_test;

namespace {

std::string refusal(const std::string& text) {
  const auto said =
      message_of<InputError>([&] { read_roster(text, "roster.csv"); });
  INFO(text);
  CHECK(contains(said, "roster.csv"));
  return said;
}

std::string csv_refusal(const std::string& text) {
  return message_of<InputError>([&] { read_csv(text, "f.csv"); });
}

}  // namespace

TEST_CASE("roster: columns in any order, quotes, line breaks, BOM, CRLF") {
  const auto students = read_roster(
      "\xef\xbb\xbfname,id,email\r\n"
      "\"Lovelace, Ada\nCountess \"\"of\"\" Lovelace\",ada,ada@x.org\r\n"
      "\r\n"
      "\xd7\x90\xd7\x91,s2,\r\n",
      "roster.csv");
  REQUIRE(students.size() == 2);
  CHECK(students[0].name == "Lovelace, Ada\nCountess \"of\" Lovelace");
  CHECK(students[0].email == "ada@x.org");
  CHECK(students[1].id == "s2");
  CHECK(students[1].section.empty());
}

TEST_CASE("roster: what is wrong is refused with its line") {
  CHECK(contains(refusal(""), "empty"));
  CHECK(contains(refusal("name\nAda\n"), "no column 'id'"));
  CHECK(contains(refusal("id,nmae\na,b\n"), "'nmae' is not one of id, name"));
  CHECK(contains(refusal("id,id\na,b\n"),
                 "line 1: the column 'id' stands twice"));
  CHECK(contains(refusal("id\na\nb\na\n"),
                 "line 4: the id 'a' is that of line 2 already"));
  CHECK(contains(refusal("id\nada\nAda\n"),
                 "line 3: the id 'Ada' is that of line 2 already"));
  CHECK(
      contains(refusal("id\na\n../b\n"), "line 3: '../b' is not a student id"));
  CHECK(contains(refusal("id,name\n,Ada\n"), "line 2: '' is not a student id"));
  CHECK(contains(refusal("id,email\na,x@y\nb,x@y\n"),
                 "line 3: the email 'x@y' is that of line 2 already"));
  CHECK(contains(refusal("id,login\na,=1+1\n"), "line 2: the login '=1+1'"));
  CHECK(contains(refusal("id,sis_id\na,\"1\n2\"\n"), "line 2: the sis_id"));
  CHECK(contains(refusal("id,canvas_id\na,1E+13\n"),
                 "line 2: the canvas_id '1E+13' is not a number"));
  CHECK(contains(refusal("id,login\na,x\xe2\x80\xaey\n"), "line 2: the login"));
  // A quoted line break must not shift the numbers of the lines after it.
  CHECK(contains(refusal("id,name\na,\"x\ny\"\na,z\n"), "line 4: the id 'a'"));
}

TEST_CASE("roster: columns without a student would un-enrol everybody") {
  for (const char* text : {"id", "id,name\r\n", "id\n\n\n"}) {
    const auto said = refusal(text);
    CHECK(contains(said, "no student"));
    CHECK(contains(said, "tito grade roster import roster.csv"));
  }
}

TEST_CASE("roster: two students without an address are not doubles") {
  CHECK(read_roster("id,email\na,\nb,\n", "r").size() == 2);
}

TEST_CASE("roster: what has no column stays as the gradebook has it") {
  const std::vector<grader::Student> known = {
      {"ada", "Ada", "ada@x.org", "A", "S-1", "ada.l", "11", "901"}};
  const auto students =
      read_roster("moodle_id,id,section\n12,ada,\n13,bob,B\n", "r", known);
  REQUIRE(students.size() == 2);
  CHECK(students[0].name == "Ada");
  CHECK(students[0].login == "ada.l");
  CHECK(students[0].moodle_id == "12");
  CHECK(students[0].canvas_id == "901");
  CHECK(students[0].section.empty());  // it has a column, so it was emptied
  CHECK(students[1].name.empty());
}

TEST_CASE("roster: what another student is known by is refused") {
  const std::vector<grader::Student> known = {
      {"a", "", "", "", "", "x", "", ""}, {"b", "", "", "", "", "x", "", ""}};
  const auto said =
      message_of<InputError>([&] { read_roster("id\na\nb\n", "r", known); });
  CHECK(contains(said, "line 3: the login 'x' is that of line 2 already"));
  CHECK(read_roster("id,login\na,x\nb,y\n", "r", known).size() == 2);
}

TEST_CASE("roster: a participant's number is read as Moodle writes it") {
  const auto students = read_roster(
      "id,moodle_id\na,Participant 11\nb,12\nc,Teilnehmer/in 13\n", "r");
  CHECK(students.at(0).moodle_id == "11");
  CHECK(students.at(1).moodle_id == "12");
  CHECK(students.at(2).moodle_id == "13");
  CHECK(contains(refusal("id,moodle_id\na,Participant 11\nb,11\n"),
                 "the moodle_id '11' is that of line 2"));
}

TEST_CASE("csv: the reader is as strict as RFC 4180") {
  CHECK(contains(csv_refusal("a,b\n1\n"), "line 2 has 1 cells"));
  CHECK(contains(csv_refusal("a\n\"b\n"), "line 2 opens a quote"));
  CHECK(contains(csv_refusal("a\n\"b\"c\n"), "line 2 has text after"));
  CHECK(contains(csv_refusal("a\nb\"c\n"), "line 2 has a quote in the middle"));
  CHECK(contains(csv_refusal("a\rb\n"), "line 1 holds a carriage return"));
  CHECK(contains(csv_refusal("a\n\xff\n"), "line 2 is not UTF-8"));
  CHECK(contains(csv_refusal(std::string("a\n\0\n", 4)), "line 2 holds a NUL"));
  CHECK(contains(csv_refusal(std::string("\xff\xfe"
                                         "a\0",
                                         4)),
                 "line 1"));
  const auto rows = read_csv("a,\"\"\n,\"x,\"\"y\"\"\r\nz\"", "f.csv");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].cells == std::vector<std::string>{"a", ""});
  CHECK(rows[1].cells == std::vector<std::string>{"", "x,\"y\"\r\nz"});
}

TEST_CASE("csv: what was quoted reads back as it was") {
  for (const std::string text :
       {"", "plain", "a,b", "a\tb", "\"", "\r\n", "=1", "\"quoted\""}) {
    for (const char delimiter : {',', '\t'}) {
      const auto rows = read_csv("x" + std::string(1, delimiter) +
                                     grader::csv_cell(text, delimiter) + "\r\n",
                                 "f", delimiter);
      CHECK(rows.at(0).cells.at(1) == text);
    }
  }
}
