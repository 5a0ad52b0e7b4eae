# Everything here is done by a script of scripts/, which says what it does.
.DEFAULT_GOAL := help
.PHONY: help demo up down test test-fast audit release lint test-pure test-js test-bench test-browser test-erpnext fuzz mutation bench

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

demo: ## the ledger's command line, without a bench: simulate a nation, verify it, trace a recalled lot
	@bash scripts/demo.sh

up: ## bench, services, site, demo data and Desk on http://healthcare.localhost:8000, on this machine only
	@bash scripts/up.sh

down: ## stop what make up started
	@bash scripts/down.sh

test: ## every suite that can run here
	@bash scripts/test/all.sh

test-fast: ## what the change touches, in under a minute (SINCE=commit)
	@bash scripts/test/fast.sh

audit: ## known holes in what the app requires; bandit and Frappe's semgrep rules over its code
	@bash scripts/audit.sh

release: ## VERSION=x.y.z: version, changelog, commit and tag; pushes nothing
	@bash scripts/release.sh "$(VERSION)"

lint: ## ruff; prettier and eslint where they are installed
	@bash scripts/test/lint.sh

test-pure: ## rules, bundle tool and contracts, with coverage; no bench needed
	@bash scripts/test/pure.sh

test-js: ## the Desk's plain functions and components, without a browser
	@bash scripts/test/js.sh

test-bench: ## Frappe's test runner on a fresh site
	@bash scripts/test/bench.sh

test-browser: ## headless Chromium against a fresh site that is served
	@bash scripts/test/browser.sh

test-erpnext: ## ERPNext's own tests, with this app and without, and what differs (MODULES="stock accounts", DOCTYPES="Stock Entry,Batch")
	@bash scripts/test/erpnext.sh

fuzz: ## 2,000 hostile bundles (HOSTILE_BUNDLES=n), every odd request, 200 random voucher histories (HISTORIES=n); make test runs a part
	@bash scripts/test/fuzz.sh

mutation: ## mutmut over domain/, writes docs/mutation.md (hours)
	@bash scripts/test/mutation.sh

bench: ## measure, and write docs/benchmarks.md
	@bash scripts/benchmark.sh
