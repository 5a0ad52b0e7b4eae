"""Refusals of the ledger and of requests to it."""

ERRORS: dict[str, tuple[str, str, str]] = {
	"invalid_quantity": (
		"InvalidQuantityError",
		"Invalid Quantity",
		"{quantity} is no quantity: give a positive whole number of units.",
	),
	"unknown_movement_type": (
		"UnknownMovementTypeError",
		"Unknown Movement Type",
		"There is no movement type {movement_type}. Use one of: {allowed}.",
	),
	"direction_missing": (
		"InvalidDirectionError",
		"Direction Missing",
		"A movement of type {movement_type} goes both ways: give the direction ({allowed}).",
	),
	"invalid_direction": (
		"InvalidDirectionError",
		"Invalid Direction",
		"A movement of type {movement_type} cannot go {direction}, only {allowed}.",
	),
	"posting_in_future": (
		"PostingInFutureError",
		"Posting Time in the Future",
		"The posting time {posting_datetime} lies after now ({now}): report a movement once it has happened.",
	),
	"invalid_posting_time": (
		"InvalidPostingTimeError",
		"Invalid Posting Time",
		"{posting_datetime} is no date and time since 1990: give YYYY-MM-DD HH:MM:SS in the site's time zone, or with an "
		"offset.",
	),
	"posted_before_made": (
		"InvalidPostingTimeError",
		"Before the Lot Was Made",
		"The posting time {posting_datetime} lies before lot {lot} was made ({manufacture_date}).",
	),
	"invalid_time": (
		"InvalidRequestError",
		"Invalid Time",
		"{field} takes a date and time since 1990, YYYY-MM-DD HH:MM:SS in the site's time zone or with an offset: {value} is "
		"none.",
	),
	"unsafe_text": (
		"InvalidRequestError",
		"Text Not Allowed",
		"{field} takes printable characters without markup: docs/api.md names those that are refused.",
	),
	"invalid_reference": (
		"InvalidRequestError",
		"Document Unknown",
		"{field} takes the name of a document that exists, or a plain one: letters, digits and - _ / . : #.",
	),
	"invalid_price": (
		"InvalidPriceError",
		"Invalid Price",
		"{unit_price} is no price: give a number of zero or more.",
	),
	"insufficient_stock": (
		"InsufficientStockError",
		"Insufficient Stock",
		"{warehouse} holds {available} units of lot {lot}, {requested} were asked for. Nothing was recorded.",
	),
	"lot_not_tradable": (
		"LotNotTradableError",
		"Lot Not Tradable",
		"Lot {lot} is {status}: it may only leave by Recall Removal, Return to its supplier or outward Adjustment, or be put apart in its "
		"facility.",
	),
	"return_beyond_sent": (
		"ReturnBeyondSentError",
		"More Than Was Sent",
		"Lot {lot} is {status}: it only comes back from whom it was sent to, and {outstanding} units are still out "
		"there, {requested} were reported.",
	),
	"reported_too_late": (
		"ReportedTooLateError",
		"Reported Too Late",
		"Lot {lot} was stopped after {posting_datetime}. Such a movement is reported within {hours} hours; later only by "
		"the regulator, with a reason.",
	),
	"not_the_importer": (
		"NotTheImporterError",
		"Not the Importer",
		"{facility} is not the importer of lot {lot}: {importer} is.",
	),
	"import_beyond_declared": (
		"ImportBeyondDeclaredError",
		"More Than Was Declared",
		"{requested} units of lot {lot} were reported as imported; of the declared quantity {available} are left.",
	),
	"unregistered_batch": (
		"UnregisteredBatchError",
		"Batch Not Registered",
		"Batch {batch} of {item} is no lot of the national registry: register it as a National Lot first.",
	),
	"batch_missing": (
		"UnregisteredBatchError",
		"Batch Missing",
		"{item} is a registered medicine: its units move in batches that are lots of the national registry.",
	),
	"kit_at_till": (
		"UnregisteredBatchError",
		"Medicine in a Product Bundle",
		"{item} contains the medicine {medicine}: a till does not say which lots of it are sold. Sell it by itself, or by "
		"Delivery Note.",
	),
	"not_its_warehouse": (
		"InvalidRequestError",
		"Warehouse of Another",
		"{warehouse} is no warehouse of {facility}.",
	),
	"reserved_key": (
		"InvalidRequestError",
		"Key Reserved",
		"Idempotency keys that begin with {prefix} belong to the system itself: choose another.",
	),
	"reversal_of_voucher": (
		"InvalidReversalError",
		"Written by a Voucher",
		"Movement {movement} was written by {voucher}: cancel that document instead.",
	),
	"unbalanced_transfer": (
		"InvalidRequestError",
		"Transfer Not Balanced",
		"An internal transfer sends as many units out of one warehouse as into others of the same facility, in one "
		"call: those of lot {lot} at {facility} do not add up.",
	),
	"medicine_blocked": (
		"MedicineBlockedError",
		"Medicine Blocked",
		"The medicine of {lot} is Blocked: it takes no new lots, and its lots may only leave the trade.",
	),
	"unknown_lot": ("UnknownLotError", "Unknown Lot", "There is no lot {lot} in the national registry."),
	"ambiguous_lot": (
		"InvalidRequestError",
		"Ambiguous Lot Number",
		"Several medicines have a lot numbered {lot}: {choices}. Give the lot's name or its GTIN.",
	),
	"unknown_medicine": (
		"UnknownMedicineError",
		"Unknown Medicine",
		"There is no medicine {medicine} in the national registry.",
	),
	"unknown_facility": (
		"UnknownFacilityError",
		"Unknown Facility",
		"There is no facility {facility} with a warehouse: register and approve it first.",
	),
	"unknown_facility_type": (
		"UnknownFacilityTypeError",
		"Unknown Facility Type",
		"{facility_type} is no facility type. Use one of: {allowed}.",
	),
	"unknown_movement": (
		"UnknownMovementError",
		"Unknown Movement",
		"There is no recorded movement {movement}.",
	),
	"invalid_reversal": (
		"InvalidReversalError",
		"Invalid Reversal",
		"A reversal repeats movement {movement} (warehouse, lot, type, quantity, counterparty, document) in the "
		"opposite direction, not before it, and once.",
	),
	"missing_field": (
		"InvalidRequestError",
		"Field Missing",
		"The field {field} is missing.",
	),
	"unknown_field": (
		"InvalidRequestError",
		"Unknown Field",
		"A movement has no field {field} that a caller may set.",
	),
	"text_too_long": (
		"InvalidRequestError",
		"Text Too Long",
		"The field {field} takes at most {limit} characters.",
	),
	"argument_type": (
		"InvalidRequestError",
		"Argument of Another Type",
		"The argument {field} is of another type: docs/api.md says what it takes.",
	),
	"nested_too_deep": (
		"InvalidRequestError",
		"Nested Too Deep",
		"{field} is nested too deeply: at most {limit} lists and objects within each other.",
	),
	"unfit_value": (
		"InvalidRequestError",
		"Value of Another Type",
		"{field} does not take this value: it is of another type, too large, or cannot be stored.",
	),
	"unknown_property": (
		"InvalidRequestError",
		"Unknown Field",
		"A document has no field {field} that a caller may set.",
	),
	"unreadable_body": (
		"InvalidRequestError",
		"Request Not Readable",
		"The body of the request is no JSON, or nested too deeply to be read.",
	),
	"unreadable_question": (
		"InvalidRequestError",
		"Request Not Readable",
		"Fields, filters or order of this request cannot be read: give names of fields, and filters as lists or objects.",
	),
	"invalid_request": ("InvalidRequestError", "Invalid Request", "{problem}"),
	"too_many_movements": (
		"TooManyMovementsError",
		"Too Many Movements",
		"{count} movements in one call: send at most {limit}.",
	),
	"idempotency_conflict": (
		"IdempotencyConflictError",
		"Idempotency Key Used",
		"The key {key} was used for another movement ({movement}); these fields differ: {fields}.",
	),
	"immutable_record": (
		"ImmutableRecordError",
		"Record Cannot Be Changed",
		"{doctype} {name} is a permanent record: it is never changed or deleted. Record a correction instead.",
	),
	"recorder_renamed": (
		"ImmutableRecordError",
		"User Cannot Be Renamed",
		"{user} is named by stock movements or the audit trail, which keep this name for good: disable this user and "
		"make a new one.",
	),
	"ledger_busy": (
		"LedgerBusyError",
		"Records Busy",
		"Others are writing to the same records. Nothing was recorded: send the same request again.",
	),
	"whole_country": (
		"OutOfScopeError",
		"Outside Your Scope",
		"This concerns the whole country, and you are responsible for a part of it.",
	),
	"out_of_scope": (
		"OutOfScopeError",
		"Outside Your Scope",
		"{name} lies outside the facilities and the territory that you are responsible for.",
	),
}
