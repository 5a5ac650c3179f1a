// Tensors in the files that the scripts record from PyTorch.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/tensors.hpp"

namespace parity {

/// inf, -inf and nan are strings in the file.
inline float number(const nlohmann::json& value) {
  return value.is_string() ? std::stof(value.get<std::string>())
                           : value.get<float>();
}

inline std::vector<float> numbers(const nlohmann::json& list) {
  std::vector<float> result;
  for (const nlohmann::json& value : list) result.push_back(number(value));
  return result;
}

inline tinytorch::Tensor tensor(const nlohmann::json& text) {
  const std::vector<float> data = numbers(text.at("data"));
  const tinytorch::Shape shape = text.at("shape");
  if (!text.contains("strides")) return test::make(shape, data);
  const tinytorch::Shape whole = {static_cast<std::int64_t>(data.size())};
  return tinytorch::Tensor::view(test::make(whole, data).storage(), shape,
                                 text.at("strides"), text.at("offset"));
}

}  // namespace parity
