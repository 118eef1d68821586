# Everything here works on a machine that has Python 3.11 or newer and make: a private uv in .uv/ makes the rest.
PYTHON ?= python3
PORT ?= 8000
FRESH ?=
FIGURES ?=
QUICK ?=
UV_VERSION := 0.13.9
UV ?= .uv/bin/uv
BIN := .venv/bin
READY := .venv/.ready

export UV_PYTHON_DOWNLOADS ?= never
export UV_NO_PROGRESS ?= 1
export UV_COMPILE_BYTECODE ?= 1

FRONTEND := $(shell find web/frontend/src) $(wildcard web/frontend/*.mjs web/frontend/*.py web/frontend/package*.json)

.DEFAULT_GOAL := help
.PHONY: help demo test check lint format browser assets setup bench

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

setup: $(READY) ## the locked environment in .venv, front end included (every other target does it by itself)
	@:

demo: $(READY) ## a running demonstration on http://127.0.0.1:8000 (PORT=… another port, FRESH=1 forget earlier data)
	@exec $(BIN)/onecase demo --port $(PORT) $(if $(filter-out 0,$(FRESH)),--fresh)

test: $(READY) ## the tests
	@$(BIN)/pytest -n 2 $(TESTS)

check: lint ## everything that CI runs: lint, then all tests, slow ones and the browser's too, and those with a database on PostgreSQL again
	@$(BIN)/pytest -n 2 -m 'not benchmark' $(TESTS)
	@$(BIN)/pytest -n 2 --database postgresql $(TESTS) || [ $$? = 5 ] # 5: none of these needs a database

lint: $(READY) ## ruff, mypy, and who may import whom
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY) ## rewrite the Python files in the house style
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

browser: $(READY) ## the tests that drive a browser (an installed Chromium)
	@$(BIN)/pytest -m browser $(TESTS)

bench: $(READY) ## what a step costs, measured in twelve minutes (FIGURES="…" only these, QUICK=1 a tenth of the rounds)
	@UV='$(UV)' $(BIN)/python -m tests.benchmarks $(foreach figure,$(FIGURES),--only $(figure)) $(if $(filter-out 0,$(QUICK)),--quick)

assets: $(UV) ## build the front end again
	@$(UV) sync --quiet --frozen --reinstall-package onecase
	@touch $(READY)

# The package is built anew whenever this rule runs: uv alone would not notice a deleted source file.
$(READY): pyproject.toml uv.lock $(FRONTEND) | $(UV)
	@echo 'Setting up in .venv (a minute or so the first time) …'
	@$(UV) sync --quiet --frozen --reinstall-package onecase $(if $(wildcard .venv),,--python '$(PYTHON)')
	@$(BIN)/python -m compileall -q -x frontend workflows handlers web
	@touch $@

.uv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'OneCase needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is missing; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@rm -rf .uv && $(PYTHON) -m venv .uv && .uv/bin/python -m pip install --quiet --disable-pip-version-check 'uv==$(UV_VERSION)'
