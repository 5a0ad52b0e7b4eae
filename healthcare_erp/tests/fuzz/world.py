"""What the fuzz calls about: committed documents, and users who call."""

from dataclasses import dataclass, field

import frappe

from healthcare_erp.tests import factories, web


@dataclass
class World:
	"""Names of documents that exist, by DocType, and what a caller would rightly send for an argument."""

	documents: dict[str, str]
	arguments: dict[str, object]
	callers: list[dict] = field(default_factory=list)


def make_world() -> World:
	"""A stocked wholesaler of a place in the tree, a public facility, a lot that was blocked; committed."""
	place = factories.commune(factories.province())
	holder = factories.wholesaler(administrative_level=place.name)
	clinic = factories.public_facility(administrative_level=place.name)
	lot = factories.lot(importer=holder.name)
	movement = factories.record(holder, lot.name, "Import", 100).name
	stopped = factories.lot()
	stopped.transition("Block", "for the fuzz")
	entry = frappe.db.get_value("Audit Entry", {"reference_name": stopped.name})
	world = World(_documents(place, holder, clinic, lot, movement, entry), _arguments(place, holder, lot))
	manager = factories.user("Pharmacy Manager", scope=("Pharmacy", holder.name))
	world.callers = [web.login(user) for user in ("Administrator", factories.user("National Admin"), manager)]
	frappe.db.commit()
	return world


def _documents(place, holder, clinic, lot, movement: str, entry: str) -> dict[str, str]:
	return {
		"Administrative Level": place.name,
		"Pharmacy": holder.name,
		"Public Facility": clinic.name,
		"National Lot": lot.name,
		"National Medicine": lot.national_medicine,
		"Licence Fee Rate": factories.licence_fee_rate().name,
		"Stock Movement": movement,
		"Audit Entry": entry,
		"Healthcare ERP Settings": "Healthcare ERP Settings",
		"National Medicine Price": frappe.db.get_value(
			"National Medicine Price", {"parent": lot.national_medicine}
		),
	}


def _arguments(place, holder, lot) -> dict[str, object]:
	movement = factories.request(holder, lot.name, "Sale", 1)
	return movement | {
		"lot": lot.name,
		"lots": [lot.name],
		"medicine": lot.national_medicine,
		"national_medicine": lot.national_medicine,
		"warehouse": holder.warehouse,
		"movements": [movement],
		"doctype": "Pharmacy",
		"name": holder.name,
		"names": [holder.name],
		"action": "Suspend",
		"reason": "for the fuzz",
		"administrative_level": place.name,
		"province": place.parent_administrative_level,
		"parent": place.name,
		"level_name": factories.hash_(),
		"purpose": "Quarantine",
		"direction": None,
		"page": None,
	}
