#include "system/progress.hpp"

#include <fmt/format.h>

#include <atomic>
#include <thread>

#include "scratch.hpp"
#include "support/catch.hpp"
#include "system/error.hpp"
#include "system/progress_store.hpp"

using namespace tito;
namespace fs = std::filesystem;

namespace {

struct Desk {
  Desk() { workspace.prepare(); }
  Scratch scratch;
  Workspace workspace{scratch.path()};
  std::string said;
  Terminal terminal{&said, 80, false};
  ProgressStore store{workspace, terminal};

  std::vector<fs::path> kept_aside(const std::string& mark) const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(workspace.state())) {
      if (contains(entry.path().filename().string(), mark)) {
        files.push_back(entry.path());
      }
    }
    return files;
  }
};

}  // namespace

TEST_CASE("progress survives writing and reading") {
  Progress progress;
  progress.modules["01"] = {"start", "end", "abc", 97.5};
  progress.modules["02"].started_at = "later";
  progress.milestones["01_1957_perceptron/1"] = {"then", {{"accuracy", 0.5}}};
  const Progress read = parse_progress(to_json(progress));
  CHECK(read.complete("01"));
  CHECK(read.modules.at("01").points == 97.5);
  CHECK(read.modules.at("01").sources == "abc");
  CHECK(read.started("02"));
  CHECK_FALSE(read.complete("02"));
  CHECK(read.milestones.at("01_1957_perceptron/1").metrics.at("accuracy") ==
        0.5);
}

TEST_CASE("no file is no progress") {
  Desk desk;
  CHECK(desk.store.load().modules.empty());
  CHECK(desk.said.empty());
}

TEST_CASE("broken and foreign files are kept aside, never deleted") {
  const std::vector<std::string> contents = {
      "",
      "{\"version\": 1, \"modules\": {\"01\"",
      "[]",
      "null",
      "{\"completed_modules\": [1, 2], \"last\": 3}",
      "{\"version\": \"1.0\"}",
      "{\"version\": 1}",
      "{\"version\": 1, \"modules\": [], \"milestones\": 7}",
      "{\"version\": 1, \"modules\": [], \"milestones\": {}}",
      "{\"version\": 1, \"modules\": {}, \"milestones\": null}",
      "{\"version\": -1, \"modules\": {}, \"milestones\": {}}",
      "{\"version\": 1, \"modules\": {\"01\": {\"points\": \"x\"}}, "
      "\"milestones\": {}}",
      std::string("\x00\xff\x7f\x45LF", 6)};
  for (const std::string& content : contents) {
    Desk desk;
    spit(desk.workspace.progress(), content);
    CAPTURE(content);
    CHECK(desk.store.load().modules.empty());
    const auto aside = desk.kept_aside(".broken-");
    REQUIRE(aside.size() == 1);
    CHECK(slurp(aside.front()) == content);
    CHECK(contains(desk.said, aside.front().filename().string()));
  }
}

TEST_CASE("two broken files within a second are both kept") {
  Desk desk;
  for (const std::string content : {"one", "two", "three"}) {
    spit(desk.workspace.progress(), content);
    desk.store.load();
  }
  CHECK(desk.kept_aside(".broken-").size() == 3);
}

TEST_CASE("a newer file is refused, left in place and copied once") {
  Desk desk;
  const std::string newer = "{\"version\": 2, \"modules\": {}, \"more\": 1}";
  spit(desk.workspace.progress(), newer);
  for (int i = 0; i < 3; ++i) {
    CHECK_THROWS_AS(desk.store.load(), EnvironmentError);
    CHECK_THROWS_AS(desk.store.update([](Progress&) {}), EnvironmentError);
  }
  CHECK(slurp(desk.workspace.progress()) == newer);
  REQUIRE(desk.kept_aside(".newer-").size() == 1);
  CHECK(slurp(desk.kept_aside(".newer-").front()) == newer);
}

TEST_CASE("a version is newer however large it is") {
  for (const char* version : {"2", "4294967297", "18446744073709551615"}) {
    CAPTURE(version);
    try {
      parse_progress(fmt::format("{{\"version\": {}}}", version));
      FAIL("it was read");
    } catch (const ProgressFormatError& error) {
      CHECK(error.newer);
      CHECK(contains(error.what(), version));
    }
  }
}

TEST_CASE("two writers lose nothing") {
  Desk desk;
  const auto write = [&](const std::string& prefix) {
    for (int i = 0; i < 20; ++i) {
      desk.store.update([&](Progress& progress) {
        progress.modules[prefix + std::to_string(i)].started_at = "now";
      });
    }
  };
  std::thread other([&] { write("a"); });
  write("b");
  other.join();
  CHECK(desk.store.load().modules.size() == 40);
}

TEST_CASE("readers never see half a file") {
  Desk desk;
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    for (int i = 0; !stop; ++i) {
      desk.store.update([&](Progress& progress) {
        progress.modules[std::to_string(i % 50)].started_at = "now";
      });
    }
  });
  for (int i = 0; i < 300; ++i) desk.store.load();
  stop = true;
  writer.join();
  CHECK(desk.said.empty());
  CHECK(desk.kept_aside(".broken-").empty());
}

TEST_CASE("a change that fails changes nothing") {
  Desk desk;
  desk.store.update([](Progress& progress) { progress.modules["01"]; });
  const std::string before = slurp(desk.workspace.progress());
  CHECK_THROWS_AS(desk.store.update([](Progress& progress) {
    progress.modules["02"];
    throw NotYetError("no");
  }),
                  NotYetError);
  CHECK(slurp(desk.workspace.progress()) == before);
}

TEST_CASE("temporaries of killed processes are cleared away") {
  Desk desk;
  spit(desk.workspace.progress().string() + ".4711.tmp", "half");
  desk.store.update([](Progress&) {});
  CHECK(desk.kept_aside(".tmp").empty());
}
