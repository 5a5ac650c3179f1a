// The main program of every test binary.
//
// Run by hand it is an ordinary Catch2 program. With TINYTORCH_TEST_REPORT=1
// it reads a secret and a JSON list of test names from standard input, runs
// those tests and writes one line per event to descriptor 3; with
// TINYTORCH_TEST_REPORT=list it only lists its tests. Every line carries the
// secret, which is read before any code under test can run: a report without
// it is a forgery.
#define CATCH_CONFIG_RUNNER
// A signal must end the process, so that whoever started it sees the signal.
#define CATCH_CONFIG_NO_POSIX_SIGNALS
#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/catch.hpp"

namespace {

using nlohmann::json;

constexpr int kReport = 3;
constexpr std::size_t kLongestText = 4000;
constexpr std::size_t kMostFailures = 20;

const char* mode = nullptr;
char* input = nullptr;  // "<secret>\n<JSON list of names>"
char head[80] = "\n";   // "\n<secret> ": how every line of the report begins

void read_standard_input() {
  std::size_t size = 0, capacity = 1 << 16;
  input = static_cast<char*>(std::malloc(capacity));
  for (;;) {
    const ssize_t n = read(0, input + size, capacity - size - 1);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    size += static_cast<std::size_t>(n);
    if (size + 1 == capacity) {
      capacity *= 2;
      input = static_cast<char*>(std::realloc(input, capacity));
    }
  }
  input[size] = '\0';
  close(0);
  open("/dev/null", O_RDONLY);
}

/// Runs before every constructor that has no number of its own, and, because
/// this object is linked first, before those that share this number. Nobody
/// else may read this process's memory or descriptors through /proc.
__attribute__((constructor(101))) void take_the_secret() {
  mode = std::getenv("TINYTORCH_TEST_REPORT");
  if (mode == nullptr) return;
  prctl(PR_SET_DUMPABLE, 0);
  read_standard_input();
  const std::size_t size = std::strcspn(input, "\n");
  if (size + 3 > sizeof head) _exit(125);
  std::memcpy(head + 1, input, size);
  head[1 + size] = ' ';
  // Wrong code reads what lies on the heap: equal runs find equal memory.
  std::memset(input, ' ', size);
}

std::vector<std::string> requested_tests() {
  const char* rest = input + std::strcspn(input, "\n");
  if (std::strlen(rest) <= 1) return {};
  return json::parse(rest).get<std::vector<std::string>>();
}

void write_report(const char* text, std::size_t size) {
  while (size > 0) {
    const ssize_t n = write(kReport, text, size);
    if (n < 0 && errno != EINTR) _exit(125);
    if (n <= 0) continue;
    text += n;
    size -= static_cast<std::size_t>(n);
  }
}

void report(const json& event) {
  const std::string line =
      event.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
  // Its newline ends whatever somebody else wrote to the pipe.
  write_report(head, std::strlen(head));
  write_report(line.data(), line.size());
}

std::string cut(const std::string& text) {
  return text.size() <= kLongestText ? text
                                     : text.substr(0, kLongestText) + " ...";
}

#if CATCH_VERSION_MAJOR >= 3
using Streaming = Catch::StreamingReporterBase;
std::vector<std::string> tags_of(const Catch::TestCaseInfo& test) {
  std::vector<std::string> tags;
  for (const auto& tag : test.tags) {
    tags.push_back(static_cast<std::string>(tag.original));
  }
  return tags;
}
std::string name_of(const Catch::TestCaseStats& stats) {
  return stats.testInfo->name;
}
#else
struct Streaming : Catch::StreamingReporterBase<Streaming> {
  using StreamingReporterBase::StreamingReporterBase;
};
std::vector<std::string> tags_of(const Catch::TestCaseInfo& test) {
  return test.tags;
}
std::string name_of(const Catch::TestCaseStats& stats) {
  return stats.testInfo.name;
}
#endif

std::string info_lines(const Catch::AssertionStats& stats) {
  std::string lines;
  for (const auto& message : stats.infoMessages) {
    if (message.type != Catch::ResultWas::Info) continue;
    lines += (lines.empty() ? "" : "\n") + message.message;
  }
  return cut(lines);
}

/// Writes the events of each test to descriptor 3.
class Report : public Streaming {
 public:
  using Streaming::Streaming;

  static std::string getDescription() {
    return "events for the course's test runner";
  }

