#!/usr/bin/env bash
# make test: every suite that can run here; says loudly which could not.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
for part in say bench/find test/side_by_side; do
	# shellcheck source=/dev/null
	source "$SCRIPTS/$part.sh"
done

is_clean() {
	[ -z "$(git status --porcelain)" ]
}

# Writes the tree that the bench suites have passed on, where the work tree is exactly that tree.
record_pass() {
	if [ "$1" = unclean ] || ! is_clean || [ "$1" != "$(git rev-parse 'HEAD^{tree}')" ]; then
		loud "The bench suites passed, but the work tree is not a clean commit: bench-suite-passed was not written."
	else
		echo "$1" >"$(git rev-parse --absolute-git-dir)/bench-suite-passed"
		note "tree $1 is recorded in bench-suite-passed"
	fi
}

cd "$CHECKOUT"
started=$SECONDS
tree="$(is_clean && git rev-parse 'HEAD^{tree}' || echo unclean)"
BENCH="$(find_bench)"
bash "$SCRIPTS/test/lint.sh"
bash "$SCRIPTS/test/js.sh"
if [ -z "$BENCH" ]; then
	bash "$SCRIPTS/test/pure.sh"
	loud "NOT RUN, for there is no bench (set FRAPPE_BENCH): the bench suite (run-tests) and the browser suite."
else
	side_by_side "bash $SCRIPTS/test/pure.sh" "bash $SCRIPTS/test/install_cycle.sh"
	bash "$SCRIPTS/test/bench.sh"
	bash "$SCRIPTS/test/browser.sh"
	record_pass "$tree"
fi
step "All suites that ran have passed, in $((SECONDS - started)) s."
