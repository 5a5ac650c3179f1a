// Escapes, bidirectional controls, formulas, commands and broken text in what
// it prints and in what it throws.
// expect: failed
#include <iostream>
#include <stdexcept>
static void speak() {
  const char* text =
      "=cmd|' /C calc'!A0\u200f\u061c\t\x1b[2J\x1b]0;owned\a\x9b"
      "31m\xe2\x80\xae\xe2\x81"
      "\xa6\xc2\x85\x7f\b\r\n::error::owned\n##vso[task.complete]\n]]></"
      "failure>"
      "\xff\xfe\xef\xbf\xbe\xed\xa0\x80 @SUM(A1) \x1e\x01";
  std::cout << text << std::flush;
  std::cerr << text << std::flush;
  throw std::runtime_error(text);
}
#define ATTACK speak()
