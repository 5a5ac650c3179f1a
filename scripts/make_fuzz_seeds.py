#!/usr/bin/env python3
"""Writes the files that fuzzing begins with to tests/fuzz/corpus.

Small valid files of each format, and what somebody would try first to break
their readers. Run it again after a change; scripts/fuzz.sh adds to them.
"""

import gzip
import json
import pathlib
import struct

CORPUS = pathlib.Path(__file__).parent.parent / "tests" / "fuzz" / "corpus"


def write(reader, seeds):
    folder = CORPUS / reader
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in seeds.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / f"seed_{name}").write_bytes(data)


def idx(shape, size, kind=8):
    header = bytes([0, 0, kind, len(shape)])
    return header + struct.pack(f">{len(shape)}I", *shape) + bytes(range(size))


def idx_seeds():
    largest = 2**32 - 1
    return {
        "labels": idx([5], 5),
        "images": idx([2, 3, 4], 24),
        "rank_8": idx([1, 2, 1, 2, 1, 2, 1, 2], 16),
        "packed": gzip.compress(idx([2, 3], 6), mtime=0),
        "packed_cut": gzip.compress(idx([2, 3], 6), mtime=0)[:-3],
        "packed_and_more": gzip.compress(idx([2, 3], 6), mtime=0) + b"x",
        "packed_twice": gzip.compress(gzip.compress(idx([1], 1)), mtime=0),
        "packed_promise": gzip.compress(idx([largest], 0), mtime=0),
        "empty": b"",
        "nothing": idx([0, 28, 28], 0),
        "one_short": idx([2, 3], 5),
        "one_more": idx([2, 3], 7),
        "floats": idx([2], 8, kind=13),
        "rank_0": idx([], 1),
        "rank_9": idx([1] * 9, 1),
        "product_0_mod_2_64": idx([65536] * 4, 0),
        "product_1_mod_2_64": idx([largest, largest], 1),
        "nothing_past_2_63": idx([0, largest, largest], 0),
        "nothing_past_2_64": idx([0, largest, largest, largest], 0),
    }


def cifar_seeds():
    record = bytes([3]) + bytes(range(256)) * 12
    return {
        "one": record,
        "two": record + bytes([9]) + bytes(3072),
        "packed": gzip.compress(record * 3, mtime=0),
        "packed_cut": gzip.compress(record, mtime=0)[:-5],
        "packed_part": gzip.compress(record[:-1], mtime=0),
        "empty": b"",
        "one_short": gzip.compress(record[:-1], mtime=0),
        "one_more": gzip.compress(record + b"x", mtime=0),
        "label_10": gzip.compress(b"\x0a" + record[1:], mtime=0),
        "packed_nothing": gzip.compress(b"", mtime=0),
    }


