// "Did you mean": the known word nearest to an unknown one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tito {

/// Insertions, deletions, replacements and swaps of neighbours that turn one
/// word into the other.
int edit_distance(std::string_view a, std::string_view b);

/// The nearest of `known`, ignoring case; empty if none is near enough to be
/// what was meant. Of equally near words the first wins.
std::string suggest(std::string_view word,
                    const std::vector<std::string>& known);

/// " Did you mean 'list'?", or nothing.
std::string did_you_mean(std::string_view word,
                         const std::vector<std::string>& known);

}  // namespace tito
