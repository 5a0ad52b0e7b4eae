# Makes a bench with the official `bench` tool from the official repositories. Sourced, never run.
# shellcheck shell=bash disable=SC2034

BRANCH=version-15
FRAPPE_URL=https://github.com/frappe/frappe
APP_URLS="https://github.com/frappe/erpnext https://github.com/frappe/hrms https://github.com/earthians/marley"
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

get_apps() {
	local url
	for url in $APP_URLS; do
		note "getting $url"
		(cd "$BENCH" && bench get-app --branch "$BRANCH" --skip-assets "$url" </dev/null)
	done
}

# Sets BENCH to the new bench, ~/frappe-bench.
create_bench() {
	step "Making a bench at $HOME/frappe-bench (this takes some 15 minutes)"
	sources_answer || stop "no bench was found and the Frappe sources cannot be reached: set FRAPPE_BENCH to an existing Frappe 15 bench."
	install_bench_packages
	install_bench_tool
	install_node
	(cd "$HOME" && bench init --frappe-branch "$BRANCH" --frappe-path "$FRAPPE_URL" --python "$(system_python)" \
		--skip-assets frappe-bench </dev/null)
	BENCH="$HOME/frappe-bench"
	get_apps
}
