# The database account that may make sites. Sourced, never run.
# shellcheck shell=bash disable=SC2034

# Sets DATABASE_LOGIN and DATABASE_PASSWORD: from the bench, from the environment, or a new account.
find_database_admin() {
	DATABASE_LOGIN="$(config_value root_login)"
	DATABASE_PASSWORD="$(config_value root_password)"
	[ -n "$DATABASE_LOGIN" ] && [ -n "$DATABASE_PASSWORD" ] && return 0
	DATABASE_LOGIN="${DB_ROOT_USER:-root}"
	DATABASE_PASSWORD="${DB_ROOT_PASSWORD:-}"
	[ -n "$DATABASE_PASSWORD" ] || create_database_admin
}

# Needs the unix socket as root; keeps the account in the bench's configuration under Frappe's own keys.
create_database_admin() {
	may_be_root || stop "no database account may make sites: set DB_ROOT_USER and DB_ROOT_PASSWORD."
	DATABASE_LOGIN=frappe_admin
	DATABASE_PASSWORD="$(python3 -c 'import secrets; print(secrets.token_urlsafe(24))')"
	as_root mariadb <<-SQL || stop "MariaDB refuses root on its socket: set DB_ROOT_USER and DB_ROOT_PASSWORD."
		CREATE OR REPLACE USER '$DATABASE_LOGIN'@'localhost' IDENTIFIED BY '$DATABASE_PASSWORD';
		GRANT ALL PRIVILEGES ON *.* TO '$DATABASE_LOGIN'@'localhost' WITH GRANT OPTION;
	SQL
	set_config_value root_login "$DATABASE_LOGIN"
	set_config_value root_password "$DATABASE_PASSWORD"
}

# as_database_admin PROGRAM ARGUMENTS…: the password goes by a pipe, so that no process list shows it.
as_database_admin() {
	local program="$1"
	shift
	# shellcheck disable=SC2046
	"$program" --defaults-extra-file=<(printf '[client]\nuser=%s\npassword="%s"\n' \
		"$DATABASE_LOGIN" "$DATABASE_PASSWORD") $(database_arguments) "$@"
}
