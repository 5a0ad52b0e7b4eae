#!/usr/bin/env bash
# make mutation: mutmut over domain/, some hours on two cores; begun again, it goes on where it stopped. Writes docs/mutation.md.
# PART="healthcare_erp.domain.values.*" takes a part.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
for part in say bench/find bench/privileges bench/packages bench/link python; do
	# shellcheck source=/dev/null
	source "$SCRIPTS/$part.sh"
done

cd "$CHECKOUT"
find_python
"$PYTHON" -c "import mutmut" 2>/dev/null || "$PYTHON" -m pip install --quiet "mutmut>=3.8" || stop "mutmut could not be installed."
step "Mutants of domain/"
"$PYTHON" -m mutmut run ${PART:+"$PART"} </dev/null
"$PYTHON" -m mutmut results --all true | "$PYTHON" "$SCRIPTS/test/mutation_report.py" >docs/mutation.md
step "Written: docs/mutation.md"
