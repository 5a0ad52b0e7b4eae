"""Where a lot has been and who holds it."""

from healthcare_erp.traceability.tracing.answer import POSTED, get_trace
from healthcare_erp.traceability.tracing.finding import find_lot
from healthcare_erp.traceability.tracing.places import facilities_of

__all__ = ["POSTED", "facilities_of", "find_lot", "get_trace"]
