#include "grader/submission.hpp"

#include <unistd.h>

#include <algorithm>

#include "fake_course.hpp"
#include "support/catch.hpp"

using grader::Entry;
using grader::Submission;

namespace {

/// A directory in which a script prepares submissions.
struct Desk {
  fake::TemporaryDirectory directory;
  std::filesystem::path path(const std::string& name) const {
    return directory.path() / name;
  }
  void run(const std::string& script) const {
    grader::Command command;
    command.argv = {"/bin/sh", "-ec", script};
    command.directory = directory.path();
    const auto result = grader::run(command);
    INFO(result.output << result.error);
    REQUIRE(result.ok());
  }
  /// Runs Python, which can write archives that no tool would.
  void python(const std::string& script) const {
    fake::spit(path("make.py"), "import io, tarfile, zipfile\n" + script);
    run("python3 make.py && rm make.py");
  }
  Submission read(const std::string& name,
                  const grader::IntakeLimits& limits = {}) const {
    return grader::read_submission({"s1", path(name)},
                                   fake::course().curriculum(), limits);
  }
};

bool mentions(const std::vector<std::string>& lines, const std::string& text) {
  return std::any_of(lines.begin(), lines.end(), [&](const auto& line) {
    return line.find(text) != std::string::npos;
  });
}

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

TEST_CASE("hostile names in an archive reach nothing") {
  const Desk desk;
  desk.python(
      "t = tarfile.open('t.tar.gz', 'w:gz')\n"
      "def add(name, kind=tarfile.REGTYPE, link=''):\n"
      "  i = tarfile.TarInfo(name); i.type = kind; i.linkname = link\n"
      "  i.size = 2 if kind == tarfile.REGTYPE else 0\n"
      "  t.addfile(i, io.BytesIO(b'x\\n'))\n"
      "add('../modules/01_box/src/box.cpp')\n"
      "add('/modules/01_box/src/box.cpp')\n"
      "add('a/../modules/01_box/src/box.cpp')\n"
      "add('modules/01_box/src/box.cpp', tarfile.LNKTYPE, '/etc/passwd')\n"
      "add('modules/01_box/src/lid.cpp', tarfile.CHRTYPE)\n"
      "add('-x.cpp')\n"
      "add('evil\\x1b[2Jname')\n"
      "t.close()\n");
  const Submission submission = desk.read("t.tar.gz");
  CHECK(submission.error.empty());
  CHECK(submission.files.empty());
  CHECK(submission.ignored.size() == 7);
  CHECK(mentions(submission.notes, "it is a hard link"));
  CHECK(mentions(submission.notes, "it is not a regular file"));
  CHECK(mentions(submission.ignored, "evil\\x1b[2Jname"));
  CHECK_FALSE(std::filesystem::exists(desk.path("modules")));
}

TEST_CASE("damaged archives and bombs are the submission's error") {
  const Desk desk;
  desk.run(
      "echo nonsense > nonsense.zip; : > empty.zip;"
      "mkdir -p w/modules/01_box/src; head -c 300000 /dev/urandom > "
      "w/modules/01_box/src/box.cpp; tar czf whole.tgz w;"
      "head -c 100000 whole.tgz > cut.tgz");
  desk.python(
      "z = zipfile.ZipFile('bomb.zip', 'w', zipfile.ZIP_DEFLATED)\n"
      "z.writestr('zeros', b'\\0' * (100 << 20))\n"
      "z.close()\n"
      "z = zipfile.ZipFile('many.zip', 'w')\n"
      "for i in range(11000): z.writestr(f'f{i}', b'')\n"
      "z.close()\n"
      "i = tarfile.TarInfo('huge'); i.size = 8 << 30\n"
      "open('huge.tar', 'wb').write(i.tobuf())\n");
  for (const char* name : {"nonsense.zip", "empty.zip", "cut.tgz"}) {
    INFO(name);
    const Submission submission = desk.read(name);
    CHECK(submission.error.find("damaged") != std::string::npos);
    CHECK(submission.files.empty());
  }
  CHECK(desk.read("bomb.zip").error.find("unpacks to more than") !=
        std::string::npos);
  CHECK(desk.read("huge.tar").error.find("unpacks to more than") !=
        std::string::npos);
  CHECK(desk.read("many.zip").error.find("more than 10000 entries") !=
        std::string::npos);
}

TEST_CASE("names of any alphabet are read, whatever the locale") {
  const Desk desk;
  desk.python(
      "name = '\\u00fc\\u63d0/modules/01_box/src/box.cpp'\n"
      "with zipfile.ZipFile('z.zip', 'w') as z: z.writestr(name, 'x')\n"
      "for form in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):\n"
      "  with tarfile.open(f't{form}.tgz', 'w:gz', format=form) as t:\n"
      "    i = tarfile.TarInfo(name); i.size = 1; i.uname = '\\u00fc'\n"
      "    t.addfile(i, io.BytesIO(b'x'))\n"
      "m = io.BytesIO()\n"
      "with zipfile.ZipFile(m, 'w') as z: z.writestr('#' + name[2:], 'x')\n"
      "open('l.zip', 'wb').write(m.getvalue().replace(b'#', b'\\xfc'))\n");
  for (const char* name : {"z.zip", "t1.tgz", "t2.tgz", "l.zip"}) {
    INFO(name);
    const Submission submission = desk.read(name);
    CHECK(submission.error.empty());
    CHECK(submission.files.count("01") == 1);
  }
}

TEST_CASE("what an archive makes of the memory is bounded") {
  const Desk desk;
  // Headers without entries, a list of holes without an end, and gzip in gzip.
  desk.python(
      "import gzip\n"
      "def pack(name, head, block, n):\n"
      "  with gzip.open(name, 'wb', 1) as f:\n"
      "    f.write(head)\n"
      "    for i in range(n): f.write(block)\n"
      "i = tarfile.TarInfo('x'); i.type = b'x'; i.size = 1 << 20\n"
      "entry = tarfile.TarInfo('e').tobuf(tarfile.USTAR_FORMAT)\n"
      "record = b'1048576 comment=' + b'a' * ((1 << 20) - 17) + b'\\n'\n"
      "header = i.tobuf(tarfile.USTAR_FORMAT) + record\n"
      "pack('pax.tgz', b'', header * 8 + entry, 10)\n"
      "hole = b'00000000001\\0' * 2\n"
      "i = tarfile.TarInfo('s'); i.type = b'S'\n"
      "b = bytearray(i.tobuf(tarfile.GNU_FORMAT))\n"
      "b[386:495] = hole * 4 + b'\\1' + b'00000000001\\0'\n"
      "b[148:156] = b' ' * 8; b[148:156] = b'%06o\\0 ' % sum(b)\n"
      "pack('holes.tgz', bytes(b), hole * 21 + b'\\1' + bytes(7), 1 << 18)\n"
      "data = gzip.compress(entry + bytes(1024))\n"
      "open('twice.tgz', 'wb').write(gzip.compress(data))\n"
      "open('large.zip', 'wb').truncate(2 << 30)\n");
  for (const char* name : {"pax.tgz", "holes.tgz"}) {
    CHECK(desk.read(name).error == "it unpacks to more than 67108864 bytes");
  }
  CHECK(desk.read("twice.tgz").error.find("damaged") != std::string::npos);
  CHECK(desk.read("large.zip").error == "it is larger than 67108864 bytes");
}

TEST_CASE("what may not be read says so") {
  const Desk desk;
  desk.run(
      "chmod 755 .; mkdir -p closed/modules; echo x > x.zip;"
      "chmod 0 x.zip closed/modules");
  CHECK(desk.read("gone.zip").error ==
        "it cannot be read: No such file or directory");
  const bool root = geteuid() == 0;
  if (root) REQUIRE(seteuid(65534) == 0);
  const auto archive = desk.read("x.zip"), folder = desk.read("closed");
  if (root) REQUIRE(seteuid(0) == 0);
  CHECK(archive.error == "it cannot be read: Permission denied");
  CHECK(folder.error == "it cannot be read: Permission denied");
  desk.run("chmod 755 closed/modules");
}
