# Background processes of the bench: each with a pid file and a log. Sourced, never run.
# shellcheck shell=bash disable=SC2034

pid_file() {
	echo "$BENCH/config/pids/healthcare_erp-$1.pid"
}

pid_of() {
	head -n 1 "$(pid_file "$1")" 2>/dev/null
}

# Also asks what the process is: after a reboot its number may belong to another program.
process_lives() {
	local pid
	pid="$(pid_of "$1")" && [ -n "$pid" ] &&
		grep -qzE 'frappe.utils.bench_helper|gunicorn|socketio.js|front.js' "/proc/$pid/cmdline" 2>/dev/null
}

# True where the process was launched with these words, and so for this site and this port.
runs_as() {
	local name="$1"
	shift
	process_lives "$name" && [ "$(tail -n +2 "$(pid_file "$name")")" = "$*" ]
}

# launch NAME PROGRAM ARGUMENTS…: in the bench's sites folder, in a process group of its own.
launch() {
	local name="$1"
	shift
	runs_as "$name" "$@" && return 0
	halt "$name"
	mkdir -p "$BENCH/config/pids" "$BENCH/logs"
	(
		cd "$BENCH/sites" || exit 1
		setsid --fork bash -c 'printf "%s\n" $$ "$*" >"$0"; exec "$@"' "$(pid_file "$name")" "$@" \
			</dev/null >>"$BENCH/logs/healthcare_erp-$name.log" 2>&1
	)
	wait_for 5 test -s "$(pid_file "$name")"
}

# halt NAME…: the processes and their children, and waits until they have ended.
halt() {
	local name
	for name in "$@"; do
		if process_lives "$name"; then
			kill -TERM -- "-$(pid_of "$name")" 2>/dev/null || true
			wait_for 15 process_gone "$name" || kill -KILL -- "-$(pid_of "$name")" 2>/dev/null || true
		fi
		rm -f "$(pid_file "$name")" "$BENCH/config/pids/healthcare_erp-$name.sock"
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

# serve_desk PREFIX SITE PORT: Desk and its realtime server on 127.0.0.1:PORT only, as in production: without Werkzeug's
# debugger, and from one address, where Desk looks for the realtime server. DEV_SERVER would send it elsewhere.
serve_desk() {
	local site="$2" port="$3" web="$1web" socketio="$1socketio" front="$1front" sockets=../config/pids/healthcare_erp
	process_lives "$front" || process_lives "$web" || ! port_is_taken "$port" ||
		stop "port $port is taken by another program: stop it, or run 'bench set-config -gp webserver_port 8001'."
	launch "$web" env -u DEV_SERVER HEALTHCARE_ERP_SITE="$site" ../env/bin/python -m gunicorn --preload \
		--bind "unix:$sockets-$web.sock" --workers 2 --threads 4 --timeout 120 \
		--pythonpath "$CHECKOUT/scripts/bench" desk_wsgi:application
	launch "$socketio" env FRAPPE_BENCH_ROOT="$BENCH" FRAPPE_SOCKETIO_UDS="$sockets-$socketio.sock" \
		node ../apps/frappe/socketio.js
	launch "$front" node "$CHECKOUT/scripts/bench/front.js" "$port" "$site" "$sockets-$web.sock" "$sockets-$socketio.sock"
	wait_for 60 site_answers "$site" "$port" ||
		stop "Desk does not answer on port $port; see $BENCH/logs/healthcare_erp-$web.log."
	wait_for 30 realtime_answers "$port" ||
		stop "the realtime server does not answer; see $BENCH/logs/healthcare_erp-$socketio.log."
}

# site_answers SITE PORT
site_answers() {
	curl --silent --fail --max-time 20 --noproxy '*' --header "Host: $1" "http://127.0.0.1:$2/api/method/ping" | grep -q pong
}

# realtime_answers PORT
realtime_answers() {
	curl --silent --fail --max-time 20 --noproxy '*' "http://127.0.0.1:$1/socket.io/?EIO=4&transport=polling" | grep -q '"sid"'
}

port_is_taken() {
	(exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

free_port() {
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
