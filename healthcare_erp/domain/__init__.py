"""The rules of healthcare_erp: plain Python, without frappe, I/O or clock."""
