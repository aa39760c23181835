# All one needs: `make demo` shows it at work, `make test` is everything that is checked.
# Needs Python 3.11 or newer and make; what else is missing is installed, or named.

MAKEFLAGS += --no-print-directory
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help demo test pythons lint types imports system bench fuzz golden site wheel clean

BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
CASE ?= examples/mes/case.yaml
OUT ?= out
PYTEST ?= -n auto --dist loadfile

help:  ## what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: .venv/package  ## every document of the sample deal, in out/
	@$(BIN)/salesdocs render $(CASE) -o $(OUT)
	@echo; echo "made of $(CASE), in $(OUT)/:"
	@find $(OUT) -type f | LC_ALL=C sort | sed 's/^/  /'

test: .venv/dev system lint types imports  ## lint, types, layers and all tests, nothing skipped
	@$(BIN)/python -m pytest $(PYTEST) --no-skips
	@.ci/pythons

pythons: .venv/ready  ## the wheel, with every Python at hand: the same bytes
	@.ci/pythons

lint: .venv/dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: .venv/dev
	@$(BIN)/mypy --strict

imports: .venv/dev
	@$(BIN)/lint-imports

system:
	@.ci/system-packages

bench: .venv/dev  ## the speed figures that README quotes
	@$(BIN)/python -m benchmarks

fuzz: .venv/dev system  ## the laws, with many more examples
	@$(BIN)/python -m pytest $(PYTEST) -m hypothesis --hypothesis-profile=fuzz

golden: .venv/dev system  ## rewrite the expected texts of the tests; review the diff
	@$(BIN)/python -m pytest $(PYTEST) --golden

site: .venv/dev  ## the playbook site, in build/site/
	@$(BIN)/salesdocs site build

wheel: .venv/ready  ## the installable package, in dist/
	@$(PIP) wheel --no-deps --wheel-dir dist .
	@ls dist/*.whl

clean:  ## remove all that was made here
	@rm -rf .venv $(OUT) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: a step is done again only when what it depends on is newer.
.venv/ready: .ci/venv .ci/python
	@.ci/venv
	@$(PIP) install --upgrade 'pip>=25.1'  # the first that knows dependency groups
	@touch $@

.venv/package: .venv/ready pyproject.toml
	@$(PIP) install --editable .
	@touch $@

.venv/dev: .venv/package
	@$(PIP) install --editable '.[workshop,site]' --group dev
	@touch $@
