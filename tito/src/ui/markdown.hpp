// The little of Markdown that lessons and hints need.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ui/terminal.hpp"

namespace tito {

/// The hints of each task, in order, from a file in which "## 01.6 Reshape"
/// opens a task and "### Hint 1" opens one of its hints. Headings within code
/// blocks are text.
std::map<std::string, std::vector<std::string>> parse_hints(
    std::string_view text);

/// For the terminal: headings and code in colour, everything else as written.
std::string render_markdown(std::string_view text, const Terminal& terminal);

}  // namespace tito
