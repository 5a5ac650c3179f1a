#include "grader/test_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "confine.hpp"
#include "grader/unicode.hpp"
#include "report_lines.hpp"
#include "verdict.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Status = TestResult::Status;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kOutputKept = 4096;
// What tests/support/main.cpp sends at most. Code under test can send more.
constexpr std::size_t kLongestText = 4010;
constexpr std::size_t kMostFailures = 20;
/// Of a test, in bytes: a thousand tests that tell a lot must fit into memory.
constexpr std::size_t kMostFailureText = 32 << 10;
constexpr char kMark = '\x1e';  // printed by the program before each test
constexpr const char* kNotImplemented = "NotImplemented: ";

Command command_for(const fs::path& executable, const char* mode,
                    bool confined) {
  Command command;
  command.argv = {executable.string()};
  command.directory = executable.parent_path();
  command.report_pipe = true;
  command.environment = {std::string("TINYTORCH_TEST_REPORT=") + mode};
  if (confined) {
    command.inherit_environment = false;
    command.environment.insert(command.environment.end(),
                               kConfinedEnvironment.begin(),
                               kConfinedEnvironment.end());
  }
  return command;
}

bool is_task(const std::string& tag) {
  const auto digits = [](const std::string& text) {
    return !text.empty() &&
           text.find_first_not_of("0123456789") == std::string::npos;
  };
  const auto dot = tag.find('.');
  return dot == 2 && digits(tag.substr(0, dot)) && digits(tag.substr(dot + 1));
}

TestResult listed(const json& event) {
  TestResult test;
  test.name = event.at("name").get<std::string>();
  for (const auto& tag : event.at("tags").get<std::vector<std::string>>()) {
    if (is_task(tag)) test.tasks.push_back(tag);
    test.hidden = test.hidden || tag == "hidden";
  }
  return test;
}

bool is_wanted(const TestResult& test, const std::vector<std::string>& tasks) {
  return tasks.empty() ||
         std::any_of(tasks.begin(), tasks.end(), [&](const auto& task) {
           return std::count(test.tasks.begin(), test.tasks.end(), task) > 0;
         });
}

std::string text_of(const json& event, const char* key) {
  return first_bytes(event.at(key).get_ref<const std::string&>(), kLongestText);
}

Failure read_failure(const json& event) {
  Failure failure;
  failure.expression = text_of(event, "expression");
  failure.expanded = text_of(event, "expanded");
  failure.message = text_of(event, "message");
  failure.file = text_of(event, "file");
  failure.line = event.at("line").get<int>();
  if (failure.expression.rfind("{Unknown expression", 0) == 0) {
    failure.expression.clear();
    failure.expanded.clear();
  }
  const auto info = text_of(event, "info");
  if (!info.empty()) {
    failure.message += (failure.message.empty() ? "" : "\n") + info;
  }
  return failure;
}

bool has_room(const std::vector<Failure>& failures) {
  std::size_t bytes = 0;
  for (const Failure& f : failures) {
    bytes += f.expression.size() + f.expanded.size() + f.message.size() +
             f.file.size();
  }
  return failures.size() < kMostFailures && bytes < kMostFailureText;
}

class Runner {
 public:
  Runner(const fs::path& executable, const std::vector<TestResult>& expected,
         const TestRunOptions& options)
      : executable_(executable), options_(options) {
    for (const TestResult& test : expected) {
      if (!is_wanted(test, options.tasks)) continue;
      TestResult open;
      open.name = test.name;
      open.tasks = test.tasks;
      open.hidden = test.hidden;
      results_.push_back(std::move(open));
      done_.push_back(false);
    }
  }

  std::vector<TestResult> run();

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  bool stopped() const;
  std::vector<std::size_t> next_tests() const;
  ProcessResult run_process();
  bool handle_safely(const json& event);
  bool handle(const json& event);
  void end_test(const json& event);
  void take_output();
  void after(const ProcessResult& process);
  void finish(std::size_t test, const Verdict& verdict);
  void skip_lost();
  std::size_t find_open(const std::string& name) const;

