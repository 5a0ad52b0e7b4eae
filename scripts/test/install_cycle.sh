#!/usr/bin/env bash
# Install, uninstall, install: the site is left as it was found. Then back up and restore on another site.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=/dev/null
source "$SCRIPTS/test/prepare.sh"

SITE=cycle.healthcare.localhost
TRIAL=trial.healthcare.localhost

need_bench
step "Install, uninstall, install on $SITE"
start_services
find_database_admin
link_app dev
find_snapshot
restore_snapshot "$SITE"
(cd "$BENCH/sites" && ../env/bin/python "$SCRIPTS/test/install_cycle.py" "$SITE")
step "Back up $SITE and restore it on $TRIAL"
export DATABASE_LOGIN DATABASE_PASSWORD
drop_site "$TRIAL"
write_site_config "$TRIAL" "$(test_database "$TRIAL")"
(cd "$BENCH/sites" && ../env/bin/python "$SCRIPTS/test/restore_cycle.py" "$SITE" "$TRIAL")
drop_site "$SITE"
drop_site "$TRIAL"
