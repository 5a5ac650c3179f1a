#!/usr/bin/env python3
"""Writes datasets/tinydigits from the digits that scikit-learn ships.

    scripts/make_tinydigits.py [--source digits.csv.gz] [--target FOLDER]

Without --source, the file is taken from an installed scikit-learn (Debian:
python3-sklearn). The result is the same byte for byte wherever it runs.
"""

import argparse
import gzip
import hashlib
import importlib.util
import pathlib
import struct
import sys

TRAIN_PER_CLASS = 100
TEST_PER_CLASS = 20
# Of the file's text, before compression.
SOURCE_SHA256 = "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8"


def installed_source():
    sklearn = importlib.util.find_spec("sklearn")
    if sklearn is None:
        sys.exit("make_tinydigits: scikit-learn is not installed. Run: "
                 "apt-get install python3-sklearn, or give --source")
    folder = pathlib.Path(sklearn.submodule_search_locations[0])
    return folder / "datasets" / "data" / "digits.csv.gz"


def read_samples(source):
    """Lists of 65 integers: 64 pixels from 0 to 16, and the label."""
    text = gzip.decompress(source.read_bytes())
    if hashlib.sha256(text).hexdigest() != SOURCE_SHA256:
        sys.exit(f"make_tinydigits: {source} is not the file that was expected")
    return [[int(value) for value in line.split(b",")]
            for line in text.split()]


def split(samples):
    """The first samples of each class to train, the last ones to test.

    The source keeps the samples of one writer together, so most images of the
    test are by people whose hand the training has not seen.
    """
    places = {label: [] for label in range(10)}
    for i, sample in enumerate(samples):
        places[sample[64]].append(i)
    train = sorted(i for p in places.values() for i in p[:TRAIN_PER_CLASS])
    test = sorted(i for p in places.values() for i in p[-TEST_PER_CLASS:])
    return [samples[i] for i in train], [samples[i] for i in test]


def idx(shape, values):
    """The IDX format: 0, 0, 8 for unsigned bytes, the rank, the extents."""
    header = struct.pack(f">BBBB{len(shape)}I", 0, 0, 8, len(shape), *shape)
    return header + bytes(values)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--source", type=pathlib.Path)
    parser.add_argument("--target", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[1] /
                        "datasets" / "tinydigits")
    arguments = parser.parse_args()
    samples = read_samples(arguments.source or installed_source())
    arguments.target.mkdir(parents=True, exist_ok=True)
    for part, chosen in zip(("train", "test"), split(samples)):
        files = {
            f"{part}-images.idx": idx(
                (len(chosen), 8, 8),
                [pixel for sample in chosen for pixel in sample[:64]]),
            f"{part}-labels.idx": idx(
                (len(chosen),), [sample[64] for sample in chosen]),
        }
        for name, content in files.items():
            (arguments.target / name).write_bytes(content)
            print(hashlib.sha256(content).hexdigest(), len(content), name)


if __name__ == "__main__":
    main()
