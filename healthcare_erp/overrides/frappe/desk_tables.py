"""Colours, thresholds, actions and roles that the Desk's scripts draw by: each session is told, so that none is written twice.

`public/js/shared/tables.js` reads them.
"""

from typing import Any

from healthcare_erp.api.facilities import WAREHOUSE_MAKERS
from healthcare_erp.domain.medicine_registry import lots
from healthcare_erp.domain.vocabulary import (
	FacilityStatus,
	FeeRateStatus,
	LotStatus,
	MedicineStatus,
	MovementType,
)

# Frappe's indicators: green is in trade or good standing, blue waits, orange may come back, red and gray do not
STATUS_COLOURS = {
	LotStatus.ACTIVE: "green",
	LotStatus.BLOCKED: "orange",
	LotStatus.EXPIRED: "gray",
	LotStatus.RECALLED: "red",
	MedicineStatus.AUTHORIZED: "green",
	MedicineStatus.BLOCKED: "orange",
	FacilityStatus.PENDING: "blue",
	FacilityStatus.APPROVED: "green",
	FacilityStatus.REJECTED: "gray",
	FacilityStatus.SUSPENDED: "orange",
	FacilityStatus.ILLEGAL: "red",
	FeeRateStatus.DRAFT: "blue",
	FeeRateStatus.IN_FORCE: "green",
	FeeRateStatus.WITHDRAWN: "gray",
}
MOVEMENT_COLOURS = {
	MovementType.IMPORT: "blue",
	MovementType.B2B_IN: "cyan",
	MovementType.B2B_OUT: "purple",
	MovementType.SALE: "green",
	MovementType.RETURN: "yellow",
	MovementType.ADJUSTMENT: "orange",
	MovementType.RECALL_REMOVAL: "red",
	MovementType.INTERNAL_TRANSFER: "gray",
}
# The theme's colours of the kinds of facilities, chosen to differ in lightness too
KIND_COLOURS = {
	"Wholesaler": "--blue-500",
	"Retailer": "--cyan-500",
	"Central Store": "--teal-500",
	"National Hospital": "--purple-500",
	"Provincial Hospital": "--pink-500",
	"Health Center": "--green-500",
	"Dispensary": "--yellow-500",
}
_LOT_BULK_ACTIONS = ("Block", "Recall")


def desk_tables() -> dict[str, Any]:
	"""Table -> its content, as JSON takes it."""
	return {
		"status_colours": _plain(STATUS_COLOURS),
		"movement_colours": _plain(MOVEMENT_COLOURS),
		"kind_colours": KIND_COLOURS,
		"expiring_soon_days": lots.EXPIRING_SOON_DAYS,
		"lot_bulk_actions": [_bulk_action(action) for action in _LOT_BULK_ACTIONS],
		"warehouse_makers": sorted(WAREHOUSE_MAKERS),
	}


def _plain(colours: dict) -> dict[str, str]:
	return {str(word): colour for word, colour in colours.items()}


def _bulk_action(action: str) -> dict[str, Any]:
	"""An action on many lots, from which statuses, and by whom (whoever does it is asked again)."""
	transitions = [t for t in lots.LIFE_CYCLE.transitions if t.action == action]
	roles = {role for t in transitions for role in t.roles}
	return {"action": action, "from": [str(t.source) for t in transitions], "roles": sorted(roles)}
