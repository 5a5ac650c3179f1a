// How the grader and the program inside a sandbox talk: each message is its
// length and a JSON value as CBOR, which can hold any bytes.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "grader/process.hpp"

namespace grader {

/// @throws std::runtime_error  if the other side is gone
void write_frame(int fd, const nlohmann::json& message);

/// Nothing if the other side has closed, or `wait` has passed (0: for ever).
/// @throws std::runtime_error  if what comes is no message
std::optional<nlohmann::json> read_frame(int fd,
                                         std::chrono::milliseconds wait = {});

nlohmann::json to_json(const Command& command, const Limits& limits);
nlohmann::json to_json(const Limits& limits);
Command command_from(const nlohmann::json& message);
Limits limits_from(const nlohmann::json& message);

nlohmann::json to_json(const ProcessResult& result);
ProcessResult result_from(const nlohmann::json& message);

}  // namespace grader
