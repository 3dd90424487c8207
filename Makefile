# Two commands matter: `make run` and `make test`. Both set up .venv here first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint types lock clean

run: $(VENV)/.run
	@$(BIN)/alongside run

test: $(VENV)/.test
	@$(BIN)/python -m pytest

lint: $(VENV)/.test
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/.test
	@$(BIN)/mypy

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Alongside needs Python 3.11 or newer. Install it, or name one: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python could not make a virtual environment. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }

$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@$(call install,requirements/run.txt)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	@$(call install,requirements/test.txt)
	@touch $@

define install
$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1) || \
  { echo "The packages in $(1) could not be installed. Check the network, then run the same command again."; exit 1; }
endef

# Writes the pins anew, for every platform, with hashes and without download addresses.
lock:
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	  --quiet pyproject.toml requirements/build.in -o requirements/run.txt
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	  --quiet pyproject.toml requirements/build.in --extra test -c requirements/run.txt -o requirements/test.txt

clean:
	@rm -rf $(VENV)
