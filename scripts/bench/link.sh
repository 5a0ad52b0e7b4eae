# Puts this checkout into the bench as the app healthcare_erp. Sourced, never run.
# shellcheck shell=bash disable=SC2034

link_folder() {
	local place="$BENCH/apps/$APP"
	[ "$(realpath -m "$place")" = "$CHECKOUT" ] && return 0
	if [ -d "$place" ] && [ ! -L "$place" ]; then
		stop "$place is another checkout of this app: move it away, or run this from there."
	fi
	note "linking $place"
	ln -sfn "$CHECKOUT" "$place"
}

list_app() {
	local file="$BENCH/sites/apps.txt"
	grep -qx "$APP" "$file" && return 0
	[ -z "$(tail -c 1 "$file")" ] || echo >>"$file"
	echo "$APP" >>"$file"
}

link_assets() {
	mkdir -p "$BENCH/sites/assets"
	ln -sfn "$BENCH/apps/$APP/$APP/public" "$BENCH/sites/assets/$APP"
}

# Where `import healthcare_erp` leads in the bench's Python.
imported_folder() {
	(cd / && "$BENCH/env/bin/python" -c "import os, $APP; print(os.path.realpath($APP.__path__[0]))" 2>/dev/null)
}

requirements_met() {
	(cd / && "$BENCH/env/bin/python" "$CHECKOUT/scripts/requirements_met.py" "$CHECKOUT/pyproject.toml" "$@")
}

# install_package [EXTRA]: an editable install, only where import or requirements do not fit;
# where only the folder has changed, without asking the network.
install_package() {
	local pip=("$BENCH/env/bin/python" -m pip install -q)
	if requirements_met "$@"; then
		[ "$(imported_folder)" = "$CHECKOUT/$APP" ] && return 0
		"${pip[@]}" --no-deps --no-build-isolation -e "$BENCH/apps/$APP" 2>/dev/null || true
	fi
	[ "$(imported_folder)" = "$CHECKOUT/$APP" ] && requirements_met "$@" && return 0
	note "installing the app into the bench's Python"
	"${pip[@]}" -e "$BENCH/apps/$APP${1:+[$1]}"
	[ "$(imported_folder)" = "$CHECKOUT/$APP" ] || stop "the bench's Python still imports another $APP."
}

# link_app [EXTRA]: all of it; changes nothing where it is already so.
link_app() {
	link_folder
	list_app
	install_package "$@"
	link_assets
}
