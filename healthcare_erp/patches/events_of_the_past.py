"""What was recorded before the outbox was there is noted in it, once: triggers note the rest."""

from healthcare_erp.core.guarantees import outbox


def execute():
	outbox.apply()
	outbox.note_past()
