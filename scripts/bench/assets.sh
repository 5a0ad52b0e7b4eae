# Builds Desk's JavaScript and CSS where they are not built yet. Sourced, never run.
# shellcheck shell=bash disable=SC2034

# build_app APP [required]: some apps carry a front end of their own whose packages may not be there.
build_app() {
	note "building the assets of $1"
	if ! frappe_cli build --app "$1" >"$BENCH/logs/healthcare_erp-build.log" 2>&1; then
		[ -z "${2:-}" ] || stop "the assets of $1 could not be built; see $BENCH/logs/healthcare_erp-build.log."
		note "the assets of $1 could not be built completely; see $BENCH/logs/healthcare_erp-build.log"
	fi
}

has_assets() {
	compgen -G "$BENCH/sites/assets/$1/dist/js/*" >/dev/null
}

build_other_apps() {
	has_assets frappe && has_assets erpnext && return 0
	build_app frappe required
	build_app erpnext required
	build_app hrms
	build_app healthcare
}

# install_node_packages [OPTION…]: those that the lock file names; `--production` leaves out the tests'.
install_node_packages() {
	note "installing the JavaScript packages"
	(cd "$CHECKOUT" && yarn install --silent --frozen-lockfile "$@" </dev/null)
}

has_node_packages() {
	local installed="$CHECKOUT/node_modules/.yarn-integrity"
	[ "$installed" -nt "$CHECKOUT/package.json" ] && [ "$installed" -nt "$CHECKOUT/yarn.lock" ]
}

# A digest of what the bundle is made from, and of where.
assets_digest() {
	(
		cd "$CHECKOUT" || exit 1
		echo "$CHECKOUT"
		cat package.json yarn.lock
		find "$APP/public" -type f -not -path '*/dist/*' -print0 | sort -z | xargs -0 -r sha256sum
	) | sha256sum | cut -d' ' -f1
}

build_assets() {
	local stamp digest
	build_other_apps
	stamp="$(cache_folder)/assets"
	digest="$(assets_digest)"
	# a checkout that was made anew in the same place has none, whatever the stamp says
	has_assets "$APP" && [ "$(cat "$stamp" 2>/dev/null)" = "$digest" ] && return 0
	has_node_packages || install_node_packages --production
	build_app "$APP" required
	echo "$digest" >"$stamp"
}
