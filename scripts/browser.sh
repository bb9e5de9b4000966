#!/bin/sh
# Installs what the browser tests need: Chromium with Chinese fonts from the distribution, and Playwright to drive it.
# Usage: scripts/browser.sh [PYTHON]     (PYTHON defaults to .venv/bin/python)
# Needs apt-get, as root or by sudo without a password. Fails, within a few minutes, where they cannot be had.
set -eu

python=${1:-.venv/bin/python}
seconds_each=120
browser=

fail() { echo "scripts/browser.sh: $*" >&2; exit 3; }

limited() { if command -v timeout >/dev/null 2>&1; then timeout "$seconds_each" "$@"; else "$@"; fi; }

apt() { if [ "$(id -u)" -eq 0 ]; then limited env "$@"; else limited sudo -n env "$@"; fi; }

find_browser() {
    for name in chromium chromium-browser google-chrome; do
        browser=$(command -v "$name" 2>/dev/null) && return 0
    done
    return 1
}

install_browser() {
    command -v apt-get >/dev/null 2>&1 || fail "no apt-get here: install Chromium by hand"
    [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null || fail "apt-get needs root: install Chromium by hand"
    echo "Installing Chromium for the browser tests ..."
    wanted="-qq -y --no-install-recommends install chromium fonts-noto-cjk"
    apt apt-get -qq update >/dev/null || fail "apt-get update failed"
    # Fetched first, so that a slow line cannot break off an installation.
    apt apt-get --download-only $wanted >/dev/null || fail "apt-get could not fetch Chromium"
    apt DEBIAN_FRONTEND=noninteractive apt-get $wanted >/dev/null || fail "apt-get could not install Chromium"
    find_browser || fail "apt-get installed no Chromium"
}

find_browser || install_browser
"$python" -c 'import playwright' 2>/dev/null ||
    limited "$python" -m pip install --quiet --disable-pip-version-check playwright || fail "pip could not install Playwright"
echo "$(limited "$browser" --version 2>/dev/null), driven by Playwright from $python"
