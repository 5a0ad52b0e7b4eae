"""The verification of the ledger as a job: one at a time, with its progress, and its verdicts kept."""

import frappe
from frappe import _
from frappe.utils import now_datetime
from frappe.utils.background_jobs import is_job_enqueued

from healthcare_erp.traceability.verification.verify import verify

JOB = "healthcare_erp_verify_ledger"
KEPT = 30
_VERDICTS = "healthcare_erp_ledger_verdicts"
_TIMEOUT = 4 * 60 * 60


def start() -> None:
	"""Put the verification in the queue, unless one waits or runs there."""
	frappe.enqueue(
		run, queue="long", timeout=_TIMEOUT, job_id=JOB, deduplicate=True, enqueue_after_commit=True
	)


def run() -> dict:
	"""Verify the ledger and keep the verdict; the user who asked sees the progress.

	:returns: the verdict, as in `state`.
	"""
	verdict = {"asked_by": frappe.session.user, "started_at": str(now_datetime())}
	verdict |= verify(progress=_publish)
	verdict["finished_at"] = str(now_datetime())
	frappe.db.set_global(
		_VERDICTS, frappe.as_json([verdict, *map(_summary, _verdicts())][:KEPT], indent=None)
	)
	return verdict


def state() -> dict:
	"""`{running, last, history}`: whether a verification waits or runs; the last verdict `{ok, movements,
	positions, defects, asked_by, started_at, finished_at}`, None before the first; the `KEPT` last ones, latest first,
	with the number of defects in place of the defects."""
	verdicts = _verdicts()
	return {
		"running": is_job_enqueued(JOB),
		"last": verdicts[0] if verdicts else None,
		"history": [_summary(verdict) for verdict in verdicts],
	}


def _verdicts() -> list[dict]:
	return frappe.parse_json(frappe.db.get_global(_VERDICTS) or "[]")


def _summary(verdict: dict) -> dict:
	defects = verdict["defects"]
	return verdict | {"defects": len(defects) if isinstance(defects, list) else defects}


def _publish(done: int, all_of_them: int) -> None:
	description = _("{0} of {1} warehouses").format(done, all_of_them)
	frappe.publish_progress(
		100 * done / all_of_them, title=_("Verifying the Ledger"), description=description
	)
