// Numbers as text, for the metadata of a file. What is read back is exactly
// what was written, to the last bit of a float or a 64-bit integer.
#pragma once

#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include "tinytorch/support/safetensors.hpp"

namespace tinytorch {

/// "0.1 0.25 1e-30": each number in the shortest text that stands for it alone.
template <class Number>
std::string pack(const std::vector<Number>& numbers) {
  std::string text;
  for (const Number number : numbers) {
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    if (!text.empty()) text += ' ';
    text.append(digits, end);
  }
  return text;
}

/// The text under `key`.
/// @throws std::runtime_error  naming the key, if there is none
inline const std::string& text_of(const Metadata& metadata,
                                  const std::string& key) {
  const auto found = metadata.find(key);
  if (found != metadata.end()) return found->second;
  throw std::runtime_error("the metadata \"" + key + "\" is missing");
}

/// For what is there, but not as expected.
inline std::runtime_error damaged_metadata(const std::string& key,
                                           const char* expected,
                                           const std::string& text) {
  return std::runtime_error("the metadata \"" + key + "\" is damaged: " +
                            expected + ", not \"" + text + "\"");
}

/// The numbers that pack() has put under `key`.
/// @throws std::runtime_error  naming the key, if there are none of this type
template <class Number>
std::vector<Number> unpack(const Metadata& metadata, const std::string& key) {
  const std::string& text = text_of(metadata, key);
  const char* next = text.data();
  const char* const end = next + text.size();
  std::vector<Number> numbers;
  while (next != end) {
    if (!numbers.empty() && *next++ != ' ') next = end;
    const auto [stop, error] =
        std::from_chars(next, end, numbers.emplace_back());
    if (error != std::errc()) {
      throw damaged_metadata(key, "numbers were expected", text);
    }
    next = stop;
  }
  return numbers;
}

/// The only number under `key`.
/// @throws std::runtime_error  naming the key, unless there is exactly one
template <class Number>
Number unpack_one(const Metadata& metadata, const std::string& key) {
  const std::vector<Number> numbers = unpack<Number>(metadata, key);
  if (numbers.size() == 1) return numbers.front();
  throw damaged_metadata(key, "one number was expected",
                         text_of(metadata, key));
}

}  // namespace tinytorch
