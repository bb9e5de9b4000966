# Two commands: `make demo` shows the whole path, `make test` proves it. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# One more than there are cores, as many tests wait for servers of their own.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input

.PHONY: demo test prepared lint check bench browser scans docs lock clean help

help:
	@echo "make demo   crawl the bundled demo portal, rebuild, compare, summarise"
	@echo "make test   all tests"
	@echo "make lint   ruff, mypy, import rules"
	@echo "make bench  benchmarks, each printed as a ratio to a named floor"
	@echo "make browser install Chromium and Playwright for the browser tests (make test tries once)"
	@echo "make scans  install text recognition and fonts for the tests of scans (make test tries once)"
	@echo "make docs   write docs/cli.md from the help texts"
	@echo "make lock   renew the hashed lock files"

$(BIN)/python:
	@$(PYTHON) scripts/check_python.py
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/base.ready: requirements/base.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Gongkai needs (about a minute) ..."
	@$(PIP) install --require-hashes -r requirements/base.txt
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/dev.ready: requirements/dev.txt $(VENV)/base.ready
	@echo "Installing what the tests need ..."
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# Tried once: a failure is told and the run goes on, without the tests that need a browser or a font.
$(VENV)/packages.tried: scripts/packages.sh | $(BIN)/python
	@scripts/packages.sh || echo "NOTE: not all packages of the tests are here; try again: make browser"
	@touch $@

$(VENV)/browser.tried: scripts/browser.sh $(VENV)/packages.tried $(VENV)/dev.ready
	@scripts/browser.sh $(BIN)/python || echo "NOTE: the site is NOT tested in a browser; try again: make browser"
	@touch $@

$(VENV)/scans.tried: scripts/scans.sh requirements/ocr.txt $(VENV)/packages.tried $(VENV)/browser.tried
	@scripts/scans.sh $(BIN)/python || echo "NOTE: scans and pictures are NOT tested; try again: make scans"
	@touch $@

prepared: $(VENV)/dev.ready $(VENV)/browser.tried $(VENV)/scans.tried

scans: $(VENV)/dev.ready
	@scripts/packages.sh
	@scripts/scans.sh $(BIN)/python

browser: $(VENV)/dev.ready
	@scripts/packages.sh
	@scripts/browser.sh $(BIN)/python

demo: $(VENV)/base.ready
	@$(BIN)/gongkai demo

prepared: $(VENV)/dev.ready $(VENV)/browser.tried $(VENV)/scans.tried

test: prepared
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

lint: $(VENV)/dev.ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test

bench: $(VENV)/dev.ready
	@for script in benchmarks/bench_*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

docs: $(VENV)/dev.ready
	@$(BIN)/python scripts/write_cli_docs.py

lock:
	@scripts/lock.sh

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
