// Files that are no gradebook, and disks that do not want to be written.
#include <sched.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "gradebook_fixture.hpp"

using grader::Gradebook;
using grader::GradebookError;
using namespace gradebook_test;
namespace fs = std::filesystem;

namespace {

std::string refusal(const fs::path& file,
                    Gradebook::Mode mode = Gradebook::Mode::create) {
  return message_of<GradebookError>(
      [&] { const Gradebook book(file, mode, std::chrono::milliseconds(20)); });
}

/// Runs SQL on a file behind the gradebook's back; returns the complaint.
std::string sql(const fs::path& file, const std::string& text) {
  sqlite3* database = nullptr;
  char* error = nullptr;
  sqlite3_open(file.c_str(), &database);
  sqlite3_exec(database, text.c_str(), nullptr, nullptr, &error);
  const std::string said = error ? error : "";
  sqlite3_free(error);
  sqlite3_close(database);
  return said;
}

/// What a child that gives up its rights gets to see; "skipped" if it cannot.
std::string in_child(const std::function<std::string()>& action) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  if (child == 0) {
    const std::string text = action();
    const auto written = write(ends[1], text.data(), text.size());
    _exit(written == static_cast<ssize_t>(text.size()) ? 0 : 1);
  }
  close(ends[1]);
  std::string text(1000, '\0');
  const ssize_t n = read(ends[0], text.data(), text.size());
  close(ends[0]);
  waitpid(child, nullptr, 0);
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
  return text;
}

void fill(const fs::path& file) {
  Gradebook book(file);
  const auto run = book.begin_run({});
  for (int i = 0; i < 50; ++i) {
    book.record(run,
                submission("s" + std::to_string(i), {module_grade("01", 60)}),
                {"h", {}, ""});
  }
}

}  // namespace

TEST_CASE("gradebook: a missing file is named, and how to begin") {
  const test::TemporaryFolder folder;
  const auto text = refusal(folder / "g.db", Gradebook::Mode::existing);
  CHECK(contains(text, "there is no gradebook"));
  CHECK(contains(text, "tito grade roster import"));
  CHECK_FALSE(fs::exists(folder / "g.db"));
}

