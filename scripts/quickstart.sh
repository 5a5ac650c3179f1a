#!/usr/bin/env bash
# The whole course in a few minutes: sets the machine up, then plays a student
# and an instructor in a scratch directory. Your own work is not touched.
set -euo pipefail
cd "$(dirname "$0")/.."
course=$PWD
# Other modules' tests are built when they are needed.
scripts/setup.sh tito tests_01_tensor tests_02_activations tests_03_layers
export PATH="$course/build/bin:$PATH"

if [ ! -d solutions ]; then
  echo
  echo "This is a student's tree: nothing more to demonstrate. Begin with:"
  echo "  tito module start 01"
  exit 0
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

say() { printf '\n== %s\n' "$1"; }
run() {
  printf '\n$ %s\n' "$*"
  "$@"
}
# Shows a command that is meant to fail, and fails if it does not.
run_failing() {
  printf '\n$ %s\n' "$*"
  if "$@"; then
    echo "quickstart: expected this command to fail" >&2
    exit 1
  fi
}

say "A student's workspace: a copy of modules/, as stubs"
mkdir "$scratch/workspace"
cp -r modules "$scratch/workspace/"
cd "$scratch/workspace"
run tito module start 01

say "Nothing is written yet, so the tests say what to write first"
run_failing tito module test 01

say "The reference solutions stand in for a few evenings of work"
for module in 01_tensor 02_activations 03_layers; do
  cp "$course/solutions/$module/src/"*.cpp "modules/$module/src/"
  run tito module complete "${module%%_*}"
done

say "Three modules unlock the first milestone"
run tito milestone run perceptron --part 1

say "The instructor's side: five submissions, one command"
submissions=$scratch/submissions
hand_in() { # STUDENT MODULE FROM
  mkdir -p "$submissions/$1/modules/$2/src"
  cp "$course/$3/$2/src/"*.cpp "$submissions/$1/modules/$2/src/"
}
for module in 01_tensor 02_activations; do
  hand_in ada "$module" solutions     # everything
  hand_in ben "$module" modules       # the untouched stubs
  hand_in eve "$module" solutions
done
hand_in cleo 02_activations solutions # one module only
hand_in dan 01_tensor solutions
# Dan's file does not compile; Eve's leaves the process before any test ran.
echo 'this is not C++' >>"$submissions/dan/modules/01_tensor/src/views.cpp"
cat >>"$submissions/eve/modules/01_tensor/src/matmul.cpp" <<'CPP'
#include <cstdlib>
static const int leave_early = (std::exit(0), 0);
CPP
cd "$scratch"
# Not into the course's own gradebook: these students do not exist.
run tito grade run submissions --modules 01,02 --out grades.csv \
  --gradebook "$scratch/gradebook.db"
printf '\n$ cat grades.csv\n'
cat grades.csv

say "Done. Now it is your turn"
echo "  export PATH=\"$course/build/bin:\$PATH\""
echo "  tito module start 01"
