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

# install_package [EXTRA]: an editable install, only where import or requirements do not fit.
install_package() {
	local python="$BENCH/env/bin/python"
	[ "$(imported_folder)" = "$CHECKOUT/$APP" ] &&
		(cd / && "$python" "$CHECKOUT/scripts/requirements_met.py" "$CHECKOUT/pyproject.toml" ${1:+"$1"}) && return 0
	note "installing the app into the bench's Python"
	# The second way needs no network, where only the folder has changed.
	"$python" -m pip install -q -e "$BENCH/apps/$APP${1:+[$1]}" ||
		"$python" -m pip install -q --no-deps --no-build-isolation -e "$BENCH/apps/$APP"
	[ "$(imported_folder)" = "$CHECKOUT/$APP" ] || stop "the bench's Python still imports another $APP."
}

# link_app [EXTRA]: all of it; changes nothing where it is already so.
link_app() {
	link_folder
	list_app
	install_package "${1:-}"
	link_assets
}
