#!/usr/bin/env bash
# make test-bench: fresh sites, side by side, and Frappe's runner over this app's tests, shared among them (SHARES=2).
# With arguments (--module M) one site, and Frappe's own command.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=/dev/null
source "$SCRIPTS/test/prepare.sh"
# shellcheck source=/dev/null
source "$SCRIPTS/test/side_by_side.sh"

# Frappe's runner tells a failure by its exit code only where CI is set.
export CI=1
site_of_share() {
	echo "test$1.healthcare.localhost"
}

run_share() {
	local site
	site="$(site_of_share "$1")"
	restore_and_install "$site"
	(cd "$BENCH/sites" && ../env/bin/python "$SCRIPTS/test/share.py" "$site" "$marks")
}

run_shares() {
	local shares=() number
	marks="$(mktemp -d)"
	report="$(mktemp)"
	trap 'rm -rf "$marks" "$report"' EXIT
	for number in $(seq "${SHARES:-2}"); do
		shares+=("run_share $number")
	done
	side_by_side "${shares[@]}" | tee "$report"
	[ "$(grep -cE '^Ran [0-9]+ tests' "$report")" = "${#shares[@]}" ] || stop "a share of the bench suite did not end."
	grep -qE '^Ran [1-9]' "$report" || stop "Frappe's runner ran no test."
}

run_command() {
	SITE=test.healthcare.localhost
	restore_and_install "$SITE"
	# (grep -q would leave at the first line it finds, and take the runner's last ones for a failure)
	frappe_cli --site "$SITE" run-tests --app "$APP" "$@" 2>&1 | tee /dev/stderr | grep -E '^Ran [1-9][0-9]* tests? in' >/dev/null ||
		stop "Frappe's runner ran no test, or one failed."
}

need_bench
step "Bench tests ($BENCH)"
prepare_bench
if [ $# -gt 0 ]; then
	run_command "$@"
else
	run_shares
fi
