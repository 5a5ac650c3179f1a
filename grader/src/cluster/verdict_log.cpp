#include "grader/cluster/verdict_log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <sstream>

#include "grader/gradebook/grade_json.hpp"
#include "grader/gradebook/gradebook.hpp"
#include "shared_file.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::optional<LoggedVerdict> parse_line(const std::string& line) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object() || !json.contains("key")) return std::nullopt;
  try {
    return LoggedVerdict{json.at("key").get<std::string>(),
                         module_grade_from(json.at("grade"))};
  } catch (const Json::exception&) {
    return std::nullopt;
  } catch (const GradebookError&) {
    return std::nullopt;
  }
}

/// From `begin` on, up to the last whole line.
std::string whole_lines(const fs::path& file, std::uintmax_t begin) {
  std::ifstream in(file, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(begin));
  std::string text{std::istreambuf_iterator<char>(in), {}};
  text.resize(text.rfind('\n') + 1);  // npos + 1 is 0
  return text;
}

}  // namespace

VerdictLog::VerdictLog(const fs::path& folder, std::size_t shard) {
  for (int attempt = 1; descriptor_ < 0; ++attempt) {
    file_ = folder / fmt::format("verdicts-{}.{}.jsonl", shard, attempt);
    descriptor_ =
        open(file_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC,
             0600);
    if (descriptor_ < 0 && errno != EEXIST) fail_on("write", file_, errno);
  }
}

VerdictLog::~VerdictLog() { close(descriptor_); }

void VerdictLog::append(const std::string& key, const ModuleGrade& grade) {
  // The line before may have been torn by a full disk: begin anew.
  const std::string line = fmt::format("\n{{\"key\": {}, \"grade\": {}}}\n",
                                       Json(key).dump(), to_json_text(grade));
  const std::lock_guard lock(mutex_);
  if (const int error = write_and_sync(descriptor_, line)) {
    fail_on("write", file_, error);
  }
}

VerdictReader::VerdictReader(fs::path folder)
    : folder_(std::move(folder)), prefix_("verdicts-") {}

VerdictReader::VerdictReader(fs::path folder, std::size_t shard)
    : folder_(std::move(folder)), prefix_(fmt::format("verdicts-{}.", shard)) {}

std::vector<LoggedVerdict> VerdictReader::read_new() {
  std::error_code error;
  std::set<fs::path> logs;
  for (fs::directory_iterator it(folder_, error), end; !error && it != end;
       it.increment(error)) {
    const bool log = it->path().filename().string().starts_with(prefix_);
    if (log) logs.insert(it->path());
  }
  if (error) fail_on("read", folder_, error.value());
  std::vector<LoggedVerdict> verdicts;
  for (const fs::path& log : logs) {
    const std::string text = whole_lines(log, read_[log]);
    read_[log] += text.size();
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      if (auto verdict = parse_line(line)) verdicts.push_back(*verdict);
    }
  }
  return verdicts;
}

}  // namespace grader
