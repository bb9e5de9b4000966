#!/bin/sh
# Installs by apt-get what the tests use beside Python: Chromium, and Chinese fonts to show pages and to draw scans with.
# Usage: scripts/packages.sh     (as root or by sudo without a password; ends at once where all is there)
# Fails, within a few minutes, where they cannot be had; scripts/browser.sh and scripts/scans.sh then say what that costs.
set -eu

packages="chromium fonts-noto-cjk fonts-wqy-microhei fonts-arphic-uming"
seconds_each=240

fail() { echo "scripts/packages.sh: $*" >&2; exit 3; }

limited() { if command -v timeout >/dev/null 2>&1; then timeout "$seconds_each" "$@"; else "$@"; fi; }

apt() { if [ "$(id -u)" -eq 0 ]; then limited env "$@"; else limited sudo -n env "$@"; fi; }

command -v apt-get >/dev/null 2>&1 || fail "no apt-get here: install by hand $packages"
# shellcheck disable=SC2086
dpkg --status $packages >/dev/null 2>&1 && exit 0
[ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null || fail "apt-get needs root: install by hand $packages"
echo "Installing for the tests $packages ..."
wanted="-qq -y --no-install-recommends install $packages"
apt apt-get -qq update >/dev/null || fail "apt-get update failed"
# Fetched first, so that a slow line cannot break off an installation.
apt apt-get --download-only $wanted >/dev/null || fail "apt-get could not fetch them"
apt DEBIAN_FRONTEND=noninteractive apt-get $wanted >/dev/null || fail "apt-get could not install them"