def safetensors(header, data=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def tensor(shape, begin, end, dtype="F32"):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def safetensors_seeds():
    nan = struct.pack("<4f", float("nan"), float("inf"), -0.0, 1e-40)
    return {
        "nothing": safetensors({}),
        "one": safetensors({"weight": tensor([2, 2], 0, 16)}, nan),
        "two": safetensors({"__metadata__": {"epoch": "1"},
                            "w": tensor([2], 0, 8), "b": tensor([], 8, 12)},
                           bytes(12)),
        "no_elements": safetensors({"a": tensor([0, 3], 0, 0)}),
        "no_bytes": b"",
        "length_cut": b"\x02\0\0",
        "length_max": b"\xff" * 8 + b"{}",
        "length_one_more": struct.pack("<Q", 3) + b"{}",
        "one_byte_more": safetensors({"a": tensor([1], 0, 4)}, bytes(5)),
        "one_byte_less": safetensors({"a": tensor([1], 0, 4)}, bytes(3)),
        "overlap": safetensors({"a": tensor([2], 0, 8),
                                "b": tensor([2], 4, 12)}, bytes(12)),
        "gap": safetensors({"a": tensor([1], 0, 4),
                            "b": tensor([1], 8, 12)}, bytes(12)),
        "backwards": safetensors({"a": tensor([1], 4, 0)}, bytes(4)),
        "extent_overflow": safetensors({"a": tensor([2**62, 4], 0, 0)}),
        "extent_2_64": safetensors({"a": tensor([2**64 - 1, 0], 0, 0)}),
        "extent_negative": safetensors({"a": tensor([-1], 0, 4)}, bytes(4)),
        "extent_float": safetensors({"a": tensor([1.0], 0, 4)}, bytes(4)),
        "no_elements_past_2_63": safetensors({"a": tensor([0, 2**62], 0, 0)}),
        "dtype_f16": safetensors({"a": tensor([2], 0, 4, "F16")}, bytes(4)),
        "dtype_long": safetensors({"a": tensor([1], 0, 4, "\u00e9" * 60)},
                                  bytes(4)),
        "key_twice": safetensors(b'{"a":{},"a":{}}'),
        "metadata_number": safetensors({"__metadata__": {"a": 1}}),
        "name_not_utf8": safetensors(b'{"\xff\xfe":{}}'),
        "deep": safetensors(b'{"a":' + b"[" * 500 + b"]" * 500 + b"}"),
        "number_huge": safetensors(b'{"a":1e999}'),
        "no_object": safetensors(b"[1,2]"),
    }


def progress_seeds():
    module = {"started_at": "2026-09-01T10:00:00", "completed_at": "2026-09-02",
              "sources": "0123abcd", "points": 97.5}
    milestone = {"achieved_at": "2026-09-03", "metrics": {"accuracy": 0.95}}
    whole = {"version": 1,
             "modules": {"01": module, "02": {"started_at": "later"}},
             "milestones": {"01_1957_perceptron/1": milestone}}

    def but(**changes):
        return json.dumps(whole | changes)

    return {
        "new": json.dumps({"version": 1, "modules": {}, "milestones": {}}),
        "whole": json.dumps(whole, indent=2),
        "cut": json.dumps(whole)[:-1],
        "no_bytes": "",
        "null": "null",
        "list": "[]",
        "no_version": '{"modules": {}, "milestones": {}}',
        "version_0": but(version=0),
        "version_2": but(version=2),
        "version_2_64": but(version=2**64 - 1),
        "version_float": but(version=1.0),
        "modules_list": but(modules=[module]),
        "modules_number": but(modules=5),
        "modules_null": but(modules=None),
        "milestones_null": but(milestones=None),
        "module_null": but(modules={"01": None}),
        "points_huge": json.dumps(whole).replace("97.5", "1e999"),
        "points_nan": json.dumps(whole).replace("97.5", "NaN"),
        "points_null": json.dumps(whole).replace("97.5", "null"),
        "metrics_list": but(milestones={"a": {"metrics": [1]}}),
        "metric_text": but(milestones={"a": {"metrics": {"b": "c"}}}),
        "key_twice": '{"version": 1, "version": 2, "modules": {"01": {}, '
                     '"01": {"points": 1}}, "milestones": {}}',
        "surrogate": but(modules={"\\ud800": module}).replace("\\\\", "\\"),
        "not_utf8": b'{"version": 1, "modules": {"\xff": {}}}',
        "deep": '{"version": 1, "modules": ' + "[" * 1000 + "]" * 1000 + "}",
        "byte_order_mark": "\ufeff" + but(),
    }


def curriculum_seeds():
    def task(number, file="box.cpp", points=50, builds_on=()):
        return {"id": number, "title": "Size", "file": file, "points": points,
                "builds_on": list(builds_on)}

    def module(number, name, requires=(), tasks=(), sources=("box.cpp",)):
        return {"number": number, "name": name, "title": "Box", "tier": "t",
                "summary": "s", "requires": list(requires),
                "headers": ["box.hpp"], "sources": list(sources),
                "tasks": list(tasks)}

    def milestone(name, aliases=(), metrics=None, number="01"):
        return {"number": number, "folder": f"{number}_1900_{name}",
                "name": name, "title": "Room", "aliases": list(aliases),
                "parts": [{"title": "One", "source": "one.cpp",
                           "requires": ["01"], "metrics": metrics or {}}]}

    box = module("01", "box", tasks=[task("01.1"), task("01.2")])
    shelf = module("02", "shelf", ["01"], [task("02.1", builds_on=["01.1"])])
    room = milestone("room", ["chamber"], {"accuracy": {"min": 0.5}})

    def course(modules=(box, shelf), milestones=(room,), version=1):
        return json.dumps({"version": version, "modules": list(modules),
                           "milestones": list(milestones)})

    return {
        "whole": course(),
        "empty_course": course([], []),
        "no_bytes": "",
        "cut": course()[:-1],
        "list": "[]",
        "version_2": course(version=2),
        "version_text": course(version="1"),
        "version_huge": '{"version": 1e999}',
        "number_taken": course([box, module("01", "lid")]),
        "number_long": course([module("001", "box")]),
        "name_taken": course([box, module("02", "box")]),
        "name_in_another_case": course([box, module("02", "Box")]),
        "name_is_a_number": course([module("01", "02"),
                                    shelf | {"requires": []}]),
        "name_is_a_folder": course([box, module("02", "01_box")]),
        "name_leaves": course([module("01", "../box")]),
        "task_twice": course([module("01", "box", [], [task("01.1")] * 2)]),
        "task_elsewhere": course([module("01", "box", [], [task("02.1")])]),
        "task_points": course([module("01", "box", [], [
            task("01.1", points=-1)])]),
        "task_source": course([module("01", "box", [], [
            task("01.1", "x.cpp")])]),
        "source_twice": course([module("01", "box", sources=["a.cpp"] * 2)]),
        "source_hidden": course([module("01", "box", sources=[".a.cpp"])]),
        "requires_itself": course([module("01", "box", ["01"])]),
        "requires_later": course([module("01", "box", ["02"]), shelf]),
        "builds_on_nothing": course([module("01", "box", [], [
            task("01.1", builds_on=["01.9"])])]),
        "alias_taken": course(milestones=[milestone("room", ["room"])]),
        "alias_in_another_case": course(milestones=[
            room, milestone("hall", ["Room"], number="02")]),
        "alias_is_a_number": course(milestones=[
            milestone("room", ["2"]), milestone("hall", number="02")]),
        "metric_without_limit": course(milestones=[
            milestone("room", metrics={"a": {}})]),
        "key_twice": '{"version": 1, "version": 1, "modules": [], '
                     '"milestones": []}',
        "not_utf8": b'{"version": "\xff"}',
        "deep": '{"version": 1, "modules": ' + "[" * 1000 + "]" * 1000 + "}",
    }


for reader in ("idx", "cifar", "safetensors", "progress", "curriculum"):
    write(reader, globals()[f"{reader}_seeds"]())
