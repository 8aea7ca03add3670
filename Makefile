# The two commands of the README are `make demo` and `make test`; both set up what they need.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo test test-services redteam oracle oracle-check bench build lock clean sandbox

help:
	@echo "make demo           grade a small class with stock nbgrader commands, and show what came out"
	@echo "make test           lint, types, hidden suites against the reference, tests of the kit"
	@echo "make test-services  those that need servers: gradebook on PostgreSQL, grading on Dask"
	@echo "make redteam        all attacks in every sandbox that this machine has"
	@echo "make oracle         golden values for every layer, anew from PyTorch (oracle-check compares)"
	@echo "make bench          what grading costs, beside stock nbgrader: benchmarks/RESULTS.md"
	@echo "make build          notebooks from texts, solutions and hidden suites"
	@echo "make lock           pin the dependencies anew (needs uv)"
	@echo "make clean          remove what the others made"

demo: .venv/ready sandbox
	$(BIN)/layerwise demo linear --compare

test: .venv/ready sandbox
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/layerwise build --check
	$(BIN)/layerwise verify
	$(BIN)/pytest --ignore=tests/services

# What `make test` leaves out, since it needs servers: they are installed and started for it.
test-services: .venv/ready sandbox
	@sh scripts/services.sh

# `make test` runs the attacks too, in the best sandbox of this machine; this one in every.
redteam: .venv/ready sandbox
	LAYERWISE_BACKENDS=all $(BIN)/pytest tests/redteam

# The golden values with which `make test` compares are PyTorch's; only these two need it.
oracle: build/oracle/ready
	build/oracle/bin/python tests/oracle/make.py

oracle-check: build/oracle/ready
	build/oracle/bin/python tests/oracle/make.py --check

build/oracle/ready:
	$(PYTHON) -m venv --clear build/oracle
	build/oracle/bin/python -m pip install --quiet --disable-pip-version-check torch==2.13.0 numpy scipy
	@touch $@

build: .venv/ready
	$(BIN)/layerwise build

# About an hour, on a machine that has nothing else to do.
bench: .venv/ready sandbox
	$(BIN)/python -m benchmarks

sandbox:
	@sh scripts/sandbox.sh

.venv/ready: requirements.lock pyproject.toml
	@sh scripts/environment.sh $(PYTHON)
	@touch $@

lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-header --quiet -o requirements.lock

clean:
	rm -rf .venv build .mypy_cache .pytest_cache .ruff_cache
