#include <fmt/format.h>

#include <charconv>

#include "grader/gradebook/effective.hpp"

namespace grader {
namespace {

using Kind = LedgerEntry::Kind;

template <class Number>
Number number_of(const LedgerEntry& entry) {
  Number number{};
  const char* end = entry.value.data() + entry.value.size();
  const auto [rest, error] = std::from_chars(entry.value.data(), end, number);
  if (error == std::errc() && rest == end) return number;
  throw GradebookError(fmt::format("entry {} of the ledger: '{}' is no number",
                                   entry.sequence, entry.value));
}

void override_points(const LedgerEntry& entry, Decisions& decisions) {
  const bool is_task = entry.item.find('.') != std::string::npos;
  auto& same = is_task ? decisions.tasks : decisions.modules;
  same.erase(entry.item);
  if (!entry.value.empty()) same[entry.item] = number_of<double>(entry);
}

void apply(const LedgerEntry& entry, Decisions& decisions) {
  switch (entry.kind) {
    case Kind::override_:
      return override_points(entry, decisions);
    case Kind::extension:
      decisions.extensions.erase(entry.item);
      if (!entry.value.empty()) {
        decisions.extensions[entry.item] = parse_instant(entry.value);
      }
      return;
    case Kind::tokens:
      decisions.tokens.reset();
      if (!entry.value.empty()) decisions.tokens = number_of<int>(entry);
      return;
    case Kind::excuse:
      decisions.excused.erase(entry.item);
      if (!entry.value.empty()) decisions.excused.insert(entry.item);
      return;
    case Kind::policy:
    case Kind::regrade:
      return;
  }
}

}  // namespace

std::map<std::string, Decisions> decisions(
    const std::vector<LedgerEntry>& ledger) {
  std::map<std::string, Decisions> result;
  for (const LedgerEntry& entry : ledger) {
    if (!entry.student.empty()) apply(entry, result[entry.student]);
  }
  return result;
}

}  // namespace grader
