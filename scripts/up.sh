#!/usr/bin/env bash
# make up: bench, services, site, demo data and Desk. Running it again does only what is missing.
set -euo pipefail
SCRIPTS="$(dirname "${BASH_SOURCE[0]}")"
for part in say bench/find bench/privileges bench/packages python bench/services bench/database bench/link \
	bench/apps bench/assets bench/site bench/serve bench/create; do
	# shellcheck source=/dev/null
	source "$SCRIPTS/$part.sh"
done

SITE="${SITE:-healthcare.localhost}"
PROCESSES=(front web socketio worker schedule)

make_site() {
	local password
	site_exists "$SITE" && return 0
	step "Making the site $SITE (a few minutes)"
	find_database_admin
	if [ -n "${ADMIN_PASSWORD:-}" ]; then
		new_base_site "$SITE" "$ADMIN_PASSWORD"
	else
		password="$(new_password)"
		new_base_site "$SITE" "$password"
		keep_password "$SITE" "$password"
		note "Administrator's password: $password (shown this once, kept in $(password_file "$SITE"))"
	fi
}

install_or_migrate() {
	local version
	version="$(code_version)"
	if ! has_app "$SITE"; then
		step "Installing the app on $SITE"
		install_app "$SITE"
	elif ! done_before "$SITE" migrated "$version"; then
		step "Migrating $SITE to this version of the app"
		frappe_cli --site "$SITE" migrate
		halt "${PROCESSES[@]}"
	fi
	mark_done "$SITE" migrated "$version"
}

load_demo() {
	done_before "$SITE" demo small && return 0
	step "Loading the demo data"
	frappe_cli --site "$SITE" load-demo --scale small
	frappe_cli --site "$SITE" scheduler enable
	mark_done "$SITE" demo small
}

serve() {
	local port
	port="$(config_value webserver_port 8000)"
	launch_frappe worker worker
	launch_frappe schedule schedule
	serve_desk "" "$SITE" "$port"
	step "Desk is at http://$SITE:$port, for development and on this machine only"
	note "login: Administrator   password: $(password_place "$SITE")   (make down stops it)"
}

BENCH="$(find_bench)"
[ "${FRAPPE_BENCH:-}" != none ] || stop "make up needs a bench, and FRAPPE_BENCH is 'none'."
[ -n "$BENCH" ] && [ ! -f "$BENCH/.healthcare_erp-incomplete" ] || create_bench
step "Bench: $BENCH"
want_packages "$OPTIONAL_PACKAGES"
set_database_charset
start_services
link_app
make_site
install_or_migrate
load_demo
build_assets
serve