TEST_CASE("gradebook: other files are refused and never altered") {
  const test::TemporaryFolder folder;
  const auto file = folder / "other.db";
  SECTION("text") { spit(file, "student,points\r\n"); }
  SECTION("nothing at all") { spit(file, ""); }
  SECTION("a database of another program") {
    sql(file, "CREATE TABLE notes (text); INSERT INTO notes VALUES ('mine')");
  }
  const std::string before = slurp(file);
  CHECK(contains(refusal(file), "is not a gradebook"));
  CHECK(slurp(file) == before);
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("gradebook: a directory is no gradebook") {
  const test::TemporaryFolder folder;
  CHECK(contains(refusal(folder.path()), "is not a file"));
}

TEST_CASE("gradebook: damage is refused and never altered") {
  const test::TemporaryFolder folder;
  const auto file = folder / "g.db";
  fill(file);
  std::string bytes = slurp(file);
  SECTION("cut in the middle") { bytes.resize(bytes.size() / 2); }
  SECTION("a page overwritten") {
    bytes.replace(2 * 4096, 4096, std::string(4096, 'x'));
  }
  spit(file, bytes);
  CHECK(contains(refusal(file), "damaged"));
  CHECK(slurp(file) == bytes);
}

TEST_CASE("gradebook: damage is not altered by what still waits in its log") {
  const test::TemporaryFolder folder;
  const auto file = folder / "g.db";
  fill(file);
  in_child([&] {
    auto* never_closed = new Gradebook(file);
    never_closed->begin_run({});
    return std::string("done");
  });
  REQUIRE(fs::file_size(folder / "g.db-wal") > 0);
  std::string bytes = slurp(file);
  bytes.replace(2 * 4096, 4096, std::string(4096, 'x'));
  spit(file, bytes);
  CHECK(contains(refusal(file), "damaged"));
  CHECK(slurp(file) == bytes);
}

TEST_CASE("gradebook: a newer schema is refused and never altered") {
  const test::TemporaryFolder folder;
  const auto file = folder / "g.db";
  fill(file);
  sql(file, "PRAGMA user_version = 99");
  const std::string before = slurp(file);
  CHECK(contains(refusal(file), "newer tito (schema 99"));
  CHECK(slurp(file) == before);
}

TEST_CASE("gradebook: a file of an earlier schema keeps what it holds") {
  const test::TemporaryFolder folder;
  const auto file = folder / "g.db";
  fill(file);
  Gradebook(file).import_roster({{"ada", "Ada", "", "", "", "", "11", ""}});
  const std::string second = "ALTER TABLE students DROP COLUMN canvas_id; ";
  SECTION("the first") {
    sql(file, second +
                  "ALTER TABLE grades DROP COLUMN content; "
                  "PRAGMA user_version = 1");
  }
  SECTION("the second") { sql(file, second + "PRAGMA user_version = 2"); }
  Gradebook book(file, Gradebook::Mode::existing);
  CHECK(book.students().at(0).moodle_id == "11");
  CHECK(book.students().at(0).canvas_id.empty());
  CHECK(book.students().at(0).enrolled);
  CHECK(book.latest_grades().size() == 50);
  CHECK(book.latest_grades()[0].handed.hash == "h");
  book.record(book.begin_run({}), submission("new", {module_grade("01", 60)}),
              {"h", {}, "", {{"01", "content"}}});
  CHECK(book.latest_grades().size() == 51);
}

TEST_CASE("gradebook: the ledger refuses to be altered") {
  const test::TemporaryFolder folder;
  const auto file = folder / "g.db";
  {
    Gradebook book(file);
    grader::LedgerEntry entry;
    entry.who = "prof";
    entry.why = "ill";
    book.append(entry);
  }
  const auto refused = [&](const std::string& text) {
    INFO(text);
    CHECK(contains(sql(file, text), "append-only"));
  };
  refused("DELETE FROM ledger");
  refused("UPDATE ledger SET value = '100'");
  refused(
      "INSERT OR REPLACE INTO ledger "
      "VALUES (1, '', 'me', 'override', 's', '01', '100', '')");
  CHECK(Gradebook(file).ledger().at(0).value.empty());
}

TEST_CASE("gradebook: a lock that stays is one clear error") {
  const test::TemporaryFolder folder;
  const auto file = folder / "g.db";
  fill(file);
  Gradebook book(file, Gradebook::Mode::existing,
                 std::chrono::milliseconds(20));
  sqlite3* other = nullptr;
  sqlite3_open(file.c_str(), &other);
  sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
  const auto text = message_of<GradebookError>([&] { book.begin_run({}); });
  CHECK(contains(text, "in use by another process"));
  CHECK(book.grades(1).size() == 50);
  sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_close(other);
  CHECK(book.begin_run({}) == 2);
}

TEST_CASE("gradebook: without permission nothing is lost") {
  const test::TemporaryFolder folder;
  fs::create_directory(folder / "in");
  const auto file = folder / "in" / "g.db";
  fill(file);
  chmod(folder.path().c_str(), 0755);
  SECTION("of the file") {
    chmod((folder / "in").c_str(), 0777);
    chmod(file.c_str(), 0444);
  }
  SECTION("of the directory") {
    chmod((folder / "in").c_str(), 0555);
    chmod(file.c_str(), 0666);
  }
  const std::string before = slurp(file);
  const auto text = in_child([&] {
    if (getuid() == 0 && setuid(65534) != 0) return std::string("skipped");
    return refusal(file);
  });
  if (text == "skipped") return;
  CHECK(contains(text, "cannot write the gradebook"));
  CHECK(contains(text, "Permission denied"));
  CHECK(contains(text, "To look at it only, copy it"));
  CHECK(slurp(file) == before);
  chmod((folder / "in").c_str(), 0755);
}

TEST_CASE("gradebook: a full disk is one clear error, and loses nothing") {
  const test::TemporaryFolder folder;
  const auto text = in_child([&]() -> std::string {
    const bool ready =
        (getuid() == 0 || unshare(CLONE_NEWUSER) == 0) &&
        unshare(CLONE_NEWNS) == 0 &&
        mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
        mount("none", folder.path().c_str(), "tmpfs", 0, "size=512k") == 0;
    if (!ready) return "skipped";
    Gradebook book(folder / "g.db");
    const auto run = book.begin_run({});
    std::size_t whole = 0;
    const auto said = message_of<GradebookError>([&] {
      for (; whole < 10000; ++whole) {
        book.record(
            run,
            submission("s" + std::to_string(whole),
                       {module_grade("01", 60), module_grade("02", 60)}),
            {"h", {}, ""});
      }
    });
    if (book.grades(run).size() != 2 * whole) return "lost: " + said;
    return said;
  });
  if (text == "skipped") {
    WARN("no file system could be mounted");
    return;
  }
  INFO(text);
  CHECK(contains(text, "the disk is full"));
}

TEST_CASE("gradebook: a new one is for its owner alone, with what is beside") {
  const test::TemporaryFolder folder;
  const fs::path file = folder / "book.db";
  const mode_t before = umask(0);
  const Gradebook book(file);
  umask(before);
  book.students();
  int files = 0;
  for (const char* end : {"", "-wal", "-shm"}) {
    const fs::path part = file.string() + end;
    if (!fs::exists(part)) continue;
    INFO(part);
    CHECK(fs::status(part).permissions() ==
          (fs::perms::owner_read | fs::perms::owner_write));
    ++files;
  }
  CHECK(files == 3);
}