  fs::path executable_;
  const TestRunOptions& options_;
  std::vector<TestResult> results_;
  std::vector<bool> done_;

  // The present process.
  std::vector<std::size_t> tests_;
  std::size_t current_ = kNone;
  bool any_started_ = false, said_done_ = false;
  std::string output_;
  std::size_t output_taken_ = 0;
  Clock::time_point test_started_;
  int silent_processes_ = 0;  // in a row, that ended before any test began
};

std::vector<TestResult> Runner::run() {
  for (;;) {
    skip_lost();
    tests_ = next_tests();
    if (stopped() || tests_.empty()) return std::move(results_);
    after(run_process());
  }
}

bool Runner::stopped() const {
  return options_.stop_at_first_failure &&
         std::any_of(results_.begin(), results_.end(), [](const auto& result) {
           return result.status != Status::passed &&
                  result.status != Status::not_run;
         });
}

std::vector<std::size_t> Runner::next_tests() const {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < results_.size(); ++i) {
    if (!done_[i]) open.push_back(i);
  }
  if (options_.isolation == Isolation::each_alone && open.size() > 1) {
    return {open.front()};
  }
  return open;
}

ProcessResult Runner::run_process() {
  current_ = kNone;
  any_started_ = said_done_ = false;
  output_.clear();
  output_taken_ = 0;
  json names = json::array();
  for (const std::size_t i : tests_) names.push_back(results_[i].name);

  const std::string secret = new_secret();
  ReportLines lines(secret);
  Command command = command_for(executable_, "1", options_.limits.confined);
  command.input = secret + "\n" + names.dump();
  command.on_output = [&](const std::string& piece) { output_ += piece; };
  command.on_report = [&](const std::string& piece) {
    bool progress = false;
    for (const json& event : lines.add(piece)) {
      progress = handle_safely(event) || progress;
    }
    return progress && options_.isolation == Isolation::together;
  };
  return options_.run(command, options_.limits);
}

/// Code that has got hold of the secret can send anything.
bool Runner::handle_safely(const json& event) {
  try {
    return handle(event);
  } catch (const json::exception&) {
    return false;
  }
}

bool Runner::handle(const json& event) {
  const auto kind = event.at("event").get<std::string>();
  if (kind == "started") {
    current_ = find_open(event.at("name").get<std::string>());
    any_started_ = any_started_ || current_ != kNone;
    test_started_ = Clock::now();
    return true;
  }
  if (kind == "done") said_done_ = true;
  if (current_ == kNone) return false;
  auto& failures = results_[current_].failures;
  if (kind == "failure" && has_room(failures)) {
    failures.push_back(read_failure(event));
    if (event.at("exception").get<bool>() &&
        failures.back().message.rfind(kNotImplemented, 0) == 0) {
      results_[current_].detail =
          text_of(event, "message").substr(std::strlen(kNotImplemented));
    }
  }
  if (kind == "ended") end_test(event);
  return kind == "ended";
}

void Runner::end_test(const json& event) {
  TestResult& test = results_[current_];
  const auto& failures = test.failures;
  const bool only_stubs =
      !failures.empty() &&
      std::all_of(failures.begin(), failures.end(), [](const Failure& f) {
        return f.message.rfind(kNotImplemented, 0) == 0;
      });
  const bool passed = event.at("passed").get<bool>() && failures.empty();
  Verdict verdict{Status::failed, ""};
  if (passed) {
    verdict.status = Status::passed;
  } else if (only_stubs && !test.detail.empty()) {
    verdict = {Status::not_implemented, test.detail};
  } else if (event.at("assertions").get<int>() == 0) {
    verdict.detail = "the test ended without checking anything";
  }
  finish(current_, verdict);
}

