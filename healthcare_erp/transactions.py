"""Requests that lost a race for locks: tried again from the start, for callers with nothing else at stake."""

from collections.abc import Callable
from typing import TypeVar

import frappe

from healthcare_erp.exceptions import throw

ATTEMPTS = 3
Result = TypeVar("Result")


def retried(work: Callable[[], Result]) -> Result:
	"""Do `work`; where another transaction holds its rows, roll back and do it again, `ATTEMPTS` times in all.

	Only for the first thing that a request writes: a roll-back takes back whatever came before.

	:raises LedgerBusyError: HTTP 409, when every attempt lost.
	"""
	for _attempt in range(ATTEMPTS):
		try:
			return work()
		except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
			frappe.db.rollback()
	throw("ledger_busy")
