#include "commands/run_warnings.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "commands/gradebook_commands.hpp"
#include "grader/gradebook/policy.hpp"
#include "ui/suggest.hpp"
#include "ui/text.hpp"

namespace tito {
namespace {

constexpr std::size_t kMostIds = 5;
constexpr std::size_t kMostNotes = 20;

std::string some_of(const std::vector<std::string>& ids) {
  std::string text;
  for (std::size_t i = 0; i < std::min(ids.size(), kMostIds); ++i) {
    text += (i == 0 ? "" : ", ") + one_line(ids[i]);
  }
  if (ids.size() <= kMostIds) return text;
  return fmt::format("{} and {} more", text, ids.size() - kMostIds);
}

std::map<std::string, grader::Handed> handed_in(const grader::Gradebook& book) {
  std::map<std::string, grader::Handed> latest;
  for (const auto& grade : book.latest_grades(grader::Detail::scores)) {
    latest.emplace(grade.student, grade.handed);
  }
  return latest;
}

}  // namespace

void warn_of_strangers(const grader::Entries& entries,
                       const grader::Gradebook& book, Terminal& terminal) {
  if (!book.has_roster()) return;
  std::vector<std::string> known;
  for (const auto& student : book.students()) {
    if (student.enrolled) known.push_back(student.id);
  }
  for (const auto& entry : entries.accepted) {
    if (std::binary_search(known.begin(), known.end(), entry.id)) continue;
    terminal.warn("not on the roster: {}.{}\n", entry.id,
                  did_you_mean(entry.id, known));
  }
}

void warn_of_times(const std::string& file,
                   const std::map<std::string, grader::Instant>& times,
                   const grader::Entries& entries,
                   const grader::Gradebook& book, Terminal& terminal) {
  if (file.empty()) {
    if (grader::current_policy(book.ledger()).due.empty()) return;
    terminal.warn(
        "the policy has deadlines and no --times FILE says when these were "
        "handed in: what is new is never late.\n");
    return;
  }
  std::set<std::string> present;
  std::vector<std::string> untold, absent;
  for (const auto& entry : entries.accepted) {
    present.insert(entry.id);
    if (!times.contains(entry.id)) untold.push_back(entry.id);
  }
  for (const auto& [id, time] : times) {
    if (!present.contains(id)) absent.push_back(id);
  }
  if (!untold.empty()) {
    terminal.warn("{} has no time for {}: what is new of them is never late.\n",
                  file, some_of(untold));
  }
  if (!absent.empty()) {
    terminal.warn("{} has times for {}: nothing here is of that id.\n", file,
                  some_of(absent));
  }
}

MovedTimes::MovedTimes(const grader::Gradebook& book)
    : before_(handed_in(book)) {}

void MovedTimes::warn(const std::string& file, const grader::Gradebook& book,
                      Terminal& terminal) const {
  for (const auto& [student, now] : handed_in(book)) {
    const auto found = before_.find(student);
    if (found == before_.end() || found->second.hash != now.hash) continue;
    const auto& before = found->second.submitted_at;
    if (!before || !now.submitted_at || *before == *now.submitted_at) continue;
    terminal.warn(
        "{}: the same work, handed in at {} as an earlier run was told, and "
        "now at {}, which counts. If it was only handed in again, put the "
        "first time into {}.\n",
        student, grader::to_text(*before), grader::to_text(*now.submitted_at),
        file);
  }
}

void warn_of_notes(const grader::Report& report, Terminal& terminal) {
  std::size_t notes = 0;
  for (const auto& grade : report.grades) {
    for (const std::string& note : grade.notes) {
      if (note == grader::kDegradedNote || ++notes > kMostNotes) continue;
      terminal.warn("{}: {}\n", grade.id, one_line(note));
    }
  }
  if (notes <= kMostNotes) return;
  terminal.warn(
      "... and {} more: \"notes\" in --json FILE, or: tito grade show ID\n",
      notes - kMostNotes);
}

}  // namespace tito
