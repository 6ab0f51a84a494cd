# Everything a person runs. GNU make and a POSIX shell; on Windows see README.md.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
PYTEST := $(BIN)/python -m pytest
WORKERS ?= 2
# One worker a file, in the order of folders: those of the browser are few tests that last.
SHARED := -n $(WORKERS) --dist loadfile --no-loadscope-reorder

# Nothing is written to the home folder, which may be missing or closed to us.
CACHE := $(CURDIR)/$(VENV)/cache
export MPLCONFIGDIR := $(CACHE)/matplotlib
export JUPYTER_CONFIG_DIR := $(CACHE)/jupyter/config
export JUPYTER_DATA_DIR := $(CACHE)/jupyter/data
export JUPYTER_RUNTIME_DIR := $(CACHE)/jupyter/runtime
export IPYTHONDIR := $(CACHE)/ipython
export JUPYTER_PLATFORM_DIRS := 1
export PYTHONUTF8 := 1
# The code under test is the clone's, whatever else the shell points Python at.
unexport PYTHONPATH PYTHONHOME PYTHONWARNINGS

.PHONY: help demo test check test-all exhaustive bench catalogues frontend screens constraints pins clean

help: ## list these commands · cette liste
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.stamp-run ## from the raw notes to the exports · des notes brutes aux documents
	@$(BIN)/cpit demo

test: $(VENV)/.stamp-test ## the whole suite but its exhaustive part · la suite de tests
	$(PYTEST) -m "not exhaustive" $(SHARED)

check: $(VENV)/.stamp-test ## style, types, floors, doctests, fast tests; a minute and a half · contrôle rapide
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache
	HYPOTHESIS_PROFILE=quick $(PYTEST) -q -m "not exhaustive and not notebooks and not browser and not slow" $(SHARED)

test-all: ## its exhaustive part as well · la partie exhaustive aussi
	@$(MAKE) test
	@$(MAKE) exhaustive

# Hypothesis marks the laws: they are drawn again, ten times as long. Nothing else is done twice.
# Few tests that last: each goes to the worker that is free. A mark `xdist_group` is not heeded: xdist
# 3.8 writes it in a name that pytest 9.2 no longer reads.
exhaustive: $(VENV)/.stamp-test ## style, types, and what `make test` leaves · ce que `make test` laisse
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	HYPOTHESIS_PROFILE=exhaustive $(PYTEST) -m "exhaustive or hypothesis" -n $(WORKERS) --dist loadgroup

bench: $(VENV)/.stamp-test ## times and memory beside the limits · mesures
	$(BIN)/python benchmarks

catalogues: $(VENV)/.stamp-test ## extract, update and compile the words of users · catalogues de traduction
	$(BIN)/python tools/catalogues.py extract
	$(BIN)/python tools/catalogues.py update
	$(BIN)/python tools/catalogues.py compile

frontend: $(VENV)/.stamp-test ## build the workbench's page (Node 20 or later) · construit la page de l'atelier
	$(BIN)/python tools/frontend.py build

screens: $(VENV)/.stamp-test ## pictures of every state of the workbench (Chromium) · images des écrans de l'atelier
	$(BIN)/python tools/screens.py

constraints: $(VENV)/.stamp-test ## renew constraints.txt (network, oldest Python) · renouvelle les versions
	$(BIN)/python tools/pins.py renew

pins: $(VENV)/.stamp-test ## is there a wheel of every pin? (network, ten minutes) · vérifie les versions
	$(BIN)/python tools/pins.py check

clean: ## remove what commands made here, never a study · efface l'environnement et les caches
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ── The environment ─────────────────────────────────────────────────────────────────────────────

# The first Python >= 3.11 that can make a virtual environment.
$(BIN)/python:
	@for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	  then echo "Environnement / environment: $$($$python --version) -> $(VENV)"; \
	    rm -rf $(VENV); $$python -m venv $(VENV); exit; fi; \
	done; \
	echo "Il faut Python 3.11 ou plus récent, avec son module venv (Debian/Ubuntu : paquet python3-venv)." >&2; \
	echo "Python 3.11 or newer is needed, with its venv module (Debian/Ubuntu: package python3-venv)." >&2; \
	exit 1

# Two steps: the pinned builder, then everything with it, so that no unpinned one is fetched aside.
$(VENV)/.stamp-run: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installation des bibliothèques (quelques minutes) / installing libraries (a few minutes)…"
	@$(PIP) hatchling editables
	@$(PIP) --no-build-isolation --editable .
	@mkdir -p $(CACHE)
	@touch $@

$(VENV)/.stamp-test: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installation des bibliothèques et des outils de test (quelques minutes) /"
	@echo "installing libraries and test tools (a few minutes)…"
	@$(PIP) hatchling editables
	@$(PIP) --no-build-isolation --editable '.[test]'
	@mkdir -p $(CACHE)
	@touch $(VENV)/.stamp-run $@
