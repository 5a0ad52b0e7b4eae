# Makes a bench with the official `bench` tool from the official repositories. Sourced, never run.
# shellcheck shell=bash disable=SC2034

BRANCH=version-15
FRAPPE_URL=https://github.com/frappe/frappe
APP_URLS="erpnext=https://github.com/frappe/erpnext hrms=https://github.com/frappe/hrms healthcare=https://github.com/earthians/marley"
BENCH_TOOL="$HOME/.local/share/healthcare_erp/bench-tool"

sources_answer() {
	GIT_TERMINAL_PROMPT=0 timeout 60 git ls-remote --exit-code --heads "$FRAPPE_URL" "$BRANCH" >/dev/null 2>&1
}

# The tool lives in a virtual environment of its own, as Debian's Python asks for.
install_bench_tool() {
	PATH="$BENCH_TOOL/bin:$PATH"
	command -v bench >/dev/null && return 0
	note "installing the bench tool"
	"$(system_python)" -m venv "$BENCH_TOOL"
	"$BENCH_TOOL/bin/pip" install -q frappe-bench
}

# Frappe 15 wants Node 18 or later; Ubuntu 22.04 has an older one.
install_node() {
	if ! node --version 2>/dev/null | grep -qE '^v(1[89]|[2-9][0-9])\.'; then
		note "installing Node 20"
		"$BENCH_TOOL/bin/pip" install -q nodeenv
		"$BENCH_TOOL/bin/nodeenv" --quiet --python-virtualenv --node=20.19.0
	fi
	command -v yarn >/dev/null && return 0
	npm install --silent --global --prefix "$BENCH_TOOL" yarn
}

# As root the tool refuses, unless the folder that it starts in is configured for root.
start_folder() {
	local folder
	folder="$(mktemp -d)"
	mkdir "$folder/sites"
	printf '{"frappe_user": "%s"}' "$(id -un)" >"$folder/sites/common_site_config.json"
	echo "$folder"
}

init_bench() {
	local folder
	folder="$(start_folder)"
	(cd "$folder" && bench init --frappe-branch "$BRANCH" --frappe-path "$FRAPPE_URL" --python "$(system_python)" \
		--skip-assets "$BENCH" </dev/null) ||
		stop "bench init failed; see above, remove $BENCH and run this again."
	rm -r "$folder"
	touch "$BENCH/.healthcare_erp-incomplete"
}

get_apps() {
	local app
	for app in $APP_URLS; do
		[ -d "$BENCH/apps/${app%%=*}" ] && continue
		note "getting ${app#*=}"
		(cd "$BENCH" && bench get-app --branch "$BRANCH" --skip-assets "${app#*=}" </dev/null) ||
			stop "bench get-app ${app#*=} failed; see above, then run this again."
	done
	rm "$BENCH/.healthcare_erp-incomplete"
}

check_sources() {
	sources_answer || stop "no bench was found and the Frappe sources cannot be reached: set FRAPPE_BENCH to an existing Frappe 15 bench."
}

# Sets BENCH to the new bench, ~/frappe-bench; goes on where an earlier run was interrupted.
create_bench() {
	BENCH="$HOME/frappe-bench"
	step "Making a bench at $BENCH (this takes some 15 minutes)"
	check_sources
	install_bench_packages
	install_bench_tool
	install_node
	[ -f "$BENCH/.healthcare_erp-incomplete" ] || init_bench
	get_apps
}
