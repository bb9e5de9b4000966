#!/bin/sh
# Renews the hashed lock files from pyproject.toml. Needs uv (pip install uv).
set -eu
cd "$(dirname "$0")/.."
lock() { out=$1; shift; uv pip compile pyproject.toml "$@" --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header --no-annotate --quiet -o "requirements/$out"; }
lock base.txt
lock dev.txt --extra export --extra web --group dev
