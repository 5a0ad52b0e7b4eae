#!/usr/bin/env bash
# make lint: ruff always; prettier and eslint where they are installed.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
for part in say bench/find bench/privileges bench/packages bench/link python; do
	# shellcheck source=/dev/null
	source "$SCRIPTS/$part.sh"
done

# Prints the path of a Node tool: the checkout's, Frappe's, or the machine's.
node_tool() {
	local candidate
	for candidate in "$CHECKOUT/node_modules/.bin/$1" ${BENCH:+"$BENCH/apps/frappe/node_modules/.bin/$1"} "$(command -v "$1" || true)"; do
		[ -x "$candidate" ] && echo "$candidate" && return 0
	done
	return 1
}

# run_node_tool NAME "SUFFIX…" ARGUMENTS…: over the app's and the scripts' files of these suffixes.
run_node_tool() {
	local tool name="$1" files
	# shellcheck disable=SC2086
	files="$(git ls-files $(printf "$APP/*.%s " $2) $(printf "scripts/*.%s " $2))"
	shift 2
	if ! tool="$(node_tool "$name")"; then
		note "not run: $name is not installed (pre-commit runs it)"
	elif [ -n "$files" ]; then
		# shellcheck disable=SC2086
		"$tool" "$@" $files
	fi
}

cd "$CHECKOUT"
step "Lint"
find_python
"$PYTHON" -m ruff check .
"$PYTHON" -m ruff format --check .
run_node_tool prettier "js vue css scss" --check
run_node_tool eslint js --quiet
