#!/bin/sh
# Makes ready what the tests of scans need: the `ocr` extra (290 MB, models included) and Chinese fonts (scripts/packages.sh installs some).
# Usage: scripts/scans.sh [PYTHON]     (PYTHON defaults to .venv/bin/python)
set -eu
cd "$(dirname "$0")/.."

python=${1:-.venv/bin/python}
seconds_each=240

fail() { echo "scripts/scans.sh: $*" >&2; exit 3; }

limited() { if command -v timeout >/dev/null 2>&1; then timeout "$seconds_each" "$@"; else "$@"; fi; }

has_recognition() { "$python" -c 'import cv2, numpy, onnxruntime, PIL, rapidocr' 2>/dev/null; }

has_font() { "$python" -c 'from tests.pipelines.documents.scans import typefaces; assert typefaces()' 2>/dev/null; }

if ! has_recognition; then
    echo "Installing text recognition for the tests of scans (290 MB) ..."
    limited "$python" -m pip install --quiet --quiet --disable-pip-version-check --no-input --require-hashes -r requirements/ocr.txt ||
        fail "pip could not install requirements/ocr.txt"
fi
has_font || fail "no Chinese font was found"
