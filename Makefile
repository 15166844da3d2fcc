# GNU make 3.81 or newer. `make help` lists the targets.
#
# Everything happens in .venv, built from the locks (each file checked against its hash).
# A stamp in .venv remembers what has been installed: it is done again only when a lock or
# pyproject.toml changed, or Python itself was replaced.

PYTHON ?= python3
ARGS ?=
# Without bytecode every start of the command compiles all of it anew: twice the time of a quiet run.
export PYTHONDONTWRITEBYTECODE :=
# Twice as many workers as cores: many tests wait for a server, a limit or a kill.
TEST_ARGS ?= -n 4 --dist loadfile --no-loadscope-reorder
# Tests write, sync and remove many thousands of files: in memory, where there is room (8 GB), nobody waits for
# a disk. What passed is removed at once.
IN_MEMORY := $(shell [ -w /dev/shm ] && df -Pk /dev/shm | awk 'NR == 2 && $$4 > 8000000 { print "TMPDIR=/dev/shm" }')
PYTEST = env $(IN_MEMORY) $(VENV_PYTHON) -m pytest -o tmp_path_retention_policy=failed

ifeq ($(OS),Windows_NT)
VENV_PYTHON := .venv/Scripts/python.exe
else
VENV_PYTHON := .venv/bin/python
endif
AUDIT_PYTHON := $(subst .venv/,.venv/audit/,$(VENV_PYTHON))
AUDIT := .venv/audit/lock.stamp
# Strict: a package that nothing can be learnt of is no clean one.
PIP_AUDIT := $(AUDIT_PYTHON) -m pip_audit --strict --disable-pip --require-hashes --progress-spinner off
# ruff has the same rules and wants a reason in the line itself; imports are counted by tests/test_security.py.
ARGUED := B105,B301,B311,B403,B404,B405,B603,B608,B704
RUNTIME := .venv/runtime.stamp
PEERS := .venv/peers.stamp
DEV := .venv/dev.stamp
PIP := $(VENV_PYTHON) -m pip --disable-pip-version-check --no-input
LOCK := $(VENV_PYTHON) -m uv pip compile pyproject.toml --group install --universal --python-version 3.11 \
	--generate-hashes --no-strip-extras --upgrade --quiet --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make upgrade"

.DELETE_ON_ERROR:
.PHONY: help run install test coverage check audit format soak bench bench-check evaluate accept-fixtures docs upgrade clean

help: ## list the targets
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{ printf "  %-16s %s\n", $$1, $$2 }'

run: $(RUNTIME) ## fetch, archive, parse, export, report (ARGS="--offline" and the like)
	@$(VENV_PYTHON) -m pipeline run $(ARGS)

install: $(RUNTIME) ## the environment alone; .venv/bin/pasakumi is then the command

test: $(DEV) ## the whole test suite but the long trials
	@$(PYTEST) $(TEST_ARGS) $(ARGS)

coverage: $(DEV) ## the test suite, and the lines that it leaves out
	@$(PYTEST) $(TEST_ARGS) --cov --cov-report=term-missing:skip-covered $(ARGS)

check: $(DEV) ## lint, format, types, layering
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m ruff format --check .
	@$(VENV_PYTHON) -m mypy
	@$(VENV_PYTHON) -m pytest -q tests/test_layering.py

audit: $(AUDIT) ## known weaknesses of what is locked (asks a public list of them), and of the code
	@$(AUDIT_PYTHON) -m bandit --quiet --recursive --skip $(ARGUED) parsers pipeline pasakumi
	@$(PIP_AUDIT) --requirement requirements.lock $(ARGS)
	@$(PIP_AUDIT) --requirement requirements-dev.lock $(ARGS)

format: $(DEV) ## put the code into the house's format
	@$(VENV_PYTHON) -m ruff check --fix .
	@$(VENV_PYTHON) -m ruff format .

soak: $(DEV) ## the long trials
	@$(VENV_PYTHON) -m pytest -m soak $(ARGS)

bench: $(DEV) $(PEERS) ## figures of speed and size, as ratios to peers in the same run
	@$(VENV_PYTHON) -m benchmarks.run $(ARGS)

bench-check: $(DEV) $(PEERS) ## the same; fails where a ratio is a quarter worse than benchmarks/ratios.json says
	@$(VENV_PYTHON) -m benchmarks.run --check $(ARGS)

evaluate: $(DEV) ## how well the parser reads the pages whose content is known
	@$(VENV_PYTHON) -m tests.evaluate $(ARGS)

accept-fixtures: $(DEV) ## write what fixtures parse to now as what is expected of them
	@$(VENV_PYTHON) -m tests.accept_fixtures $(ARGS)

docs: $(DEV) ## write the generated pages of docs/
	@$(VENV_PYTHON) -m pipeline.docs $(ARGS)

# Both hold one release of each package, so the longer list comes first: what a tool can't do without (python-dateutil
# below 3: the client of S3) holds for all.
upgrade: $(DEV) ## lock the newest versions that pyproject.toml allows
	@$(LOCK) --extra dev --output-file requirements-dev.lock
	@$(LOCK) --constraints requirements-dev.lock --output-file requirements.lock
	@$(subst pyproject.toml --group install,benchmarks/peers.in,$(LOCK)) --output-file benchmarks/peers.lock

clean: ## remove the environment and everything that can be made again, but not output/, raw/, state/
	@rm -rf .venv build dist *.egg-info .coverage .coverage.* htmlcov
	@rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find parsers pipeline pasakumi tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV_PYTHON):
	@for python in $(PYTHON) python3.14 python3.13 python3.12 python3.11; do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		echo "Making .venv with $$($$python --version)"; \
		$$python -m venv --clear .venv && exit 0; \
		rm -rf .venv; \
		echo "$$python could not make .venv; on Debian and Ubuntu: apt install python3-venv" >&2; \
		exit 1; \
	done; \
	echo "Python 3.11 or newer is needed; where it has another name: make PYTHON=/path/to/python" >&2; \
	exit 1

$(RUNTIME): requirements.lock pyproject.toml $(VENV_PYTHON)
	@echo "Installing what requirements.lock names (once; a minute or two)"
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(PEERS): benchmarks/peers.lock $(VENV_PYTHON)
	@rm -rf .venv/peers
	@$(PIP) install --quiet --require-hashes --target .venv/peers -r $<
	@touch $@

$(AUDIT): deploy/audit-tools.lock $(VENV_PYTHON)
	@$(VENV_PYTHON) -m venv --clear .venv/audit
	@$(AUDIT_PYTHON) -m pip --disable-pip-version-check --no-input install --quiet --require-hashes -r $<
	@touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	@echo "Installing what requirements-dev.lock names (once; a minute or two)"
	@$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@
