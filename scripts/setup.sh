#!/usr/bin/env bash
# Installs what is missing and builds the course. Safe to run again.
#
#   scripts/setup.sh [TARGET...]
#
# Without arguments it builds what a student needs: tito, and the tests of the
# first module. Those of a later one are built when it starts.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/packages.sh

require_packages g++ cmake ninja-build ccache pkg-config git binutils \
  libcli11-dev nlohmann-json3-dev catch2 libfmt-dev libspdlog-dev \
  libopenblas-dev libarchive-dev libseccomp-dev libpugixml-dev zlib1g-dev \
  libcurl4-openssl-dev nettle-dev libsqlite3-dev ca-certificates bubblewrap

# A tree that was copied or moved has a build that belongs to its old place.
built_for=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' build/CMakeCache.txt \
  2>/dev/null || true)
[ -z "$built_for" ] || [ "$built_for" -ef "$PWD" ] || rm -rf build

cmake --preset student
[ "$#" -gt 0 ] || set -- tito tests_01_tensor
cmake --build build --target "$@"

echo
echo "Built. Put tito on the PATH of this shell:"
echo "  export PATH=\"$PWD/build/bin:\$PATH\""
