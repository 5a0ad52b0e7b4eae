"""Refusals of the national registry: lots, medicines, scanned codes, batches."""

from healthcare_erp.domain.errors import Refusal

REFUSALS = (
	Refusal(
		code="invalid_lot_number",
		error="InvalidLotError",
		title="Invalid Lot Number",
		sentence="{lot_number} is no lot number: GS1 allows 1 to 20 letters, digits and simple punctuation.",
	),
	Refusal(
		code="expiry_date_missing",
		error="InvalidLotError",
		title="Expiry Date Missing",
		sentence="A lot needs its expiry date.",
	),
	Refusal(
		code="manufactured_in_future",
		error="InvalidLotError",
		title="Manufacture Date in the Future",
		sentence="The manufacture date {manufacture_date} lies in the future.",
	),
	Refusal(
		code="expires_before_made",
		error="InvalidLotError",
		title="Expiry Before Manufacture",
		sentence="The expiry date {expiry_date} does not lie after the manufacture date {manufacture_date}.",
	),
	Refusal(
		code="lot_not_expired",
		error="InvalidTransitionError",
		title="Lot Not Expired",
		sentence="Lot {lot} may be used until {expiry_date}: it does not expire before.",
	),
	Refusal(
		code="duplicate_lot",
		error="DuplicateLotError",
		status=409,
		title="Lot Exists",
		sentence="Medicine {medicine} has a lot {lot_number} already: {lot}.",
	),
	Refusal(
		code="medicine_blocked",
		error="MedicineBlockedError",
		status=409,
		title="Medicine Blocked",
		sentence="The medicine of {lot} is Blocked: it takes no new lots, and its lots may only leave the "
		"trade.",
	),
	Refusal(
		code="not_the_importer",
		error="NotTheImporterError",
		status=409,
		title="Not the Importer",
		sentence="{facility} is not the importer of lot {lot}: {importer} is.",
	),
	Refusal(
		code="import_beyond_declared",
		error="ImportBeyondDeclaredError",
		status=409,
		title="More Than Was Declared",
		sentence="{requested} units of lot {lot} were reported as imported; of the declared quantity "
		"{available} are left.",
	),
	Refusal(
		code="unknown_lot",
		error="UnknownLotError",
		status=404,
		title="Unknown Lot",
		sentence="There is no lot {lot} in the national registry.",
	),
	Refusal(
		code="ambiguous_lot",
		error="InvalidRequestError",
		title="Ambiguous Lot Number",
		sentence="Several medicines have a lot numbered {lot}: {choices}. Give the lot's name or its GTIN.",
	),
	Refusal(
		code="unreadable_code",
		error="UnreadableCodeError",
		title="Unreadable Code",
		sentence="This code cannot be read: {problem}. Scan the GS1 DataMatrix again, or type GTIN and lot.",
	),
	Refusal(
		code="batch_taken",
		error="BatchTakenError",
		status=409,
		title="Batch Taken",
		sentence="Batch {batch} belongs to item {item} and expires on {expiry_date}: it is not lot {lot}. "
		"Rename the batch, or correct the lot.",
	),
	Refusal(
		code="batch_of_lot",
		error="BatchOfLotError",
		status=409,
		title="Batch of a National Lot",
		sentence="Batch {batch} is lot {lot} of the national registry: its item, name and expiry date are "
		"the lot's, and it is not split.",
	),
	Refusal(
		code="unregistered_batch",
		error="UnregisteredBatchError",
		status=409,
		title="Batch Not Registered",
		sentence="Batch {batch} of {item} is no lot of the national registry: register it as a National Lot "
		"first.",
	),
	Refusal(
		code="batch_missing",
		error="UnregisteredBatchError",
		status=409,
		title="Batch Missing",
		sentence="{item} is a registered medicine: its units move in batches that are lots of the national "
		"registry.",
	),
	Refusal(
		code="kit_at_till",
		error="UnregisteredBatchError",
		status=409,
		title="Medicine in a Product Bundle",
		sentence="{item} contains the medicine {medicine}: a till does not say which lots of it are sold. "
		"Sell it by itself, or by Delivery Note.",
	),
	Refusal(
		code="registration_number_missing",
		error="InvalidMedicineError",
		title="Registration Number Missing",
		sentence="A medicine needs its registration number.",
	),
	Refusal(
		code="brand_name_missing",
		error="InvalidMedicineError",
		title="Brand Name Missing",
		sentence="A medicine needs its brand name.",
	),
	Refusal(
		code="inn_missing",
		error="InvalidMedicineError",
		title="INN Missing",
		sentence="A medicine needs its international nonproprietary name (INN).",
	),
	Refusal(
		code="registered_in_future",
		error="InvalidMedicineError",
		title="Registration Date in the Future",
		sentence="The registration date {registration_date} lies in the future.",
	),
	Refusal(
		code="duplicate_medicine",
		error="InvalidMedicineError",
		title="Medicine Exists",
		sentence="{medicine} is registered already with this registration number, strength, form and pack.",
	),
	Refusal(
		code="unknown_medicine",
		error="UnknownMedicineError",
		status=404,
		title="Unknown Medicine",
		sentence="There is no medicine {medicine} in the national registry.",
	),
	Refusal(
		code="invalid_atc_code",
		error="InvalidMedicineError",
		title="Invalid ATC Code",
		sentence="{atc_code} is no WHO ATC code: give one of its five levels, such as J, J01, J01C, J01CA or "
		"J01CA04.",
	),
	Refusal(
		code="invalid_gtin",
		error="InvalidMedicineError",
		title="Invalid GTIN",
		sentence="{gtin} is no GTIN: it has 8, 12, 13 or 14 digits of which the last checks the others.",
	),
	Refusal(
		code="price_change_not_permitted",
		error="PriceChangeNotPermittedError",
		status=403,
		title="Not Permitted",
		sentence="Only a National Admin may change an authorised price.",
	),
	Refusal(
		code="invalid_authorised_price",
		error="InvalidMedicineError",
		title="Invalid Price",
		sentence="An authorised price cannot be negative.",
	),
	Refusal(
		code="price_out_of_range",
		error="InvalidMedicineError",
		title="Price Too High",
		sentence="An authorised price lies below {limit}.",
	),
)
