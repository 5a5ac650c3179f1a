"""Writes hostile archives, as students might hand them in.

    make_archives.py DIRECTORY HONEST

HONEST is a right losses.cpp. For each entry that was made, one line tells the
name and what must become of it: the module's outcome, "unreadable", or
"refused" if the name itself is no student id.
"""
import gzip
import io
import os
import struct
import sys
import tarfile
import zipfile
import zlib

directory, honest_file = sys.argv[1:]
with open(honest_file, "rb") as file:
    HONEST = file.read()
FILE = "modules/04_losses/src/losses.cpp"


def expect(name, outcome):
    print(f"{name}\t{outcome}")
    return os.path.join(directory, name)


def tar(name, outcome, entries, honest=True):
    """entries: (name, type, link target or text)"""
    with tarfile.open(expect(name, outcome), "w:gz") as archive:
        for entry, kind, what in entries:
            info = tarfile.TarInfo(entry)
            info.type = kind
            info.linkname = what if isinstance(what, str) else ""
            text = what if isinstance(what, bytes) else b""
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text))
        if honest:
            info = tarfile.TarInfo(FILE)
            info.size = len(HONEST)
            archive.addfile(info, io.BytesIO(HONEST))


def zipped(entries, method=zipfile.ZIP_DEFLATED):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", method) as archive:
        for name, text in entries:
            archive.writestr(name, text)
    return bytearray(memory.getvalue())


def write(name, outcome, data):
    with open(expect(name, outcome), "wb") as file:
        file.write(data)


def links():
    for kind, word in ((tarfile.SYMTYPE, "symbolic"), (tarfile.LNKTYPE, "hard")):
        tar(f"{word}_link.tgz", "missing", [(FILE, kind, "/etc/passwd")], False)
    tar("link_then_file.tgz", "passed", [
        ("modules/04_losses", tarfile.SYMTYPE, "/tmp"),
        ("x/04_losses/src/losses.cpp", tarfile.SYMTYPE, "/etc/passwd"),
    ])
    link = zipfile.ZipInfo(FILE)
    link.create_system, link.external_attr = 3, 0o120777 << 16
    write("zip_link.zip", "missing", zipped([(link, b"/etc/passwd")]))


def special_files():
    for kind, word in ((tarfile.CHRTYPE, "character"), (tarfile.BLKTYPE, "block"),
                       (tarfile.FIFOTYPE, "fifo"), (tarfile.DIRTYPE, "folder")):
        tar(f"{word}_device.tar.gz", "missing", [(FILE, kind, "")], False)


def paths():
    wrong = [("../" * 20 + "etc/x", tarfile.REGTYPE, b"x"),
             ("/etc/x", tarfile.REGTYPE, b"x"),
             ("/modules/04_losses/src/losses.cpp", tarfile.REGTYPE, b"x"),
             ("../modules/04_losses/src/losses.cpp", tarfile.REGTYPE, b"x"),
             ("modules\\04_losses\\src\\losses.cpp", tarfile.REGTYPE, b"x")]
    tar("paths_outside.tgz", "passed", wrong)
    tar("only_outside.tgz", "missing", wrong, False)
    odd = ["\x1b[2J", "a\rb", "\u202egpj.exe", "=cmd|' /C calc'!A0", "-rf",
           "@file", "$(id)", "`id`", "::error::x", "a\nb", "\udcff\udcfe",
           "x" * 5000]
    tar("odd_names.tgz", "passed", [(n, tarfile.REGTYPE, b"x") for n in odd])
    data = zipped([("modules/04_losses/src/losses.cppXjunk", HONEST)])
    write("nul_in_name.zip", "passed", data.replace(b"cppXjunk", b"cpp\0junk"))


def doubles():
    tar("same_twice.tgz", "missing", [(FILE, tarfile.REGTYPE, b"int x;")])
    tar("other_case.tgz", "passed", [
        ("MODULES/04_LOSSES/SRC/LOSSES.CPP", tarfile.REGTYPE, b"int x;"),
        ("modules/04_losses/src/Losses.cpp", tarfile.REGTYPE, b"int x;"),
    ])


def bombs():
    write("many_zipped.zip", "unreadable",
          zipped([(f"{i:x}", b"") for i in range(12_000)]))
    many = b"".join(tarfile.TarInfo(f"{i:x}").tobuf() for i in range(100_000))
    compress = zlib.compressobj(9, zlib.DEFLATED, 31)
    write("many_entries.tgz", "unreadable",
          compress.compress(many) + compress.flush())
    info = tarfile.TarInfo("zeros")
    info.size = 2 << 30
    write("zeros.tgz", "unreadable", deflated_zeros(info.tobuf(), 2 << 30, 31))
    write("zipped_zeros.zip", "unreadable", zeros_zip(2 << 30))
    with tarfile.open(expect("sparse.tar", "unreadable"), "w") as archive:
        info = tarfile.TarInfo("modules/04_losses/src/losses.cpp")
        info.pax_headers = {"GNU.sparse.major": "0", "GNU.sparse.minor": "1",
                            "GNU.sparse.name": info.name,
                            "GNU.sparse.size": str(1 << 40),
                            "GNU.sparse.map": f"{(1 << 40) - 1},1"}
        info.size = 1
        archive.addfile(info, io.BytesIO(b"x"))
    tar("large_file.tgz", "missing",
        [(FILE, tarfile.REGTYPE, b" " * ((1 << 20) + 1))], False)


def deflated_zeros(start, size, window):
    """`start` and then `size` zeros: one deflated block again and again."""
    compress = zlib.compressobj(9, zlib.DEFLATED, window)
    data = compress.compress(start) + compress.flush(zlib.Z_FULL_FLUSH)
    block = compress.compress(bytes(1 << 20)) + compress.flush(zlib.Z_FULL_FLUSH)
    return data + block * (size >> 20) + compress.flush()


