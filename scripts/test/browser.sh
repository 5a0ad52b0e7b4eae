#!/usr/bin/env bash
# make test-browser: the browser suite against a site that this script serves, with a worker.
# The tests find HEALTHCARE_ERP_URL, HEALTHCARE_ERP_SITE, HEALTHCARE_ERP_PASSWORD and CHROMIUM in the environment.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=/dev/null
source "$SCRIPTS/test/prepare.sh"

SITE=browser.healthcare.localhost

# The machine's Chromium or Chrome; where there is none, the one that Playwright brings.
find_chromium() {
	local name
	[ -n "${CHROMIUM:-}" ] || want_packages "chromium:chromium" >&2
	for name in "${CHROMIUM:-}" chromium google-chrome; do
		[ -n "$name" ] && command -v "$name" && return 0
	done
	"$BENCH/env/bin/python" -m playwright install chromium >&2 ||
		stop "the browser tests need Chromium: install the package chromium or set CHROMIUM."
	"$BENCH/env/bin/python" -c "from playwright.sync_api import sync_playwright as start
with start() as playwright: print(playwright.chromium.executable_path)"
}

serve_site() {
	local port
	port="$(free_port)"
	HEALTHCARE_ERP_PASSWORD="$(new_password)"
	frappe_cli --site "$SITE" set-admin-password "$HEALTHCARE_ERP_PASSWORD"
	trap 'halt test-front test-web test-socketio test-worker' EXIT
	launch_frappe test-worker worker
	serve_desk test- "$SITE" "$port"
	export HEALTHCARE_ERP_URL="http://$SITE:$port" HEALTHCARE_ERP_SITE="$SITE" HEALTHCARE_ERP_PASSWORD
}

need_bench
step "Browser tests on $SITE ($BENCH)"
fresh_site "$SITE"
CHROMIUM="$(find_chromium)"
export CHROMIUM
build_assets
(cd "$BENCH/sites" && ../env/bin/python "$SCRIPTS/test/forget_jobs.py" {test,test1,test2,browser}.healthcare.localhost)
serve_site
cd "$CHECKOUT"
"$BENCH/env/bin/python" -m pytest "$APP/tests/browser" "$@" </dev/null
