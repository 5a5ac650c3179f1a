#include "grader/submission.hpp"

#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "submission_desk.hpp"
#include "support/catch.hpp"

using namespace submission_test;

namespace {

std::string reason_for(const grader::Entries& entries,
                       const std::string& name) {
  for (const auto& refusal : entries.refused) {
    if (refusal.name == name) return refusal.reason;
  }
  return "";
}

}  // namespace

TEST_CASE("ids are checked, never changed") {
  for (const char* id : {"s1", "a.b@c+d-e_f", "2024", "_x"}) {
    CHECK(grader::is_valid_id(id));
  }
  for (const char* id : {"", "-x", ".x", "@file", "=cmd", "+1", "a b", "a/b",
                         "$(id)", "a,b", "a\nb", "\xc3\xa4"}) {
    INFO(id);
    CHECK_FALSE(grader::is_valid_id(id));
  }
  CHECK(grader::is_valid_id(std::string(64, 'a')));
  CHECK_FALSE(grader::is_valid_id(std::string(65, 'a')));
}

TEST_CASE("entries are found in order; the rest is refused with a reason") {
  const Desk desk;
  desk.run(
      "mkdir s2 s1 -- -x.cpp '=cmd' twice; touch s3.zip s4.tar.gz s5.tgz "
      "s6.tar notes.txt .DS_Store twice.zip; ln -s s1 s7; mkfifo s8");
  const auto entries = grader::find_entries(desk.directory.path());
  std::string ids;
  for (const auto& entry : entries.accepted) ids += entry.id + " ";
  CHECK(ids == "s1 s2 s3 s4 s5 s6 ");
  CHECK(entries.refused.size() == 7);
  CHECK(reason_for(entries, "-x.cpp").find("not a student id") !=
        std::string::npos);
  CHECK_FALSE(reason_for(entries, "=cmd").empty());
  CHECK_FALSE(reason_for(entries, ".DS_Store").empty());
  CHECK_FALSE(reason_for(entries, "notes.txt").empty());
  CHECK(reason_for(entries, "s7") == "it is a symbolic link");
  CHECK_FALSE(reason_for(entries, "s8").empty());
  CHECK(reason_for(entries, "twice") ==
        "twice and twice.zip claim the same id; leave one of them");
  CHECK_THROWS_AS(grader::find_entries(desk.path("nowhere")),
                  std::runtime_error);
}

TEST_CASE("ids that differ in capitals alone are one student's") {
  const Desk desk;
  desk.run("touch S1.zip s1.tgz s2.zip Z1.zip; mkdir S1");
  const auto entries = grader::find_entries(desk.path(""));
  REQUIRE(entries.accepted.size() == 2);
  CHECK(entries.accepted[0].id == "Z1");
  CHECK(entries.accepted[1].id == "s2");
  REQUIRE(entries.refused.size() == 1);
  CHECK(reason_for(entries, "S1") ==
        "S1 and S1.zip and s1.tgz claim the same id, but for capitals; leave "
        "one of them");
}

TEST_CASE("an archive's suffix may have capitals") {
  const Desk desk;
  desk.run("touch a.ZIP b.Tar.Gz c.zipx");
  const auto entries = grader::find_entries(desk.path(""));
  REQUIRE(entries.accepted.size() == 2);
  CHECK(entries.accepted[0].id == "a");
  CHECK(entries.accepted[1].id == "b");
}

TEST_CASE("folders and archives of every kind and depth are read") {
  const Desk desk;
  desk.run(
      "mkdir -p w/modules/01_box/src w/junk; echo box > "
      "w/modules/01_box/src/box.cpp; echo x > w/junk/Makefile;"
      "tar cf a.tar w; tar czf a.tar.gz w; tar czf a.tgz w;"
      "tar czf flat.tgz -C w/modules/01_box/src box.cpp;"
      "tar czf module.tgz -C w/modules 01_box;"
      "mkdir deep; cp -r w deep/");
  desk.python(
      "z = zipfile.ZipFile('a.zip', 'w', zipfile.ZIP_DEFLATED)\n"
      "z.writestr('w/modules/01_box/src/box.cpp', 'box\\n')\n"
      "z.close()\n");
  for (const char* name : {"w", "a.tar", "a.tar.gz", "a.tgz", "flat.tgz",
                           "module.tgz", "deep", "a.zip"}) {
    INFO(name);
    const Submission submission = desk.read(name);
    CHECK(submission.error.empty());
    REQUIRE(submission.files.count("01") == 1);
    CHECK(submission.files.at("01").at("box.cpp") == "box\n");
    CHECK(submission.files.size() == 1);
  }
  CHECK(desk.read("a.tgz").ignored ==
        std::vector<std::string>{"w/junk/Makefile"});
}

