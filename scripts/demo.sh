#!/usr/bin/env bash
# make demo: the ledger's command line, without a bench.
set -euo pipefail
SCRIPTS="$(dirname "${BASH_SOURCE[0]}")"
for part in say bench/find bench/privileges bench/packages python; do
	# shellcheck source=/dev/null
	source "$SCRIPTS/$part.sh"
done

# True when the package in .venv is as new as the sources.
is_installed() {
	local stamp="$CHECKOUT/.venv/.healthcare_erp-installed"
	[ -f "$stamp" ] && [ -x "$CHECKOUT/.venv/bin/healthcare-erp" ] &&
		[ -z "$(find "$CHECKOUT/pyproject.toml" "$CHECKOUT/$APP" -name '*.py' -newer "$stamp" -print -quit)" ]
}

cd "$CHECKOUT"
PYTHON="$(checkout_python)"
if ! is_installed; then
	step "Installing the command line into .venv"
	"$PYTHON" -m pip install -q .
	touch .venv/.healthcare_erp-installed
fi
exec .venv/bin/healthcare-erp demo "${OUT:-out/demo}"
