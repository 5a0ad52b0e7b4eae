"""Calls that happen at once, each in its own thread with its own connection to the site's database."""

from collections.abc import Callable
from threading import Barrier, Thread

import frappe


def together(*calls: Callable) -> list:
	"""Run the calls at the same moment, each in a transaction of its own.

	:returns: per call what it returned, or the exception that it raised (its transaction rolled back).
	"""
	start, outcomes = Barrier(len(calls)), [None] * len(calls)
	where = (frappe.local.site, frappe.local.sites_path)
	threads = [
		Thread(target=_run, args=(where, start, call, outcomes, place)) for place, call in enumerate(calls)
	]
	for thread in threads:
		thread.start()
	for thread in threads:
		thread.join()
	return outcomes


def _run(where: tuple[str, str], start: Barrier, call: Callable, outcomes: list, place: int) -> None:
	site, sites_path = where
	frappe.init(site, sites_path=sites_path)
	frappe.connect()
	try:
		frappe.db.sql("SELECT COUNT(*) FROM `tabStock Movement` WHERE name = ''")  # the snapshot is taken now
		start.wait()
		outcomes[place] = call()
		frappe.db.commit()
	except Exception as refusal:
		frappe.db.rollback()
		outcomes[place] = refusal
	finally:
		frappe.destroy()
