"""healthcare_erp: national medicine registry, traceability and quality on Frappe and ERPNext."""

__version__ = "0.1.0"
