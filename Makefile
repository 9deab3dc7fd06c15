# The verbs of the project. `make chat` and `make test` need CPython 3.11+, make, a C toolchain and the package registry.
PYTHON ?= python3
UV := .tools/bin/uv
RUN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help chat test test-fast test-faults soak coverage test-model check format evals lock clean

help:  ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

chat: .venv/run.stamp  ## open the chat page on http://127.0.0.1:7860
	$(RUN)/ilya chat

test: .venv/dev.stamp  ## run the whole test suite
	$(RUN)/pytest -n auto --dist loadfile

test-fast: .venv/dev.stamp  ## run the tests that need no process, browser, model or long measure
	$(RUN)/pytest -n auto --dist loadfile -m "not slow" tests

FAULTS := tests/limits tests/faults tests/knowledge/library/test_importer.py tests/knowledge/library/test_integrity.py \
	tests/knowledge/library/test_backup.py tests/knowledge/library/test_kills.py tests/ui/slack/test_owed.py \
	tests/knowledge/search/test_generation_files.py tests/knowledge/search/test_index.py \
	tests/knowledge/search/test_index_stress.py tests/knowledge/search/test_chroma_server.py tests/assistant/models/test_resting.py

test-faults: .venv/dev.stamp  ## kills, damaged files, cut connections; then plant every known fault and refuse one that no test sees
	$(RUN)/pytest $(FAULTS)
	$(RUN)/python -m tests.faults.planted_run

soak: .venv/dev.stamp  ## ten minutes of asking, importing and kill -9: no wrong word shown, nothing acknowledged lost
	$(RUN)/python -m tests.faults.soak_run --minutes 10

coverage: .venv/dev.stamp  ## run the whole test suite and refuse fewer lines run than before
	$(RUN)/pytest -n auto --dist loadfile --cov=assistant --cov=knowledge --cov=prompts --cov=ui --cov=evals --cov-report=term:skip-covered --cov-fail-under=85

test-model: .venv/dev.stamp  ## let a real small language model choose, and hold it to the promise
	$(RUN)/pytest tests/real_model

check: .venv/dev.stamp  ## lint, types, layers, declared dependencies
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/lint-imports
	$(RUN)/deptry .
	$(RUN)/python -m tests.audit locks/run.txt

format: .venv/dev.stamp  ## format the code and mend what the linter can
	$(RUN)/ruff check --fix .
	$(RUN)/ruff format .

evals: .venv/run.stamp  ## measure: real interviews with gold (../shared, when it is there), else the shipped suite
	if test -d ../shared/gold; then $(RUN)/ilya eval shared; else $(RUN)/ilya eval book; fi

lock: $(UV)  ## choose the newest allowed versions again and write both lock files
	$(UV) pip compile -q --universal --generate-hashes --no-header pyproject.toml --group build -o locks/run.txt
	$(UV) pip compile -q --universal --generate-hashes --no-header pyproject.toml --group build --all-extras --group dev --group model -o locks/dev.txt

clean:  ## remove what the verbs built
	rm -rf .venv .tools

# uv installs from the lock whatever pip the Python at hand ships.
$(UV): locks/tools.txt
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet --require-hashes -r locks/tools.txt
	@touch $@

.venv/run.stamp: locks/run.txt | $(UV)
	test -x $(RUN)/python || $(UV) venv --quiet --python $(PYTHON) .venv
	$(UV) pip install --quiet --require-hashes -r locks/run.txt
	$(UV) pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: locks/dev.txt .venv/run.stamp
	$(UV) pip install --quiet --require-hashes -r locks/dev.txt
	@touch $@
