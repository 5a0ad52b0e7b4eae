"""What each refusal says: code -> (class in `healthcare_erp.exceptions`, title, sentence).

Plain data, so that translations and documents can be checked against it without a bench.
"""

ERRORS: dict[str, tuple[str, str, str]] = {
	# ledger
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
		"{posting_datetime} is no date and time: give YYYY-MM-DD HH:MM:SS in the site's time zone.",
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
		"Lot {lot} is {status}: it may only leave by Recall Removal, Return to its supplier or outward Adjustment.",
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
		"A reversal has the opposite direction and the warehouse, lot and quantity of movement {movement}, "
		"which may be reversed once.",
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
	"ledger_busy": (
		"LedgerBusyError",
		"Ledger Busy",
		"Another transaction holds this stock. Nothing was recorded: send the same request again.",
	),
	"out_of_scope": (
		"OutOfScopeError",
		"Outside Your Scope",
		"{name} lies outside the facilities and the territory that you are responsible for.",
	),
	# statuses
	"invalid_transition": (
		"InvalidTransitionError",
		"Not Possible From Here",
		"{action} is not possible while the status is {status}. Possible from here: {allowed}.",
	),
	"transition_not_permitted": (
		"TransitionNotPermittedError",
		"Not Permitted",
		"{action} needs one of these roles: {roles}.",
	),
	"reason_required": ("ReasonRequiredError", "Reason Required", "{action} needs a reason."),
	# lots
	"invalid_lot_number": (
		"InvalidLotError",
		"Invalid Lot Number",
		"{lot_number} is no lot number: GS1 allows 1 to 20 letters, digits and simple punctuation.",
	),
	"expiry_date_missing": ("InvalidLotError", "Expiry Date Missing", "A lot needs its expiry date."),
	"manufactured_in_future": (
		"InvalidLotError",
		"Manufacture Date in the Future",
		"The manufacture date {manufacture_date} lies in the future.",
	),
	"expires_before_made": (
		"InvalidLotError",
		"Expiry Before Manufacture",
		"The expiry date {expiry_date} does not lie after the manufacture date {manufacture_date}.",
	),
	"duplicate_lot": (
		"DuplicateLotError",
		"Lot Exists",
		"Medicine {medicine} has a lot {lot_number} already: {lot}.",
	),
	"lot_identity_fixed": (
		"InvalidLotError",
		"Lot Is Identified",
		"The {field} of a registered lot cannot be changed.",
	),
	# medicines
	"price_change_not_permitted": (
		"PriceChangeNotPermittedError",
		"Not Permitted",
		"Only a National Admin may change an authorised price.",
	),
	"invalid_authorised_price": (
		"InvalidMedicineError",
		"Invalid Price",
		"An authorised price cannot be negative.",
	),
	"duplicate_medicine": (
		"InvalidMedicineError",
		"Medicine Exists",
		"{medicine} is registered already with this registration number, strength, form and pack.",
	),
	# administrative levels
	"unknown_level": (
		"InvalidAdministrativeLevelError",
		"Unknown Level",
		"{level} is no administrative level. Use one of: {allowed}.",
	),
	"province_has_no_parent": (
		"InvalidAdministrativeLevelError",
		"Province Has No Parent",
		"A province is part of nothing: leave its parent empty (it was {parent}).",
	),
	"parent_missing": (
		"InvalidAdministrativeLevelError",
		"Parent Missing",
		"A {level} is part of a {expected}: say of which.",
	),
	"invalid_parent_level": (
		"InvalidAdministrativeLevelError",
		"Invalid Parent Level",
		"A {level} is part of a {expected}, not of a {parent_level}.",
	),
	"name_empty": (
		"InvalidAdministrativeLevelError",
		"Name Missing",
		"A place needs a name with a letter or digit.",
	),
	"path_too_long": (
		"InvalidAdministrativeLevelError",
		"Path Too Long",
		"The path {path} has more than {limit} characters: shorten the name.",
	),
	"place_fixed": (
		"InvalidAdministrativeLevelError",
		"Place Is Registered",
		"The {field} of {path} cannot be changed: add the right place and delete this one if nothing uses it.",
	),
	"tree_broken": (
		"InvalidGeographyError",
		"Tree Is Broken",
		"These places hang nowhere in the tree: {names}. Give them a parent that exists, then load again.",
	),
	"geography_unreadable": (
		"InvalidGeographyError",
		"Map Not Readable",
		"The map cannot be read: {problem}. Nothing was written.",
	),
	# facilities
	"invalid_gln": (
		"InvalidFacilityError",
		"Invalid GLN",
		"{gln} is no GLN: it has 13 digits of which the last checks the others.",
	),
	"invalid_location": (
		"InvalidFacilityError",
		"Invalid Location",
		"Latitude lies between -90 and 90, longitude between -180 and 180.",
	),
	"company_missing": (
		"InvalidRequestError",
		"Company Missing",
		"Set the company in Healthcare ERP Settings first: warehouses and items belong to it.",
	),
}
