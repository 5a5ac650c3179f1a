#!/usr/bin/env bash
# Opens feedback pages in a real browser (Chromium) and lists what a reader would
# stumble over: accessibility (axe-core), layout, charts, paper.
#
#   scripts/check_pages.sh FOLDER [PICTURES]   what `tito grade feedback` wrote
#   scripts/check_pages.sh --install           installs what that needs
#
# PICTURES is a folder for a picture of each page in each view. Exits with 77 if
# something that is needed is not installed.
set -euo pipefail
course=$(cd "$(dirname "$0")/.." && pwd)
source "$course/scripts/packages.sh"
tools="$course/build/pages"

find_browser() {
  command -v chromium || command -v google-chrome
}

has_modules() {
  [ -d "$tools/node_modules" ] &&
    cmp -s "$course/tests/pages/package-lock.json" "$tools/package-lock.json"
}

skip() {
  echo "check_pages: skipped, $1. scripts/check_pages.sh --install installs it."
  exit 77
}

install_modules() {
  has_modules && return
  mkdir -p "$tools" && cp "$course"/tests/pages/package*.json "$tools" &&
    npm ci --prefix "$tools" --prefer-offline --no-audit --no-fund --silent
}

# Machines often have Node.js from elsewhere, and Ubuntu has no package of
# Chromium: what cannot be had skips the check, no more.
install_all() {
  { find_browser >/dev/null || require_packages chromium; } &&
    { command -v npm >/dev/null || require_packages nodejs npm; } &&
    install_modules
}

if [ "${1:-}" = --install ]; then
  install_all ||
    echo "check_pages: not installed, so pages will not be checked" >&2
  exit 0
fi
[ "$#" -ge 1 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
browser=$(find_browser) || skip "there is no Chromium"
command -v node >/dev/null || skip "there is no Node.js"
has_modules || skip "there is no axe-core of the version in tests/pages"
NODE_PATH="$tools/node_modules" exec node "$course/tests/pages/check.js" \
  "$browser" "$@"
