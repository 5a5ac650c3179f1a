#!/usr/bin/env bash
# Feeds the readers of files with what libFuzzer comes up with, under ASan and
# UBSan, and keeps the few inputs that reach more code in tests/fuzz/corpus.
#
#   scripts/fuzz.sh [READER] [SECONDS]
#
# Readers: idx cifar safetensors progress curriculum; all of them by default,
# 600 seconds each. A finding ends it with 1 and is kept in build/fuzz.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/packages.sh

corpus=tests/fuzz/corpus
readers=(idx cifar safetensors progress curriculum)
flags=(-std=c++20 -O1 -g -fno-omit-frame-pointer
  -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined
  -Iframework/include -Igrader/include -Itito/src -Itests)

# Only what a reader needs, so that libFuzzer sees nothing else.
sources_of() {
  case $1 in
    progress) echo tito/src/system/progress.cpp ;;
    curriculum) echo grader/src/curriculum.cpp ;;
    *) echo framework/src/support/*.cpp solutions/01_tensor/src/*.cpp ;;
  esac
}

longest_of() {
  case $1 in
    cifar) echo 9300 ;; # three records, and a little
    curriculum) echo 6000 ;;
    *) echo 4096 ;;
  esac
}

build() { # READER PROGRAM FLAGS...
  local reader=$1 program=$2 source object objects=()
  local all=("${flags[@]}" "${@:3}")
  mkdir -p "$program.objects"
  for source in "tests/fuzz/${reader}_fuzz.cpp" $(sources_of "$reader"); do
    object=$program.objects/${source//\//_}.o
    ccache clang++ "${all[@]}" -c "$source" -o "$object"
    objects+=("$object")
  done
  clang++ "${all[@]}" "${objects[@]}" -lz -lfmt -o "$program"
}

fuzz() { # READER SECONDS
  local reader=$1 seconds=$2 program=build/fuzz/$1 log=build/fuzz/$1.log
  local options=(-timeout=10 -rss_limit_mb=2048 -malloc_limit_mb=512
    -max_len="$(longest_of "$reader")")
  case $reader in
    idx | cifar) ;;
    *) options+=(-dict=tests/fuzz/json.dict) ;;
  esac
  mkdir -p "$program.found" "$corpus/$reader"
  echo "fuzz: $reader for $seconds s, see $log"
  if ! nice -n 10 "$program" "${options[@]}" -max_total_time="$seconds" \
    -print_final_stats=1 -artifact_prefix="$program-" \
    "$program.found" "$corpus/$reader" 2>"$log"; then
    echo "fuzz: $reader broke a promise, see the end of $log. Copy its" >&2
    echo "  input, $program-*, to $corpus/$reader and mend the reader." >&2
    return 1
  fi
  grep -E '^#[0-9]+\s+DONE|number_of_executed_units|peak_rss' "$log"
}

# Keeps what reaches a new line of ours; how libraries refuse is theirs to test.
merge() { # READER
  local program=build/fuzz/$1
  build "$1" "$program-ours" \
    -fsanitize-coverage-ignorelist=tests/fuzz/not_ours.txt
  "$program-ours" -merge=1 -use_counters=0 -set_cover_merge=1 \
    "$corpus/$1" "$program.found" 2>&1 | grep 'new files'
}

[ "$#" -gt 0 ] && readers=("$1")
if [ ! -f "tests/fuzz/${readers[0]}_fuzz.cpp" ]; then
  echo "fuzz: there is no reader $1: give idx, cifar, safetensors, progress" >&2
  echo "  or curriculum, or none for all of them." >&2
  exit 2
fi

require_packages clang libclang-rt-dev ccache g++ libfmt-dev \
  nlohmann-json3-dev zlib1g-dev
mkdir -p build/fuzz
# Inputs go through files: in memory where there is such a folder.
TMPDIR=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo /tmp)")
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

for reader in "${readers[@]}"; do
  build "$reader" "build/fuzz/$reader"
  fuzz "$reader" "${2:-600}"
  merge "$reader"
done
