#include "report_lines.hpp"

#include <fmt/format.h>
#include <sys/random.h>

#include <stdexcept>

namespace grader {

using nlohmann::json;

std::string new_secret() {
  unsigned char bytes[16];
  if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) {
    throw std::runtime_error("the system has no random numbers to give");
  }
  std::string text;
  for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

std::vector<json> ReportLines::add(const std::string& piece) {
  rest_ += piece;
  std::vector<json> events;
  std::size_t begin = 0;
  for (std::size_t end; (end = rest_.find('\n', begin)) != std::string::npos;
       begin = end + 1) {
    if (rest_.compare(begin, prefix_.size(), prefix_) != 0) continue;
    const std::size_t text = begin + prefix_.size();
    json event = json::parse(rest_.begin() + static_cast<std::ptrdiff_t>(text),
                             rest_.begin() + static_cast<std::ptrdiff_t>(end),
                             nullptr, false);
    if (event.is_object()) events.push_back(std::move(event));
  }
  rest_.erase(0, begin);
  return events;
}

}  // namespace grader
