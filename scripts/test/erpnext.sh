#!/usr/bin/env bash
# make test-erpnext: ERPNext's own tests on a site with this app and on one without, at the same time, and what differs.
# MODULES="stock accounts manufacturing" (folders of ERPNext's package), or a part of them: DOCTYPES="Stock Entry,Batch".
# FILE_TIMEOUT=1800 seconds a file. Results are left in OUT=out/test-erpnext. Exit code 1 where ERPNext is harmed.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=/dev/null
source "$SCRIPTS/test/prepare.sh"

export CI=1
OUT="$(realpath -m "${OUT:-$CHECKOUT/out/test-erpnext}")"

site_of() {
	echo "erpnext-$1.healthcare.localhost"
}

# at_once COMMAND ARGUMENT…: for both sites, each saying how far it is; fails where one did.
at_once() {
	local side failed=0 processes=()
	for side in without with; do
		"$@" "$side" </dev/null &
		processes+=($!)
	done
	for side in 0 1; do
		wait "${processes[$side]}" || failed=1
	done
	return "$failed"
}

erpnext_tests() {
	(cd "$BENCH/sites" && ../env/bin/python "$SCRIPTS/test/erpnext_tests.py" "$@")
}

# No company of this app's making: ERPNext's before_tests makes the one that its tests expect.
prepare() {
	local site log started=$SECONDS
	site="$(site_of "$1")"
	log="$BENCH/logs/healthcare_erp-$site.log"
	restore_snapshot "$site"
	{
		[ "$1" = without ] || frappe_cli --site "$site" install-app "$APP"
		erpnext_tests "$site"
	} >"$log" 2>&1 || stop "$site could not be prepared for ERPNext's tests; see $log."
	note "$site prepared: $((SECONDS - started)) s"
}

# run_files FOLDER FILE… SIDE
run_files() {
	local folder="$1" side="${!#}"
	erpnext_tests "$(site_of "$side")" "$folder/$side" "${@:2:$#-2}"
}

# Prints the test files, named from the folder of ERPNext's package.
test_files() {
	local folders doctype
	cd "$BENCH/apps/erpnext/erpnext"
	if [ -n "${DOCTYPES:-}" ]; then
		while read -r doctype; do
			doctype="$(echo "$doctype" | tr 'A-Z -' 'a-z__')"
			ls ./*/doctype/"$doctype"/test_"$doctype".py || exit 1
		done < <(tr ',' '\n' <<<"$DOCTYPES" | sed 's/^ *//; s/ *$//')
	else
		read -ra folders <<<"${MODULES:-stock accounts manufacturing}"
		find "${folders[@]}" -name 'test_*.py' | sort
	fi | sed 's#^\./##'
}

differences() {
	python3 "$SCRIPTS/test/erpnext_differences.py" "$@"
}

need_bench
step "ERPNext's own tests, with this app and without ($BENCH)"
files="$(test_files)" || stop "ERPNext has no tests of that name."
mapfile -t files <<<"$files"
prepare_bench
rm -rf "$OUT"
at_once prepare
at_once run_files "$OUT/first" "${files[@]}"
again="$(differences "$OUT/first")"
if [ -n "$again" ]; then
	mapfile -t again <<<"$again"
	step "What differs, once more on fresh sites: ${#again[@]} files"
	at_once prepare
	at_once run_files "$OUT/again" "${again[@]}"
fi
step "With this app and without"
differences "$OUT/first" "$OUT/again" | tee "$OUT/differences.txt" || stop "ERPNext's own tests fail where this app is installed."
drop_site "$(site_of without)"
drop_site "$(site_of with)"
