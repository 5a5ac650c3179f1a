// One judgement on characters for HTML, XML, terminals and files.
#include "grader/unicode.hpp"

#include <nlohmann/json.hpp>

#include "support/catch.hpp"

using namespace grader;

namespace {

/// U+`code` in UTF-8, by another's encoder; `code` is below U+10000.
std::string encoded(std::uint32_t code) {
  char quoted[16];
  std::snprintf(quoted, sizeof quoted, "\"\\u%04x\"", code);
  return nlohmann::json::parse(quoted).get<std::string>();
}

}  // namespace

TEST_CASE("unicode: each character of the first plane is read as it is") {
  for (std::uint32_t code = 0; code < 0x10000; ++code) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const std::string text = encoded(code);
    const Character c = first_character(text);
    if (c.valid && c.code == code && c.bytes == text.size()) continue;
    FAIL(code << " is read as " << c.code);
  }
  const Character face = first_character("\xf0\x9f\x98\x80!");
  CHECK(face.code == 0x1f600);
  CHECK(face.bytes == 4);
}

TEST_CASE("unicode: what is no UTF-8 is one bad byte") {
  for (const char* text :
       {"\x80", "\xff", "\xc3", "\xe2\x82", "\xc0\xaf", "\xc1\xbf",
        "\xe0\x80\xaf", "\xe0\x9f\xbf", "\xf0\x80\x80\xaf", "\xf0\x8f\xbf\xbf",
        "\xed\xa0\x80", "\xed\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
        "\xc3("}) {
    INFO(text);
    const Character c = first_character(text);
    CHECK_FALSE(c.valid);
    CHECK(c.bytes == 1);
    CHECK_FALSE(is_utf8(std::string("good ") + text));
  }
  CHECK(is_utf8(""));
  CHECK(is_utf8("\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf"));
}

TEST_CASE("unicode: what commands, turns or is nothing is harmful") {
  for (const std::uint32_t code :
       {0x0U,    0x8U,    0xbU,    0xdU,    0x1bU,   0x7fU,    0x80U,
        0x9bU,   0x9fU,   0x61cU,  0x200eU, 0x200fU, 0x202aU,  0x202eU,
        0x2066U, 0x2069U, 0xfeffU, 0xfffeU, 0xffffU, 0x1fffeU, 0x10ffffU}) {
    INFO(code);
    CHECK_FALSE(is_harmless(code));
  }
  for (const std::uint32_t code :
       {0x9U, 0xaU, 0x20U, 0x7eU, 0xa0U, 0xe9U, 0x5d0U, 0x61bU, 0x200dU,
        0x2029U, 0x202fU, 0x2065U, 0x206aU, 0xfffdU, 0x1f600U}) {
    INFO(code);
    CHECK(is_harmless(code));
  }
}

TEST_CASE("unicode: harmful characters and bad bytes are replaced, no others") {
  CHECK(harmless("a\x1b[2J\tb\n\xff\xc3\xa9", "?") == "a?[2J\tb\n?\xc3\xa9");
  CHECK(harmless("x\xe2\x80\xaey\xe2\x80\x8fz", "") == "xyz");
  CHECK(harmless("\xed\xa0\x80", "\xef\xbf\xbd") ==
        "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

TEST_CASE("a text is cut between characters") {
  const std::string euros = "\xe2\x82\xac\xe2\x82\xac";
  CHECK(first_bytes(euros, 6) == euros);
  for (const std::size_t most : {3, 4, 5}) {
    CHECK(first_bytes(euros, most) == euros.substr(0, 3));
  }
  CHECK(first_bytes(euros, 2).empty());
  CHECK(first_bytes("abc", 2) == "ab");
  CHECK(first_bytes("", 0).empty());
  // Bytes that continue nothing.
  CHECK(first_bytes("\x80\x80\x80", 2).empty());
}