TEST_CASE("the nearest of several copies counts, equals cancel out") {
  const Desk desk;
  desk.run(
      "mkdir -p w/modules/01_box/src w/old/modules/01_box/src "
      "w/.tito/backups/modules/01_box/src x/modules/01_box/src "
      "y/a/modules/01_box/src y/b/modules/01_box/src;"
      "echo new > w/modules/01_box/src/box.cpp;"
      "echo old > w/old/modules/01_box/src/box.cpp;"
      "echo old > w/.tito/backups/modules/01_box/src/lid.cpp;"
      "echo a > y/a/modules/01_box/src/box.cpp;"
      "echo b > y/b/modules/01_box/src/box.cpp");
  const Submission w = desk.read("w");
  CHECK(w.files.at("01").at("box.cpp") == "new\n");
  CHECK(w.files.at("01").count("lid.cpp") == 0);
  CHECK(desk.read("x").files.empty());
  desk.run(
      "cp -r y z; cp z/a/modules/01_box/src/box.cpp z/b/modules/01_box/src");
  CHECK(desk.read("z").files.at("01").at("box.cpp") == "a\n");
  const Submission y = desk.read("y");
  CHECK(y.files.empty());
  CHECK(mentions(y.notes, "neither was taken"));
}

TEST_CASE("a module's folder may lie anywhere, if there is no better one") {
  const Desk desk;
  desk.run(
      "mkdir -p hw/2/01_box/src hw/2/02_shelf/src hw/2/02_shelf/old;"
      "echo box > hw/2/01_box/src/box.cpp;"
      "echo shelf > hw/2/02_shelf/src/shelf.cpp; cp -r hw both;"
      "mkdir -p both/a/b/c/modules/01_box/src both/1/02_shelf/src;"
      "echo better > both/a/b/c/modules/01_box/src/box.cpp;"
      "echo other > both/1/02_shelf/src/shelf.cpp");
  const Submission alone = desk.read("hw");
  CHECK(alone.files.at("01").at("box.cpp") == "box\n");
  CHECK(alone.files.at("02").at("shelf.cpp") == "shelf\n");
  CHECK(alone.notes.empty());
  desk.run("mkdir top; mv both/1 both/2 both/a top");
  const Submission both = desk.read("top");
  CHECK(both.files.at("01").at("box.cpp") == "better\n");
  CHECK(both.files.count("02") == 0);
  REQUIRE(both.notes.size() == 1);
  CHECK(both.notes[0] ==
        "1/02_shelf/src/shelf.cpp and 2/02_shelf/src/shelf.cpp are the same "
        "file of the course; neither was taken");
}

TEST_CASE("what looks like a missing file of the course is told") {
  const Desk desk;
  desk.run(
      "mkdir -p w/modules/01_box/src w/modules/02_shelf/src w/a/src w/.git/x;"
      "cd w; touch modules/01_box/src/box.cpp modules/01_box/src/Box.cpp"
      " modules/02_shelf/src/Shelf.cpp a/src/lid.cpp a/src/shelf.cpp"
      " .git/x/shelf.cpp a/src/shelf.hpp; cd ..; tar czf w.tgz w");
  for (const std::string name : {"w", "w.tgz"}) {
    INFO(name);
    const std::string at = name == "w" ? "'" : "'w/";
    const Submission submission = desk.read(name);
    CHECK(submission.files.at("01").size() == 1);
    CHECK(submission.notes.size() == 3);
    const std::string not_shelf =
        "looks like shelf.cpp of 02_shelf, but is not "
        "modules/02_shelf/src/shelf.cpp: not taken";
    CHECK(mentions(submission.notes, at + "a/src/shelf.cpp' " + not_shelf));
    CHECK(mentions(submission.notes,
                   at + "modules/02_shelf/src/Shelf.cpp' " + not_shelf));
    CHECK(mentions(submission.notes,
                   at + "a/src/lid.cpp' looks like lid.cpp of 01_box"));
  }
}

