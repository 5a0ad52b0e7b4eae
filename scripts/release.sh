#!/usr/bin/env bash
# make release VERSION=x.y.z: sets the version, gives the changelog's Unreleased section its number, commits and tags.
# It pushes nothing, and changes nothing where it refuses.
set -euo pipefail
SCRIPTS="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
for part in say bench/find; do
	# shellcheck source=/dev/null
	source "$SCRIPTS/$part.sh"
done

VERSION="${1:-}"
SOURCE="$APP/__init__.py"

current_version() {
	sed -nE 's/^__version__ = "(.+)"$/\1/p' "$SOURCE"
}

# unreleased: the lines of the section, without empty ones.
unreleased() {
	awk '/^## \[/ { inside = ($0 == "## [Unreleased]"); next } inside && NF' CHANGELOG.md
}

check_version() {
	[[ "$VERSION" =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || stop "say which one: make release VERSION=x.y.z."
	[ "$(printf '%s\n' "$(current_version)" "$VERSION" | sort -V | tail -n 1)" = "$VERSION" ] ||
		stop "$VERSION comes before $(current_version)."
	! git rev-parse --quiet --verify "refs/tags/v$VERSION" >/dev/null || stop "the tag v$VERSION exists."
}

check_changelog() {
	! grep -qF "## [$VERSION]" CHANGELOG.md || stop "CHANGELOG.md has a section for $VERSION already."
	[ -n "$(unreleased)" ] || stop "CHANGELOG.md says nothing under [Unreleased]."
}

check_tree() {
	[ -z "$(git status --porcelain)" ] || stop "the work tree is not clean: commit or stash first."
	bash "$SCRIPTS/test/lint.sh" || stop "make lint fails."
}

write_version() {
	sed -i -E "s/^__version__ = .*/__version__ = \"$VERSION\"/" "$SOURCE"
	sed -i "s/^## \[Unreleased\]\$/&\n\n## [$VERSION] - $(date -u +%F)/" CHANGELOG.md
}

cd "$CHECKOUT"
check_version
check_changelog
check_tree
write_version
git commit --quiet --message "chore(release): $VERSION" -- "$SOURCE" CHANGELOG.md
git tag --annotate "v$VERSION" --message "$APP $VERSION"
step "$VERSION is committed and tagged as v$VERSION; nothing was pushed (git push --follow-tags)."
