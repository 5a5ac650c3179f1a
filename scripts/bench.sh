#!/usr/bin/env bash
# Prints how long the student's loop, the grader and the reference solutions take
# on this machine, next to the bare compiler, PyTorch and NumPy (one thread).
# Medians, taken one after the other. It informs; it never fails because
# something is slow.
#
#   scripts/bench.sh [loop] [grader] [framework]     all of them by default
#
# RUNS=9 repeats the loop nine times instead of five.
set -euo pipefail
cd "$(dirname "$0")/.."
course=$PWD
source scripts/packages.sh
require_packages hyperfine jq
scripts/setup.sh >/dev/null
export PATH="$course/build/bin:$PATH"
runs=${RUNS:-5}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

row() { printf '%-44s %9.3f %9s %9s\n' "$1" "$2" "${3:-}" "${4:-}"; }

# Median seconds of a command; $1 runs before each repetition, untimed.
median() {
  hyperfine --style none --warmup 1 --runs "$runs" --prepare "$1" \
    --export-json "$scratch/time.json" "$2" >/dev/null 2>&1
  jq '.results[0].median' "$scratch/time.json"
}

# One save of tensor.cpp until the verdict, next to the bare compiler.
bench_loop() {
  local toolchain=$course/build/toolchain.json
  local compiler flags objects libraries compile link run saved unchanged sum
  mkdir "$scratch/workspace"
  cp -r modules "$scratch/workspace/"
  cd "$scratch/workspace"
  cp "$course"/solutions/01_tensor/src/*.cpp modules/01_tensor/src/
  tito module start 01 >/dev/null
  tito module test 01 >/dev/null
  compiler=$(jq -r .compiler "$toolchain")
  flags="$(jq -r '.flags | join(" ")' "$toolchain") -I$course/framework/include"
  objects=$(jq -r '[.test_main, .test_objects["public/01_tensor"][]] | join(" ")' "$toolchain")
  libraries=$(jq -r '[.test_support, .support] + .link_flags | join(" ")' "$toolchain")
  for source in modules/01_tensor/src/*.cpp; do
    $compiler $flags -c "$source" -o "$scratch/$(basename "$source" .cpp).o"
  done
  compile=$(median true "$compiler $flags -c modules/01_tensor/src/tensor.cpp -o $scratch/tensor.o")
  link=$(median true "$compiler $objects $scratch/*.o $libraries -o $scratch/tests")
  run=$(median true "$scratch/tests")
  saved=$(median "touch modules/01_tensor/src/tensor.cpp" "tito module test 01")
  unchanged=$(median true "tito module test 01")
  sum=$(jq -n "$compile + $link + $run")
  printf '%-44s %9s %9s\n' "student's loop (module 01, tensor.cpp)" seconds ratio
  row "compile tensor.cpp with the bare compiler" "$compile"
  row "link the tests" "$link"
  row "run the tests" "$run"
  row "sum of the three" "$sum" 1.00
  row "tito module test 01 after a save" "$saved" "$(jq -n "$saved / $sum * 100 | round / 100")"
  row "tito module test 01, nothing changed" "$unchanged"
  cd "$course"
}

# The reference solutions, handed in by 16 students.
bench_grader() {
  local submissions=$scratch/submissions jobs id file
  for id in $(seq 10 25); do
    for file in solutions/0[1-4]*/src/*.cpp; do
      mkdir -p "$submissions/s$id/modules/$(dirname "${file#solutions/}")"
      # No two are equal: nothing can be known already.
      { cat "$file"; echo "// $id"; } >"$submissions/s$id/modules/${file#solutions/}"
    done
  done
  cmake --build build --target grading >/dev/null
  printf '\n%-44s %9s %9s %9s\n' "grader (16 submissions, modules 01 to 04)" \
    seconds "a minute" "and core"
  for jobs in 1 2; do grade_once "--jobs $jobs" "$jobs" "$scratch/book$jobs.db"; done
  grade_once "again, everything known" 1 "$scratch/book1.db"
}

# What it is, jobs, gradebook. A verdict is one module of one submission.
grade_once() {
  local start seconds minute
  start=$(date +%s.%N)
  tito grade run "$submissions" --out "$scratch/grades.csv" --modules 01,02,03,04 \
    --jobs "$2" --gradebook "$3" >/dev/null
  seconds=$(jq -n "$(date +%s.%N) - $start")
  minute=$(jq -n "64 / $seconds * 60 | round")
  row "tito grade run, $1" "$seconds" "$minute" "$((minute / $2))"
}

# The reference solutions next to PyTorch and NumPy.
bench_framework() {
  require_packages python3-torch python3-numpy
  cmake --build build --target framework_bench >/dev/null
  build/bin/framework_bench >"$scratch/ours.json"
  /usr/bin/python3 scripts/bench_peers.py torch >"$scratch/torch.json"
  /usr/bin/python3 scripts/bench_peers.py numpy >"$scratch/numpy.json"
  printf '\n%-22s %10s %10s %10s %9s\n' "framework, microseconds" ours PyTorch NumPy "ratio"
  jq -rn --slurpfile ours "$scratch/ours.json" --slurpfile torch "$scratch/torch.json" \
    --slurpfile numpy "$scratch/numpy.json" '
    $ours[0] | to_entries[] |
    [.key, .value, $torch[0][.key], ($numpy[0][.key] // 0), .value / $torch[0][.key]] | @tsv' |
    while IFS=$'\t' read -r name ours torch numpy ratio; do
      printf '%-22s %10.1f %10.1f %10.1f %9.2f\n' "$name" "$ours" "$torch" "$numpy" "$ratio"
    done
  printf '%-22s %10s %10s %10.1f\n' "copy 1M (memory)" "" "" "$(jq '."copy 1M"' "$scratch/numpy.json")"
  echo "ratio: ours to PyTorch; below 1 is faster. 0 means that the peer has no such thing."
}

[ "$#" -gt 0 ] || set -- loop grader framework
for part in "$@"; do "bench_$part"; done
