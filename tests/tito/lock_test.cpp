#include "system/lock.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scratch.hpp"
#include "support/catch.hpp"
#include "system/error.hpp"

using namespace tito;
using std::chrono::milliseconds;

TEST_CASE("a lock keeps others out until it is released") {
  const Scratch scratch;
  const auto file = scratch.path() / "lock";
  {
    const FileLock lock(file);
    CHECK_THROWS_AS(FileLock(file, milliseconds(50)), EnvironmentError);
  }
  CHECK_NOTHROW(FileLock(file, milliseconds(0)));
}

TEST_CASE("the message names the process that holds the lock") {
  const Scratch scratch;
  const auto file = scratch.path() / "lock";
  const FileLock lock(file);
  try {
    const FileLock second(file, milliseconds(1));
    FAIL("the lock was given twice");
  } catch (const EnvironmentError& error) {
    CHECK(contains(error.what(), "pid " + std::to_string(::getpid())));
    CHECK(contains(error.what(), "kill " + std::to_string(::getpid())));
  }
}

TEST_CASE("the lock of a killed process is free") {
  const Scratch scratch;
  const auto file = scratch.path() / "lock";
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const FileLock lock(file);
    [[maybe_unused]] const ssize_t n = ::write(ready[1], "x", 1);
    ::pause();
    ::_exit(0);
  }
  char byte = 0;
  REQUIRE(::read(ready[0], &byte, 1) == 1);
  CHECK_THROWS_AS(FileLock(file, milliseconds(20)), EnvironmentError);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  CHECK_NOTHROW(FileLock(file, milliseconds(0)));
}

TEST_CASE("a lock in a missing directory is a clear error") {
  const Scratch scratch;
  CHECK_THROWS_AS(FileLock(scratch.path() / "no" / "lock", milliseconds(0)),
                  EnvironmentError);
}
