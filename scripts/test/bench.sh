#!/usr/bin/env bash
# make test-bench: a fresh site, then Frappe's own runner over this app.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=/dev/null
source "$SCRIPTS/test/prepare.sh"

SITE=test.healthcare.localhost

need_bench
step "Bench tests on $SITE ($BENCH)"
fresh_site "$SITE"
# Frappe's runner tells a failure by its exit code only where CI is set.
report="$(mktemp)"
trap 'rm -f "$report"' EXIT
CI=1 frappe_cli --site "$SITE" run-tests --app "$APP" "$@" 2>&1 | tee "$report"
grep -qE '^Ran [1-9][0-9]* tests? in' "$report" || stop "Frappe's runner ran no test."
