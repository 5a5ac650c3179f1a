#!/usr/bin/env bash
# Installs what is missing, builds everything and runs every test.
#
#   scripts/test.sh [CTEST-ARGUMENTS...]      for example: -R grader
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/packages.sh
require_packages clang-format clang-tidy python3 jq slurmctld slurmd slurm-client
[ ! -d tests/pages ] || scripts/check_pages.sh --install
scripts/setup.sh all
exec ctest --test-dir build --parallel 2 --output-on-failure --no-tests=error "$@"
