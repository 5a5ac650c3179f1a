"""Reads a safetensors file with nothing but Python's standard library.

Written from the format's description, not from our C++: 8 bytes of header
length, a JSON header, and the bytes of all tensors without gaps. Checks all of
that and prints tensors and metadata as JSON.
"""

import json
import struct
import sys

with open(sys.argv[1], "rb") as file:
    data = file.read()

(length,) = struct.unpack("<Q", data[:8])
assert 8 + length <= len(data), "the header is longer than the file"
assert length % 8 == 0, "the data is not aligned"
assert data[8:9] == b"{", "the header does not begin with a brace"
header = json.loads(data[8 : 8 + length].decode("utf-8"))
body = data[8 + length :]

metadata = header.pop("__metadata__", {})
assert all(isinstance(text, str) for text in metadata.values())

tensors = {}
end = 0
for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
    assert set(entry) == {"dtype", "shape", "data_offsets"}, name
    assert entry["dtype"] == "F32", name
    begin, stop = entry["data_offsets"]
    assert begin == end, f"{name} begins at {begin}, not at {end}"
    count = 1
    for extent in entry["shape"]:
        count *= extent
    assert stop - begin == 4 * count, name
    values = struct.unpack(f"<{count}f", body[begin:stop])
    tensors[name] = {"shape": entry["shape"], "values": values}
    end = stop
assert end == len(body), "there are bytes after the last tensor"

json.dump({"tensors": tensors, "metadata": metadata}, sys.stdout)
