"""Races for locks that are lost: tried again where nothing else is at stake, and refused by name where it is."""

from collections.abc import Callable
from contextlib import contextmanager
from typing import TypeVar

import frappe

from healthcare_erp.core.exceptions import throw

ATTEMPTS = 5
_RECORD_CHANGED = (
	1020  # instead of a deadlock, where the server has innodb_snapshot_isolation (11.6.2 and later)
)
Result = TypeVar("Result")


def run_with_retry(work: Callable[[], Result]) -> Result:
	"""Do `work`; where it meets a deadlock, roll back and do it again, `ATTEMPTS` times in all.

	Only for the first thing that a request writes: a roll-back takes back whatever came before. Who has waited
	for a lock in vain is not sent to wait again.

	:raises LedgerBusyError: HTTP 409, when every attempt lost.
	"""
	for _attempt in range(ATTEMPTS):
		try:
			return work()
		except frappe.QueryTimeoutError:
			break
		except Exception as error:
			if not _is_deadlock(error):
				raise
			frappe.db.rollback()
	frappe.db.rollback()
	throw("ledger_busy")


@contextmanager
def busy_when_lost():
	"""A lost race is LedgerBusyError, for callers in the midst of a transaction (usable as a decorator)."""
	try:
		yield
	except Exception as error:
		if not (isinstance(error, frappe.QueryTimeoutError) or _is_deadlock(error)):
			raise
		throw("ledger_busy")


def _is_deadlock(error: Exception) -> bool:
	return isinstance(error, frappe.QueryDeadlockError) or (
		isinstance(error, frappe.db.OperationalError) and error.args[0] == _RECORD_CHANGED
	)
