#include "ui/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace tito {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

}  // namespace

int edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = static_cast<int>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int change = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min(
          {d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

std::string suggest(std::string_view word,
                    const std::vector<std::string>& known) {
  const std::string wanted = lower(word).substr(0, 64);
  std::string best;
  int best_distance = 0;
  for (const std::string& candidate : known) {
    const std::string name = lower(candidate);
    int distance = edit_distance(wanted, name);
    if (wanted.size() >= 3 && name.starts_with(wanted)) distance = 1;
    const int longest = static_cast<int>(std::max(wanted.size(), name.size()));
    if (distance > std::max(1, longest / 3)) continue;
    if (best.empty() || distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view word,
                         const std::vector<std::string>& known) {
  const std::string near = suggest(word, known);
  if (near.empty() || near == word) return "";
  return fmt::format(" Did you mean '{}'?", near);
}

}  // namespace tito
