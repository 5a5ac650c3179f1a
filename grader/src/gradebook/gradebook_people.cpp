// The roster and the ledger in the gradebook.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "access.hpp"

namespace grader {
namespace {

using Kind = LedgerEntry::Kind;

constexpr Kind kKinds[] = {Kind::override_, Kind::extension, Kind::tokens,
                           Kind::excuse,    Kind::policy,    Kind::regrade};

Kind kind_from(const std::string& name, const std::string& file) {
  for (const Kind kind : kKinds) {
    if (name == to_string(kind)) return kind;
  }
  throw GradebookError("the gradebook " + file +
                       " is damaged: its ledger has an entry of kind " + name);
}

std::vector<Student> read_students(const Database& database) {
  Statement query = database.query(
      "SELECT id, name, email, section, sis_id, login, moodle_id, canvas_id, "
      "enrolled FROM students ORDER BY id");
  std::vector<Student> students;
  while (query.step()) {
    students.push_back({query.text(0), query.text(1), query.text(2),
                        query.text(3), query.text(4), query.text(5),
                        query.text(6), query.text(7), query.integer(8) != 0});
  }
  return students;
}

void write_student(const Database& database, const Student& student) {
  database.run(
      "INSERT INTO students (id, name, email, section, sis_id, login, "
      "moodle_id, canvas_id, enrolled) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1) "
      "ON CONFLICT (id) DO UPDATE SET name = ?2, email = ?3, section = ?4, "
      "sis_id = ?5, login = ?6, moodle_id = ?7, canvas_id = ?8, enrolled = 1",
      student.id, student.name, student.email, student.section, student.sis_id,
      student.login, student.moodle_id, student.canvas_id);
}

RosterChanges compare(const std::vector<Student>& students,
                      const std::vector<Student>& roster) {
  std::map<std::string, Student> before;
  for (const Student& student : students) before[student.id] = student;
  RosterChanges changes;
  for (Student student : roster) {
    student.enrolled = true;
    const auto known = before.find(student.id);
    if (known == before.end() || !known->second.enrolled) {
      changes.added.push_back(student.id);
    } else if (!(known->second == student)) {
      changes.changed.push_back(student.id);
    }
    if (known != before.end()) before.erase(known);
  }
  for (const auto& [id, student] : before) {
    if (student.enrolled) changes.gone.push_back(id);
  }
  return changes;
}

bool is_blank(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return c <= ' ';  // control characters say nothing either
  });
}

/// A grade that somebody contests is answered from the ledger alone.
void check_names_who_and_why(const LedgerEntry& entry) {
  const std::string about =
      to_string(entry.kind) + (entry.item.empty() ? "" : " " + entry.item);
  if (is_blank(entry.who)) {
    throw InputError(fmt::format(
        "--who is empty: the ledger keeps who decided ({}). Name yourself: "
        "--who NAME, or leave --who out",
        about));
  }
  if (is_blank(entry.why)) {
    throw InputError(fmt::format(
        "--why is empty: the ledger keeps why it was decided ({}). Say it, as "
        "in --why \"was ill\"",
        about));
  }
}

std::vector<LedgerEntry> read_ledger(const Database& database) {
  Statement query = database.query(
      "SELECT sequence, at, who, kind, student, item, value, why FROM ledger "
      "ORDER BY sequence");
  std::vector<LedgerEntry> entries;
  while (query.step()) {
    entries.push_back({query.integer(0), parse_instant(query.text(1)),
                       query.text(2), kind_from(query.text(3), database.file()),
                       query.text(4), query.text(5), query.text(6),
                       query.text(7)});
  }
  return entries;
}

std::int64_t write_entry(const Database& database, const LedgerEntry& entry) {
  database.run(
      "INSERT INTO ledger (at, who, kind, student, item, value, why) "
      "VALUES (?, ?, ?, ?, ?, ?, ?)",
      to_text(entry.when), entry.who, to_string(entry.kind), entry.student,
      entry.item, entry.value, entry.why);
  return database.last_id();
}

}  // namespace

const char* to_string(LedgerEntry::Kind kind) {
  switch (kind) {
    case Kind::override_:
      return "override";
    case Kind::extension:
      return "extension";
    case Kind::tokens:
      return "tokens";
    case Kind::excuse:
      return "excuse";
    case Kind::policy:
      return "policy";
    case Kind::regrade:
      return "regrade";
  }
  return "unknown";
}

std::vector<Student> Gradebook::students() const {
  const Access database(*this);
  return read_students(*database);
}

bool Gradebook::has_roster() const {
  const Access database(*this);
  return database->query("SELECT 1 FROM rosters LIMIT 1").step();
}

RosterChanges Gradebook::import_roster(const std::vector<Student>& roster) {
  return import_roster([&](const auto&) { return roster; });
}

RosterChanges Gradebook::import_roster(const MakeRoster& make) {
  const Access database(*this);
  Transaction transaction(*database);
  const std::vector<Student> before = read_students(*database);
  const std::vector<Student> roster = make(before);
  const RosterChanges changes = compare(before, roster);
  for (const std::string& id : changes.gone) {
    database->run("UPDATE students SET enrolled = 0 WHERE id = ?", id);
  }
  for (const Student& student : roster) write_student(*database, student);
  database->run("INSERT INTO rosters (imported, students) VALUES (?, ?)",
                to_text(now()), static_cast<std::int64_t>(roster.size()));
  transaction.commit();
  return changes;
}

std::int64_t Gradebook::append(const LedgerEntry& entry) {
  check_names_who_and_why(entry);
  const Access database(*this);
  return write_entry(*database, entry);
}

std::optional<std::int64_t> Gradebook::append(const MakeEntry& make) {
  const Access database(*this);
  Transaction transaction(*database);
  const auto entry = make(read_ledger(*database));
  if (!entry) return std::nullopt;
  check_names_who_and_why(*entry);
  const std::int64_t sequence = write_entry(*database, *entry);
  transaction.commit();
  return sequence;
}

std::vector<LedgerEntry> Gradebook::ledger() const {
  const Access database(*this);
  return read_ledger(*database);
}

}  // namespace grader
