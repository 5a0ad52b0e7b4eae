#!/usr/bin/env bash
# make test-js: the Desk's plain functions and components, with vitest; says loudly where that is not to be had.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
for part in say bench/find bench/assets; do
	# shellcheck source=/dev/null
	source "$SCRIPTS/$part.sh"
done

VITEST="$CHECKOUT/node_modules/.bin/vitest"

has_vitest() {
	[ -x "$VITEST" ] && has_node_packages
}

step "Tests of the Desk's scripts"
has_vitest || install_node_packages || true
if has_vitest; then
	cd "$CHECKOUT"
	"$VITEST" run "$@" </dev/null
else
	loud "NOT RUN, for vitest cannot be installed (it needs yarn and the registry): the tests of the Desk's scripts."
fi
