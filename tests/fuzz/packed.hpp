// Readers of data files unpack what gzip packed. A mutated gzip file mostly
// fails its checksum, so targets pack the mutated bytes themselves as well.
#pragma once

#include <zlib.h>

#include "fuzz/contract.hpp"

namespace fuzz {

inline bool is_packed(const Bytes& bytes) {
  return bytes.size() > 1 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

/// What gzip makes of these bytes: quickly, not well.
inline Bytes packed(Bytes bytes) {
  constexpr int kGzip = 16, kSmallestWindow = 9, kLeastMemory = 1;
  z_stream zlib{};
  require(deflateInit2(&zlib, Z_BEST_SPEED, Z_DEFLATED, kGzip + kSmallestWindow,
                       kLeastMemory, Z_DEFAULT_STRATEGY) == Z_OK,
          "zlib starts");
  Bytes result(deflateBound(&zlib, bytes.size()));
  zlib.next_in = bytes.data();
  zlib.avail_in = static_cast<uInt>(bytes.size());
  zlib.next_out = result.data();
  zlib.avail_out = static_cast<uInt>(result.size());
  require(deflate(&zlib, Z_FINISH) == Z_STREAM_END, "zlib packs");
  result.resize(zlib.total_out);
  deflateEnd(&zlib);
  return result;
}

}  // namespace fuzz
