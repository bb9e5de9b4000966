#!/bin/sh
# Renews the hashed lock files from pyproject.toml. Needs uv (pip install uv).
# base.txt is what `make demo` installs; dev.txt and ocr.txt are what `make test` adds to it.
set -eu
cd "$(dirname "$0")/.."
lock() { out=$1; shift; uv pip compile pyproject.toml "$@" --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header --no-annotate --quiet -o "requirements/$out"; }
lock dev.txt --extra browser --extra export --extra scale --extra web --group dev
lock base.txt --extra web --group build -c requirements/dev.txt
lock ocr.txt --extra ocr -c requirements/dev.txt
