# Installs the system packages that a bench needs, where the caller may. Sourced, never run.
# shellcheck shell=bash disable=SC2034

# command:package, Debian's and Ubuntu's names.
CLIENT_PACKAGES="mariadb:mariadb-client redis-server:redis-server redis-cli:redis-tools curl:curl"
SERVER_PACKAGES="mariadbd:mariadb-server"
BENCH_PACKAGES="git:git curl:curl gcc:build-essential pkg-config:pkg-config cron:cron node:nodejs npm:npm"
OPTIONAL_PACKAGES="wkhtmltopdf:wkhtmltopdf chromium:chromium"

# missing_packages "command:package …": the packages whose command is not there.
missing_packages() {
	local pair
	for pair in $1; do
		command -v "${pair%%:*}" >/dev/null || echo "${pair##*:}"
	done
}

apt_install() {
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null
}

# need_packages "command:package …": installs the missing ones or stops and names them.
need_packages() {
	local missing
	missing="$(missing_packages "$1" | sort -u | tr '\n' ' ')"
	[ -n "$missing" ] || return 0
	command -v apt-get >/dev/null && may_be_root ||
		stop "these packages are missing and may not be installed by this user: $missing"
	note "installing $missing"
	as_root apt-get update -q >/dev/null || note "the package lists could not be refreshed"
	# shellcheck disable=SC2086
	apt_install $missing || stop "apt-get could not install: $missing"
}

# want_packages "command:package …": installs the missing ones where it can, and says what stays missing.
want_packages() {
	local package
	for package in $(missing_packages "$1"); do
		if command -v apt-get >/dev/null && may_be_root && apt_install "$package" 2>/dev/null; then
			note "installed $package"
		else
			note "not installed: $package (PDF files need wkhtmltopdf, browser tests Chromium)"
		fi
	done
}

install_bench_packages() {
	need_packages "$CLIENT_PACKAGES $SERVER_PACKAGES $BENCH_PACKAGES"
	want_packages "$OPTIONAL_PACKAGES"
	python3 -c "import ensurepip" 2>/dev/null || need_packages "none:python3-venv none:python3-dev"
}
