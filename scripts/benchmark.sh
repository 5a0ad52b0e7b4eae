#!/usr/bin/env bash
# make bench: the benchmarks on a fresh site of their own; writes docs/benchmarks.md.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=/dev/null
source "$SCRIPTS/test/prepare.sh"

SITE=benchmark.healthcare.localhost

need_bench
step "Benchmarks on $SITE ($BENCH)"
fresh_site "$SITE"
export HEALTHCARE_ERP_SITE="$SITE" FRAPPE_BENCH="$BENCH"
cd "$BENCH/sites"
exec ../env/bin/python "$CHECKOUT/benchmarks/run.py" "$@"
