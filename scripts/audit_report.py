"""What pip-audit or npm audit found, one line each, from the JSON on standard input.

Usage: audit_report.py pip|npm. Exit code 0 where nothing was found, 1 with findings, 2 where something could not be
looked up: both tools end with 0 or 1 then, as if they had looked.
"""

import json
import sys


def pip_report(report: dict) -> tuple[list[str], list[str]]:
	"""Findings of pip-audit, and what it could not look up."""
	packages = report["dependencies"]
	found = [
		f"{package['name']} {package['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version'}"
		for package in packages
		for hole in package.get("vulns", [])
	]
	return found, [package["skip_reason"] for package in packages if "skip_reason" in package]


def npm_report(report: dict) -> tuple[list[str], list[str]]:
	"""Findings of npm audit, and why it could not look."""
	if "vulnerabilities" not in report:
		return [], [report.get("message", "npm audit gave no report")]
	return [
		f"{name} {hole['range']}: {hole['severity']}" for name, hole in report["vulnerabilities"].items()
	], []


REPORTS = {"pip": pip_report, "npm": npm_report}


def main(tool: str, text: str) -> int:
	try:
		found, not_looked_up = REPORTS[tool](json.loads(text))
	except ValueError:
		found, not_looked_up = [], [f"{tool} audit gave no report"]
	sys.stdout.writelines(f"    found: {line}\n" for line in found)
	sys.stdout.writelines(f"    not looked up: {line}\n" for line in not_looked_up)
	return 1 if found else 2 if not_looked_up else 0


if __name__ == "__main__":
	sys.exit(main(sys.argv[1], sys.stdin.read()))
