#!/usr/bin/env bash
# make test-fast: what the change touches, in under a minute: lint, contracts, the rules' tests of the same area, the scripts' tests
# and the bench tests beside the changed files. SINCE=<commit> (HEAD) says since when. The site of an earlier make test-bench is used as it is,
# migrated where a DocType changed: nothing here stands for make test.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=/dev/null
source "$SCRIPTS/test/prepare.sh"

SITE=test1.healthcare.localhost
SINCE="${SINCE:-HEAD}"

changed() {
	{
		git diff --name-only --diff-filter=d "$SINCE"
		git ls-files --others --exclude-standard
	} | sort -u
}

# Changed tests, and the tests of the folder that mirrors a changed rule's.
pure_tests() {
	changed | sed -nE "s#^($APP/tests/(domain|bundle)/.*test_[a-z0-9_]+\.py)\$#\1#p; s#^$APP/domain/([a-z_]+)/.*#$APP/tests/domain/\1#p; s#^$APP/domain/([a-z_]+)\.py\$#$APP/tests/domain/test_\1.py#p; s#^(scripts/test)/.*\.py\$#\1#p; s#^$APP/bundle/.*#$APP/tests/bundle/test_verify.py#p"
}

# Changed tests, and those beside a changed file.
bench_tests() {
	local file folder name
	changed | grep -E "^$APP/.*\.(py|json)\$" | grep -vE "^$APP/(domain|bundle|tests/(domain|bundle|contracts|browser))/" |
		while read -r file; do
			folder="$(dirname "$file")"
			name="$(basename "${file%.*}")"
			[[ $name == test_* ]] && echo "$file"
			ls "$folder/test_$name.py" 2>/dev/null || [[ $name == test_* ]] || ls "$folder"/test_*.py 2>/dev/null || true
		done
}

run_on_site() {
	[ -n "$BENCH" ] && site_exists "$SITE" ||
		{ loud "NOT RUN, for there is no site of an earlier make test-bench: $*"; return 0; }
	prepare_bench
	if changed | grep -qE '/doctype/.*\.json$|hooks\.py$|patches\.txt$'; then
		frappe_cli --site "$SITE" migrate >/dev/null
	fi
	(cd "$BENCH/sites" && CI=1 ../env/bin/python "$SCRIPTS/test/share.py" "$SITE" "$(mktemp -d)" "$@")
}

cd "$CHECKOUT"
started=$SECONDS
BENCH="$(find_bench)"
find_python
bash "$SCRIPTS/test/lint.sh"
mapfile -t tests < <(pure_tests | sort -u | xargs -r ls -d 2>/dev/null)
"$PYTHON" -m pytest "$APP/tests/contracts" "${tests[@]}" </dev/null
if changed | grep -qE '\.(js|vue)$'; then bash "$SCRIPTS/test/js.sh"; fi
mapfile -t tests < <(bench_tests | sort -u)
[ "${#tests[@]}" = 0 ] || run_on_site "${tests[@]/#/$CHECKOUT/}"
step "What the change touches has passed, in $((SECONDS - started)) s. (make test runs everything.)"
