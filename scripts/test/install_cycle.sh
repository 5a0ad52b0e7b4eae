#!/usr/bin/env bash
# Install, uninstall, install: the site is left as it was found.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=/dev/null
source "$SCRIPTS/test/prepare.sh"

SITE=cycle.healthcare.localhost

need_bench
step "Install, uninstall, install on $SITE"
start_services
find_database_admin
link_app dev
find_snapshot
restore_snapshot "$SITE"
(cd "$BENCH/sites" && ../env/bin/python "$SCRIPTS/test/install_cycle.py" "$SITE")
drop_site "$SITE"
