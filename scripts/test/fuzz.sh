#!/usr/bin/env bash
# make fuzz: much more of what make test runs a part of. HOSTILE_BUNDLES=2000 (always the same seeds), every odd request
# over REST, every role at every entry point, and HISTORIES=200 random voucher histories (others each time); all but the first
# need a bench.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=/dev/null
source "$SCRIPTS/test/prepare.sh"

SITE=fuzz.healthcare.localhost

cd "$CHECKOUT"
find_python
step "${HOSTILE_BUNDLES:=2000} hostile bundles"
HOSTILE_BUNDLES="$HOSTILE_BUNDLES" "$PYTHON" -m pytest "$APP/tests/bundle/test_hostile.py" </dev/null
if [ -z "$BENCH" ]; then
	loud "NOT RUN, for there is no bench (set FRAPPE_BENCH): odd requests, every role at every entry point, random voucher histories."
	exit 0
fi
step "Every odd request, ${HISTORIES:=200} random voucher histories on $SITE ($BENCH)"
fresh_site "$SITE"
CI=1 REST_FUZZ=all frappe_cli --site "$SITE" run-tests --module healthcare_erp.tests.fuzz.test_rest
CI=1 VOUCHER_HISTORIES="$HISTORIES" frappe_cli --site "$SITE" run-tests \
	--module healthcare_erp.traceability.books.test_histories
step "Every role, with every scope, at every entry point on $SITE ($BENCH)"
CI=1 EVERY_ENTRY_POINT=1 frappe_cli --site "$SITE" run-tests --module healthcare_erp.tests.attack.test_matrix
drop_site "$SITE"
