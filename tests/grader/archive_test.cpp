// Archives: whole, of another system, damaged, and made to do harm.
#include <filesystem>
#include <string>
#include <vector>

#include "submission_desk.hpp"
#include "support/catch.hpp"

using namespace submission_test;

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
      "import gzip\n"
      "name = 'modules/01_box/src/box.cpp'\n"
      "z = zipfile.ZipFile('bomb.zip', 'w', zipfile.ZIP_DEFLATED)\n"
      "z.writestr(name, b'\\0' * (100 << 20))\n"
      "z.close()\n"
      "z = zipfile.ZipFile('copies.zip', 'w', zipfile.ZIP_DEFLATED)\n"
      "for i in range(65): z.writestr(f'{i}/{name}', bytes(1 << 20))\n"
      "z.close()\n"
      "z = zipfile.ZipFile('many.zip', 'w')\n"
      "for i in range(11000): z.writestr(f'f{i}', b'')\n"
      "z.close()\n"
      "entry = tarfile.TarInfo('e').tobuf()\n"
      "with gzip.open('many.tgz', 'wb', 1) as f: f.write(entry * 100000)\n"
      "i = tarfile.TarInfo('huge'); i.size = 8 << 30\n"
      "open('huge.tar', 'wb').write(i.tobuf())\n");
  for (const char* name :
       {"nonsense.zip", "empty.zip", "cut.tgz", "huge.tar"}) {
    INFO(name);
    const Submission submission = desk.read(name);
    CHECK(submission.error.find("damaged") != std::string::npos);
    CHECK(submission.files.empty());
  }
  for (const char* name : {"bomb.zip", "copies.zip"}) {
    INFO(name);
    CHECK(desk.read(name).error == "it unpacks to more than 67108864 bytes");
  }
  for (const char* name : {"many.zip", "many.tgz"}) {
    INFO(name);
    CHECK(desk.read(name).error == "it holds more than 10000 entries");
  }
}

TEST_CASE("what nobody wants of a zip file is not unpacked") {
  const Desk desk;
  // A build folder; and one that declares gigabytes, and cannot be unpacked.
  desk.python(
      "def pack(name, size):\n"
      "  z = zipfile.ZipFile(name, 'w', zipfile.ZIP_DEFLATED)\n"
      "  z.writestr('t/build/lib.a', bytes(size))\n"
      "  z.writestr('t/modules/01_box/src/box.cpp', 'box')\n"
      "  z.close()\n"
      "  return bytearray(open(name, 'rb').read())\n"
      "pack('tree.zip', 70 << 20)\n"
      "data = pack('small.zip', 1 << 20)\n"
      "data[60:800] = b'\\xff' * 740\n"
      "for size in (22, data.find(b'PK\\1\\2') + 24):\n"
      "  data[size:size + 4] = b'\\xff\\xff\\xff\\x7f'\n"
      "open('harmful.zip', 'wb').write(data)\n"
      // Without its end, each entry would have to be unpacked to be passed.
      "open('cut.zip', 'wb').write(data[:data.rfind(b'PK\\5\\6')])\n");
  for (const char* name : {"tree.zip", "harmful.zip"}) {
    INFO(name);
    const Submission submission = desk.read(name);
    CHECK(submission.error.empty());
    REQUIRE(submission.files.count("01") == 1);
    CHECK(submission.files.at("01").at("box.cpp") == "box");
    CHECK(mentions(submission.ignored, "t/build/lib.a"));
  }
  CHECK(desk.read("cut.zip").error.find("damaged") != std::string::npos);
}

TEST_CASE("a tar file that unpacks to too much names its largest file") {
  const Desk desk;
  desk.run(
      "mkdir -p t/build t/modules/01_box/src;"
      "echo box > t/modules/01_box/src/box.cpp; head -c 2000000 /dev/zero > "
      "t/build/a.o; head -c 70000000 /dev/zero > t/build/lib.a;"
      "tar czf tree.tgz t; rm t/build/lib.a; tar czf small.tgz t;"
      "for i in 1 2 3; do head -c 30000000 /dev/zero > t/build/$i.a; done;"
      "tar cf plain.tar t");
  CHECK(desk.read("small.tgz").files.count("01") == 1);
  CHECK(desk.read("tree.tgz").error ==
        "it unpacks to more than 67108864 bytes; 't/build/lib.a' is the "
        "largest: pack only modules/, with: tito submit");
  CHECK(desk.read("plain.tar").error ==
        "it is larger than 67108864 bytes: pack only modules/, with: tito "
        "submit");
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
    INFO(name);
    CHECK(desk.read(name).error.find("it unpacks to more than 67108864") == 0);
  }
  CHECK(desk.read("twice.tgz").error.find("damaged") != std::string::npos);
  CHECK(desk.read("large.zip").error.find("it is larger than 67108864") == 0);
}

TEST_CASE("a file with holes is refused, the word for it is not") {
  const Desk desk;
  desk.python(
      "def pack(name, first, text, holes):\n"
      "  with tarfile.open(name, 'w') as t:\n"
      "    i = tarfile.TarInfo(first); i.size = len(text)\n"
      "    if holes: i.pax_headers = {'GNU.sparse.major': '0',\n"
      "      'GNU.sparse.minor': '1', 'GNU.sparse.size': str(1 << 40),\n"
      "      'GNU.sparse.map': f'{(1 << 40) - 1},1'}\n"
      "    t.addfile(i, io.BytesIO(text))\n"
      "file = 'modules/01_box/src/box.cpp'\n"
      "pack('word.tar', file, b'find(\" GNU.sparse.\")', False)\n"
      "pack('holes.tar', file, b'x', True)\n"
      "with tarfile.open('zip.tar', 'w', format=tarfile.USTAR_FORMAT) as t:\n"
      "  t.addfile(tarfile.TarInfo('PK\\3\\4'))\n"
      "data = open('zip.tar', 'rb').read(512)\n"
      "open('zip.tar', 'wb').write(data + open('holes.tar', 'rb').read())\n");
  CHECK(desk.read("word.tar").files.count("01") == 1);
  CHECK(desk.read("holes.tar").error ==
        "it has files with holes: pack it without tar --sparse");
  CHECK(desk.read("zip.tar").error.find("damaged") != std::string::npos);
}
