# Candor. `make run` opens the app, `make test` proves it works; both set up what they need first and can be repeated.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: run test lint types docs setup models clean help
.DEFAULT_GOAL := help

help: ## Show what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: setup ## Set everything up, load the sample brands, open the app
	@$(BIN)/candor serve --samples --browser

test: setup models ## Set everything up, lint, run every test
	@$(MAKE) --no-print-directory lint
	@echo "› tests" && PYTHONHASHSEED=0 $(BIN)/python -m pytest -n 2 --dist loadgroup

lint: setup ## Ruff, pyright (strict) and the import arrows
	@echo "› ruff" && $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "› import arrows" && $(BIN)/lint-imports --no-cache
	@echo "› pyright" && PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright

docs: setup ## Write the generated reference of the commands
	@$(BIN)/python -m typer copilot.cli utils docs --name candor --title "Commands" --output docs/cli.md

models: setup ## Fetch and verify the embedded model files
	@$(BIN)/candor model pull

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@echo "› Python environment in .venv (first time: about two minutes)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Candor needs Python 3.11 or newer; set PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

clean: ## Remove the environment and caches (never your data)
	rm -rf .venv .pytest_cache .ruff_cache
