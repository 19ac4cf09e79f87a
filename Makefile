# What people do with this checkout. Each target sets up what it needs first (packaging/setup.sh); on Windows
# the same is in packaging/dev.ps1.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON := .venv/bin/python

.PHONY: help
help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

.PHONY: setup setup-dev
setup:
	@sh packaging/setup.sh run
setup-dev:
	@sh packaging/setup.sh dev

.PHONY: demo
demo: setup ## Live one fair day with made-up people, check it, and leave demo-out/
	@$(PYTHON) -m fairclient demo --out demo-out

.PHONY: run
run: setup ## Open the window on the practice fair
	@$(PYTHON) -m fairclient --home build/practice practice

.PHONY: test
test: setup-dev ## Run every test (ARGS="tests/sync -x" for some)
	@$(PYTHON) -m pytest -n 2 --dist loadfile -q $(ARGS)

.PHONY: lint
lint: setup-dev ## Check style, types, layers and translations
	@sh packaging/lint.sh

.PHONY: bench
bench: setup-dev ## Measure against the budgets (GROUP=start for some)
	@$(PYTHON) -m benchmarks $(GROUP)

.PHONY: chaos
chaos: setup-dev ## Storms, kills and cuts without mercy, bounded; counts what was lost (nothing)
	@FAIRCLIENT_KEYRING=off $(PYTHON) -m tests.faults.chaos $(ARGS)

.PHONY: words
words: setup-dev ## Gather the program's sentences and compile the translations
	@$(PYTHON) packaging/words.py

.PHONY: package
package: setup-dev ## Build the program for this system into dist/, and try it
	@$(PYTHON) packaging/package.py

.PHONY: pictures
pictures: setup-dev ## Draw every page and state into build/pictures, and the README's into docs/
	@mkdir -p build/pictures docs/pictures
	@$(PYTHON) -m tests.fairclient.ui.pictures build/pictures
	@$(PYTHON) -m fairclient demo --out build/pictures/demo
	@cp build/pictures/register.png build/pictures/close_day.png docs/pictures/
	@cp build/pictures/demo/desk.png build/pictures/demo/synchronise.png docs/pictures/

.PHONY: requirements
requirements: setup-dev ## Pin the libraries anew (needs the network)
	@sh packaging/pin.sh

.PHONY: clean
clean: ## Remove what was made, but not .venv
	@rm -rf build dist demo-out .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find fairclient sync tests packaging benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
