"""Frappe's application for the site HEALTHCARE_ERP_SITE, with the static files that nginx serves in production."""

import os

import frappe.app
from werkzeug.middleware.shared_data import SharedDataMiddleware

frappe.app._site = os.environ["HEALTHCARE_ERP_SITE"]
application = SharedDataMiddleware(
	frappe.app.application, {"/assets": "assets", "/files": f"{frappe.app._site}/public/files"}
)
