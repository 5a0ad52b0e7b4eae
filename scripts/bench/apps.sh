# The apps below this one. Sourced, never run.
# shellcheck shell=bash disable=SC2034

# In the order of their installation; payments only where the bench has it.
base_apps() {
	local name
	for name in erpnext hrms payments healthcare; do
		if [ -d "$BENCH/apps/$name" ]; then
			echo "$name"
		elif [ "$name" != payments ]; then
			stop "the bench at $BENCH has no $name: run 'bench get-app $name --branch version-15' there."
		fi
	done
}

# One line for each app: its name and its version, as precisely as it can be told.
base_app_versions() {
	local name
	for name in frappe $(base_apps); do
		printf '%s %s ' "$name" "$(grep -h '^__version__' "$BENCH/apps/$name/$name/__init__.py")"
		git -C "$BENCH/apps/$name" rev-parse HEAD 2>/dev/null || echo "no commit"
	done
}
