# The edition’s commands. They need GNU make, Python 3.11 to 3.15 and, for `make audit`, Node.js 20;
# all else is installed in this folder, from locked lists. `make help` tells what there is.

# What a build reads. Names may hold spaces, so files are asked for their age and are no prerequisites:
# an output is stale if its stamp is not there, or something is newer than it.
SOURCES := conf.py index.md chapters notes witness _ext _static CHANGELOG.md .venv/installed
stale = $(if $(wildcard $(1)),$(shell find $(SOURCES) -name __pycache__ -prune -o ! -name '.*' \
          -newer $(1) -print 2>/dev/null | head -n 1),$(1))
stamp = $(if $(filter html,$(1)),_build/html/index.html,$(if $(filter pdf,$(1)),$(PDF),_build/$(1))/.built)

PYTHON  := .venv/bin/python
PIP     := $(PYTHON) -m pip --disable-pip-version-check install --require-hashes
LOCK    := $(PYTHON) -m uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
             --generate-hashes --no-emit-index-url --custom-compile-command 'make lock'

# a PDF on office paper or for a printer gets a folder of its own, so that the book’s stays what it is
PDF := _build/pdf$(addprefix -,$(PAPER))$(if $(BLEED),-bleed)
ifneq ($(filter-out a5 a4 letter,$(PAPER)),)
  $(error PAPER=$(PAPER) is not known: say a5, a4 or letter, or leave it out for the book’s own size, which is a5)
endif

# outputs are dated by the last commit, so that the same sources give the same bytes
ifndef SOURCE_DATE_EPOCH
  SOURCE_DATE_EPOCH := $(or $(shell git -c log.showSignature=false log -1 --format=%ct 2>/dev/null),1795392000)
endif
export SOURCE_DATE_EPOCH

# whatever the machine is set to: a locale that every system has, and Python’s text in UTF-8
export LC_ALL := C
export PYTHONUTF8 := 1
export PIP_USER := 0
export SYSTEM_PYTHON
unexport PYTHONPATH PYTHONHOME

# makes those of some outputs that are stale, in one process
define build
@set -- $(foreach output,$(1),$(if $(call stale,$(call stamp,$(output))),$(output))); [ $$# = 0 ] || \
  PYTHONPATH=_ext $(PYTHON) -m sphinx_edition.build $(addprefix --paper=,$(PAPER)) $(addprefix --bleed=,$(BLEED)) "$$@"
endef

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: all html epub pdf tei serve test test-quick test-versions rehearse check collate names new audit pictures licences bench lock clean help FORCE

## The edition

all: .venv/installed ## web, e-book, print and data (this is plain `make`)
	$(call build,html epub pdf tei)
	@echo 'Done. Open _build/html/index.html; the e-book is in _build/epub, the book in $(PDF), the data in _build/tei.'

html: .venv/installed ## the web edition: _build/html/index.html
	$(call build,html)

epub: .venv/installed ## the e-book: _build/epub
	$(call build,epub)

pdf: .venv/installed ## the book as PDF: _build/pdf; PAPER=a4 or letter for office printers, PAPER=a5 BLEED=3mm for others
	$(call build,pdf)

tei: .venv/installed ## the edition as data, in TEI: _build/tei
	$(call build,tei)

serve: .venv/installed ## show the web edition while you edit, on http://127.0.0.1:8000; with PORT=8001 there
	PYTHONPATH=_ext $(PYTHON) -m sphinx_edition.serve

## Another text, and its names

# FROM: saved pages or plain text, none for an empty edition; INTO: an empty folder; SAY: --title …, --kind …
new: .venv/installed ## an edition of your own: make new FROM=page.html INTO=../mine SAY='--kind letter'
	@$(if $(INTO),,$(error say into which folder: make new FROM=page.html INTO=../mine))
	PYTHONPATH=_ext $(PYTHON) -m sphinx_edition.new $(FROM) --into $(INTO) --yes $(SAY)

names: .venv/installed ## who is named and not marked; MARK=yes marks the certain ones, STUBS=yes writes entries
	PYTHONPATH=_ext $(PYTHON) -m sphinx_edition.names $(if $(MARK),--mark) $(if $(STUBS),--stubs)

## Checks

test: .venv/installed-test ## the tests
	$(PYTHON) -m pytest -n auto --dist loadfile

test-quick: .venv/installed-test ## the tests that need no browser and little time
	$(PYTHON) -m pytest -n auto --dist loadfile -m 'not slow and not browser'

test-versions: .venv/installed-test ## what newer packages would change, on each Python that is here
	$(PYTHON) -m tests.versions

rehearse: .venv/installed-test ## all this on machines that lack something; ON=bare for one of them
	$(PYTHON) -m tests.rehearse $(ON)

check: .venv/installed-test ## style and types of the code
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy

collate: all ## every output against the witness, character by character
	PYTHONPATH=_ext $(PYTHON) -m sphinx_edition.collation witness _build

audit: html epub tei audit/node_modules/.installed ## Lighthouse, Nu HTML checker, Ace and CETEIcean on what was built
	node audit/audit.mjs

pictures: html pdf .venv/installed-test ## the pictures of README.md, of what was built; needs Chromium
	$(PYTHON) -m tests.pictures

licences: .venv/installed-test ## the licence of each locked package
	@$(PYTHON) -m tests.licences

bench: .venv/installed-test ## time and memory for editions of many sizes
	$(PYTHON) -m benchmarks

## The workshop

lock: .venv/installed-test ## renew the locked lists after a change to pyproject.toml or audit/package.json
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra test --constraint requirements.txt --output-file requirements-test.txt
	cd audit && npm install --package-lock-only --no-audit --no-fund

clean: ## remove what was built
	rm -rf _build

help: ## this list
	@awk -F ':.*## ' '/^## / {print "\n" substr($$0, 4)} \
	  /^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

# made anew, too, if its Python has gone: systems are upgraded
.venv/installed: requirements.txt $(if $(shell .venv/bin/python -c '' 2>/dev/null && echo there),,FORCE)
	@for python in "$$SYSTEM_PYTHON" python3 python3.15 python3.14 python3.13 python3.12 python3.11; do \
	  "$$python" -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 16))' \
	    2>/dev/null || continue; \
	  echo "Making .venv with $$("$$python" --version) and installing the locked packages (a minute or so)"; \
	  exec "$$python" -m venv --clear .venv; \
	done; \
	echo "The edition needs Python 3.11 to 3.15 with its venv module; none is here as python3 or python3.11 to 3.15." >&2; \
	echo "Install one (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.14)," >&2; \
	echo "or name yours: make SYSTEM_PYTHON=/path/to/python3" >&2; \
	exit 1
	$(PIP) --quiet -r requirements.txt
	@touch $@

.venv/installed-test: requirements-test.txt .venv/installed
	@echo 'Installing what the tests need (some 600 MB, a few minutes)'
	$(PIP) --quiet -r requirements-test.txt
	@touch $@

audit/node_modules/.installed: audit/package-lock.json
	@command -v npm >/dev/null || { echo 'make audit needs Node.js 20 or newer, with npm.' >&2; exit 1; }
	cd audit && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@
