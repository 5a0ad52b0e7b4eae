"""Rows of the ledger with markup in their texts, as only SQL can write them: put there past every entry point."""

import json
import subprocess
import sys
from pathlib import Path

TAGS = '<svg onload="window.owned=1"></svg><img src="x" onerror="window.owned=1">'
BREAK_OUT = '"><img src=x onerror=window.owned=1><a title="'
# A column -> what it says; names that others join by stay as they are
TEXTS = {
	"reference_doctype": BREAK_OUT,
	"reference_name": TAGS,
	"late_reason": TAGS,
	"movement_type": BREAK_OUT,
	"direction": BREAK_OUT,
}


def plant(site: str, beside: str, name: str, **values) -> str:
	"""Put a row beside a recorded one of the site, which this Python's bench serves; returns its name."""
	row = TEXTS | {"name": name, "idempotency_key": f"{TAGS}{name}"} | values
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", site, "execute"]
	method = [
		"healthcare_erp.tests.factories.plant",
		"--args",
		json.dumps([beside]),
		"--kwargs",
		json.dumps(row),
	]
	sites = Path(sys.executable).parents[2] / "sites"
	subprocess.run([*command, *method], cwd=sites, check=True, capture_output=True)
	return name
