"""Rows that an answer can rest on: `verify` names every defect, the other commands refuse what cannot be added up."""

from typing import TYPE_CHECKING

from healthcare_erp.domain.traceability.ledger import MAX_QUANTITY
from healthcare_erp.domain.vocabulary import DIRECTIONS, FACILITY_TYPES

from ..engine import quoted
from ..errors import BundleError
from ..schema import REQUIRED

if TYPE_CHECKING:
	from ..read import Bundle

_OPPOSITE = {"In": "Out", "Out": "In"}


def _movement_kinds() -> str:
	"""(type, direction, is a reversal) as an SQL list: a reversal goes the other way."""
	pairs = [(kind.value, way.value) for kind, ways in DIRECTIONS.items() for way in ways]
	kinds = [(kind, way, "false") for kind, way in pairs]
	kinds += [(kind, _OPPOSITE[way], "true") for kind, way in pairs]
	return ", ".join(f"({quoted(kind)}, {quoted(way)}, {reversal})" for kind, way, reversal in sorted(kinds))


_NOT_ADDED_UP = {"position_sequence", "balance_after", "warehouse", "idempotency_key"}
_PRESENT = " AND ".join(f"{name} IS NOT NULL" for name in REQUIRED["movements"] if name not in _NOT_ADDED_UP)
_SOUND = {
	"facilities": f"name IS NOT NULL AND facility_type IN {FACILITY_TYPES}",
	"lots": "name IS NOT NULL",
	"movements": f"""{_PRESENT} AND facility_type IN {FACILITY_TYPES}
		AND (counterparty_type IS NULL OR counterparty_type IN {FACILITY_TYPES})
		AND quantity BETWEEN 1 AND {MAX_QUANTITY} AND quantity = floor(quantity)
		AND (movement_type, direction, reversal_of IS NOT NULL) IN ({_movement_kinds()})""",
}


def refuse_unsound(bundle: "Bundle", lot: str | None = None) -> None:
	"""Refuse to answer from rows that cannot be added up.

	:param lot: look at this lot and its movements only.
	:raises BundleError: `unsound_rows`, which names the first such row.
	"""
	for table, column in (("facilities", None), ("lots", "name"), ("movements", "national_lot")):
		chosen = f"{column} = $lot AND" if lot is not None and column else ""
		query = f"SELECT name FROM {table} WHERE {chosen} ({_SOUND[table]}) IS NOT TRUE ORDER BY name LIMIT 1"  # nosec B608 # constants only
		for (name,) in bundle.rows(query, {"lot": lot} if chosen else None):
			sentence = (
				f"{table} has rows that cannot be (the first: {name}); `healthcare-erp verify` names each."
			)
			raise BundleError("unsound_rows", sentence)
