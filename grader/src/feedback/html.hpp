// Pieces of HTML that are well-formed XML, too. Text becomes markup only by
// text(), which escapes it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace grader::html {

/// Finished markup.
struct Html {
  std::string markup;

  Html& operator+=(const Html& other) {
    markup += other.markup;
    return *this;
  }
  bool empty() const { return markup.empty(); }
};

inline Html operator+(Html a, const Html& b) { return a += b; }

/// Values are escaped.
using Attributes =
    std::initializer_list<std::pair<std::string_view, std::string>>;

/// For any bytes. What is no UTF-8, control characters, and characters that
/// turn the direction of writing become U+FFFD; tab and line feed stay.
Html text(std::string_view raw);

Html element(std::string_view tag, const Html& content,
             Attributes attributes = {});
Html element(std::string_view tag, std::string_view raw,
             Attributes attributes = {});

/// Text that may be written in the other direction: a person's name.
Html isolated(std::string_view raw);

/// `raw`, cut to `longest` bytes with " ..." behind.
std::string shortened(std::string_view raw, std::size_t longest);

/// A whole document that needs nothing else: no script, no other file.
std::string page(std::string_view title, const Html& body);

}  // namespace grader::html