def zeros_zip(size):
    """`size` zeros, said to be ten."""
    body = deflated_zeros(b"", size, -15)
    name = FILE.encode()
    fields = (20, 0, 8, 0, 0, 0, len(body), 10, len(name), 0)
    local = b"PK\3\4" + struct.pack("<5H3I2H", *fields) + name + body
    central = (b"PK\1\2" + struct.pack("<6H3I5H2I", 20, *fields[:9], 0, 0, 0, 0,
                                       0, 0) + name)
    end = struct.pack("<4H2IH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + b"PK\5\6" + end


def damage():
    tar("bytes.tgz", "compile-error",
        [(FILE, tarfile.REGTYPE, b"int \0 x\xff\xfe = \1;\r\n")], False)
    whole = zipped([(FILE, HONEST)])
    write("truncated.zip", "unreadable", whole[:len(whole) // 3])
    write("empty.zip", "unreadable", b"")
    write("noise.tgz", "unreadable", bytes(range(256)) * 64)
    stored = zipped([(FILE, HONEST)], zipfile.ZIP_STORED)
    write("wrong_sum.zip", "unreadable", stored.replace(b"Module", b"module"))
    locked = bytearray(whole)
    locked[6] |= 1
    locked[locked.rfind(b"PK\1\2") + 8] |= 1
    write("encrypted.zip", "unreadable", locked)
    # Two entries of the directory share one body.
    pair = zipped([(FILE, HONEST), ("y" + FILE[1:], HONEST)])
    second = pair.rfind(b"PK\1\2")
    pair[second + 42:second + 46] = struct.pack("<I", 0)
    write("overlapping.zip", "passed", pair)
    inner = zipped([("again.zip", whole)])
    write("archive_in_archive.zip", "missing", inner)


def headers():
    """What makes much of little before there is an entry."""
    info = tarfile.TarInfo("x")
    info.type, info.size = b"x", 1 << 20
    record = b"1048576 comment=" + b"a" * ((1 << 20) - 17) + b"\n"
    entry = tarfile.TarInfo("e").tobuf(tarfile.USTAR_FORMAT)
    headers = info.tobuf(tarfile.USTAR_FORMAT) + record
    packed = gzip.compress((headers * 8 + entry) * 12, 1)
    write("headers.tgz", "unreadable", packed)
    write("twice_packed.tgz", "unreadable", gzip.compress(packed, 1))
    hole = b"00000000001\0" * 2
    info = tarfile.TarInfo(FILE)
    info.type = b"S"
    head = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    head[386:495] = hole * 4 + b"\1" + b"00000000001\0"
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    holes = (hole * 21 + b"\1" + bytes(7)) * (1 << 18)
    write("holes.tgz", "unreadable", gzip.compress(bytes(head) + holes, 1))
    # A file of nothing, in four million pieces of nothing.
    record = b"22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n"
    pieces = b"4000000\n" + b"0\n0\n" * 4000000
    pieces += bytes(-len(pieces) % 512)
    pax = tarfile.TarInfo("pax")
    pax.type, pax.size = tarfile.XHDTYPE, len(record)
    file = tarfile.TarInfo(FILE)
    file.size = len(pieces)
    write("pieces.tgz", "unreadable", gzip.compress(
        pax.tobuf(tarfile.USTAR_FORMAT) + record + bytes(-len(record) % 512) +
        file.tobuf(tarfile.USTAR_FORMAT) + pieces + bytes(1024), 1))
    with open(expect("large.zip", "unreadable"), "wb") as file:
        file.truncate(2 << 30)


def odd_but_right():
    write("alphabets.zip", "passed", zipped([("\u00fc\u63d0/" + FILE, HONEST)]))
    write("CAPITALS.ZIP", "passed", zipped([(FILE, HONEST)]))
    write("packed_twice.zip", "passed",
          zipped([("a/" + FILE, HONEST), ("b/" + FILE, HONEST)]))
    raw = zipped([("#/" + FILE, HONEST)])
    write("latin_1.zip", "passed", raw.replace(b"#/", b"\xfc/"))
    write("backslashes.zip", "passed", raw.replace(
        b"#/" + FILE.encode(), b"#\\" + FILE.replace("/", "\\").encode()))
    write("before.zip", "passed", b"#!/bin/sh\nexit\n" + raw)


def includes():
    """A small header, by so many names that nobody can read their list."""
    lines = ["#define A proc/self/root", "#define B proc/thread-self/root"]
    for n in range(4096):
        path = "".join("/B" if n >> i & 1 else "/A" for i in range(16))
        lines += [f"#define PATH <{path}/usr/include/linux/limits.h>",
                  "#include PATH", "#undef PATH"]
    text = "\n".join(lines).encode() + b"\n" + HONEST
    write("many_names.zip", "denied", zipped([(FILE, text)]))


def names():
    for name in ("-x", "@file", "$(id)", "=cmd", "a b", "\x1b[2J", ".hidden",
                 "x" * 65, "\u202ecod", "a'b", "\udcff"):
        path = expect_refusal(name)
        os.makedirs(os.path.join(path, os.path.dirname(FILE)))
        with open(os.path.join(path, FILE), "wb") as file:
            file.write(HONEST)
    os.symlink("/etc", expect_refusal("linked"))
    os.mkfifo(expect_refusal("queue.zip"))


def expect_refusal(name):
    print("\trefused")
    return os.path.join(directory, name)


for make in (links, special_files, paths, doubles, bombs, damage, headers,
             odd_but_right, includes, names):
    make()
