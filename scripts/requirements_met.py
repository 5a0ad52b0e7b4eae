"""Exit code 0 when this interpreter already has what pyproject.toml asks for, 1 when it has not.

Usage: requirements_met.py PYPROJECT [EXTRA …]. Saves asking the package index on every run.
"""

import sys
from importlib import metadata
from pathlib import Path


def requirements(pyproject: Path, extras: list[str]) -> list[str]:
	"""The requirement lines of the project and of the extras named."""
	import tomllib

	project = tomllib.loads(pyproject.read_text())["project"]
	optional = [line for extra in extras for line in project["optional-dependencies"][extra]]
	return project["dependencies"] + optional


def is_met(line: str) -> bool:
	"""Whether an installed distribution satisfies one requirement line."""
	from packaging.requirements import Requirement

	requirement = Requirement(line)
	try:
		return requirement.specifier.contains(metadata.version(requirement.name), prereleases=True)
	except metadata.PackageNotFoundError:
		return False


def main(arguments: list[str]) -> int:
	try:
		lines = requirements(Path(arguments[0]), arguments[1:])
		return 0 if all(is_met(line) for line in lines) else 1
	except ImportError:
		return 1  # no tomllib (Python 3.10) or no packaging: let pip decide


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
