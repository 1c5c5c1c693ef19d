# All tasks of the project; `make help` lists them. Python 3.11 or later is enough: the rest is installed on demand.

PYTHON := $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null && echo $$name && break; done)
BIN := .venv/bin
PYTHON_313 := $(shell for python in python3.13 $(wildcard $(HOME)/.pyenv/versions/3.13*/bin/python3.13); do \
	$$python -c '' 2> /dev/null && echo $$python && break; done)
SAM := .venv-sam/bin/sam
LINT_REGION := eu-central-1 # of no deployment: those use the region of your AWS profile
export SAM_CLI_TELEMETRY := 0

.PHONY: help setup demo test explore check format lint types templates edge docs bench bench-cold bench-peers lighthouse build deploy rehearse checkov check-all clean
.DEFAULT_GOAL := help

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/installed ## install Dropcap and its development tools into .venv

demo: setup ## publish examples/ on a local cloud; serve the site, its mailbox and its bucket
	$(BIN)/dropcap demo

test: setup ## run all tests in parallel; explorations take a sample that differs from day to day
	$(BIN)/pytest -n auto --dist loadgroup
	DROPCAP_LOCAL_WITHOUT=in_process_calls $(BIN)/pytest -n auto --dist loadgroup -m botocore tests/pipeline

explore: setup ## explore everything instead of samples; prints what was explored
	DROPCAP_EXPLORE_ALL=yes $(BIN)/pytest -n auto tests/exploration tests/pipeline/test_histories.py

check: setup ## check format, lint, types and templates, two at a time
	$(MAKE) --jobs 2 --output-sync=target format lint types templates

format: setup
	$(BIN)/ruff format --check

lint: setup
	$(BIN)/ruff check

types: setup
	$(BIN)/mypy

templates: setup $(SAM) # cfn-lint, SAM's own check, and a build with the wheels for Lambda's Python
	$(BIN)/cfn-lint --regions $(LINT_REGION) --template template.yaml infra/*.yaml
	PATH="$(CURDIR)/.venv-sam/bin:$$PATH" sam validate --lint --region $(LINT_REGION)
	$(MAKE) build

edge: setup ## copy the CDN's functions from infra/edge into infra/cdn.yaml
	$(BIN)/python infra/package/carry_edge.py

docs: setup ## generate docs/writing.md from tests/golden/dialect
	PYTHONPATH=tests $(BIN)/python tests/support/dialect_table.py

bench: setup build/bench/awslambdaric ## run the benchmarks, small, in under two minutes; each prints lines of JSON
	$(BIN)/python benchmarks/run_all.py

bench-cold: setup build/bench/awslambdaric build/bench/lambda/boto3 ## count the instructions of cold starts; needs valgrind and a CPython 3.13
	LAMBDA_PYTHON="$(PYTHON_313)" $(BIN)/python benchmarks/cold_instructions.py

bench-peers: setup .venv-peers/installed ## publish one more post with other static site generators, beside Dropcap
	.venv-peers/bin/python benchmarks/peers.py $(POSTS)
	for posts in $(or $(POSTS),100); do $(BIN)/python benchmarks/functions_cpu.py "$$posts" || exit; done

lighthouse: setup ## score four pages on a simulated phone; needs node and Chromium
	$(BIN)/python benchmarks/lighthouse/scores.py

build: $(SAM) ## build the deployment package in .aws-sam
	PATH="$(CURDIR)/.venv-sam/bin:$$PATH" sam build

deploy: setup $(SAM) ## build and deploy to AWS; options of `dropcap deploy` go into ARGS="…"
	$(BIN)/dropcap deploy $(ARGS)

rehearse: setup $(SAM) ## deploy the real template to an AWS emulator, and compare the site; needs a CPython 3.13
	@test -n "$(PYTHON_313)" || { echo "make rehearse needs a CPython 3.13, which Lambda runs: install it, or put it on the PATH." >&2; exit 1; }
	test -x .venv-rehearsal/bin/ministack || { $(PYTHON_313) -m venv .venv-rehearsal && .venv-rehearsal/bin/python -m pip \
		install --quiet --disable-pip-version-check --requirement infra/package/requirements-rehearsal.txt; }
	PYTHONPATH=infra/local $(BIN)/python -m dropcap_rehearsal $(CURDIR)/.venv-rehearsal/bin/python

check-all: check checkov test rehearse ## everything that is checked, with the parts that take too long for CI

checkov: setup .venv-checkov/bin/checkov ## check the translated templates with checkov; its configuration has the exceptions
	$(BIN)/python infra/package/translate.py build/checkov
	.venv-checkov/bin/checkov --config-file infra/package/checkov.yaml --directory build/checkov

clean: ## remove everything that make created
	rm -rf .venv .venv-sam .venv-rehearsal .venv-checkov .venv-peers .aws-sam build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

# AWS's runtime client needs no virtual environment: the benchmark's processes find it on their path.
build/bench/awslambdaric: benchmarks/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target build/bench --requirement $<
	touch $@

# What Lambda's own Python runs, with its runtime client and boto3, which the runtime has.
build/bench/lambda/boto3: functions/requirements.txt benchmarks/requirements.txt requirements-dev.txt
	@test -n "$(PYTHON_313)" || { echo "make bench-cold needs a CPython 3.13, which Lambda runs: install it, or put it on the PATH." >&2; exit 1; }
	$(PYTHON_313) -m pip install --quiet --disable-pip-version-check --upgrade --target build/bench/lambda --requirement functions/requirements.txt --requirement benchmarks/requirements.txt "$$(grep '^boto3==' requirements-dev.txt)"
	touch $@

# Other generators pin other versions, too. Eleventy comes from npm; without npm it is left out.
.venv-peers/installed: benchmarks/requirements-peers.txt
	test -x .venv-peers/bin/python || $(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	mkdir -p .venv-peers/eleventy
	-cd .venv-peers/eleventy && npm install --silent --no-fund --no-audit @11ty/eleventy@3.1.8
	touch $@

.venv/installed: pyproject.toml requirements-dev.txt functions/requirements.txt
	@test -n "$(PYTHON)" || { echo "Dropcap needs Python 3.11 or newer on the PATH" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# The SAM CLI needs other versions of the same packages as the tests, so it has a virtual environment of its own.
$(SAM): infra/package/requirements-sam.txt
	test -x .venv-sam/bin/python || $(PYTHON) -m venv .venv-sam
	.venv-sam/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

# checkov pins other versions than the tests, too.
.venv-checkov/bin/checkov: infra/package/requirements-checkov.txt
	test -x .venv-checkov/bin/python || $(PYTHON) -m venv .venv-checkov
	.venv-checkov/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	touch $@
