"""Idempotency keys are unique per facility. Before the DocType is synchronised: Frappe then drops the key that it had."""

from healthcare_erp.core.guarantees import mending


def execute() -> None:
	mending.mend_and_say()
