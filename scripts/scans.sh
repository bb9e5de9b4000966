#!/bin/sh
# Installs what the tests of scans need: the `ocr` extra (290 MB, models included) and Chinese fonts to draw scans with.
# Usage: scripts/scans.sh [PYTHON]     (PYTHON defaults to .venv/bin/python)
# The fonts need apt-get, as root or by sudo without a password, unless there are some. Fails, within minutes, where they cannot be had.
set -eu
cd "$(dirname "$0")/.."

python=${1:-.venv/bin/python}
seconds_each=240

fail() { echo "scripts/scans.sh: $*" >&2; exit 3; }

limited() { if command -v timeout >/dev/null 2>&1; then timeout "$seconds_each" "$@"; else "$@"; fi; }

apt() { if [ "$(id -u)" -eq 0 ]; then limited env "$@"; else limited sudo -n env "$@"; fi; }

has_recognition() { "$python" -c 'import cv2, numpy, onnxruntime, PIL, rapidocr' 2>/dev/null; }

has_font() { "$python" -c 'from tests.pipelines.documents.scans import typefaces; assert typefaces()' 2>/dev/null; }

install_fonts() {
    command -v apt-get >/dev/null 2>&1 || fail "no apt-get here: install a Chinese font by hand"
    [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null || fail "apt-get needs root: install a Chinese font by hand"
    wanted="-qq -y --no-install-recommends install fonts-wqy-microhei fonts-arphic-uming"
    apt apt-get -qq update >/dev/null || fail "apt-get update failed"
    # Fetched first, so that a slow line cannot break off an installation.
    apt apt-get --download-only $wanted >/dev/null || fail "apt-get could not fetch the fonts"
    apt DEBIAN_FRONTEND=noninteractive apt-get $wanted >/dev/null || fail "apt-get could not install the fonts"
}

if ! has_recognition; then
    echo "Installing text recognition for the tests of scans (290 MB) ..."
    limited "$python" -m pip install --quiet --quiet --disable-pip-version-check --no-input --require-hashes -r requirements/ocr.txt ||
        fail "pip could not install requirements/ocr.txt"
fi
has_font || install_fonts
has_font || fail "no Chinese font was found"
