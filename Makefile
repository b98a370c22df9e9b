# The project's manual: `make` lists what there is to do.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := src tests tools benchmarks

.PHONY: help demo test test-all check own-tables mend format lint types layers docs docs-current cases benchmarks clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

$(VENV)/run: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/develop: $(VENV)/run
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

demo: $(VENV)/run  ## check the examples without a network, and show what fixing would change
	@echo "\$$ littable check fixtures/literature.md --papers fixtures/papers.jsonl --offline"
	@$(BIN)/littable check fixtures/literature.md --papers fixtures/papers.jsonl --offline --isolated --exit-zero
	@echo
	@echo "\$$ littable check fixtures/shapes --papers fixtures/papers.jsonl --offline --output-format concise"
	@$(BIN)/littable check fixtures/shapes --papers fixtures/papers.jsonl --offline --isolated --exit-zero --output-format concise
	@echo
	@echo "\$$ littable fix --diff fixtures/literature.md --papers fixtures/papers.jsonl --offline"
	@$(BIN)/littable fix --diff fixtures/literature.md --papers fixtures/papers.jsonl --offline --isolated --exit-zero

test: $(VENV)/develop  ## run the tests
	$(BIN)/python -m pytest -n auto

test-all: $(VENV)/develop  ## run the slow tests, too
	$(BIN)/python -m pytest -n auto -m ""

TESTS ?= test
check: $(VENV)/develop format lint types layers docs-current own-tables $(TESTS)  ## everything that CI runs

format: $(VENV)/develop
	$(BIN)/ruff format --check --quiet $(SOURCES) || { echo "run: make mend"; exit 1; }

lint: $(VENV)/develop
	$(BIN)/ruff check $(SOURCES)

types: $(VENV)/develop
	$(BIN)/mypy

layers: $(VENV)/develop
	$(BIN)/lint-imports

own-tables: $(VENV)/run
	$(BIN)/littable check --offline --quiet README.md CHANGELOG.md docs

mend: $(VENV)/develop  ## format, and fix what the linter can
	$(BIN)/ruff check --fix --quiet $(SOURCES)
	$(BIN)/ruff format --quiet $(SOURCES)

docs: $(VENV)/run  ## write the pages of rules and commands anew
	$(BIN)/python tools/make_docs.py

docs-current: $(VENV)/run
	$(BIN)/python tools/make_docs.py --check

benchmarks: $(VENV)/develop  ## measure speed and memory beside another linter
	$(BIN)/python -m pip install --quiet --group benchmarks
	$(BIN)/python benchmarks/tables.py
	$(BIN)/python benchmarks/similar_titles.py
	$(BIN)/python benchmarks/library.py
	$(BIN)/python benchmarks/arxiv_requests.py
	$(BIN)/python benchmarks/links.py

clean:  ## remove what the other targets made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache dist
