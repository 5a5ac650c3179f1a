#include "utf8.hpp"

#include <nlohmann/json.hpp>

namespace grader {

bool is_utf8(const std::string& text) {
  using nlohmann::json;
  try {
    (void)json(text).dump();
    return true;
  } catch (const json::type_error&) {
    return false;
  }
}

}  // namespace grader