TEST_CASE("links, devices and large files are not taken") {
  const Desk desk;
  desk.run(
      "mkdir -p w/modules/01_box/src; cd w/modules/01_box/src;"
      "ln -s /etc/passwd box.cpp; head -c 1048577 /dev/zero > lid.cpp;"
      "cd ../../../..; tar czf w.tgz w;"
      "mkdir -p f/modules/01_box/src; mkfifo f/modules/01_box/src/box.cpp");
  for (const char* name : {"w", "w.tgz"}) {
    INFO(name);
    const Submission submission = desk.read(name);
    CHECK(submission.files.empty());
    CHECK(mentions(submission.notes, "box.cpp: it is a symbolic link"));
    CHECK(mentions(submission.notes, "larger than 1048576 bytes"));
  }
  CHECK(desk.read("f").files.empty());
}

TEST_CASE("a symbolic link to a directory is not followed") {
  const Desk desk;
  desk.run(
      "mkdir -p real/modules/01_box/src w;"
      "echo x > real/modules/01_box/src/box.cpp; ln -s ../real/modules w/");
  CHECK(desk.read("w").files.empty());
}

TEST_CASE("what may not be read says so") {
  const Desk desk;
  desk.run(
      "chmod 755 .; mkdir -p closed/modules file/modules/01_box/src;"
      "cd file/modules/01_box/src; echo x > box.cpp; echo x > lid.cpp;"
      "echo x > notes.txt; chmod 0 lid.cpp notes.txt; cd -;"
      "echo x > x.zip; chmod 0 x.zip closed/modules");
  CHECK(desk.read("gone.zip").error ==
        "it cannot be read: No such file or directory");
  const bool root = geteuid() == 0;
  if (root) REQUIRE(seteuid(65534) == 0);
  const auto archive = desk.read("x.zip"), folder = desk.read("closed"),
             file = desk.read("file");
  if (root) REQUIRE(seteuid(0) == 0);
  const std::string reason = "it cannot be read: Permission denied";
  CHECK(archive.error == reason);
  CHECK(folder.error == reason);
  // Its stub would be graded instead, and the student has handed it in.
  CHECK(file.error == "modules/01_box/src/lid.cpp: " + reason);
  CHECK(file.files.empty());
  desk.run("chmod 755 closed/modules");
}

TEST_CASE("of several manifests one is read, also if it is damaged") {
  const fake::TemporaryDirectory directory;
  for (const char* folder : {"", "m1/", "m2/"}) {
    fake::spit(directory.path() / "ada" / folder / "manifest.json", "{}");
  }
  const auto submission = read_submission({"ada", directory.path() / "ada"},
                                          fake::course().curriculum());
  std::string notes;
  for (const auto& note : submission.notes) notes += note + "\n";
  INFO(notes);
  std::size_t damaged = 0, others = 0;
  for (const auto& note : submission.notes) {
    damaged += note.find("cannot be read") != std::string::npos;
    others += note.find("there is another one") != std::string::npos;
  }
  CHECK(damaged == 1);
  CHECK(others == 2);
}

TEST_CASE("a socket is no file, and what nobody wants may be closed") {
  const Desk desk;
  desk.run(
      "chmod 755 .; mkdir -p w/modules/01_box/src; cd w/modules/01_box/src;"
      "echo x > lid.cpp; echo x > notes.txt; chmod 0 notes.txt;"
      "python3 -c 'import socket; "
      "socket.socket(socket.AF_UNIX).bind(\"box.cpp\")'");
  const bool root = geteuid() == 0;
  if (root) REQUIRE(seteuid(65534) == 0);
  const auto submission = desk.read("w");
  if (root) REQUIRE(seteuid(0) == 0);
  CHECK(submission.error.empty());
  CHECK(submission.files.at("01").count("lid.cpp") == 1);
  CHECK(mentions(submission.notes, "box.cpp: it is not a regular file"));
}
