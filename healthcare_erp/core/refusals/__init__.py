"""Every refusal by its code, out of the tables that lie beside the rules. Plain data: it is read without a bench."""

from healthcare_erp.core.refusals import requests, scope
from healthcare_erp.domain import refusals as domain
from healthcare_erp.domain.errors import Refusal
from healthcare_erp.domain.geography import refusals as geography
from healthcare_erp.domain.licensing import refusals as licensing
from healthcare_erp.domain.medicine_registry import refusals as medicine_registry
from healthcare_erp.domain.medicine_registry.register import refusals as register
from healthcare_erp.domain.pharmacy_supply import refusals as pharmacy_supply
from healthcare_erp.domain.traceability import refusals as traceability

TABLES = (
	domain,
	geography,
	licensing,
	medicine_registry,
	register,
	pharmacy_supply,
	traceability,
	requests,
	scope,
)
REFUSALS: dict[str, Refusal] = {refusal.code: refusal for table in TABLES for refusal in table.REFUSALS}
