"""Strengths, forms and packs are spelled in fewer ways than before, and with them the keys of medicines."""

import frappe

from healthcare_erp.domain.medicine_registry.medicines import registry_key

DOCTYPE = "National Medicine"
PARTS = ("registration_number", "strength", "dosage_form", "pack")


def execute():
	"""Give each medicine its key, or the next import would register it again; leave it where another has that key."""
	medicines = frappe.get_all(DOCTYPE, fields=["name", "registry_key", *PARTS], limit=0)
	taken = {medicine.registry_key for medicine in medicines}
	for medicine in medicines:
		key = registry_key(*(medicine[part] for part in PARTS))
		if key not in taken:
			taken.add(key)
			frappe.db.set_value(DOCTYPE, medicine.name, "registry_key", key, update_modified=False)
