#include "ui/text.hpp"

#include "support/catch.hpp"

using namespace tito;

TEST_CASE("width counts columns, not bytes, and no colours") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("größe") == 5);
  CHECK(display_width("\x1b[31mred\x1b[0m") == 3);
  CHECK(display_width("\u5f20\u4f1f") == 4);
  CHECK(display_width("e\u0301 \U0001f600") == 4);
}

TEST_CASE("fit pads and shortens to exactly the width") {
  CHECK(fit("ab", 4) == "ab  ");
  CHECK(fit("abcdefgh", 6) == "abc...");
  CHECK(fit("größer als", 6) == "grö...");
  CHECK(display_width(fit("größer als alles", 9)) == 9);
  CHECK(fit("\u5f20\u4f1f\u5f20\u4f1f", 6) == "\u5f20 ...");
  CHECK(fit("\x1b[31mabcdefgh\x1b[0m", 6) == "\x1b[31mabc\x1b[0m...");
}

TEST_CASE("wrap breaks at spaces and keeps line breaks") {
  CHECK(wrap("one two three", 7) ==
        std::vector<std::string>{"one two", "three"});
  CHECK(wrap("a\nb", 10) == std::vector<std::string>{"a", "b"});
  CHECK(wrap("unbreakable x", 5) ==
        std::vector<std::string>{"unbreakable", "x"});
}

TEST_CASE("printable text cannot move the cursor or reorder the line") {
  CHECK(printable("a\x1b[2Jb") == "a?[2Jb");
  CHECK(printable("tab\tline\n") == "tab\tline\n");
  CHECK(printable("\xff\xfe") == "??");
  CHECK(printable("\u200f\u061c\u202e\u2066") == "????");
  CHECK(printable("\xC3\xA4") == "\xC3\xA4");
  CHECK(printable("x\xE2\x80\xAEy") == "x?y");
  CHECK(printable("x\xE2\x80\x8Fy\xD8\x9Cz") == "x?y?z");
  CHECK(printable("\xC0\xAF \xED\xA0\x80") == "?? ???");
}

TEST_CASE("lists of words read as a sentence") {
  CHECK(join_words({}).empty());
  CHECK(join_words({"a"}) == "a");
  CHECK(join_words({"a", "b", "c"}) == "a, b and c");
  CHECK(count(1, "test") == "1 test");
  CHECK(count(0, "test") == "0 tests");
}

TEST_CASE("numbers of bytes are rounded to one digit after the point") {
  CHECK(byte_count(0) == "0 B");
  CHECK(byte_count(999) == "999 B");
  CHECK(byte_count(1000) == "1.0 kB");
  CHECK(byte_count(28881) == "28.9 kB");
  CHECK(byte_count(999'949) == "999.9 kB");
  CHECK(byte_count(999'950) == "1.0 MB");
  CHECK(byte_count(170'052'171) == "170.1 MB");
  CHECK(byte_count(3'000'000'000'000) == "3000.0 GB");
}
