# Finds the bench and speaks to it. Sourced, never run; needs say.sh.
# shellcheck shell=bash disable=SC2034

CHECKOUT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
APP=healthcare_erp
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

is_bench() {
	[ -d "$1/apps/frappe" ] && [ -d "$1/sites" ] && [ -x "$1/env/bin/python" ]
}

# Prints the bench's path, or nothing where there is none or FRAPPE_BENCH is "none".
find_bench() {
	if [ "${FRAPPE_BENCH:-}" = none ]; then
		return 0
	elif [ -n "${FRAPPE_BENCH:-}" ]; then
		is_bench "$FRAPPE_BENCH" || stop "FRAPPE_BENCH=$FRAPPE_BENCH is not a Frappe bench (no apps/frappe, sites and env in it)."
		(cd "$FRAPPE_BENCH" && pwd -P)
	elif is_bench "$CHECKOUT/../.."; then
		(cd "$CHECKOUT/../.." && pwd -P)
	elif is_bench "$HOME/frappe-bench"; then
		(cd "$HOME/frappe-bench" && pwd -P)
	fi
}

# Runs a command of the bench as the official `bench` tool does, without needing that tool.
frappe_cli() {
	(cd "$BENCH/sites" && ../env/bin/python -m frappe.utils.bench_helper frappe "$@" </dev/null)
}

# config_value KEY [DEFAULT]: a value of the bench's common_site_config.json.
config_value() {
	python3 - "$BENCH/sites/common_site_config.json" "$1" "${2:-}" <<-'PYTHON'
		import json, sys
		path, key, default = sys.argv[1:]
		print(json.load(open(path)).get(key) or default)
	PYTHON
}

# set_config_value KEY VALUE: writes it to the bench's common_site_config.json.
set_config_value() {
	frappe_cli set-config --global "$1" "$2" >/dev/null
}

# Where the scripts keep snapshots and stamps.
cache_folder() {
	mkdir -p "$BENCH/.healthcare_erp-cache"
	echo "$BENCH/.healthcare_erp-cache"
}
