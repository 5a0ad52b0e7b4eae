"""Demo data: a simulated national history (`domain.simulation`) as the site's own documents and ledger.

Masters go in by bulk insert, as the rows that their controllers would have written; the history's
movements are numbered and balanced by the same rules as the ledger's and go in through `ledger.restore`.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice

import frappe
from frappe.model.naming import make_autoname
from frappe.utils import now_datetime
from frappe.utils.nestedset import rebuild_tree

from healthcare_erp.core import audit
from healthcare_erp.core.audit import Entry
from healthcare_erp.core.facility_directory import KIND_FIELDS
from healthcare_erp.core.guarantees import locks
from healthcare_erp.domain.medicine_registry import lots, medicines
from healthcare_erp.domain.simulation import MOVEMENT_COLUMNS, History, StatusEvent, simulate
from healthcare_erp.domain.states import StateMachine, Transition
from healthcare_erp.domain.vocabulary import FacilityStatus, LotStatus
from healthcare_erp.healthcare_erp import geography, territories
from healthcare_erp.licensing import national_codes
from healthcare_erp.medicine_registry import items
from healthcare_erp.setup import company
from healthcare_erp.traceability import ledger
from healthcare_erp.traceability.ledger import store
from healthcare_erp.traceability.stock import warehouses

SCALES = {"small": (40, 5_000), "national": (3_000, 1_000_000)}
SEED = 20260101
_LOADED = "healthcare_erp_demo"
_CHUNK = 2_000
_REASONS = {  # of every transition that needs one
	("National Lot", "Block"): "Discoloured tablets reported; samples sent to the laboratory",
	("National Lot", "Unblock"): "The laboratory found the samples within their specification",
	("National Lot", "Recall"): "Defect reported by a hospital",
	("National Medicine", "Block"): "The authorisation holder's documents are under review",
	("National Medicine", "Authorize"): "The review found the documents complete",
}
_SERIES = {"Pharmacy": "PHA-.#####", "Public Facility": "FAC-.#####"}


def load(
	scale: str = "small", seed: int = SEED, until: datetime | None = None, progress: Callable = print
) -> dict:
	"""Load the demo once: geography, medicines, facilities, lots and a history up to the moment `until`.

	:param scale: a key of `SCALES`: so many facilities, so many movements.
	:param until: site time; now when None, so that nothing lies in the future.
	:param progress: called with a sentence at each step.
	:returns: counts `{facilities, medicines, lots, movements}`, `recalled_lot` and `diversion`; with
		`loaded` False where the site has its demo already (nothing is written then).
	"""
	if frappe.db.get_global(_LOADED):
		return frappe.parse_json(frappe.db.get_global(_LOADED)) | {"loaded": False}
	company.ensure()
	facilities, movements = SCALES[scale]
	history = simulate(facilities, movements, seed, until or now_datetime())
	progress("Geography")
	geography.seed()
	loader = _Loader(history)
	progress(f"{facilities} facilities, {len(history.medicines)} medicines, {len(history.lots)} lots")
	loader.load_masters()
	progress(f"{movements} movements")
	loader.load_movements(progress)
	loader.load_events()
	counts = loader.counts() | {"scale": scale, "seed": seed, "movements": movements}
	frappe.db.set_global(_LOADED, frappe.as_json(counts))
	return counts | {"loaded": True}


class _Loader:
	"""Maps the names of a history to the site's and writes it."""

	def __init__(self, history: History):
		self.history = history
		self.names: dict[str, str] = {}
		self.warehouses: dict[str, str] = {}

	def load_masters(self) -> None:
		self._load_medicines()
		self._load_facilities()
		self._load_lots()

	def counts(self) -> dict:
		history = self.history
		diversion = history.diversion
		return {
			"facilities": len(history.facilities),
			"medicines": len(history.medicines),
			"lots": len(history.lots),
			"recalled_lot": self.names.get(history.recalled_lot),
			"diversion": [self.names[name] for name in diversion] if diversion else None,
		}

	def _load_medicines(self) -> None:
		for number, medicine in enumerate(self.history.medicines, 1):
			doc = frappe.get_doc(
				{
					"doctype": "National Medicine",
					"brand_name": medicine.inn[:140],
					"inn": medicine.inn,
					"atc_code": medicine.atc_code,
					"dosage_form": medicine.dosage_form,
					"strength": medicine.strength,
					"pack": medicine.pack,
					"authorised_price": medicine.authorised_price,
					"registration_number": f"DEMO-{number:04d}",
				}
			).insert(ignore_permissions=True)
			items.ensure_item(doc.name)
			self.names[medicine.name] = doc.name

	def _load_facilities(self) -> None:
		communes = {
			name.casefold(): path
			for name, path in frappe.get_all(
				"Administrative Level",
				filters={"level": "Commune"},
				fields=["level_name", "name"],
				as_list=True,
			)
		}
		groups = {path: warehouses.ensure_province_group(path) for path in communes.values()}
		stock, documents = [], {"Pharmacy": [], "Public Facility": []}
		for facility in self.history.facilities:
			name = self.names[facility.name] = make_autoname(_SERIES[facility.facility_type])
			place = communes[facility.commune.casefold()]
			row = warehouses.as_row(
				name, facility.facility_name, facility.facility_type, place, groups[place]
			)
			self.warehouses[facility.warehouse] = row["name"]
			stock.append(row)
			documents[facility.facility_type].append(
				{
					"name": name,
					"facility_name": facility.facility_name,
					KIND_FIELDS[facility.facility_type]: facility.kind,
					"administrative_level": place,
					"status": FacilityStatus.APPROVED.value,
					"latitude": facility.latitude,
					"longitude": facility.longitude,
					"warehouse": row["name"],
				}
			)
		_insert("Warehouse", stock)
		rebuild_tree("Warehouse", "parent_warehouse")
		for doctype, rows in documents.items():
			codes = national_codes.next_codes(doctype, [row["administrative_level"] for row in rows])
			rows = [row | {"national_code": code} for row, code in zip(rows, codes, strict=True)]
			_insert(doctype, rows)
			audit.write_created(doctype, rows)
		locks.provide(self.warehouses.values())
		territories.rebuild()

	def _load_lots(self) -> None:
		rows, batches = [], []
		reasons = self._last_reasons()
		titles = dict(frappe.get_all("National Medicine", fields=["name", "medicine_title"], as_list=True))
		for lot in self.history.lots:
			medicine = self.names[lot.national_medicine]
			name = self.names[lot.name] = f"{medicine}-{lot.lot_number}"
			dates = {"expiry_date": lot.expiry_date}
			rows.append(
				dates
				| {
					"name": name,
					"national_medicine": medicine,
					"medicine_title": titles[medicine],
					"lot_number": lot.lot_number,
					"manufacture_date": lot.manufacture_date,
					"quantity_imported": lot.quantity_imported,
					"importer": self.names[lot.importer],
					"status": lot.status,
					"status_reason": reasons.get(lot.name),
					"batch": name,
				}
			)
			batches.append(
				dates
				| {
					"name": name,
					"batch_id": name,
					"item": medicine,
					"manufacturing_date": lot.manufacture_date,
					"disabled": int(lot.status != LotStatus.ACTIVE),
					"use_batchwise_valuation": 1,
					"reference_doctype": "National Lot",
					"reference_name": name,
				}
			)
		_insert("National Lot", rows)
		audit.write_created("National Lot", rows)
		_insert("Batch", batches)

	def _last_reasons(self) -> dict[str, str]:
		"""Why each lot has the status that it has, by the history's names."""
		events = _transitions(lots.LIFE_CYCLE, self.history.lot_events)
		return {
			event.subject: _REASONS.get(("National Lot", transition.action)) for event, transition in events
		}

	def load_movements(self, progress: Callable) -> None:
		rows = map(self._row, self.history.movements())
		written = 0
		while chunk := list(islice(rows, _CHUNK)):
			ledger.restore(chunk)
			written += len(chunk)
			if not written % 50_000:
				progress(f"  {written} movements")

	def _row(self, simulated: tuple) -> tuple:
		row = dict(zip(MOVEMENT_COLUMNS, simulated, strict=True))
		for field in ("facility", "national_lot", "national_medicine", "counterparty"):
			row[field] = self.names.get(row[field])
		row["warehouse"] = self.warehouses[row["warehouse"]]
		row["modified"], row["owner"], row["modified_by"] = row["creation"], "Administrator", "Administrator"
		row["unit_price"] = row["unit_price"] or 0
		row["late_reason"], row["reported_late"] = None, 0
		row["name"] = ledger.new_name(row["creation"])
		return tuple(row[column] for column in store.COLUMNS)

	def load_events(self) -> None:
		for doctype, events in self._events().items():
			audit.write_many([_audit_entry(doctype, self.names, *event) for event in events])

	def _events(self) -> dict[str, list[tuple[StatusEvent, Transition]]]:
		return {
			"National Lot": list(_transitions(lots.LIFE_CYCLE, self.history.lot_events)),
			"National Medicine": list(_transitions(medicines.LIFE_CYCLE, self.history.medicine_events)),
		}


def _transitions(life_cycle: StateMachine, events: Iterable[StatusEvent]) -> Iterator[tuple]:
	"""Each event with the transition of the life cycle that it is."""
	status: dict[str, str] = {}
	for event in events:
		yield event, life_cycle.between(status.get(event.subject, life_cycle.initial), event.status)
		status[event.subject] = event.status


def _audit_entry(doctype: str, names: dict[str, str], event: StatusEvent, transition: Transition) -> Entry:
	before, after = {"status": str(transition.source)}, {"status": str(transition.target)}
	reason = _REASONS[doctype, transition.action] if transition.needs_reason else None
	return Entry(doctype, names[event.subject], transition.action, before, after, reason, at=event.at)


def _insert(doctype: str, rows: list[dict]) -> None:
	"""Bulk-insert rows (all with the same fields) with the usual stamps."""
	if not rows:
		return
	now = frappe.utils.now_datetime()
	stamps = {"creation": now, "modified": now, "owner": "Administrator", "modified_by": "Administrator"}
	fields = list(stamps | rows[0])
	values = [[(stamps | row)[field] for field in fields] for row in rows]
	frappe.db.bulk_insert(doctype, fields=fields, values=values)
