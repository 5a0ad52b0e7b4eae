"""How each DocType of the app reaches facilities: the one table that a user's scope is applied by.

Lists, documents, link searches, reports, the matrix test: all of them ask `permissions`, and that asks this table.
A DocType of the app that is missing here fails a test.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Itself:
	"""The document is a facility."""


@dataclass(frozen=True)
class ByWarehouse:
	"""A field names a warehouse, which belongs to a facility."""

	field: str


@dataclass(frozen=True)
class ByReference:
	"""The document speaks of another, whose own scope decides; of one without a scope it speaks to all."""

	doctype_field: str
	name_field: str


Reach = Itself | ByWarehouse | ByReference


@dataclass(frozen=True)
class Scope:
	"""Who sees a document of a DocType, of those whose role may read it.

	:param reaches: ways to a facility, any of which inside the user's scope is enough; none: the whole country sees it.
	:param national_only: SQL over the table's own columns: rows for which it holds are seen by national users only.
	:param strangers_see: fields that staff outside the scope see too, who must be able to name it.
	"""

	reaches: tuple[Reach, ...] = ()
	national_only: str = ""
	strangers_see: tuple[str, ...] = ()


COUNTRY = Scope()
_FACILITY = ("name", "national_code", "facility_name", "administrative_level", "status")

SCOPES: dict[str, Scope] = {
	"Administrative Level": COUNTRY,  # User Permissions name it: Frappe itself applies them
	"Audit Entry": Scope((ByReference("reference_doctype", "reference_name"),)),
	"Healthcare ERP Settings": COUNTRY,
	"Licence Fee Rate": COUNTRY,
	"National Lot": COUNTRY,
	"National Medicine": COUNTRY,
	"National Medicine Price": COUNTRY,
	"Pharmacy": Scope((Itself(),), strangers_see=(*_FACILITY, "pharmacy_type")),
	"Public Facility": Scope((Itself(),), strangers_see=(*_FACILITY, "public_facility_type")),
	"Stock Movement": Scope((ByWarehouse("warehouse"),)),
}

SCOPED = tuple(doctype for doctype, scope in SCOPES.items() if scope.reaches)
