#!/usr/bin/env bash
# Prints how long the student's loop and the grader take on this machine, next
# to the bare compiler. Medians of RUNS (default 5) runs, taken one after the
# other. It informs; it never fails because something is slow.
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
mkdir "$scratch/workspace"
cp -r modules "$scratch/workspace/"
cp solutions/01_tensor/src/*.cpp "$scratch/workspace/modules/01_tensor/src/"
cd "$scratch/workspace"
tito module start 01 >/dev/null
tito module test 01 >/dev/null

# Median seconds of a command; $1 runs before each repetition, untimed.
median() {
  hyperfine --style none --warmup 1 --runs "$runs" --prepare "$1" \
    --export-json "$scratch/time.json" "$2" >/dev/null
  jq '.results[0].median' "$scratch/time.json"
}

toolchain=$course/build/toolchain.json
compiler=$(jq -r .compiler "$toolchain")
flags=$(jq -r '.flags | join(" ")' "$toolchain")
objects=$(jq -r '[.test_main, .test_objects["public/01_tensor"][]] | join(" ")' "$toolchain")
libraries=$(jq -r '[.test_support, .support] + .link_flags | join(" ")' "$toolchain")
save="touch modules/01_tensor/src/tensor.cpp"

compile_one="$compiler $flags -I$course/framework/include -c modules/01_tensor/src/tensor.cpp -o $scratch/tensor.o"
for source in modules/01_tensor/src/*.cpp; do
  $compiler $flags -I"$course/framework/include" -c "$source" \
    -o "$scratch/$(basename "$source" .cpp).o"
done
link_all="$compiler $objects $scratch/*.o $libraries -o $scratch/tests"
sh -c "$link_all"

compile=$(median "true" "$compile_one")
link=$(median "true" "$link_all")
run=$(median "true" "$scratch/tests")
saved=$(median "$save" "tito module test 01")
unchanged=$(median "true" "tito module test 01")

row() { printf '%-44s %9.3f %9s\n' "$1" "$2" "${3:-}"; }
printf '%-44s %9s %9s\n' "student's loop (module 01, tensor.cpp)" seconds ratio
row "compile tensor.cpp with the bare compiler" "$compile"
row "link the tests" "$link"
row "run the tests" "$run"
sum=$(jq -n "$compile + $link + $run")
row "sum of the three" "$sum" 1.00
row "tito module test 01 after a save" "$saved" "$(jq -n "$saved / $sum * 100 | round / 100")"
row "tito module test 01, nothing changed" "$unchanged"

# The grader: the same correct module from 20 students.
submissions=$scratch/submissions
for i in $(seq 10 29); do
  mkdir -p "$submissions/student$i/modules/01_tensor/src"
  cp "$course/solutions/01_tensor/src/"*.cpp "$submissions/student$i/modules/01_tensor/src/"
done
printf '\n%-44s %9s %9s\n' "grader (module 01, 20 submissions)" seconds verdicts/min
for jobs in 1 2; do
  start=$(date +%s.%N)
  tito grade run "$submissions" --out "$scratch/grades.csv" --jobs "$jobs" >/dev/null
  seconds=$(jq -n "$(date +%s.%N) - $start")
  row "tito grade run --jobs $jobs" "$seconds" "$(jq -n "20 / $seconds * 60 | round")"
done
