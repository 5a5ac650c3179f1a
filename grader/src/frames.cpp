#include "frames.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace grader {
namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kLargest = 64 << 20;

/// Waits for something to read. False if the time is over.
bool wait_for(int fd, Clock::time_point end, bool forever) {
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - Clock::now());
    const int timeout = forever ? -1 : static_cast<int>(left.count() + 1);
    if (!forever && left.count() < 0) return false;
    pollfd waiting{fd, POLLIN, 0};
    const int ready = poll(&waiting, 1, timeout);
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

/// Everything until the other side closes.
std::string rest_of(int fd) {
  std::string text;
  char buffer[4096];
  ssize_t n;
  while (wait_for(fd, Clock::now() + std::chrono::seconds(5), false) &&
         (n = read(fd, buffer, sizeof buffer)) > 0) {
    text.append(buffer, static_cast<std::size_t>(n));
  }
  return text.substr(0, text.find('\n'));
}

}  // namespace

void write_frame(int fd, const json& message) {
  const std::vector<std::uint8_t> body = json::to_cbor(message);
  const auto size = static_cast<std::uint32_t>(body.size());
  std::string bytes(reinterpret_cast<const char*>(&size), sizeof size);
  bytes.append(body.begin(), body.end());
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t n =
        send(fd, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
    if (n < 0 && errno != EINTR) throw std::runtime_error(strerror(errno));
    if (n > 0) done += static_cast<std::size_t>(n);
  }
}

std::optional<json> read_frame(int fd, std::chrono::milliseconds wait) {
  const Clock::time_point end = Clock::now() + wait;
  std::string bytes;
  std::size_t wanted = sizeof(std::uint32_t);
  while (bytes.size() < wanted) {
    if (!wait_for(fd, end, wait.count() == 0)) return std::nullopt;
    char buffer[65536];
    const ssize_t n =
        read(fd, buffer, std::min(sizeof buffer, wanted - bytes.size()));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return std::nullopt;
    bytes.append(buffer, static_cast<std::size_t>(n));
    if (bytes.size() != sizeof(std::uint32_t)) continue;
    std::uint32_t size = 0;
    std::memcpy(&size, bytes.data(), sizeof size);
    // Its own words instead: bubblewrap says why it cannot start.
    if (size > kLargest) throw std::runtime_error(bytes + rest_of(fd));
    wanted += size;
  }
  return json::from_cbor(bytes.begin() + sizeof(std::uint32_t), bytes.end());
}

json to_json(const Command& command, const Limits& limits) {
  json message = to_json(limits);
  message.update({{"argv", command.argv},
                  {"directory", command.directory.string()},
                  {"environment", command.environment},
                  {"inherit", command.inherit_environment},
                  {"input", command.input},
                  {"report", command.report_pipe}});
  return message;
}

json to_json(const Limits& limits) {
  // Names every member: a new one must get there, too.
  const auto& [wall, cpu, memory, output, file, processes, confined, files] =
      limits;
  return {{"wall", wall.count()}, {"cpu", cpu.count()},
          {"memory", memory},     {"output", output},
          {"file", file},         {"processes", processes},
          {"confined", confined}, {"files", files}};
}

Command command_from(const json& message) {
  Command command;
  message.at("argv").get_to(command.argv);
  command.directory = message.at("directory").get<std::string>();
  message.at("environment").get_to(command.environment);
  message.at("inherit").get_to(command.inherit_environment);
  message.at("input").get_to(command.input);
  message.at("report").get_to(command.report_pipe);
  return command;
}

Limits limits_from(const json& message) {
  Limits limits;
  limits.wall = std::chrono::milliseconds(message.at("wall").get<long>());
  limits.cpu = std::chrono::seconds(message.at("cpu").get<long>());
  message.at("memory").get_to(limits.memory_bytes);
  message.at("output").get_to(limits.output_bytes);
  message.at("file").get_to(limits.file_bytes);
  message.at("processes").get_to(limits.processes);
  message.at("confined").get_to(limits.confined);
  message.at("files").get_to(limits.files);
  return limits;
}

json to_json(const ProcessResult& result) {
  return {{"end", static_cast<int>(result.end)},
          {"code", result.code},
          {"output", result.output},
          {"report", result.report},
          {"error", result.error},
          {"seconds", result.seconds},
          {"peak", result.peak_kib}};
}

ProcessResult result_from(const json& message) {
  ProcessResult result;
  result.end = static_cast<ProcessResult::End>(message.at("end").get<int>());
  message.at("code").get_to(result.code);
  message.at("output").get_to(result.output);
  message.at("report").get_to(result.report);
  message.at("error").get_to(result.error);
  message.at("seconds").get_to(result.seconds);
  message.at("peak").get_to(result.peak_kib);
  return result;
}

}  // namespace grader
