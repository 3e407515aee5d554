# Bridgehead. `make` lists what there is.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
STAMP = $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help play test check style types imports soak bench serve migrate manifests teams-package lock clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

$(STAMP): requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

play: $(STAMP) ## A local Slack workspace in the browser, with the real bot (TEAMS=1 for Microsoft's playground, FRESH=1 starts over, PORT=8300)
	@$(BIN)/bridgehead play $(if $(TEAMS),--teams) $(if $(PORT),--port $(PORT)) $(if $(FRESH),--fresh)

test: $(STAMP) ## All tests (DATABASES=all: the use cases on PostgreSQL, too)
	$(if $(DATABASES),DATABASES=$(DATABASES) )$(BIN)/python -m pytest -n auto $(ARGS)

check: style types imports test ## Style, types, import rules, tests

style: $(STAMP) ## Formatting and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(STAMP) ## mypy, strict
	$(BIN)/mypy

imports: $(STAMP) ## Which way the arrows point
	$(BIN)/lint-imports

soak: $(STAMP) ## The long tests at full size: kills, a restarted database, a year (ARGS="-k storms")
	SOAK=full $(BIN)/python -m pytest -s tests/soak $(ARGS)

bench: $(STAMP) ## Benchmarks, as ratios to their yardsticks in one run
	$(BIN)/python -m tests.bench $(ARGS)

serve: $(STAMP) ## The bot against a real workspace (needs SLACK_BOT_TOKEN and a secret or app token)
	@$(BIN)/bridgehead serve

migrate: $(STAMP) ## Bring the database to the current revision
	@$(BIN)/bridgehead migrate

manifests: $(STAMP) ## Write the manifests from the command table
	@$(BIN)/bridgehead manifests

teams-package: $(STAMP) ## The package to upload to Teams (needs TEAMS_APP_ID)
	@$(BIN)/bridgehead teams-package

lock: $(STAMP) ## Resolve requirements/*.in again, with hashes and without addresses
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q requirements/app.in -o requirements/app.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q requirements/dev.in -o requirements/dev.txt

clean: ## Remove the environment and the caches; the data folder stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
