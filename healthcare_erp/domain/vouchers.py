"""What an ERPNext stock voucher means in the words of the ledger."""

from dataclasses import dataclass

from .vocabulary import Direction, MovementType

BUYING = frozenset({"Purchase Receipt", "Purchase Invoice"})
SELLING = frozenset({"Delivery Note", "Sales Invoice", "POS Invoice"})


@dataclass(frozen=True, slots=True)
class Voucher:
	"""What a stock ledger entry's voucher says.

	:param counterparty: the facility at the other end, as (type, name), None where it is none of the network.
	:param is_import: the facility imported this lot.
	:param is_transfer: units go from one warehouse to another.
	"""

	voucher_type: str
	direction: str
	is_return: bool = False
	is_transfer: bool = False
	is_import: bool = False
	counterparty: tuple[str, str] | None = None


def movement_type(voucher: Voucher) -> MovementType:
	"""The movement type that a voucher's entry is mirrored as; anything else is an Adjustment."""
	if voucher.voucher_type in BUYING | SELLING and voucher.is_return:
		return MovementType.RETURN
	if voucher.voucher_type in BUYING and voucher.direction == Direction.IN:
		imported = voucher.is_import and voucher.counterparty is None
		return MovementType.IMPORT if imported else MovementType.B2B_IN
	if voucher.voucher_type in SELLING and voucher.direction == Direction.OUT:
		return MovementType.B2B_OUT if voucher.counterparty else MovementType.SALE
	if voucher.is_transfer and voucher.counterparty:
		return MovementType.B2B_IN if voucher.direction == Direction.IN else MovementType.B2B_OUT
	return MovementType.ADJUSTMENT
