"""For the rules' tests: whatever they refuse is refused with all that its sentence tells."""

from string import Formatter

import pytest

from healthcare_erp.core.refusals import REFUSALS
from healthcare_erp.domain.errors import DomainError

PLACEHOLDERS = {
	code: {name for _, name, *_ in Formatter().parse(refusal.sentence) if name}
	for code, refusal in REFUSALS.items()
}
# Of what was not given at all
SAY_NOTHING = {"invalid_fee_year", "invalid_lot_number", "unknown_movement_type", "unreadable_code"}


@pytest.fixture(autouse=True)
def complete_refusals(monkeypatch):
	"""Every placeholder of the sentence has a value."""
	make = DomainError.__init__

	def checked(self, code: str, **context) -> None:
		make(self, code, **context)
		if code in PLACEHOLDERS:
			assert set(context) >= PLACEHOLDERS[code], code
			assert code in SAY_NOTHING or None not in context.values(), code

	monkeypatch.setattr(DomainError, "__init__", checked)
