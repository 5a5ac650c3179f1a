# Sourced by the other scripts: installs Debian packages that are missing.

missing_packages() {
  local package
  for package in "$@"; do
    dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null |
      grep -qx installed || echo "$package"
  done
}

# Runs one line of shell as root; fails with 3 where that is not possible.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    sh -c "$1"
  elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
    sudo sh -c "$1"
  else
    echo "Packages are missing, and there is neither root nor sudo here." >&2
    echo "Have an administrator run this line, then run this script again:" >&2
    echo "  $1" >&2
    return 3
  fi
}

require_packages() {
  if ! command -v dpkg-query >/dev/null; then
    echo "This script installs Debian packages (Debian 12, Ubuntu 24.04)." >&2
    echo "On another system, install the equivalents of: $*" >&2
    return 3
  fi
  local missing
  missing=$(missing_packages "$@" | tr '\n' ' ')
  [ -n "$missing" ] || return 0
  echo "Installing $missing"
  as_root "export DEBIAN_FRONTEND=noninteractive; apt-get -qq update && \
apt-get -qq install -y --no-install-recommends $missing >/dev/null"
}
