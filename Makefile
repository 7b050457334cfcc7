# Needs Python 3.11 or newer, make and git; uses uv where it is installed, pip otherwise.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help reports test quick lab check refresh reproduce bench bench-scale peers kills mutants texts damage phrases coverage lint lock clean

help: ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

# COUNTRIES="MNG BLR" for the pages of these alone, COUNTRIES=WORLD for those of every country;
# JOBS=2 for so many processes here, DASK_SCHEDULER=tcp://node:8786 for the workers of a cluster.
reports: $(READY) ## build every table, chart and report that is out of date
	@$(if $(COUNTRY),echo 'COUNTRY is no setting of this build; did you mean COUNTRIES="$(COUNTRY)"?' >&2; exit 2)
	@$(BIN)/analysis reports $(if $(COUNTRIES),--countries "$(COUNTRIES)") $(if $(JOBS),--jobs "$(JOBS)") $(if $(DASK_SCHEDULER),--scheduler "$(DASK_SCHEDULER)")

test: $(READY) ## run the tests
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

quick: $(READY) ## run the tests of single functions: no browser, Lab, notebooks, builds, whole pages
	@$(BIN)/python -m pytest -q -m "not slow and not thorough" -n auto --dist worksteal

lab: $(READY) ## open the notebooks in JupyterLab
	@[ "$$(id -u)" != 0 ] || { echo 'JupyterLab does not run as root. Run make lab as another user, or, where nobody else can reach this machine: $(BIN)/jupyter lab --allow-root notebooks/country.ipynb' >&2; exit 1; }
	@$(BIN)/jupyter lab --notebook-dir=. notebooks/country.ipynb

check: $(READY) ## validate the raw data and print every fault
	@$(BIN)/analysis check

# RECORD=1 saves the services' replies as fixtures too; SERVICES="worldbank-wdi" asks only some.
refresh: $(READY) ## fetch today's statistics beside the ones in use (needs internet)
	@$(BIN)/analysis refresh $(SERVICES) $(if $(RECORD),--record)

reproduce: ## build anew from clean clones, on other versions of Python and pandas, and compare every byte
	@benchmarks/reproduce

bench: $(READY) ## time the build side by side with what it replaces
	@$(BIN)/python benchmarks/bench.py

bench-scale: $(READY) ## measure how the build grows, up to every country (tens of minutes)
	@$(BIN)/python benchmarks/scale.py

peers: $(READY) ## make the same pages with other tools, side by side (ten minutes; installs them apart)
	@$(BIN)/python benchmarks/peers.py

kills: $(READY) ## kill the build KILLS times at moments drawn from a seed
	@KILLS=$(or $(KILLS),60) $(BIN)/python -m pytest -q tests/publish/test_interrupted.py -k again_and_again

# ONLY="measures.ties data.*" tries these modules alone, SINCE=main those that differ from a commit:
# minutes once it is known which tests reach what. SAMPLE=50 draws fewer mutants a module, SEED=7
# others; JOBS=1 tries one at a time.
mutants: $(READY) ## change the code in small ways and list which changes no test notices (hours)
	@set -f; nice $(BIN)/python benchmarks/mutants.py $(ONLY) $(if $(SINCE),--since "$(SINCE)") $(if $(SAMPLE),--sample "$(SAMPLE)") $(if $(SEED),--seed "$(SEED)") $(if $(JOBS),--jobs "$(JOBS)")

texts: $(READY) ## change the texts of the pages and list which changes no test notices (half an hour)
	@nice $(BIN)/python benchmarks/text_mutants.py $(if $(SAMPLE),--sample "$(SAMPLE)") $(if $(SEED),--seed "$(SEED)")

phrases: $(READY) ## hold the grammar against phrases of those who had not seen it
	@$(BIN)/python benchmarks/phrases.py

# SAMPLE=200 damages so many rows, which takes minutes, and prints the table without keeping it.
damage: $(READY) ## damage one raw figure at a time and count who notices (half an hour)
	@nice -n 15 $(BIN)/python benchmarks/damage.py $(if $(SAMPLE),--sample $(SAMPLE))

coverage: $(READY) ## which branches no test reaches; fails below 95 in 100
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q -n auto --dist loadfile
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

lint: $(READY) ## check the style of the code, and whether its types fit
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

lock: ## renew requirements.lock (needs uv); then run the tests
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-strip-extras --quiet --extra dev --upgrade pyproject.toml --output-file requirements.lock

clean: ## remove the environment and all that can be made again
	rm -rf $(VENV) reports/executed reports/failed .pytest_cache .ruff_cache .mypy_cache .hypothesis mutants .coverage*

# --require-hashes: what is installed is what was tested, byte for byte. -qq: of pip only errors,
# since its warnings are about the machine.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; $(PYTHON) is %d.%d. Name another: make PYTHON=python3.12 ..." % sys.version_info[:2])'
	@$(PYTHON) -c 'import sys; print("Setting up the environment (once, about a minute) with Python %d.%d.%d, %s" % (*sys.version_info[:3], sys.executable))'
	@packages="$$(grep -c == requirements.lock) packages of requirements.lock"; \
	if command -v uv >/dev/null 2>&1; then \
	  echo "  making $(VENV) with uv" && \
	  uv venv --quiet --clear --python $(PYTHON) $(VENV) && \
	  echo "  installing the $$packages" && \
	  uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r requirements.lock && \
	  echo "  installing the project" && \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable . ; \
	else \
	  echo "  making $(VENV) with venv and pip" && \
	  $(PYTHON) -m venv --clear $(VENV) && \
	  echo "  installing the $$packages" && \
	  $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock && \
	  echo "  installing the project" && \
	  $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable . ; \
	fi
	@touch $(READY)
