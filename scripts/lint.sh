#!/usr/bin/env bash
# Formatting (clang-format) and common mistakes (clang-tidy), for authors.
#
#   scripts/lint.sh [--fix | --quick]
#
# --fix formats the files instead of complaining. --quick leaves out clang-tidy
# for tito and the grader, which takes minutes.
# clang-format's output differs between versions: version 14, Debian 12's, rules.
# Elsewhere only clang-tidy runs.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/packages.sh
require_packages clang-format clang-tidy

mapfile -t files < <(git ls-files '*.cpp' '*.hpp')
if clang-format --version | grep -q 'version 14\.'; then
  if [ "${1:-}" = --fix ]; then
    clang-format -i "${files[@]}"
  else
    clang-format --dry-run --Werror "${files[@]}"
  fi
else
  echo "lint: clang-format is not version 14, formatting is not checked"
fi

folders=('framework/*.cpp' 'solutions/*.cpp')
[ "${1:-}" = --quick ] || folders+=('grader/*.cpp' 'tito/*.cpp')
mapfile -t sources < <(git ls-files "${folders[@]}")
# clang cannot read the headers that g++ precompiled.
cmake -S . -B build/lint -G Ninja -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON \
  -DCOURSE_SINGLE_FILES=ON >/dev/null
# It knows no unique symbols either.
sed -i 's/ -fno-gnu-unique\b//' build/lint/compile_commands.json
printf '%s\0' "${sources[@]}" |
  xargs -0 -P "$(nproc)" -n 1 clang-tidy --quiet -p build/lint \
    --extra-arg=-Wno-unknown-warning-option 2>/dev/null
echo "lint: ${#files[@]} files formatted, ${#sources[@]} sources checked"
