// A class whose names break careless exports.
#pragma once

#include <nlohmann/json.hpp>

#include "gradebook_fixture.hpp"
#include "grader/gradebook/export.hpp"

namespace export_test {

using namespace gradebook_test;

/// Modules 01 Box (tasks of 60 and 40 points) and 02 Shelf (100 points).
inline grader::Curriculum curriculum() {
  using nlohmann::json;
  const auto task = [](const char* id, int points) {
    return json{{"id", id},
                {"title", std::string("Task ") + id},
                {"file", "a.cpp"},
                {"points", points},
                {"builds_on", json::array()}};
  };
  const auto module = [](const char* number, const char* name,
                         const char* title, const json& tasks) {
    return json{{"number", number},
                {"name", name},
                {"title", title},
                {"tier", "t"},
                {"summary", "s"},
                {"requires", json::array()},
                {"headers", json::array()},
                {"sources", {"a.cpp"}},
                {"tasks", tasks}};
  };
  const json document = {
      {"version", 1},
      {"modules",
       {module("01", "box", "Box", {task("01.1", 60), task("01.2", 40)}),
        module("02", "shelf", "Shelf",
               json::array({task("02.1", 60), task("02.2", 40)}))}},
      {"milestones", json::array()}};
  const test::TemporaryFolder folder;
  spit(folder / "curriculum.json", document.dump());
  return grader::Curriculum::load(folder / "curriculum.json");
}

inline std::string long_name() {
  std::string name = "Long ";
  while (name.size() < 300) name += "x";
  return name;
}

inline std::vector<grader::Student> roster() {
  return {
      {"ada_l", "Lovelace, Ada \"Countess\"\nof Lovelace", "ada@x.org", "A",
       "S-1", "ada.l", "11", "901"},
      {"bidi", "\xd7\x90\xd7\x91\xd7\x92 \xe2\x80\xaeright", "bidi@x.org", "A",
       "S-2", "bidi", "12", ""},
      {"emoji", "Emo \xf0\x9f\x98\x80", "emoji@x.org", "=B", "S-3", "emoji",
       "13", "903"},
      {"formula", "=HYPERLINK(\"http://x\")", "formula@x.org", "B", "S-4",
       "formula", "14", "904"},
      {"long", long_name(), "long@x.org", "B", "S-5", "long", "15", "905"},
      {"nothing", "Never Came", "nothing@x.org", "B", "S-6", "nothing", "16",
       "906"},
  };
}

inline void decide(grader::Gradebook& book, grader::LedgerEntry::Kind kind,
                   const std::string& student, const std::string& item,
                   const std::string& value) {
  grader::LedgerEntry entry;
  entry.when = grader::parse_instant("2026-03-09T00:00:00Z");
  entry.who = "prof";
  entry.kind = kind;
  entry.student = student;
  entry.item = item;
  entry.value = value;
  entry.why = "because of Lovelace, Ada";
  book.append(entry);
}

/// A test whose output tells who wrote the code.
inline grader::TestResult telling_test() {
  grader::TestResult test;
  test.name = "holds, what it \"should\"";
  test.tasks = {"01.1"};
  test.status = grader::TestResult::Status::failed;
  test.failures = {{"a", "ada@x.org", "by ada.l", "", 1}};
  test.output = "Never Came";
  test.detail = "S-1";
  return test;
}

/// Due on the first of March at noon, 10 % a day.
inline void fill(grader::Gradebook& book) {
  using Kind = grader::LedgerEntry::Kind;
  using grader::Outcome;
  book.import_roster(roster());
  grader::Policy policy;
  policy.due["01"] = grader::parse_instant("2026-03-01T12:00:00Z");
  policy.percent_per_day = 10;
  decide(book, Kind::policy, "", "", to_json_text(policy));
  const auto run = book.begin_run({});
  const auto at = [](const char* text) {
    return grader::Handed{"h", grader::parse_instant(text), "ada.zip"};
  };
  const auto on_time = at("2026-03-01T12:00:00Z");
  auto told = module_grade("01", 80);
  told.detail = "by Lovelace";
  told.tests = {telling_test()};
  book.record(run, submission("ada_l", {told, module_grade("02", 100)}),
              on_time);
  book.record(run,
              submission("bidi", {module_grade("01", 87.125),
                                  not_graded("02", Outcome::missing)}),
              at("2026-03-01T12:00:01Z"));
  book.record(
      run, submission("emoji", {module_grade("01", 0), module_grade("02", 50)}),
      on_time);
  decide(book, Kind::excuse, "emoji", "02", "yes");
  book.record(run,
              submission("formula", {not_graded("01", Outcome::unreadable),
                                     not_graded("02", Outcome::unreadable)}),
              on_time);
  decide(book, Kind::override_, "formula", "02", "33.5");
  book.record(run, submission("long", {module_grade("01", 100)}), on_time);
  book.record(run, submission("stranger", {module_grade("01", 100)}), on_time);
}

struct Class {
  test::TemporaryFolder folder;
  grader::Gradebook book{folder / "g.db"};
  Class() { fill(book); }

  grader::ExportTable table(const grader::ExportChoice& choice = {}) const {
    return export_table(book, curriculum(), choice);
  }
  grader::Export make(grader::ExportFormat format,
                      const grader::ExportChoice& choice = {}) const {
    return make_export(format, table(choice));
  }
};

/// All files, one after the other.
inline std::string all_text(const grader::Export& made) {
  std::string text;
  for (const grader::ExportFile& file : made.files) {
    if (!file.name.empty()) text += "=== " + file.name + "\n";
    text += file.text;
  }
  return text;
}

}  // namespace export_test
