#include "html.hpp"

#include <algorithm>
#include <cstdint>

#include "style.hpp"

namespace grader::html {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD

struct Character {
  std::uint32_t code = 0;
  std::size_t length = 1;
  bool valid = false;
};

std::size_t length_of(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  if (first >= 0xf0 && first < 0xf5) return 4;
  return 0;
}

/// The first character of UTF-8 text; one byte where there is none.
Character first_character(std::string_view raw) {
  constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const auto first = static_cast<unsigned char>(raw.front());
  const std::size_t length = length_of(first);
  if (length == 0 || length > raw.size()) return {};
  std::uint32_t code = length == 1 ? first : first & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(raw[i]);
    if ((next & 0xc0U) != 0x80) return {};
    code = (code << 6) | (next & 0x3fU);
  }
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  if (code < kLeast[length] || code > 0x10ffff || surrogate) return {};
  return {code, length, true};
}

bool turns_direction(std::uint32_t code) {
  return code == 0x61c || code == 0x200e || code == 0x200f ||
         (code >= 0x202a && code <= 0x202e) ||
         (code >= 0x2066 && code <= 0x2069);
}

bool may_stand(std::uint32_t code) {
  if (code == '\n' || code == '\t') return true;
  const bool control = code < 0x20 || (code >= 0x7f && code < 0xa0);
  const bool nothing = (code & 0xfffeU) == 0xfffe || code == 0xfeff;
  return !control && !nothing && !turns_direction(code);
}

std::string_view escaped(std::uint32_t code) {
  switch (code) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

}  // namespace

Html text(std::string_view raw) {
  Html out;
  while (!raw.empty()) {
    const Character c = first_character(raw);
    if (!c.valid || !may_stand(c.code)) {
      out.markup += kReplacement;
    } else if (const auto entity = escaped(c.code); !entity.empty()) {
      out.markup += entity;
    } else {
      out.markup += raw.substr(0, c.length);
    }
    raw.remove_prefix(c.length);
  }
  return out;
}

Html element(std::string_view tag, const Html& content, Attributes attributes) {
  Html out{"<" + std::string(tag)};
  for (const auto& [name, value] : attributes) {
    out.markup += " " + std::string(name) + "=\"" + text(value).markup + "\"";
  }
  out.markup += ">" + content.markup + "</" + std::string(tag) + ">";
  return out;
}

Html element(std::string_view tag, std::string_view raw,
             Attributes attributes) {
  return element(tag, text(raw), attributes);
}

Html isolated(std::string_view raw) { return element("bdi", raw); }

std::string shortened(std::string_view raw, std::size_t longest) {
  if (raw.size() <= longest) return std::string(raw);
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(raw[end]) & 0xc0U) == 0x80) {
    --end;
  }
  return std::string(raw.substr(0, end)) + " ...";
}

std::string page(std::string_view title, const Html& body) {
  const Html head =
      Html{
          "<meta charset=\"utf-8\"/>\n"
          "<meta name=\"viewport\" content=\"width=device-width, "
          "initial-scale=1\"/>\n"
          "<meta http-equiv=\"Content-Security-Policy\" "
          "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"} +
      element("title", title) + Html{"\n<style>"} + Html{std::string(kStyle)} +
      Html{"</style>\n"};
  return "<!DOCTYPE html>\n" +
         element("html",
                 Html{"\n"} + element("head", Html{"\n"} + head) + Html{"\n"} +
                     element("body", Html{"\n"} + body) + Html{"\n"},
                 {{"lang", "en"}})
             .markup +
         "\n";
}

}  // namespace grader::html
