"""A site from outside a running bench: its commands, and a connection of one's own."""

import subprocess
import sys
from pathlib import Path

import frappe


def bench(site: str, *command: str) -> str:
	"""Run `bench --site SITE COMMAND`; returns what it said."""
	cli = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", site, *command]
	return subprocess.run(cli, check=True, stdout=subprocess.PIPE, text=True).stdout


class connected:
	"""A connection to the site as Administrator."""

	def __init__(self, site: str):
		self.site = site

	def __enter__(self) -> None:
		frappe.init(self.site, sites_path=str(Path.cwd()))
		frappe.connect()
		frappe.set_user("Administrator")

	def __exit__(self, *_exception) -> None:
		frappe.destroy()
