#include "ui/markdown.hpp"

#include "support/catch.hpp"

using namespace tito;

namespace {

constexpr const char* kHints =
    "# Hints\n\n"
    "## 01.1 Sizes and strides\n\n"
    "### Hint 1\n\nMultiply.\n\n"
    "### Hint 2\n\n```cpp\n## not a heading\n### nor this\n```\n\n"
    "## 01.2 A tensor from values\r\n\r\n### Hint 1\r\nCount.\r\n";

}  // namespace

TEST_CASE("hints are found by task, in order") {
  const auto hints = parse_hints(kHints);
  REQUIRE(hints.size() == 2);
  REQUIRE(hints.at("01.1").size() == 2);
  CHECK(hints.at("01.1")[0] == "Multiply.");
  CHECK(hints.at("01.2") == std::vector<std::string>{"Count."});
}

TEST_CASE("headings within code are text") {
  const auto hints = parse_hints(kHints);
  CHECK(hints.at("01.1")[1] == "```cpp\n## not a heading\n### nor this\n```");
}

TEST_CASE("a file without hints has none") {
  CHECK(parse_hints("").empty());
  CHECK(parse_hints("### Hint 1\nof no task\n").empty());
}

TEST_CASE("markdown without colour is as it was written") {
  std::string out;
  const Terminal plain(&out, 80, false);
  const std::string text = "# Title\n\nUse `f(x)`, not `g.\n\n```\ncode\n```\n";
  CHECK(render_markdown(text, plain) == text);
}

TEST_CASE("headings and code are coloured") {
  std::string out;
  const Terminal colour(&out, 80, true);
  CHECK(render_markdown("# T\n", colour) == "\x1b[1m# T\x1b[0m\n");
  CHECK(render_markdown("a `b` c\n", colour) == "a \x1b[36m`b`\x1b[0m c\n");
}
