# The one task file. `make demo` and `make test` do all the set-up themselves.
.DEFAULT_GOAL := help
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LOCK ?= --upgrade
WORKERS ?= $(shell echo $$(($$(nproc) * 3 / 2)))  # of pytest: tests wait a good part of their time for servers and processes

.PHONY: help setup demo docs test debian lint types coverage forms crash lock clean

help:  ## list the tasks
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(READY): requirements.lock pyproject.toml
	@sh tests/setup/python.sh "$(PYTHON)" "$(VENV)"
	@touch $(READY)

setup: $(READY)  ## make the virtual environment from the lock file

demo: $(READY)  ## play two circulars through on embedded servers; results in demo-out/
	$(BIN)/ruam demo

docs: demo  ## draw the README's pictures and the staff guide for print anew (Chromium, LibreOffice)
	$(BIN)/python tests/documents/readme_pictures.py demo-out
	$(BIN)/python tests/documents/staff_guide.py
	$(BIN)/python -m tests.documents.round_days

debian:  ## install Dovecot, Postfix, PostgreSQL, LibreOffice and Chromium for the tests that use them (Debian, root)
	@sh tests/setup/debian.sh

test: $(READY) debian  ## run every test (COVERAGE=1 measures branch coverage as well)
	@$(if $(COVERAGE),rm -rf .coverage)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(if $(COVERAGE),-p tests.setup.measured)

lint: $(READY)  ## style and simple mistakes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)  ## static types, strict
	$(BIN)/mypy

coverage: $(READY)  ## what the last `make test COVERAGE=1` covered
	$(BIN)/python -m slipcover --merge .coverage/*.json --out .coverage/all.json --skip-covered

forms: $(READY)  ## draw the corpus of filled-in forms anew and count how many are read right
	$(BIN)/python tests/forms/make.py
	$(BIN)/python tests/forms/report.py

crash: $(READY)  ## kill the daemon at every step and 500 random moments, count what was lost or doubled (about 20 minutes; ARGS="--random 20 --rounds 1 --mails 60" for less)
	$(BIN)/python tests/crash/matrix.py $(ARGS)

PEERS := build/bench/peers
$(PEERS)/.ready: tests/bench/peers.txt
	rm -rf $(PEERS) && $(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --disable-pip-version-check -r tests/bench/peers.txt
	@touch $@

bench: $(READY) debian $(PEERS)/.ready  ## how fast, beside a loop that a user would write (an hour; COUNTS="100 1000" for a quarter of it)
	$(BIN)/python tests/bench/bench.py rate $(or $(COUNTS),100 1000 10000) --peers $(PEERS)
	$(BIN)/python tests/bench/bench.py calls
	$(BIN)/python tests/bench/bench.py start
	$(BIN)/python tests/bench/bench.py memory
	$(BIN)/python tests/bench/bench.py latency
	$(BIN)/python tests/bench/bench.py national
	$(PEERS)/bin/python tests/bench/plot.py build/bench/results.jsonl docs/pictures/rate.svg

lock: $(READY)  ## pin the newest fitting versions of all dependencies, with hashes (LOCK= keeps those that still fit)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra demo --extra postgresql --extra desk --extra dev --python-version 3.11 $(LOCK) \
		--no-strip-extras --generate-hashes --no-header --no-emit-index-url --output-file requirements.lock

clean:  ## remove what the tasks made
	rm -rf $(VENV) build demo-out .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis
