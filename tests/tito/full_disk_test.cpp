// `tito grade run` on disks that are full, on a gradebook that cannot be
// written, and on one that somebody else holds: one message, exit code 3, no
// zero points, and the next run finds everything.
#include "course_workspace.hpp"
#include "grader/gradebook/gradebook.hpp"

namespace fs = std::filesystem;

namespace {

constexpr const char* kActivations = "02_activations/src/activations.cpp";
constexpr const char* kRight = "ada,02_activations,100,100,passed";

/// One student, and a directory `full` on a file system of its own.
class SmallDisk {
 public:
  SmallDisk() {
    fs::permissions(scratch_.path(), fs::perms(0711));
    spit(path() / "submissions/ada/modules" / kActivations,
         slurp(fs::path(COURSE_DIR "/solutions") / kActivations));
    fs::create_directory(path() / "full");
  }

  fs::path path() const { return scratch_.path(); }
  std::string csv(const char* name) const { return slurp(path() / name); }

  /// A script with grade(), whose words are further options.
  std::string run(const std::string& script, int bytes = 1 << 20) const {
    grader::Command command;
    command.argv = {"bwrap", "--dev-bind", "/", "/"};
    if (bytes > 0) {
      const std::string full = path() / "full";
      command.argv.insert(command.argv.end(),
                          {"--size", std::to_string(bytes), "--tmpfs", full});
    } else {
      const std::string closed = path() / "closed";
      command.argv.insert(command.argv.end(), {"--ro-bind", closed, closed});
    }
    command.argv.insert(
        command.argv.end(),
        {"--", "sh", "-c",
         "grade() { " BUILD_DIR
         "/bin/tito grade run submissions --modules 02 \"$@\" 2>&1;"
         " echo \"code $?\"; };" +
             script});
    command.directory = path();
    return grader::run(command).output;
  }

 private:
  Scratch scratch_;
};

/// All but this much of `full` is taken.
std::string fill_but(int bytes) {
  return "head -c " + std::to_string((1 << 20) - bytes) +
         " /dev/zero > full/zeros;";
}

}  // namespace

TEST_CASE("grade run: a full disk under the gradebook loses nothing") {
  const SmallDisk disk;
  const int left = GENERATE(20'000, 100'000, 130'000);
  INFO(left);
  const std::string words = "grade --out out.csv --gradebook full/book.db;";
  const auto said =
      disk.run(fill_but(left) + words +
               "test ! -e out.csv && echo none; rm full/zeros;" + words);
  INFO(said);
  CHECK(occurrences(said, "code 3") == 1);
  CHECK(occurrences(said, "tito: ") == 1);
  CHECK(contains(said, "the disk is full"));
  CHECK(contains(said, "none"));
  CHECK(occurrences(said, "code 0") == 1);
  CHECK(contains(disk.csv("out.csv"), kRight));
}

TEST_CASE("grade run: a full disk under the report loses nothing") {
  const SmallDisk disk;
  const std::string words = "grade --out full/out.csv --gradebook book.db;";
  const auto said = disk.run(fill_but(0) + words +
                             "test ! -e full/out.csv && echo none;"
                             "rm full/zeros;" +
                             words + "cp full/out.csv .");
  INFO(said);
  CHECK(occurrences(said, "code 3") == 1);
  CHECK(contains(said, "No space left on device"));
  CHECK(contains(said, "none"));
  CHECK(contains(said, "1 verdict known from an earlier run"));
  CHECK(occurrences(said, "code 0") == 1);
  CHECK(contains(disk.csv("out.csv"), kRight));
}

TEST_CASE("grade run: a full disk under temporary files loses nothing") {
  const SmallDisk disk;
  const std::string words = "grade --out out.csv --gradebook book.db;";
  const auto said = disk.run(
      "chmod 711 full; export TMPDIR=$PWD/full;" + words +
      "ls full; test ! -e out.csv && echo none; unset TMPDIR;" + words);
  INFO(said);
  CHECK(occurrences(said, "code 3") == 1);
  CHECK(contains(said, "set TMPDIR to a directory with space"));
  CHECK_FALSE(contains(said, "tito-grade-"));
  CHECK(contains(said, "none"));
  CHECK(occurrences(said, "code 0") == 1);
  CHECK(contains(disk.csv("out.csv"), kRight));
}

TEST_CASE("grade run: a gradebook that cannot be written stays as it is") {
  const SmallDisk disk;
  const fs::path book = disk.path() / "closed/book.db";
  fs::create_directory(book.parent_path());
  { const grader::Gradebook made(book); }
  const std::string before = slurp(book);
  const std::string words = "grade --out out.csv --gradebook closed/book.db";
  const auto said = disk.run(words, 0);
  INFO(said);
  CHECK(contains(said, "code 3"));
  CHECK(contains(said, "Read-only file system"));
  CHECK_FALSE(fs::exists(disk.path() / "out.csv"));
  CHECK(slurp(book) == before);
  CHECK(contains(disk.run(words), "code 0"));
  CHECK(contains(disk.csv("out.csv"), kRight));
}

TEST_CASE("grade run: a gradebook that somebody holds stays as it is") {
  const SmallDisk disk;
  { const grader::Gradebook made(disk.path() / "book.db"); }
  const std::string words = "grade --out out.csv --gradebook book.db;";
  const auto said = disk.run(
      "mkfifo held; python3 -c 'import sqlite3\n"
      "book = sqlite3.connect(\"book.db\", isolation_level=None)\n"
      "book.execute(\"BEGIN EXCLUSIVE\")\n"
      "open(\"held\").read()' & "
      "exec 9> held;" +
      words + "exec 9>&-; wait;" + words);
  INFO(said);
  CHECK(occurrences(said, "code 3") == 1);
  CHECK(contains(said, "in use by another process"));
  CHECK(occurrences(said, "code 0") == 1);
  CHECK(contains(disk.csv("out.csv"), kRight));
}
