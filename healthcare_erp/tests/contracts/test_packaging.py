"""The lists that say the same thing twice agree."""

import json
import re

from healthcare_erp.tests.contracts import app_source as app

ROOT = app.PACKAGE.parent


def dependencies() -> list[str]:
	"""The lines of [project] dependencies, in any Python that can run the suite (3.10 has no tomllib)."""
	block = re.search(
		r"^dependencies = \[\n(.*?)^\]", (ROOT / "pyproject.toml").read_text(), re.DOTALL | re.MULTILINE
	)
	return re.findall(r'"([^"]+)"', block[1])


def test_requirements_file_agrees():
	lines = (ROOT / "requirements.txt").read_text().splitlines()
	assert [line for line in lines if line and not line.startswith("#")] == dependencies()


def test_every_node_package_is_locked():
	"""`yarn install --frozen-lockfile` refuses a package.json that the lock file does not answer."""
	package = json.loads((ROOT / "package.json").read_text())
	asked = package.get("dependencies", {}) | package.get("devDependencies", {})
	keys = re.findall(r"^(\S.*):$", (ROOT / "yarn.lock").read_text(), re.MULTILINE)
	locked = {pattern.strip('" ') for key in keys for pattern in key.split(",")}
	assert {f"{name}@{version}" for name, version in asked.items()} <= locked


def test_locked_packages_come_from_the_public_registry():
	lock = (ROOT / "yarn.lock").read_text()
	sources = re.findall(r'^  resolved "(.+)"$', lock, re.MULTILINE)
	assert len(sources) == len(re.findall(r"^  version ", lock, re.MULTILINE)) > 0
	assert len(re.findall(r"^  integrity sha512-", lock, re.MULTILINE)) == len(sources)
	assert all(re.match(r"https://registry\.(yarnpkg|npmjs)\.(com|org)/", source) for source in sources)


def test_every_make_target_has_its_script():
	scripts = re.findall(r"bash (scripts/\S+)", (ROOT / "Makefile").read_text())
	assert scripts and all((ROOT / script).is_file() for script in scripts)


def test_sourced_scripts_exist():
	"""A script that loops over `source "$SCRIPTS/$part.sh"` names its parts as words."""
	for script in (ROOT / "scripts").rglob("*.sh"):
		named = re.findall(r"^for part in (.+?); do$", script.read_text().replace("\\\n", ""), re.MULTILINE)
		missing = [
			part for part in " ".join(named).split() if not (ROOT / "scripts" / f"{part}.sh").is_file()
		]
		assert not missing, f"{script.name}: {missing}"
