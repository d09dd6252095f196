# The only entry a newcomer needs: `make run` and `make test`.
#   make run        set up and serve; PORT=8000 HOST=127.0.0.1 HTTPS=1 DEMO=0 change what they name
#   make test       set up what tests need, a browser too, and run them all
#   make bench      figures as JSON lines, each beside what it is held against
#   make soak       the long tests
#   make lint       ruff, mypy, import contracts, TypeScript; make format mends what it can
#   make messages   collect the catalogues' strings anew
#   make lock       write the hashed locks anew
#   make build      scripts and styles
#   make model      fetch the vision model
#   make reset      empty the instance folder, after asking

.DEFAULT_GOAL := help
.PHONY: help run test bench soak lint format messages lock build model reset python-found

# The first Python that is new enough; an old one is still started, to say what is wrong with it.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$python; exit; fi; \
	done; echo python3)
VENV := .venv/bin
PORT ?= 8000
HOST ?= 127.0.0.1
HTTPS ?= 0
# Two workers fit two cores; more only make browser tests wait for each other.
WORKERS ?= 2
export PORT HOST HTTPS DEMO

help:
	@sed -n 's/^#   make/make/p' Makefile

.DEFAULT:
	@echo "There is no 'make $@'. What there is:"
	@sed -n 's/^#   make/   make/p' Makefile
	@exit 2

python-found:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	echo "Stopped: there is no $(PYTHON) here."; \
	echo "What to do: install Python 3.11 or newer (Debian, Ubuntu: apt-get install python3 python3-venv)."; exit 1; }

run: python-found
	@$(PYTHON) tools/setup.py run
	@exec $(VENV)/simexam serve --host "$(HOST)" --port "$(PORT)" $(if $(filter 1 true yes on,$(HTTPS)),--https)

test: python-found
	@$(PYTHON) tools/setup.py test
	@PATH="$(CURDIR)/$(VENV):$$PATH" npm run --silent check
	@PATH="$(CURDIR)/$(VENV):$$PATH" npm run --silent test
	@SIMEXAM_BROWSER="$$(cat .venv/browser)" $(VENV)/python -m pytest -m "not soak" -n $(WORKERS) --dist loadgroup -q

soak: python-found
	@$(PYTHON) tools/setup.py test
	@SIMEXAM_BROWSER="$$(cat .venv/browser)" $(VENV)/python -m pytest -m soak -q --timeout 0

# Standard output carries JSON lines alone; progress goes to standard error.
bench: python-found
	@$(PYTHON) tools/setup.py test >&2
	@SIMEXAM_BROWSER="$$(cat .venv/browser)" $(VENV)/python tools/bench.py

lint: python-found
	@$(PYTHON) tools/setup.py development
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/lint-imports
	@PATH="$(CURDIR)/$(VENV):$$PATH" npm run --silent check

format:
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

messages:
	$(VENV)/python tools/messages.py

build: python-found
	@$(PYTHON) tools/setup.py build

model: python-found
	$(PYTHON) tools/fetch_model.py

lock:
	$(VENV)/python tools/lock.py

reset: python-found
	@$(PYTHON) tools/reset.py
