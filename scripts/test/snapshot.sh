# A site with every app below this one, dumped once and restored in seconds. Sourced, never run.
# shellcheck shell=bash disable=SC2034

# Changes with each app's version or commit, and so makes a new snapshot.
snapshot_key() {
	base_app_versions | sha256sum | cut -c1-16
}

# Sets SNAPSHOT to a folder with database.sql and site_config.json; makes it on the first run.
find_snapshot() {
	SNAPSHOT="$(cache_folder)/snapshot-$(snapshot_key)"
	[ -f "$SNAPSHOT/site_config.json" ] && return 0
	step "Making the snapshot of a site without this app (once for these versions, 2 to 5 minutes)"
	make_snapshot snapshot.healthcare.localhost
}

make_snapshot() {
	drop_site "$1"
	new_base_site "$1" "$(new_password)"
	rm -rf "$(cache_folder)"/snapshot-*
	mkdir -p "$SNAPSHOT"
	as_database_admin mariadb-dump --single-transaction --quick --routines --triggers --events \
		"$(site_database "$1")" >"$SNAPSHOT/database.sql"
	cp "$BENCH/sites/$1/site_config.json" "$SNAPSHOT/site_config.json"
	drop_site "$1"
}

site_database() {
	python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["db_name"])' "$BENCH/sites/$1/site_config.json"
}

# The database of a test site: benches that share a server keep apart.
test_database() {
	echo "_test_$(echo "$BENCH/$1" | sha1sum | cut -c1-12)"
}

# drop_site SITE: database, account and folder, without a backup.
drop_site() {
	local database
	[ -d "$BENCH/sites/$1" ] || return 0
	if site_exists "$1"; then
		database="$(site_database "$1")"
		as_database_admin mariadb -e "DROP DATABASE IF EXISTS \`$database\`; DROP USER IF EXISTS '$database'@'localhost', '$database'@'%'"
		forget_cache "$database"
	fi
	rm -rf "${BENCH:?}/sites/$1"
}

# A site restored under the same name must not read what the one before it left in Redis.
forget_cache() {
	local url
	url="$(config_value redis_cache)"
	redis-cli -u "$url" --scan --pattern "$1|*" | xargs -r -d '\n' -n 500 redis-cli -u "$url" unlink >/dev/null
}

# write_site_config SITE DATABASE: the snapshot's configuration with a database and password of its own.
write_site_config() {
	mkdir -p "$BENCH/sites/$1"/{locks,logs,public/files,private/files,private/backups}
	python3 - "$SNAPSHOT/site_config.json" "$BENCH/sites/$1/site_config.json" "$2" "$(cat /proc/sys/kernel/random/uuid)" <<-'PYTHON'
		import json, sys
		source, target, database, password = sys.argv[1:]
		config = json.load(open(source)) | {"db_name": database, "db_password": password, "allow_tests": True}
		json.dump(config, open(target, "w"), indent=1)
	PYTHON
}

# restore_snapshot SITE: a fresh site from the snapshot.
restore_snapshot() {
	local database
	database="$(test_database "$1")"
	drop_site "$1"
	write_site_config "$1" "$database"
	create_database "$1" "$database"
	as_database_admin mariadb "$database" <"$SNAPSHOT/database.sql"
}

create_database() {
	local password host
	password="$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["db_password"])' "$BENCH/sites/$1/site_config.json")"
	as_database_admin mariadb -e "DROP DATABASE IF EXISTS \`$2\`" # of a site whose folder is gone
	for host in localhost %; do
		as_database_admin mariadb <<-SQL
			CREATE DATABASE IF NOT EXISTS \`$2\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
			CREATE OR REPLACE USER '$2'@'$host' IDENTIFIED BY '$password';
			GRANT ALL PRIVILEGES ON \`$2\`.* TO '$2'@'$host';
		SQL
	done
}
