# Background processes of the bench: each with a pid file and a log. Sourced, never run.
# shellcheck shell=bash disable=SC2034

pid_file() {
	echo "$BENCH/config/pids/healthcare_erp-$1.pid"
}

# Also asks what the process is: after a reboot its number may belong to another program.
process_lives() {
	local pid
	pid="$(cat "$(pid_file "$1")" 2>/dev/null)" && [ -n "$pid" ] &&
		grep -qzE 'frappe.utils.bench_helper|socketio.js' "/proc/$pid/cmdline" 2>/dev/null
}

# launch NAME PROGRAM ARGUMENTS…: in the bench's sites folder, in a process group of its own.
launch() {
	local name="$1"
	shift
	process_lives "$name" && return 0
	mkdir -p "$BENCH/config/pids" "$BENCH/logs"
	rm -f "$(pid_file "$name")"
	(
		cd "$BENCH/sites" || exit 1
		setsid --fork bash -c 'echo $$ >"$0"; exec "$@"' "$(pid_file "$name")" "$@" \
			</dev/null >>"$BENCH/logs/healthcare_erp-$name.log" 2>&1
	)
	wait_for 5 test -s "$(pid_file "$name")"
}

# halt NAME…: the processes and their children, and waits until they have ended.
halt() {
	local name
	for name in "$@"; do
		if process_lives "$name"; then
			kill -TERM -- "-$(cat "$(pid_file "$name")")" 2>/dev/null || true
			wait_for 15 process_gone "$name" || kill -KILL -- "-$(cat "$(pid_file "$name")")" 2>/dev/null || true
		fi
		rm -f "$(pid_file "$name")"
	done
}

process_gone() {
	! process_lives "$1"
}

launch_frappe() {
	local name="$1"
	shift
	launch "$name" ../env/bin/python -m frappe.utils.bench_helper frappe "$@"
}

# site_answers SITE PORT
site_answers() {
	curl --silent --fail --max-time 20 --noproxy '*' --header "Host: $1" "http://127.0.0.1:$2/api/method/ping" | grep -q pong
}

port_is_taken() {
	(exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

free_port() {
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
