#include "html.hpp"

#include <algorithm>

#include "grader/unicode.hpp"
#include "style.hpp"

namespace grader::html {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD

std::string_view escaped(char c) {
  switch (c) {
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
  for (const char c : harmless(raw, kReplacement)) {
    const auto entity = escaped(c);
    out.markup += entity.empty() ? std::string_view(&c, 1) : entity;
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
