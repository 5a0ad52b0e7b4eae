"""One unit of work for what spans documents: its locks first and in one order, all of it or nothing, effects afterwards.

A deadlock takes back the whole transaction, savepoints and all: only who began it can begin again. So a unit never tries
again; a request does by `run_with_retry`, a job, chunk by chunk, by `run_and_commit`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import NoReturn, TypeVar

import frappe

from healthcare_erp.core.exceptions import throw

ATTEMPTS = 5
_RECORD_CHANGED = (
	1020  # instead of a deadlock, where the server has innodb_snapshot_isolation (11.6.2 and later)
)
_EFFECTS = (__name__, "frappe.utils.background_jobs")  # whose functions they are, until the commit
_HELD = "healthcare_erp_locked_documents"  # of the unit of work that is under way, in frappe.flags
Result = TypeVar("Result")
Document = tuple[str, str]  # DocType, name


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


def run_and_commit(work: Callable[[], Result]) -> Result:
	"""A transaction of its own for a part of a job: what it locks is locked for that part only, and what it did stays
	where a later part fails. Tried again as `run_with_retry` does.
	"""
	result = run_with_retry(work)
	frappe.db.commit()  # what this function is for; nosemgrep
	return result


def begin_again(why: str) -> NoReturn:
	"""Give up a transaction that cannot go on with what it sees: whoever began it does it again, as after a deadlock.

	:raises QueryDeadlockError:
	"""
	raise frappe.QueryDeadlockError(why)


@contextmanager
def unit_of_work(*documents: Document, lock_ledger: Callable[[], object] | None = None) -> Iterator[None]:
	"""What is inside happens as a whole or not at all, and nobody else changes these documents meanwhile.

	The documents' rows are locked by DocType and name, then the ledger: of two units that meet, one waits, and none
	deadlocks. A unit inside another locks nothing more, or the order would be lost. What is locked is read with
	`for_update=True` too: a plain read shows the transaction's snapshot, which may be older than the lock.

	:param documents: (DocType, name) of all that is read to decide, and of all that is changed.
	:param lock_ledger: takes the ledger's locks, which come last (`traceability.ledger.store`).
	:raises DoesNotExistError: HTTP 404, for a document that is not there.
	:raises RuntimeError: for a lock that comes too late; an error of whoever wrote the unit.
	"""
	outer = frappe.flags.get(_HELD)
	if outer is not None and (lock_ledger or set(documents) - outer):
		raise RuntimeError(f"A unit of work locks everything first: {sorted(set(documents) - outer)}")
	try:
		if outer is None:
			frappe.flags[_HELD] = frozenset(documents)
			_lock(documents)
			if lock_ledger:
				lock_ledger()
		with savepoint():
			yield
	finally:
		frappe.flags[_HELD] = outer


@contextmanager
def savepoint() -> Iterator[None]:
	"""What is inside stays as a whole, or leaves nothing behind: no row, and no effect that waits for the commit.

	The refusal passes on. For each row of a job: whoever catches it goes on with the next. A deadlock has taken back the
	rows before too, and passes on as itself even where somebody has named it (`busy_when_lost`): nobody goes on from there.
	"""
	name = f"part_{frappe.generate_hash(length=10)}"
	waiting = len(frappe.db.after_commit._functions)
	frappe.db.savepoint(name)
	try:
		yield
	except Exception as error:
		if _is_deadlock(error.__context__):
			raise error.__context__ from None
		if not _is_deadlock(error):
			frappe.db.rollback(save_point=name)
			_forget_effects(waiting)
		raise
	frappe.db.release_savepoint(name)


def after_commit(effect: Callable[[], object]) -> None:
	"""Have something done once the transaction stands: a message, a job. One that fails is logged, and takes nothing back."""
	frappe.db.after_commit.add(lambda: _do(effect))


@contextmanager
def busy_when_lost():
	"""A lost race is LedgerBusyError, for callers in the midst of a transaction (usable as a decorator)."""
	try:
		yield
	except Exception as error:
		if not (isinstance(error, frappe.QueryTimeoutError) or _is_deadlock(error)):
			raise
		throw("ledger_busy")


def _lock(documents: tuple[Document, ...]) -> None:
	for doctype, pairs in groupby(sorted(set(documents)), key=itemgetter(0)):
		names = [name for _doctype, name in pairs]
		table = frappe.qb.DocType(doctype)
		query = frappe.qb.from_(table).select(table.name).where(table.name.isin(names))
		found = query.orderby(table.name).for_update().run(pluck=True)
		there = {name.casefold() for name in found}
		for name in names:
			if name.casefold() not in there:
				raise frappe.DoesNotExistError(frappe._("{0} {1} not found").format(frappe._(doctype), name))


def _do(effect: Callable[[], object]) -> None:
	try:
		effect()
	except Exception:
		frappe.log_error(title=frappe._("What should follow a commit failed"))


def _forget_effects(waiting: int) -> None:
	"""Forget the jobs and effects that wait since. What Frappe clears and tells at a commit stays: it registers that once,
	and what was read meanwhile may be in its caches.
	"""
	functions = frappe.db.after_commit._functions
	since = [functions.pop() for _function in range(len(functions) - waiting)]
	functions.extend(function for function in reversed(since) if function.__module__ not in _EFFECTS)


def _is_deadlock(error: BaseException | None) -> bool:
	return isinstance(error, frappe.QueryDeadlockError) or (
		isinstance(error, frappe.db.OperationalError) and error.args[0] == _RECORD_CHANGED
	)
