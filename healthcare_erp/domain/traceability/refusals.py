"""Refusals of the ledger: what a movement says, and whether it is lawful."""

from healthcare_erp.domain.errors import Refusal

REFUSALS = (
	Refusal(
		code="invalid_quantity",
		error="InvalidQuantityError",
		title="Invalid Quantity",
		sentence="{quantity} is no quantity: give a positive whole number of units.",
	),
	Refusal(
		code="unknown_movement_type",
		error="UnknownMovementTypeError",
		title="Unknown Movement Type",
		sentence="There is no movement type {movement_type}. Use one of: {allowed}.",
		words={"allowed": "Stock Movement"},
	),
	Refusal(
		code="direction_missing",
		error="InvalidDirectionError",
		title="Direction Missing",
		sentence="A movement of type {movement_type} goes both ways: give the direction ({allowed}).",
		words={"movement_type": "Stock Movement", "allowed": "Stock Movement"},
	),
	Refusal(
		code="invalid_direction",
		error="InvalidDirectionError",
		title="Invalid Direction",
		sentence="A movement of type {movement_type} cannot go {direction}, only {allowed}.",
		words={"movement_type": "Stock Movement", "direction": "Stock Movement", "allowed": "Stock Movement"},
	),
	Refusal(
		code="posting_in_future",
		error="PostingInFutureError",
		title="Posting Time in the Future",
		sentence="The posting time {posting_datetime} lies after now ({now}): report a movement once it has "
		"happened.",
	),
	Refusal(
		code="invalid_posting_time",
		error="InvalidPostingTimeError",
		title="Invalid Posting Time",
		sentence="{posting_datetime} is no date and time since 1990: give YYYY-MM-DD HH:MM:SS in the site's "
		"time zone, or with an offset.",
	),
	Refusal(
		code="posted_before_made",
		error="InvalidPostingTimeError",
		title="Before the Lot Was Made",
		sentence="The posting time {posting_datetime} lies before lot {lot} was made ({manufacture_date}).",
	),
	Refusal(
		code="invalid_price",
		error="InvalidPriceError",
		title="Invalid Price",
		sentence="{unit_price} is no price: give a number of zero or more.",
	),
	Refusal(
		code="insufficient_stock",
		error="InsufficientStockError",
		status=409,
		title="Insufficient Stock",
		sentence="{warehouse} holds {available} units of lot {lot}, {requested} were asked for. Nothing was "
		"recorded.",
	),
	Refusal(
		code="lot_not_tradable",
		error="LotNotTradableError",
		status=409,
		title="Lot Not Tradable",
		sentence="Lot {lot} is {status}: it may only leave by Recall Removal, Return to its supplier or "
		"outward Adjustment, or be put apart in its facility.",
		words={"status": "National Lot"},
	),
	Refusal(
		code="return_beyond_sent",
		error="ReturnBeyondSentError",
		status=409,
		title="More Than Was Sent",
		sentence="Lot {lot} is {status}: it only comes back from whom it was sent to, and {outstanding} "
		"units are still out there, {requested} were reported.",
		words={"status": "National Lot"},
	),
	Refusal(
		code="reported_too_late",
		error="ReportedTooLateError",
		status=409,
		title="Reported Too Late",
		sentence="Lot {lot} was stopped after {posting_datetime}. Such a movement is reported within {hours} "
		"hours; later only by the regulator, with a reason.",
	),
	Refusal(
		code="unbalanced_transfer",
		error="InvalidRequestError",
		title="Transfer Not Balanced",
		sentence="An internal transfer sends as many units out of one warehouse as into others of the same "
		"facility, in one call: those of lot {lot} at {facility} do not add up.",
	),
	Refusal(
		code="unknown_movement",
		error="UnknownMovementError",
		status=404,
		title="Unknown Movement",
		sentence="There is no recorded movement {movement}.",
	),
	Refusal(
		code="invalid_reversal",
		error="InvalidReversalError",
		status=409,
		title="Invalid Reversal",
		sentence="A reversal repeats movement {movement} (warehouse, lot, type, quantity, counterparty, "
		"document) in the opposite direction, not before it, and once.",
	),
	Refusal(
		code="reversal_of_voucher",
		error="InvalidReversalError",
		status=409,
		title="Written by a Voucher",
		sentence="Movement {movement} was written by {voucher}: cancel that document instead.",
	),
	Refusal(
		code="reserved_key",
		error="InvalidRequestError",
		title="Key Reserved",
		sentence="Idempotency keys that begin with {prefix} belong to the system itself: choose another.",
	),
	Refusal(
		code="idempotency_conflict",
		error="IdempotencyConflictError",
		status=409,
		title="Idempotency Key Used",
		sentence="The key {key} was used for another movement ({movement}); these fields differ: {fields}.",
	),
	Refusal(
		code="too_many_movements",
		error="TooManyMovementsError",
		status=413,
		title="Too Many Movements",
		sentence="{count} movements in one call: send at most {limit}.",
	),
	Refusal(
		code="unknown_facility",
		error="UnknownFacilityError",
		status=404,
		title="Unknown Facility",
		sentence="There is no facility {facility} with a warehouse: register and approve it first.",
	),
	Refusal(
		code="unknown_facility_type",
		error="UnknownFacilityTypeError",
		title="Unknown Facility Type",
		sentence="{facility_type} is no facility type. Use one of: {allowed}.",
		words={"allowed": "DocType"},
	),
	Refusal(
		code="not_its_warehouse",
		error="InvalidRequestError",
		title="Warehouse of Another",
		sentence="{warehouse} is no warehouse of {facility}.",
	),
)
