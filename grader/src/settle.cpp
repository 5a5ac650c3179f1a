#include "settle.hpp"

#include <fmt/format.h>

#include "grader/unicode.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;

/// With less, what a compiler or a linker says of a submission is no proof.
constexpr std::uintmax_t kSpaceToBuild = std::uintmax_t{64} << 20;

Outcome outcome_of(BuildResult::End end) {
  switch (end) {
    case BuildResult::End::compile_error:
      return Outcome::compile_error;
    case BuildResult::End::link_error:
      return Outcome::link_error;
    case BuildResult::End::limit:
      return Outcome::limit;
    case BuildResult::End::ok:
    case BuildResult::End::broken:
      break;
  }
  return Outcome::infrastructure_error;
}

std::string without(std::string text, const std::string& prefix) {
  for (std::size_t at; (at = text.find(prefix)) != std::string::npos;) {
    text.erase(at, prefix.size());
  }
  return text;
}

/// What went wrong, in one line where possible.
std::string what_failed(const BuildResult& result) {
  if (!result.missing_symbols.empty()) {
    return fmt::format("not defined: {}",
                       fmt::join(result.missing_symbols, ", "));
  }
  if (result.end == BuildResult::End::limit) {
    return "the compiler exceeded its time, memory or output";
  }
  if (result.errors.empty()) return result.output;
  const Diagnostic& first = result.errors.front();
  const std::size_t more = result.errors.size() - 1;
  return fmt::format("{}:{}: {}{}", first.file, first.line, first.message,
                     more > 0 ? fmt::format(" ({} more)", more) : "");
}

bool is_full(const fs::path& place) {
  std::error_code error;
  const auto space = fs::space(place, error);
  return !error && space.available < kSpaceToBuild;
}

}  // namespace

std::string neutral(const std::string& text, const Room& room) {
  return without(without(without(text, room.sources().string() + "/"),
                         room.root().string() + "/"),
                 room.scratch().string() + "/");
}

void settle(ModuleGrade& grade, const BuildResult& built, const Room& room) {
  grade.outcome = outcome_of(built.end);
  grade.detail = first_bytes(neutral(what_failed(built), room), 1000);
  if (!is_full(room.build())) return;
  grade.outcome = Outcome::infrastructure_error;
  grade.detail = "no space is left for temporary files: set TMPDIR";
}

}  // namespace grader
