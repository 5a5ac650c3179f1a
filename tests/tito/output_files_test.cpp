// What `--out` and its like may name: nothing that is read, kept or written as
// well, and whatever takes writes.
#include <sys/stat.h>

#include "commands/grade_report.hpp"
#include "course_with_grades.hpp"
#include "system/error.hpp"

namespace fs = std::filesystem;

namespace {

/// Devices of a sandbox, in `dev` below the directory; never the machine's.
std::string with_devices(const fs::path& directory, const std::string& script) {
  grader::Command command;
  command.argv = {"bwrap",           "--dev-bind", "/",  "/",  "--dev",
                  directory / "dev", "--",         "sh", "-c", script};
  command.directory = directory;
  return grader::run(command).output;
}

const std::string kExport =
    BUILD_DIR "/bin/tito grade export --format csv --out ";

}  // namespace

TEST_CASE("output files: an export never takes the gradebook's place") {
  const CourseWithGrades course;
  fs::create_symlink(".tito/gradebook.db", course.path() / "link");
  fs::create_hard_link(course.file(), course.path() / "hard");
  for (const char* name :
       {".tito/gradebook.db", ".tito/../.tito/gradebook.db", "link", "hard",
        ".tito/gradebook.db-wal", ".tito/gradebook.db-shm"}) {
    course.refuses({"export", "--format", "csv-wide", "--out", name},
                   "which is the gradebook and would be overwritten");
  }
  fs::copy(course.file(), course.path() / "g.db");
  course.refuses({"export", "--format", "csv-wide", "--out", "g.db",
                  "--gradebook", "g.db"},
                 "which is the gradebook");
  course.refuses({"export", "--format", "csv", "--out",
                  ".tito/gradebook.db-wal", "--gradebook", "link"},
                 "which is the gradebook");
  CHECK(course.run({"show", "ada"}).code == 0);
  CHECK(course.run({"show", "ada", "--gradebook", "g.db"}).code == 0);
}

TEST_CASE("output files: a run writes no file twice, nor what it reads") {
  const CourseWithGrades course;
  fs::create_directories(course.path() / "submissions/ada");
  spit(course.path() / "t.csv", "student,submitted_at\n");
  const auto refuses = [&](std::vector<std::string> words, const char* part) {
    words.insert(words.begin(), {"run", "submissions"});
    course.refuses(words, part);
  };
  refuses({"--out", "same.csv", "--json", "same.csv"},
          "which is the file of --out");
  refuses({"--out", "same.csv", "--junit", "./same.csv"},
          "Name another file: --junit PATH");
  refuses({"--out", "o.csv", "--json", "x", "--junit", "x"},
          "which is the file of --json");
  refuses({"--out", "t.csv", "--times", "t.csv"},
          "which is the file of --times");
  refuses({"--out", ".tito/gradebook.db"}, "which is the gradebook");
  refuses({"--out", "new.db", "--gradebook", "new.db"},
          "which is the gradebook");
  fs::create_symlink("new.csv", course.path() / "link.csv");
  refuses({"--out", "new.csv", "--json", "link.csv"},
          "which is the file of --out");
  refuses({"--out", "submissions/ada/grades.csv"},
          "which is part of the submission of ada and would be overwritten");
  spit(course.path() / "submissions/ben.zip", "an archive");
  refuses({"--out", "o.csv", "--json", "submissions/ben.zip"},
          "which is part of the submission of ben");
  course.refuses({"ci", "--out", "same", "--json", "same"},
                 "which is the file of --out");
  course.refuses({"ci", "--out", ".tito/gradebook.db"},
                 "which is the gradebook");
  CHECK(slurp(course.path() / "t.csv") == "student,submitted_at\n");
  CHECK_FALSE(fs::exists(course.path() / "new.db"));
}

TEST_CASE("output files: a device takes what is written and stays") {
  const CourseWithGrades course;
  const auto said = with_devices(
      course.path(), kExport + "dev/null && test -c dev/null && echo null; " +
                         kExport +
                         "dev/full; echo code $?; "
                         "test -c dev/full && echo full; " +
                         kExport +
                         "dev/stdout | grep ada; "
                         "test -L dev/stdout && echo stdout");
  INFO(said);
  CHECK(contains(said, "null\n"));
  CHECK(contains(said, "No space left on device"));
  CHECK(contains(said, "code 3\n"));
  CHECK(contains(said, "full\n"));
  CHECK(contains(said, "\nada,"));
  CHECK(contains(said, "stdout\n"));
}

TEST_CASE("output files: a run may name a device, and one twice") {
  const Scratch scratch;
  fs::create_directory(scratch.path() / "dev");
  tito::App app;
  app.directory = scratch.path();
  CHECK(mkfifo((scratch.path() / "pipe").c_str(), 0600) == 0);
  CHECK_NOTHROW(tito::check_writable({"pipe", "pipe", ""}, {}, app));
  CHECK_THROWS_AS(tito::check_writable({"dev", "", ""}, {}, app),
                  tito::EnvironmentError);
  fs::create_symlink("no/file", scratch.path() / "link");
  CHECK_THROWS_AS(tito::check_writable({"link", "", ""}, {}, app),
                  tito::EnvironmentError);
}
