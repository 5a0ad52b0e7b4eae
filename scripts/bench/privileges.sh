# What the caller may do to the machine. Sourced, never run; needs say.sh.
# shellcheck shell=bash disable=SC2034

may_be_root() {
	[ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }
}

# Runs a command as root; only after may_be_root.
as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo -n "$@"
	fi
}

runs_systemd() {
	[ -d /run/systemd/system ]
}
