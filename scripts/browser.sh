#!/bin/sh
# Installs what the browser tests need: Debian's Chromium with Chinese fonts, and Playwright to drive it.
# Usage: scripts/browser.sh [PYTHON]     (as root, or with sudo; PYTHON defaults to .venv/bin/python)
set -eu

python=${1:-.venv/bin/python}
as_root=
[ "$(id -u)" -eq 0 ] || as_root=sudo

if ! command -v chromium >/dev/null 2>&1; then
    command -v apt-get >/dev/null 2>&1 || { echo "no apt-get here: install chromium by hand" >&2; exit 3; }
    $as_root apt-get update -q
    $as_root apt-get install -y -q --no-install-recommends chromium fonts-noto-cjk
fi
"$python" -c 'import playwright' 2>/dev/null || "$python" -m pip install -q playwright
echo "$(chromium --version), driven by Playwright from $python"