  void testCaseStarting(Catch::TestCaseInfo const& test) override {
    Streaming::testCaseStarting(test);
    failures_ = 0;
    report({{"event", "started"}, {"name", test.name}});
    // The same mark in the output tells whose output follows.
    std::cout << '\x1e' << std::flush;
  }

  void assertionStarting(Catch::AssertionInfo const&) override {}

#if CATCH_VERSION_MAJOR >= 3
  void assertionEnded(Catch::AssertionStats const& stats) override {
    add(stats);
  }
#else
  bool assertionEnded(Catch::AssertionStats const& stats) override {
    add(stats);
    return true;
  }
#endif

  void testCaseEnded(Catch::TestCaseStats const& stats) override {
    std::cout << std::flush;
    std::cerr << std::flush;
    std::fflush(nullptr);
    const auto& counts = stats.totals.assertions;
    const auto good = counts.passed, bad = counts.failed;
    if (!dying_) {
      report({{"event", "ended"},
              {"name", name_of(stats)},
              {"assertions", good + bad},
              {"passed", good > 0 && bad == 0}});
    }
  }

 private:
  void add(Catch::AssertionStats const& stats) {
    const auto& result = stats.assertionResult;
    if (result.isOk()) return;
    const auto type = result.getResultType();
    dying_ = dying_ || type == Catch::ResultWas::FatalErrorCondition;
    if (dying_ || ++failures_ > kMostFailures) return;
    const bool threw = type == Catch::ResultWas::ThrewException;
    report({{"event", "failure"},
            {"expression", cut(std::string(result.getExpression()))},
            {"expanded", cut(result.getExpandedExpression())},
            {"exception", threw},
            {"message", cut(std::string(result.getMessage()))},
            {"info", info_lines(stats)},
            {"file", std::string(result.getSourceInfo().file)},
            {"line", result.getSourceInfo().line}});
  }

  std::size_t failures_ = 0;
  bool dying_ = false;  // Catch2 saw a signal; the process ends with it
};

CATCH_REGISTER_REPORTER("report", Report)

const auto& all_tests() {
  return Catch::getRegistryHub().getTestCaseRegistry().getAllTests();
}

#if CATCH_VERSION_MAJOR >= 3
/// A name as a quoted pattern of Catch2's test specifications.
std::string pattern(const std::string& name) {
  std::string result = "\"";
  for (const char c : name) {
    if (std::strchr("\\,\"", c) != nullptr) result += '\\';
    result += c;
  }
  return result + "\"";
}

void run_tests(const std::vector<std::string>& names) {
  std::string wanted;  // a comma means "or", a second argument "and"
  for (const std::string& name : names) {
    wanted.append(wanted.empty() ? "" : ",").append(pattern(name));
  }
  std::vector<const char*> argv = {"tests", "--reporter", "report", "--order",
                                   "decl"};
  if (!wanted.empty()) argv.push_back(wanted.c_str());
  Catch::Session session;
  session.applyCommandLine(static_cast<int>(argv.size()), argv.data());
  session.run();
}
#else
/// As Catch2's session does, which reads a command line first: that takes as
/// long as most tests.
void run_tests(const std::vector<std::string>& names) {
  const auto config = std::make_shared<Catch::Config>(Catch::ConfigData{});
  const Catch::ReporterConfig reporting(config);
  Catch::RunContext context(
      config, Catch::IStreamingReporterPtr(new Report(reporting)));
  context.testGroupStarting("", 1, 1);
  for (const auto& test : all_tests()) {
    if (names.empty() ||
        std::find(names.begin(), names.end(), test.name) != names.end()) {
      context.runTest(test);
    }
  }
  context.testGroupEnded("", {}, 1, 1);
}
#endif

/// In the order of their definition.
void list_tests() {
  int count = 0;
  for (const auto& test : all_tests()) {
    const auto& info = test.getTestCaseInfo();
    report({{"event", "test"}, {"name", info.name}, {"tags", tags_of(info)}});
    ++count;
  }
  report({{"event", "done"}, {"count", count}});
}

int run_for_the_runner() {
  std::setvbuf(stdout, nullptr, _IOLBF, 1 << 16);
  if (std::strcmp(mode, "list") == 0) {
    list_tests();
    return 0;
  }
  run_tests(requested_tests());
  report({{"event", "done"}});
  return 0;
}

}  // namespace

int main(int argc, char* argv[]) {
  if (mode != nullptr) return run_for_the_runner();
  return Catch::Session().run(argc, argv);
}
