.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo story test mutants others shapes bench check format lint types imports lock clean

help: ## list what there is to do
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

.venv/run: requirements.lock
	@echo "Setting up (first time only) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch .venv/run

.venv/dev: requirements-dev.lock | .venv/run
	@echo "Setting up the tools for tests (first time only) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch .venv/dev

demo: .venv/run ## a page to try it in the browser, and a county's month in the terminal: the real bot on a pretend Slack
	@$(BIN)/python app.py demo

story: .venv/run ## only the story in the terminal, without the page
	@$(BIN)/python app.py demo --no-page

test: .venv/dev ## run all tests, on SQLite and on PostgreSQL
	@$(BIN)/python -m pytest -n 3 --dist loadgroup

mutants: .venv/dev ## break the rules in bot/ one by one, and see that a test misses each (about an hour)
	@$(BIN)/mutmut run --max-children 2
	@$(BIN)/mutmut results

shapes: .venv/dev ## hold what the playground says against Slack's samples, models and types (needs npm)
	@$(BIN)/python -m pytest -n 0 -m "others or not others" tests/playground/shapes

others: .venv/dev ## run other people's apps on the playground (installs them from npm and PyPI)
	@$(BIN)/python -m pytest -n 0 -m others

bench: .venv/dev ## measure votes, looks and crowds beside bare listeners (about four minutes)
	@$(BIN)/python -m bench.run

check: .venv/dev format lint types imports test ## all that CI runs: format, lint, types, import contracts, tests

format: .venv/dev
	@$(BIN)/ruff format --check .

lint: .venv/dev
	@$(BIN)/ruff check .

types: .venv/dev
	@$(BIN)/mypy

imports: .venv/dev
	@$(BIN)/lint-imports

lock: ## pin the dependencies of pyproject.toml anew (needs uv)
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet pyproject.toml -o requirements.lock
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet pyproject.toml --group dev -o requirements-dev.lock

clean: ## remove what was set up and built
	@rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
