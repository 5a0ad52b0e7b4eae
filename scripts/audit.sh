#!/usr/bin/env bash
# make audit: known holes in what the app requires, and what bandit and Frappe's rules see in its code. What could not
# look is named; with AUDIT_STRICT=1, as in the continuous integration, that is a failure too.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
for part in say bench/find bench/privileges bench/packages python; do
	# shellcheck source=/dev/null
	source "$SCRIPTS/$part.sh"
done

TOOLS="${XDG_CACHE_HOME:-$HOME/.cache}/healthcare_erp/audit"
FOUND=() NOT_RUN=()

# An environment of their own: semgrep asks for other versions of what the bench uses.
install_tools() {
	local python
	[ -x "$TOOLS/bin/semgrep" ] && return 0
	python="$(system_python)" || exit 1
	note "installing bandit, pip-audit and semgrep into $TOOLS"
	"$python" -m venv "$TOOLS" && "$TOOLS/bin/pip" install -q bandit pip-audit semgrep 2>/dev/null ||
		note "they could not be installed"
}

# check NAME COMMAND…: the command ends with 0 where it found nothing, 1 with findings, otherwise it could not look.
check() {
	local name="$1" result=0
	shift
	step "$name"
	"$@" || result=$?
	case "$result" in
	0) note "nothing found" ;;
	1) FOUND+=("$name") ;;
	*) NOT_RUN+=("$name") ;;
	esac
}

python_requirements() {
	[ -x "$TOOLS/bin/pip-audit" ] || return 2
	"$TOOLS/bin/pip-audit" --requirement requirements.txt --format json --progress-spinner off 2>/dev/null |
		report pip
}

# npm reads the versions from yarn.lock.
node_packages() {
	local folder
	folder="$(mktemp -d)"
	cp package.json yarn.lock "$folder"
	(
		cd "$folder"
		npm install --package-lock-only --ignore-scripts --silent >/dev/null 2>&1
		npm audit --json 2>/dev/null
	) | report npm
}

report() {
	"$(system_python)" "$SCRIPTS/audit_report.py" "$1"
}

frappe_rules() {
	[ -x "$TOOLS/bin/semgrep" ] || return 2
	PATH="$TOOLS/bin:$PATH" bash "$SCRIPTS/test/semgrep.sh"
}

# Without the tests, which assert. It also warns of a reason that stands at the end of a text of several lines.
bandit_rules() {
	[ -x "$TOOLS/bin/bandit" ] || return 2
	"$TOOLS/bin/bandit" --quiet --recursive "$APP" --exclude '*/tests/*,*/test_*.py,*/node_modules/*' \
		2> >(grep -v 'nosec encountered' >&2)
}

cd "$CHECKOUT"
set +o pipefail # pip-audit and npm end with 1 for a finding and for a failure: the report tells them apart
install_tools
check "Known holes in the Python requirements (pip-audit)" python_requirements
check "Known holes in the JavaScript packages (npm audit)" node_packages
check "Frappe's semgrep rules" frappe_rules
check "bandit" bandit_rules
[ "${#NOT_RUN[@]}" = 0 ] || loud "NOT OR NOT WHOLLY RUN: $(printf '%s; ' "${NOT_RUN[@]}")see above."
[ "${#FOUND[@]}" = 0 ] || stop "findings: $(printf '%s; ' "${FOUND[@]}")see above."
[ "${#NOT_RUN[@]}" = 0 ] || [ "${AUDIT_STRICT:-0}" != 1 ] || stop "not every part could run, and AUDIT_STRICT asks for it."
step "The audit found nothing in what it could look at."
