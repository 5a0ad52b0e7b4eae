#!/usr/bin/env bash
# make test-pure: the rules, the bundle tool and the contracts, with branch coverage of domain/; no bench needed.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
for part in say bench/find bench/privileges bench/packages bench/link python; do
	# shellcheck source=/dev/null
	source "$SCRIPTS/$part.sh"
done

cd "$CHECKOUT"
step "Pure tests"
find_python
"$PYTHON" -m pytest --cov --cov-report=term "$@" </dev/null
