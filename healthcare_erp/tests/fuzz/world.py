"""What the fuzz calls about: committed documents, and users who call."""

from dataclasses import dataclass, field

import frappe

from healthcare_erp.tests import factories, specimens, web


@dataclass
class World:
	"""Names of documents that exist, by DocType, and what a caller would rightly send for an argument."""

	documents: dict[str, str]
	arguments: dict[str, object]
	callers: list[dict] = field(default_factory=list)


def make_world() -> World:
	"""One document of each DocType, in a place of the tree, and users of it and of the country; committed."""
	place = factories.commune(factories.province())
	documents = specimens.make(place)
	holder, lot = documents["Pharmacy"], documents["National Lot"]
	world = World({doctype: doc.name for doctype, doc in documents.items()}, _arguments(place, holder, lot))
	manager = factories.user("Pharmacy Manager", scope=("Pharmacy", holder.name))
	world.callers = [web.login(user) for user in ("Administrator", factories.user("National Admin"), manager)]
	frappe.db.commit()
	return world


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
