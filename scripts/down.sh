#!/usr/bin/env bash
# make down: stops what make up started; MariaDB and Redis keep running, other sites may use them.
set -euo pipefail
SCRIPTS="$(dirname "${BASH_SOURCE[0]}")"
for part in say bench/find bench/services bench/serve; do
	# shellcheck source=/dev/null
	source "$SCRIPTS/$part.sh"
done

BENCH="$(find_bench)"
[ -n "$BENCH" ] || stop "no bench was found."
halt front web socketio worker schedule
step "Desk, worker, scheduler and realtime server are stopped."
