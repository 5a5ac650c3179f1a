#include "spans.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace grader {
namespace {

/// A fingerprint that is repeated more often says little about where.
constexpr std::size_t kMostRepeated = 8;
/// Nobody reads more of them.
constexpr std::size_t kMostSpans = 100;
/// So many lines that differ do not end a span.
constexpr int kMostBetween = 2;

struct Match {
  const Fingerprint* left;
  const Fingerprint* right;

  /// Equal for matches that belong to one run of equal tokens.
  auto diagonal() const {
    return std::tuple(left->file, right->file,
                      std::int64_t{right->token} - std::int64_t{left->token});
  }
};

struct Run {
  Match first, last;
  std::size_t matches = 0;
};

using Places =
    std::unordered_map<std::uint64_t, std::vector<const Fingerprint*>>;

Places places_of(const CodePrint& print) {
  Places places;
  for (const Fingerprint& one : print.prints) places[one.hash].push_back(&one);
  return places;
}

std::vector<Match> matches_of(const CodePrint& left, const CodePrint& right) {
  const Places left_places = places_of(left), right_places = places_of(right);
  std::vector<Match> matches;
  for (const Fingerprint& one : left.prints) {
    const auto found = right_places.find(one.hash);
    if (found == right_places.end() || found->second.size() > kMostRepeated ||
        left_places.at(one.hash).size() > kMostRepeated) {
      continue;
    }
    for (const Fingerprint* other : found->second) {
      matches.push_back({&one, other});
    }
  }
  std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    return std::tuple(a.diagonal(), a.left->token) <
           std::tuple(b.diagonal(), b.left->token);
  });
  return matches;
}

/// Matches that lie close to each other on one diagonal become one run.
std::vector<Run> runs_of(const std::vector<Match>& matches) {
  std::vector<Run> runs;
  for (const Match& match : matches) {
    const bool goes_on = !runs.empty() &&
                         runs.back().last.diagonal() == match.diagonal() &&
                         match.left->token - runs.back().last.left->token <=
                             kGramTokens + kWindow;
    if (!goes_on) runs.push_back({match, match, 0});
    runs.back().last = match;
    ++runs.back().matches;
  }
  return runs;
}

bool overlap(const Fingerprint& a_first, const Fingerprint& a_last,
             const Fingerprint& b_first, const Fingerprint& b_last) {
  return a_first.file == b_first.file && a_first.token <= b_last.token &&
         b_first.token <= a_last.token;
}

bool collide(const Run& a, const Run& b) {
  return overlap(*a.first.left, *a.last.left, *b.first.left, *b.last.left) ||
         overlap(*a.first.right, *a.last.right, *b.first.right, *b.last.right);
}

std::vector<Run> longest_first(std::vector<Run> runs) {
  std::stable_sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
    return a.matches > b.matches;
  });
  std::vector<Run> kept;
  for (const Run& run : runs) {
    if (kept.size() == kMostSpans) break;
    const bool free = std::none_of(kept.begin(), kept.end(), [&](auto& other) {
      return collide(run, other);
    });
    if (free) kept.push_back(run);
  }
  return kept;
}

LineRange range(const CodePrint& print, const Fingerprint& first,
                const Fingerprint& last) {
  return {print.files[first.file], first.first_line, last.last_line};
}

bool follows(const LineRange& next, const LineRange& range) {
  return next.file == range.file && next.first >= range.first &&
         next.first <= range.last + 1 + kMostBetween;
}

/// Adds to the last span what goes on there on both sides.
void add(const MatchedSpan& next, std::vector<MatchedSpan>& spans) {
  if (spans.empty() || !follows(next.left, spans.back().left) ||
      !follows(next.right, spans.back().right)) {
    spans.push_back(next);
    return;
  }
  auto& [left, right] = spans.back();
  left.last = std::max(left.last, next.left.last);
  right.last = std::max(right.last, next.right.last);
}

}  // namespace

std::vector<MatchedSpan> matched_spans(const CodePrint& left,
                                       const CodePrint& right) {
  auto runs = longest_first(runs_of(matches_of(left, right)));
  std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
    return std::tuple(a.first.left->file, a.first.left->token) <
           std::tuple(b.first.left->file, b.first.left->token);
  });
  std::vector<MatchedSpan> spans;
  for (const Run& run : runs) {
    add({range(left, *run.first.left, *run.last.left),
         range(right, *run.first.right, *run.last.right)},
        spans);
  }
  return spans;
}

}  // namespace grader
