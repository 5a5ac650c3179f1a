// Long text, a screen at a time.
#pragma once

#include <string>

#include "ui/terminal.hpp"

namespace tito {

/// Through $PAGER, or less, if a person is there to turn the pages; plain
/// otherwise.
void show_paged(const std::string& text, Terminal& terminal);

}  // namespace tito
