# Starts MariaDB and Redis where they do not answer. Sourced, never run.
# shellcheck shell=bash disable=SC2034

database_arguments() {
	local socket
	socket="$(config_value db_socket)"
	if [ -n "$socket" ]; then
		echo "--socket=$socket"
	else
		echo "--host=$(config_value db_host localhost) --port=$(config_value db_port 3306)"
	fi
}

database_is_local() {
	case "$(config_value db_host localhost)" in localhost | 127.0.0.1 | ::1) true ;; *) false ;; esac
}

# True also when it refuses the password: it answers.
database_answers() {
	# shellcheck disable=SC2046
	mariadb-admin $(database_arguments) --user=nobody --connect-timeout=3 ping >/dev/null 2>&1
}

# wait_for SECONDS COMMAND…: until the command succeeds.
wait_for() {
	local tries=$(($1 * 5))
	shift
	until "$@"; do
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] || return 1
		sleep 0.2
	done
}

launch_database() {
	if runs_systemd; then
		as_root systemctl start mariadb
	else
		as_root install -d -o mysql -g mysql /run/mysqld
		as_root setsid --fork "$(command -v mariadbd-safe || command -v mysqld_safe)" --user=mysql \
			</dev/null >/dev/null 2>&1
	fi
}

start_database() {
	database_answers && return 0
	database_is_local || stop "MariaDB at $(config_value db_host) does not answer; start it there."
	may_be_root || stop "MariaDB does not answer and this user may not start it: run 'sudo systemctl start mariadb'."
	need_packages "$SERVER_PACKAGES"
	note "starting MariaDB"
	launch_database
	wait_for 120 database_answers || stop "MariaDB did not start; see its error log under /var/log/mysql or journalctl."
}

redis_answers() {
	redis-cli -u "$1" ping 2>/dev/null | grep -q PONG
}

# start_redis cache|queue: with the bench's own configuration file and port, for this machine only.
start_redis() {
	local url configuration="$BENCH/config/redis_$1.conf"
	url="$(config_value "redis_$1")"
	redis_answers "$url" && return 0
	[ -f "$configuration" ] || stop "Redis at $url does not answer and $configuration is not there: run 'bench setup redis'."
	note "starting Redis ($1)"
	mkdir -p "$BENCH/config/pids"
	redis-server "$configuration" --bind 127.0.0.1 --daemonize yes --logfile "$BENCH/logs/redis_$1.log" >/dev/null
	wait_for 30 redis_answers "$url" || stop "Redis ($1) did not start; see $BENCH/logs/redis_$1.log."
}

start_services() {
	need_packages "$CLIENT_PACKAGES"
	start_database
	start_redis cache
	start_redis queue
}

# The character set that Frappe asks for; written only where no file of the server's says so already.
set_database_charset() {
	local folder=/etc/mysql/mariadb.conf.d
	[ -d "$folder" ] && database_is_local && may_be_root || return 0
	grep -rqs 'utf8mb4_unicode_ci' "$folder" /etc/mysql/conf.d && return 0
	printf '[mysqld]\ncharacter-set-client-handshake = FALSE\ncharacter-set-server = utf8mb4\ncollation-server = utf8mb4_unicode_ci\n' |
		as_root tee "$folder/90-frappe-utf8mb4.cnf" >/dev/null
	if database_answers; then
		as_root mariadb -e "SET GLOBAL character_set_server = 'utf8mb4', GLOBAL collation_server = 'utf8mb4_unicode_ci'" || true
	fi
}
