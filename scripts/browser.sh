#!/bin/sh
# Looks whether what the browser tests need is here: a Chromium that starts (scripts/packages.sh installs one) and Playwright to drive it.
# Usage: scripts/browser.sh [PYTHON]     (PYTHON defaults to .venv/bin/python)
set -eu

python=${1:-.venv/bin/python}
seconds_each=120
browser=

fail() { echo "scripts/browser.sh: $*" >&2; exit 3; }

limited() { if command -v timeout >/dev/null 2>&1; then timeout "$seconds_each" "$@"; else "$@"; fi; }

find_browser() {
    for name in chromium chromium-browser google-chrome; do
        browser=$(command -v "$name" 2>/dev/null) && return 0
    done
    return 1
}

find_browser || fail "no Chromium here"
"$python" -c 'import playwright' 2>/dev/null || fail "no Playwright for $python"
echo "$(limited "$browser" --version 2>/dev/null), driven by Playwright from $python"
