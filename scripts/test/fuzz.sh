#!/usr/bin/env bash
# make fuzz: many more random voucher histories than make test runs, others each time. HISTORIES=200 by default.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=/dev/null
source "$SCRIPTS/test/prepare.sh"

SITE=fuzz.healthcare.localhost

need_bench
step "${HISTORIES:=200} random voucher histories on $SITE ($BENCH)"
fresh_site "$SITE"
CI=1 VOUCHER_HISTORIES="$HISTORIES" frappe_cli --site "$SITE" run-tests \
	--module healthcare_erp.traceability.books.test_histories
drop_site "$SITE"
