#!/usr/bin/env bash
# Frappe's public semgrep rules over the app; pre-commit runs it before a push, make audit always. Ends with 1 for findings
# and with 2 where the rules cannot be had. FRAPPE_SEMGREP_RULES names a copy of them that is here already.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=/dev/null
source "$SCRIPTS/say.sh"
cd "$SCRIPTS/.."

# Two of the rules are taste, and this app's is another: whole constant SQL where nothing is composed (bandit looks at the
# composed), and map() over a function that has a name.
NOT_OURS=(frappe-using-db-sql frappe-no-functional-code)

find_rules() {
	RULES="${FRAPPE_SEMGREP_RULES:-${XDG_CACHE_HOME:-$HOME/.cache}/frappe-semgrep-rules}"
	if [ -d "$RULES/.git" ] && [ -z "${FRAPPE_SEMGREP_RULES:-}" ]; then
		timeout 60 git -C "$RULES" pull --quiet --ff-only || note "the rules could not be refreshed; those here are used"
	elif [ ! -d "$RULES/rules" ]; then
		GIT_TERMINAL_PROMPT=0 timeout 120 git clone --quiet --depth 1 https://github.com/frappe/semgrep-rules "$RULES"
	fi
}

if ! find_rules; then
	loud "NOT RUN, for the rules cannot be reached: Frappe's semgrep rules."
	exit 2
fi
# A rule's name begins with the folder that it is read from.
here="$PWD"
cd "$RULES"
semgrep scan --error --quiet --metrics off --disable-version-check --config rules "${NOT_OURS[@]/#/--exclude-rule=rules.}" \
	--exclude tests --exclude 'test_*.py' "$here/healthcare_erp"
