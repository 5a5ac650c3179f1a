#include "system/files.hpp"

#include <sys/stat.h>

#include "scratch.hpp"
#include "support/catch.hpp"
#include "system/error.hpp"
#include "system/watcher.hpp"
#include "system/workspace.hpp"

using namespace tito;
namespace fs = std::filesystem;

TEST_CASE("an atomic write replaces the content and leaves no temporary") {
  const Scratch scratch;
  const fs::path file = scratch.path() / "file";
  write_atomically(file, "one");
  write_atomically(file, "two", Durability::fast);
  CHECK(read_text(file) == "two");
  CHECK(std::distance(fs::directory_iterator(scratch.path()), {}) == 1);
}

TEST_CASE("a write that fails leaves the old content") {
  const Scratch scratch;
  const fs::path target = scratch.path() / "directory";
  fs::create_directories(target / "inside");
  CHECK_THROWS_AS(write_atomically(target, "text"), EnvironmentError);
  CHECK(fs::exists(target / "inside"));
  CHECK_THROWS_AS(write_atomically(scratch.path() / "no" / "file", "text"),
                  EnvironmentError);
}

TEST_CASE("the hash depends on names, contents and where files end") {
  const Scratch scratch;
  spit(scratch.path() / "a", "xy");
  spit(scratch.path() / "b", "z");
  const std::vector<fs::path> files = {scratch.path() / "a",
                                       scratch.path() / "b"};
  const std::string before = content_hash(files);
  CHECK(content_hash(files) == before);
  spit(scratch.path() / "a", "x");
  spit(scratch.path() / "b", "yz");
  CHECK(content_hash(files) != before);
  fs::remove(scratch.path() / "b");
  CHECK(content_hash(files).size() == 16);
}

TEST_CASE("an unused path is never one that exists") {
  const Scratch scratch;
  const fs::path stem = scratch.path() / "backup";
  CHECK(unused_path(stem) == stem);
  fs::create_directory(stem);
  CHECK(unused_path(stem) == stem.string() + "-2");
}

TEST_CASE("paths are shown relative only where that is shorter") {
  CHECK(short_path("/w/modules/x.cpp", "/w") == "modules/x.cpp");
  CHECK(short_path("/other/x.cpp", "/w") == "/other/x.cpp");
}

TEST_CASE("the workspace is the nearest directory with a curriculum") {
  const Scratch scratch;
  spit(scratch.path() / "modules/curriculum.json", "{}");
  fs::create_directories(scratch.path() / "modules/01_tensor/src");
  CHECK(find_workspace(scratch.path() / "modules/01_tensor/src").root ==
        fs::canonical(scratch.path()));
  CHECK_THROWS_AS(find_workspace("/"), UsageError);
  CHECK_THROWS_AS(find_workspace(scratch.path() / "nowhere"), UsageError);
}

TEST_CASE("a saved, replaced or removed file is noticed once") {
  const Scratch scratch;
  const fs::path file = scratch.path() / "a.cpp";
  spit(file, "one");
  FileWatcher watcher({file});
  CHECK_FALSE(watcher.changed());
  spit(file, "three");
  CHECK(watcher.changed());
  CHECK_FALSE(watcher.changed());
  fs::remove(file);
  CHECK(watcher.changed());
  spit(file, "three");
  CHECK(watcher.changed());
}
