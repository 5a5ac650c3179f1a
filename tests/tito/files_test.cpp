#include "system/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

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

TEST_CASE("a pipe is written into, not replaced") {
  const Scratch scratch;
  const fs::path pipe = scratch.path() / "pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  fs::create_symlink("pipe", scratch.path() / "link");
  const int reader = open(pipe.c_str(), O_RDWR);
  write_atomically(pipe, "one ");
  write_atomically(scratch.path() / "link", "two");
  std::array<char, 16> text{};
  CHECK(read(reader, text.data(), text.size()) == 7);
  CHECK(std::string(text.data()) == "one two");
  close(reader);
  CHECK(fs::is_fifo(pipe));
  CHECK(fs::is_symlink(scratch.path() / "link"));
}

TEST_CASE("a link stays, and what it names is replaced or made") {
  const Scratch scratch;
  fs::create_directory(scratch.path() / "there");
  for (const char* name : {"there/old", "there/new"}) {
    spit(scratch.path() / "there/old", "before");
    const fs::path link = scratch.path() / "link", again = scratch.path() / "2";
    fs::create_symlink(name, link);
    fs::create_symlink(link, again);
    write_atomically(again, "after");
    CHECK(fs::is_symlink(again));
    CHECK(fs::is_symlink(link));
    CHECK(slurp(scratch.path() / name) == "after");
    fs::remove(link);
    fs::remove(again);
  }
}

TEST_CASE("a file keeps its permissions when it is written again") {
  const Scratch scratch;
  const fs::path file = scratch.path() / "file";
  spit(file, "one");
  for (const unsigned mode : {0600U, 0640U, 0666U, 0444U, 0755U}) {
    fs::permissions(file, fs::perms(mode));
    write_atomically(file, "two");
    CHECK(unsigned(fs::status(file).permissions()) == mode);
  }
}

TEST_CASE("nobody is told to take over what is no part of a course") {
  const Scratch scratch;
  spit(scratch.path() / "modules/curriculum.json", "{}");
  fs::create_symlink("/etc", scratch.path() / "link");
  const std::string own = "sudo chown -R $USER '";
  CHECK(contains(way_to_own(scratch.path() / ".tito"),
                 own + scratch.path().string() + "/.tito'"));
  CHECK(contains(way_to_own(scratch.path()), own));
  for (const fs::path& place :
       {fs::path("/"), fs::path("/etc"), scratch.path().parent_path(),
        scratch.path() / "..", scratch.path() / "link"}) {
    CHECK_FALSE(contains(way_to_own(place), "chown"));
    CHECK(contains(way_to_own(place), "Choose another place"));
  }
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
