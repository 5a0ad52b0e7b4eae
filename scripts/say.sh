# One way of speaking for every script. Sourced, never run.
# shellcheck shell=bash disable=SC2034

# A step begins.
step() {
	printf '\n==> %s\n' "$*"
}

# A detail of the step.
note() {
	printf '    %s\n' "$*"
}

# Something that nobody may overlook, on one line.
loud() {
	printf '\n!!! %s\n\n' "$*"
}

# One sentence, then the end.
stop() {
	printf '\nStopped: %s\n' "$*" >&2
	exit 1
}
