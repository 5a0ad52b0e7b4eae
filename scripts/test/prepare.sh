# A fresh site with this app on it, for the suites that need a bench. Sourced, never run.
# shellcheck shell=bash disable=SC2034

for part in say bench/find bench/privileges bench/packages python bench/services bench/database bench/link \
	bench/apps bench/assets bench/site bench/serve test/snapshot; do
	# shellcheck source=/dev/null
	source "$SCRIPTS/$part.sh"
done

need_bench() {
	BENCH="$(find_bench)"
	[ -n "$BENCH" ] || stop "this suite needs a bench: set FRAPPE_BENCH to an existing Frappe 15 bench."
}

# fresh_site SITE: services, link, snapshot, restore, install; says how long each took.
fresh_site() {
	prepare_bench
	restore_and_install "$1"
}

prepare_bench() {
	local started=$SECONDS
	start_services
	find_database_admin
	link_app dev
	find_snapshot
	note "services, link and snapshot: $((SECONDS - started)) s"
}

# Of several sites side by side too.
restore_and_install() {
	local started=$SECONDS
	restore_snapshot "$1"
	note "$1 restored: $((SECONDS - started)) s"
	started=$SECONDS
	install_app "$1"
	note "app installed on $1: $((SECONDS - started)) s"
}