/// The output between this test's mark and the next one.
void Runner::take_output() {
  const auto begin = output_.find(kMark, output_taken_);
  if (begin == std::string::npos) return;
  const auto end = std::min(output_.find(kMark, begin + 1), output_.size());
  output_taken_ = end;
  results_[current_].output =
      first_bytes(std::string_view(output_).substr(begin + 1, end - begin - 1),
                  kOutputKept);
}

void Runner::finish(std::size_t test, const Verdict& verdict) {
  TestResult& result = results_[test];
  if (test == current_) {
    take_output();
    if (options_.isolation == Isolation::together) {
      result.seconds =
          std::chrono::duration<double>(Clock::now() - test_started_).count();
    }
    current_ = kNone;
  }
  result.status = verdict.status;
  result.detail = verdict.detail;
  done_[test] = true;
  if (options_.on_result) options_.on_result(result);
}

void Runner::after(const ProcessResult& process) {
  if (options_.isolation == Isolation::each_alone) {
    results_[tests_.front()].seconds = process.seconds;
  }
  Verdict verdict = verdict_of(process, options_.limits);
  if (current_ != kNone) {
    silent_processes_ = 0;
    finish(current_, verdict);
    return;
  }
  if (said_done_) {
    verdict = {Status::incomplete, "the program does not hold this test"};
  } else if (any_started_) {
    silent_processes_ = 0;
    // With one test per process it has its verdict, unless the program ran
    // another test in its place.
    if (options_.isolation == Isolation::together) return;
  } else {
    verdict.detail += " (before the first test began)";
    ++silent_processes_;
  }
  // What happens twice before any test will happen every time.
  const bool hopeless =
      process.end == ProcessResult::End::not_started || silent_processes_ > 1;
  if (hopeless) {
    tests_.clear();
    for (std::size_t i = 0; i < done_.size(); ++i) tests_.push_back(i);
  }
  const bool all =
      hopeless || said_done_ || options_.isolation == Isolation::each_alone;
  if (!all) return;
  for (const std::size_t test : tests_) {
    if (!done_[test]) finish(test, verdict);
  }
}

void Runner::skip_lost() {
  if (options_.isolation != Isolation::each_alone) return;
  for (std::size_t i = 0; i < results_.size(); ++i) {
    if (done_[i]) continue;
    const auto verdict = verdict_without_run(
        results_[i], {&options_.earlier, &results_}, options_.limits);
    if (verdict) finish(i, *verdict);
  }
}

std::size_t Runner::find_open(const std::string& name) const {
  for (const std::size_t i : tests_) {
    if (!done_[i] && results_[i].name == name) return i;
  }
  return kNone;
}

}  // namespace

std::vector<TestResult> run_tests(const fs::path& executable,
                                  const std::vector<TestResult>& expected,
                                  const TestRunOptions& options) {
  return Runner(executable, expected, options).run();
}

std::vector<TestResult> list_tests(const fs::path& executable) {
  const std::string secret = new_secret();
  Command command = command_for(executable, "list", false);
  command.input = secret + "\n";
  Limits limits;
  limits.wall = std::chrono::seconds(20);
  const ProcessResult process = run(command, limits);
  std::vector<TestResult> tests;
  bool complete = false;
  for (const json& event : ReportLines(secret).add(process.report)) {
    const auto kind = event.at("event").get<std::string>();
    if (kind == "test") tests.push_back(listed(event));
    complete = complete || kind == "done";
  }
  if (!complete) {
    throw std::runtime_error(
        fmt::format("{} does not list its tests: {}{}", executable.string(),
                    verdict_of(process, limits).detail, process.error));
  }
  return tests;
}

const char* to_string(Status status) {
  switch (status) {
    case Status::passed:
      return "passed";
    case Status::failed:
      return "failed";
    case Status::not_implemented:
      return "not-implemented";
    case Status::crashed:
      return "crashed";
    case Status::timed_out:
      return "timed-out";
    case Status::output_limit:
      return "output-limit";
    case Status::incomplete:
      return "incomplete";
    case Status::not_run:
      return "not-run";
  }
  return "unknown";
}

}  // namespace grader
