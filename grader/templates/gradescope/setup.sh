#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the autograder's image:
# packages, the grader, and the tests of the module.
set -euo pipefail
cd "${AUTOGRADER_ROOT:-/autograder}/source"
# Solutions and hidden tests are here: nobody but root may enter.
chmod 700 .
export CCACHE_DISABLE=1
apt-get update && apt-get install -y --no-install-recommends jq
course/scripts/setup.sh tito "grading_$(cat module)"
