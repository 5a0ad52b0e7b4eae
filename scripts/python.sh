# The Python that runs lint, pure tests and the command line. Sourced, never run; needs say.sh, bench/*.sh.
# shellcheck shell=bash disable=SC2034

# Prints the first interpreter of version 3.10 or later.
system_python() {
	local candidate
	for candidate in python3 python3.13 python3.12 python3.11 python3.10; do
		if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
			command -v "$candidate"
			return 0
		fi
	done
	stop "Python 3.10 or later is needed."
}

# Makes .venv in the checkout where it is not there, and prints its interpreter.
checkout_python() {
	local python
	if [ ! -x "$CHECKOUT/.venv/bin/pip" ]; then
		python="$(system_python)" || exit 1
		if ! "$python" -c 'import ensurepip' 2>/dev/null; then
			need_packages "none:python3-venv" >&2
		fi
		"$python" -m venv "$CHECKOUT/.venv"
	fi
	echo "$CHECKOUT/.venv/bin/python"
}

install_into_checkout() {
	(cd / && "$PYTHON" "$CHECKOUT/scripts/requirements_met.py" "$CHECKOUT/pyproject.toml" dev) && return 0
	note "installing the development tools into .venv"
	"$PYTHON" -m pip install -q -e "${CHECKOUT}[dev]"
}

# Sets PYTHON, with the development tools: the bench's, or without a bench the checkout's own.
find_python() {
	BENCH="$(find_bench)"
	if [ -n "$BENCH" ]; then
		PYTHON="$BENCH/env/bin/python"
		link_app dev
	else
		PYTHON="$(checkout_python)"
		install_into_checkout
	fi
}
