# Everything a developer runs by hand; continuous integration runs the same.
MAKEFLAGS += --no-print-directory
# Whatever the locale: a checkout may lie in a folder whose name is not ASCII.
export PYTHONUTF8 := 1
# Whatever the shell says: the tests start Python hundreds of times, and each would compile it all.
unexport PYTHONDONTWRITEBYTECODE
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
EDITABLE := _editable_impl_pairing_engine.pth
WORKERS ?= 2
ARGS ?=
USUAL := 'not soak and not services'
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --python-version 3.11 --universal \
	--generate-hashes --no-header --no-emit-index-url $(ARGS)

.DEFAULT_GOAL := list
.PHONY: list setup check lint test test-services coverage demo simulate soak bench peers mail lock clean

list:  # show this list
	@echo 'make ... one of'
	@sed -n 's/^\([a-z-]*\):.*[ ]# /  \1\t/p' Makefile | expand -t 17

setup: $(STAMP)  # make the environment in .venv, or bring it up to date
	@echo 'setup: ready'

# The lock is complete and installed as it is: to resolve anew is to ask what is newest today.
# The link to the checkout is relative, since Python reads it in the encoding of the locale.
# The stamp is written last, so an interrupted setup is taken up again.
$(STAMP): pyproject.toml requirements/dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or newer is needed: make setup PYTHON=/path/to/python3.11' >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || \
		{ echo 'setup: new environment in $(VENV)'; $(PYTHON) -m venv --clear $(VENV); }
	@echo 'setup: packages of requirements/dev.lock (the first time takes a minute)'
	@$(PIP) install --no-deps --require-hashes --requirement requirements/dev.lock
	@echo 'setup: pairing-engine itself'
	@$(PIP) install --no-index --no-deps --no-build-isolation --editable .
	@for path in $(VENV)/lib/python3*/site-packages/$(EDITABLE); do echo ../../../.. >$$path; done
	@$(BIN)/python -m pip --disable-pip-version-check check >$(VENV)/check || { cat $(VENV)/check >&2; \
		echo 'The packages in $(VENV) do not fit together: make clean setup;' \
		'if that does not help, requirements/dev.lock is not complete: make lock' >&2; exit 1; }
	@touch $(STAMP)

check: lint test  # run every gate: style, types, import contracts, tests

lint: $(STAMP)  # run the gates that need no test: ruff, mypy, import contracts
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-logo

test: $(STAMP)  # run the tests, side by side
	@$(BIN)/python -m pytest -n $(WORKERS) -m $(USUAL) $(ARGS)

test-services: $(STAMP)  # run what kills processes or needs a package index, a pool, mail servers, a browser
	@$(BIN)/python -m pytest -n $(WORKERS) -m 'services and not alone' $(ARGS)
	@$(BIN)/python -m pytest -m 'services and alone' $(ARGS) || [ $$? -eq 5 ]

coverage: $(STAMP)  # run the tests and hold the floors: 95 % of all rooms, 100 % of engine
	@$(BIN)/python -m pytest -n $(WORKERS) -m $(USUAL) --cov --cov-report= $(ARGS)
	@$(BIN)/coverage report
	@$(BIN)/coverage report --include='engine/*' --fail-under=100

demo: $(STAMP)  # see the programme at work on an embedded database, mail in a folder
	@$(BIN)/pairing demo $(ARGS)

simulate: $(STAMP)  # run 14 invented pairs through 18 months under a virtual clock
	@$(BIN)/pairing simulate --pairs 14 --months 18 --seed 7 --people mixed $(ARGS)

soak: $(STAMP)  # run the long seeded tests; they print their seed
	@$(BIN)/python -m pytest -m soak $(ARGS)

bench: $(STAMP)  # measure beside the least the same work can cost, and say which goals are met
	@$(BIN)/python -m bench $(ARGS)

peers: $(STAMP)  # make the environment of the bench's peers in .venv-peers
	@$(PYTHON) -m venv --clear .venv-peers
	@.venv-peers/bin/python -m pip --disable-pip-version-check --no-input -qq install --no-deps \
		--require-hashes --requirement requirements/peers.lock

mail: $(STAMP)  # write every letter with believable facts below build/mail, with a page that lists them
	@$(BIN)/pairing mail preview --all --out build/mail $(ARGS)

lock: $(STAMP)  # remake requirements/*.lock (newest versions: make lock ARGS=--upgrade)
	@$(COMPILE) --output-file requirements/run.lock
	@$(COMPILE) --extra postgres --group dev --constraint requirements/run.lock \
		--output-file requirements/dev.lock
	@$(COMPILE) --extra postgres --group peers --constraint requirements/dev.lock \
		--output-file requirements/peers.lock

clean:  # remove what tools left behind, the environment too
	@rm -rf $(VENV) .venv-peers build dist .coverage .coverage.* .hypothesis .import_linter_cache \
		.mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
