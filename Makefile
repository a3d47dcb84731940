# One line each; `make run` and `make test` do all their own set-up on a machine with Python 3.11+ and venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check bench bench-llm screenshots
run: .venv/installed
	$(BIN)/gongbi serve
test: .venv/installed-dev
	$(BIN)/python -m pytest
check: .venv/installed-dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
bench: .venv/installed-dev
	for bench in tests/bench/bench_*.py; do PYTHONPATH=. $(BIN)/python $$bench || exit 1; done
bench-llm: .venv/installed-dev
	PYTHONPATH=. $(BIN)/python tests/bench/bench_llm.py
screenshots: .venv/installed-dev
	$(BIN)/python tests/screenshots.py

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --disable-pip-version-check -q -c constraints.txt -e .
	@touch $@
.venv/installed-dev: .venv/installed
	$(BIN)/pip install --disable-pip-version-check -q -c constraints.txt -e .[dev]
	@touch $@
