#include "grader/oracle.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "confine.hpp"
#include "digest.hpp"
#include "grader/unicode.hpp"
#include "verdict.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;
using Status = TestResult::Status;

constexpr std::size_t kLongestWord = 40, kLongestText = 1000;
constexpr const char* kNotImplemented = "ERROR NotImplemented: ";

constexpr std::size_t kAllParts = static_cast<std::size_t>(-1);

/// At most `most` of the parts: a student's megabytes may be all separators.
std::vector<std::string> split(const std::string& text, char separator,
                               std::size_t most = kAllParts) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part;
       parts.size() < most && std::getline(in, part, separator);) {
    parts.push_back(part);
  }
  return parts;
}

/// One line that a probe emitted.
struct Record {
  std::string name, shape, values;
  double relative = 0, absolute = 0;
};

Record read_record(const std::string& line) {
  auto parts = split(line, '\t', 4);
  parts.resize(4);
  Record record{parts[0], parts[1], parts[3]};
  std::istringstream(parts[2]) >> record.relative >> record.absolute;
  return record;
}

/// A word that is no number, such as an exception's name, must be equal.
bool agree(const std::string& wanted, const std::string& got,
           const Record& with) {
  if (wanted == got) return true;
  char* end = nullptr;
  const double a = std::strtod(wanted.c_str(), &end);
  if (end == wanted.c_str() || *end != '\0') return false;
  const double b = std::strtod(got.c_str(), &end);
  if (end == got.c_str() || *end != '\0') return false;
  if (!std::isfinite(a) || !std::isfinite(b)) return false;
  return std::fabs(a - b) <= with.absolute + with.relative * std::fabs(a);
}

std::string compare(const Record& wanted, const Record& got) {
  if (wanted.name != got.name) {
    return fmt::format("expected the record \"{}\"", wanted.name);
  }
  if (wanted.shape != got.shape) {
    return fmt::format("{}: expected shape ({}), got ({})", wanted.name,
                       wanted.shape, got.shape.substr(0, kLongestWord));
  }
  const auto a = split(wanted.values, ' ');
  const auto b = split(got.values, ' ', a.size() + 1);
  if (a.size() != b.size()) {
    return fmt::format("{}: expected {} values, got {}", wanted.name, a.size(),
                       b.size() < a.size() ? std::to_string(b.size()) : "more");
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (agree(a[i], b[i], wanted)) continue;
    return fmt::format("{}: expected {} at element {}, got {}", wanted.name,
                       a[i], i, b[i].substr(0, kLongestWord));
  }
  return "";
}

Command command_for(const fs::path& executable, const std::string& input) {
  Command command;
  command.argv = {executable.string()};
  command.directory = executable.parent_path();
  command.inherit_environment = false;
  command.environment = kConfinedEnvironment;
  command.report_pipe = true;
  command.input = input;
  return command;
}

void judge(TestResult& result, const ProcessResult& process,
           const std::string& reference, const Limits& limits) {
  result.seconds = process.seconds;
  result.output = first_bytes(process.output, 4096);
  const auto error = process.report.find(kNotImplemented);
  if (error != std::string::npos) {
    result.status = Status::not_implemented;
    const auto begin = error + std::string_view(kNotImplemented).size();
    result.detail =
        process.report.substr(begin, process.report.find('\n', begin) - begin)
            .substr(0, kLongestText);
    return;
  }
  result.detail = difference(reference, process.report);
  result.status = result.detail.empty() ? Status::passed : Status::failed;
  if (process.ok() || result.detail.empty()) return;
  const Verdict verdict = verdict_of(process, limits);
  result.status = verdict.status;
  result.detail = verdict.detail;
}

}  // namespace

std::string probe_seed(std::string_view key, std::string_view module,
                       std::string_view submission, std::string_view probe) {
  const auto message = fmt::format("{}\n{}\n{}", module, submission, probe);
  return hmac_sha256(key, message).substr(0, 16);
}

std::vector<TestResult> list_probes(const fs::path& executable) {
  Limits limits;
  limits.wall = std::chrono::seconds(20);
  const auto process = run(command_for(executable, ""), limits);
  if (!process.ok()) {
    throw std::runtime_error(
        fmt::format("{} does not list its probes: {}{}", executable.string(),
                    verdict_of(process, limits).detail, process.error));
  }
  std::vector<TestResult> probes;
  for (const std::string& line : split(process.report, '\n')) {
    const auto tab = line.find('\t');
    if (line.rfind("LIST ", 0) != 0 || tab == std::string::npos) continue;
    TestResult probe;
    probe.name = line.substr(tab + 1);
    probe.tasks = split(line.substr(5, tab - 5), ' ');
    probe.hidden = probe.by_value = true;
    probes.push_back(std::move(probe));
  }
  return probes;
}

std::map<std::string, std::string> split_probes(const std::string& report) {
  std::map<std::string, std::string> result;
  std::string name;
  for (const std::string& line : split(report, '\n')) {
    if (line.rfind("PROBE ", 0) == 0) name = line.substr(6);
    result[name] += line + "\n";
  }
  return result;
}

std::string difference(const std::string& reference,
                       const std::string& student) {
  const auto wanted = split(reference, '\n');
  const auto got = split(student, '\n', wanted.size() + 1);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (i >= got.size()) return "it ended before it had emitted everything";
    if (wanted[i] == got[i]) continue;
    if (i == 0) return "it emitted something else before its values";
    const auto different = compare(read_record(wanted[i]), read_record(got[i]));
    if (!different.empty()) return different;
  }
  return got.size() > wanted.size() ? "it emitted more than its values" : "";
}

std::vector<TestResult> run_probes(
    const fs::path& executable, const std::vector<TestResult>& probes,
    const std::map<std::string, std::string>& seeds,
    const std::map<std::string, std::string>& reference, const Limits& limits,
    const Launch& run, const std::vector<TestResult>& earlier) {
  std::vector<TestResult> results = probes;
  for (TestResult& result : results) {
    if (const auto verdict =
            verdict_without_run(result, {&earlier, &results}, limits)) {
      result.status = verdict->status;
      result.detail = verdict->detail;
      continue;
    }
    const auto input = seeds.at(result.name) + " " + result.name + "\n";
    const auto process = run(command_for(executable, input), limits);
    if (process.end == ProcessResult::End::not_started) {
      result.detail = process.error;  // and it stays not_run
      continue;
    }
    judge(result, process, reference.at(result.name), limits);
  }
  return results;
}

}  // namespace grader
