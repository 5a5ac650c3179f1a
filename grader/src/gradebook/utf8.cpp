#include "utf8.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace grader {

bool is_utf8(const std::string& text) {
  using nlohmann::json;
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](unsigned char c) { return c < 128; });
  if (ascii) return true;
  try {
    (void)json(text).dump();
    return true;
  } catch (const json::type_error&) {
    return false;
  }
}

}  // namespace grader
