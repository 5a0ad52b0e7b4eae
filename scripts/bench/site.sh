# Makes sites and fills them. Sourced, never run.
# shellcheck shell=bash disable=SC2034

site_exists() {
	[ -f "$BENCH/sites/$1/site_config.json" ]
}

has_app() {
	frappe_cli --site "$1" list-apps 2>/dev/null | grep "^$APP\b" >/dev/null
}

new_password() {
	python3 -c 'import secrets; print(secrets.token_hex(12))'
}

password_file() {
	echo "$BENCH/sites/$1/administrator-password"
}

# keep_password SITE PASSWORD: beside the site, readable by its owner only.
keep_password() {
	(umask 077 && echo "$2" >"$(password_file "$1")")
}

# Says where the password is, not what it is.
password_place() {
	if [ -f "$(password_file "$1")" ]; then
		echo "in $(password_file "$1"), unless it was changed since"
	else
		echo "as the site was made with; 'bench --site $1 set-admin-password' gives another"
	fi
}

# new_base_site SITE PASSWORD: a site with every app below this one, and Administrator's password.
new_base_site() {
	local name names arguments=()
	names="$(base_apps)"
	for name in $names; do
		arguments+=(--install-app "$name")
	done
	frappe_cli new-site "$1" --db-root-username "$DATABASE_LOGIN" --db-root-password "$DATABASE_PASSWORD" \
		--admin-password "$2" "${arguments[@]}" >"$BENCH/logs/healthcare_erp-new-site.log" 2>&1 ||
		stop "the site $1 could not be made; see $BENCH/logs/healthcare_erp-new-site.log."
}

# install_app SITE: the app, and a company where the site has none.
install_app() {
	local log="$BENCH/logs/healthcare_erp-install-$1.log"
	{
		frappe_cli --site "$1" install-app "$APP" &&
			frappe_cli --site "$1" execute healthcare_erp.setup.company.ensure
	} >"$log" 2>&1 || stop "the app could not be installed on $1; see $log."
}

# done_before SITE STEP VALUE: whether the site's stamp for the step holds the value.
done_before() {
	[ "$(cat "$BENCH/sites/$1/private/.healthcare_erp-$2" 2>/dev/null)" = "$3" ]
}

mark_done() {
	echo "$3" >"$BENCH/sites/$1/private/.healthcare_erp-$2"
}

# The version of the app's code that a site was last migrated to.
code_version() {
	git -C "$CHECKOUT" rev-parse "HEAD:$APP" 2>/dev/null || echo unversioned
}
