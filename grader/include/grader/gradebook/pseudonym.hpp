// Names that tell nothing.
#pragma once

#include <string>

namespace grader {

/// The first 12 hexadecimal digits of HMAC-SHA256(key, id): always the same
/// for one gradebook, and not to be guessed without its key.
std::string pseudonym(const std::string& key, const std::string& id);

}  // namespace grader
