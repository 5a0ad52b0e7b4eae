"""Bundles: a ledger as a folder of files that anyone can check and trace, without a bench.

The analyst tool's room for input and output: imports `domain` and third-party packages, never frappe.
"""
