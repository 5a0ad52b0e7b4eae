# Several commands at once. Sourced, never run.
# shellcheck shell=bash disable=SC2034

# side_by_side COMMAND…: each a line of shell; what one says is shown when it has ended. Fails where one did.
side_by_side() {
	local folder number failed=0 processes=()
	folder="$(mktemp -d)"
	for number in $(seq $#); do
		(set -e; eval "${!number}") >"$folder/$number" 2>&1 </dev/null &
		processes+=($!)
	done
	for number in $(seq $#); do
		wait "${processes[$((number - 1))]}" || { failed=1; echo "FAILED: ${!number}" >>"$folder/$number"; }
		cat "$folder/$number"
	done
	rm -rf "$folder"
	return "$failed"
}
