// Writing to descriptors.
#pragma once

#include <string_view>

namespace grader {

/// Writes all of the text, however often it takes. Returns 0, or the number of
/// the error that stopped it.
int write_whole(int descriptor, std::string_view text);

}  // namespace grader
