"""What an ERPNext stock voucher means in the words of the ledger."""

from dataclasses import dataclass

from ..vocabulary import Direction, MovementType

BUYING = frozenset({"Purchase Receipt", "Purchase Invoice"})
SELLING = frozenset({"Delivery Note", "Sales Invoice", "POS Invoice"})


@dataclass(frozen=True, slots=True)
class Voucher:
	"""What a stock ledger entry's voucher says of it.

	:param counterparty: the facility at the other end, as (type, name), None where it is none of the network.
	:param is_import: the facility imported this lot.
	:param is_transfer: the voucher's row names both warehouses, or one and goods in transit.
	:param is_internal: both warehouses belong to this facility.
	:param in_transit: the warehouse at the other end is a station between two facilities.
	"""

	voucher_type: str
	direction: str
	is_return: bool = False
	is_transfer: bool = False
	is_internal: bool = False
	in_transit: bool = False
	is_import: bool = False
	counterparty: tuple[str, str] | None = None


def movement_type(voucher: Voucher) -> MovementType:
	"""The movement type that a voucher's entry is mirrored as; anything else is an Adjustment."""
	if voucher.is_internal:
		return MovementType.INTERNAL_TRANSFER
	if voucher.is_transfer:
		return _transfer(voucher)
	if voucher.voucher_type in BUYING | SELLING and voucher.is_return:
		return MovementType.RETURN
	if voucher.voucher_type in BUYING and voucher.direction == Direction.IN:
		imported = voucher.is_import and voucher.counterparty is None
		return MovementType.IMPORT if imported else MovementType.B2B_IN
	if voucher.voucher_type in SELLING and voucher.direction == Direction.OUT:
		return MovementType.B2B_OUT if voucher.counterparty else MovementType.SALE
	return MovementType.ADJUSTMENT


def _transfer(voucher: Voucher) -> MovementType:
	"""From warehouse to warehouse: between facilities, or to and from stores that belong to none."""
	if not (voucher.counterparty or voucher.in_transit):
		return MovementType.ADJUSTMENT
	if voucher.is_return and not voucher.in_transit:
		return MovementType.RETURN
	return MovementType.B2B_IN if voucher.direction == Direction.IN else MovementType.B2B_OUT
