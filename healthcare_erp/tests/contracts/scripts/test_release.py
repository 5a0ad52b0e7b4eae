"""`make release`, tried in a repository of its own; and the version that the changelog knows."""

import os
import re
import shutil
import subprocess

import pytest

import healthcare_erp
from healthcare_erp.tests.contracts import app_source as app

ROOT = app.PACKAGE.parent
NAMED = ("say.sh", "bench/find.sh", "release.sh")
NOTES = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Something.\n"


class Repository:
	"""A repository with the release script, a version, a changelog, and a lint that passes until it is told not to."""

	def __init__(self, folder):
		self.folder = folder
		self.write("healthcare_erp/__init__.py", '"""An app."""\n\n__version__ = "0.1.0"\n')
		self.write("CHANGELOG.md", NOTES)
		self.write("scripts/test/lint.sh", "exit 0\n")
		for name in NAMED:
			self.write(f"scripts/{name}", (ROOT / "scripts" / name).read_text())
		self.git("init", "--quiet")
		self.commit()

	def write(self, name: str, text: str) -> None:
		path = self.folder / name
		path.parent.mkdir(parents=True, exist_ok=True)
		path.write_text(text)

	def read(self, name: str) -> str:
		return (self.folder / name).read_text()

	def git(self, *words: str) -> str:
		who = ("-c", "user.name=Release", "-c", "user.email=release@example.com")
		command = ["git", *who, *words]
		return subprocess.run(
			command, cwd=self.folder, check=True, stdout=subprocess.PIPE, text=True
		).stdout.strip()

	def commit(self) -> None:
		self.git("add", "--all")
		self.git("commit", "--quiet", "--message", "chore: as it is")

	def release(self, version: str) -> tuple[int, str]:
		"""Exit code, and what was said of a refusal."""
		who = {
			f"GIT_{role}_{part}": "release" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")
		}
		done = subprocess.run(
			["bash", "scripts/release.sh", version],
			cwd=self.folder,
			env=os.environ | who,
			capture_output=True,
			text=True,
			check=False,
		)
		return done.returncode, done.stderr


@pytest.fixture
def repository(tmp_path) -> Repository:
	assert shutil.which("git")
	return Repository(tmp_path)


def test_release_sets_version_and_changelog_and_tags(repository):
	assert repository.release("0.2.0") == (0, "")
	assert '__version__ = "0.2.0"\n' in repository.read("healthcare_erp/__init__.py")
	notes = re.compile(
		r"# Changelog\n\n## \[Unreleased\]\n\n## \[0\.2\.0\] - \d{4}-\d\d-\d\d\n\n### Added\n\n- Something\.\n"
	)
	assert notes.fullmatch(repository.read("CHANGELOG.md"))
	assert repository.git("cat-file", "-t", "v0.2.0") == "tag"
	assert repository.git("rev-parse", "v0.2.0^{commit}") == repository.git("rev-parse", "HEAD")
	assert repository.git("log", "-1", "--format=%s") == "chore(release): 0.2.0"
	assert repository.git("status", "--porcelain") == ""


def test_the_version_that_stands_can_be_released_first(repository):
	assert repository.release("0.1.0") == (0, "")
	assert "## [0.1.0]" in repository.read("CHANGELOG.md")


@pytest.mark.parametrize("version", ["", "1.0", "v1.0.0", "1.0.0-rc1", "1.0.0;x"])
def test_a_version_that_is_none_is_refused(repository, version):
	assert_refused(repository, version, "VERSION=x.y.z")


def test_an_earlier_version_is_refused(repository):
	assert_refused(repository, "0.0.9", "comes before 0.1.0")


def test_work_that_is_not_committed_is_refused(repository):
	repository.write("new.txt", "new")
	assert_refused(repository, "0.2.0", "not clean")


def test_a_lint_that_fails_is_refused(repository):
	repository.write("scripts/test/lint.sh", "exit 1\n")
	repository.commit()
	assert_refused(repository, "0.2.0", "make lint fails")


def test_a_changelog_without_news_is_refused(repository):
	repository.write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n\n- Old.\n")
	repository.commit()
	assert_refused(repository, "0.2.0", "nothing under [Unreleased]")


def test_a_version_that_the_changelog_knows_is_refused(repository):
	repository.write("CHANGELOG.md", NOTES + "\n## [0.2.0] - 2026-01-01\n\n- Old.\n")
	repository.commit()
	assert_refused(repository, "0.2.0", "a section for 0.2.0")


def test_a_tag_that_exists_is_refused(repository):
	repository.git("tag", "v0.2.0")
	assert_refused(repository, "0.2.0", "the tag v0.2.0 exists")


def assert_refused(repository: Repository, version: str, reason: str) -> None:
	before = (
		repository.git("rev-parse", "HEAD"),
		repository.git("tag"),
		repository.git("status", "--porcelain"),
	)
	code, said = repository.release(version)
	assert code == 1 and reason in said
	after = (
		repository.git("rev-parse", "HEAD"),
		repository.git("tag"),
		repository.git("status", "--porcelain"),
	)
	assert after == before


def test_the_changelog_knows_the_version():
	"""The newest numbered section is this version's; before the first release there is the Unreleased one only."""
	sections = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
	assert sections[0] == "Unreleased"
	assert sections[1:2] in ([], [healthcare_erp.__version__])
