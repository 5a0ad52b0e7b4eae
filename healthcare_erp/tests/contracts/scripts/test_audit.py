"""What `make audit` makes of the reports of pip-audit and npm audit: nobody who could not look has found nothing."""

import json
import subprocess
import sys

import pytest

from healthcare_erp.tests.contracts import app_source as app

SCRIPT = app.PACKAGE.parent / "scripts" / "audit_report.py"
SOUND = {"name": "rich", "version": "15.0.0", "vulns": []}
HOLED = {
	"name": "click",
	"version": "1.0",
	"vulns": [{"id": "GHSA-1", "fix_versions": ["1.1"]}, {"id": "GHSA-2", "fix_versions": []}],
}
SKIPPED = {"name": "mdurl", "skip_reason": "mdurl could not be audited"}


def run(tool: str, report) -> tuple[int, str]:
	text = report if isinstance(report, str) else json.dumps(report)
	done = subprocess.run(
		[sys.executable, str(SCRIPT), tool], input=text, stdout=subprocess.PIPE, text=True, check=False
	)
	return done.returncode, done.stdout


def test_requirements_without_holes():
	assert run("pip", {"dependencies": [SOUND]}) == (0, "")


def test_each_hole_is_named_with_what_mends_it():
	code, said = run("pip", {"dependencies": [SOUND, HOLED, SKIPPED]})
	assert code == 1
	assert "click 1.0: GHSA-1, mended in 1.1" in said and "GHSA-2, mended in no version" in said


def test_a_requirement_that_was_skipped_was_not_looked_up():
	assert run("pip", {"dependencies": [SOUND, SKIPPED]}) == (
		2,
		"    not looked up: mdurl could not be audited\n",
	)


def test_node_packages():
	assert run("npm", {"vulnerabilities": {}}) == (0, "")
	holed = {"vulnerabilities": {"cytoscape": {"range": "<3", "severity": "high"}}}
	assert run("npm", holed) == (1, "    found: cytoscape <3: high\n")


def test_a_registry_that_refuses_to_answer_is_no_clean_report():
	assert run("npm", {"message": "405 Method Not Allowed"}) == (
		2,
		"    not looked up: 405 Method Not Allowed\n",
	)


@pytest.mark.parametrize("tool", ["pip", "npm"])
def test_no_report_at_all_is_no_clean_report(tool):
	assert run(tool, "") == (2, f"    not looked up: {tool} audit gave no report\n")
