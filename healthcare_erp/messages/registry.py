"""Refusals of the national registry: statuses, lots, medicines, scanned codes."""

ERRORS: dict[str, tuple[str, str, str]] = {
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
	"price_out_of_range": (
		"InvalidMedicineError",
		"Price Too High",
		"An authorised price lies below {limit}.",
	),
	"duplicate_medicine": (
		"InvalidMedicineError",
		"Medicine Exists",
		"{medicine} is registered already with this registration number, strength, form and pack.",
	),
	"invalid_atc_code": (
		"InvalidMedicineError",
		"Invalid ATC Code",
		"{atc_code} is no WHO ATC code: give one of its five levels, such as J, J01, J01C, J01CA or J01CA04.",
	),
	"invalid_gtin": (
		"InvalidMedicineError",
		"Invalid GTIN",
		"{gtin} is no GTIN: it has 8, 12, 13 or 14 digits of which the last checks the others.",
	),
	"registration_number_missing": (
		"InvalidMedicineError",
		"Registration Number Missing",
		"A medicine needs its registration number.",
	),
	"brand_name_missing": (
		"InvalidMedicineError",
		"Brand Name Missing",
		"A medicine needs its brand name.",
	),
	"inn_missing": (
		"InvalidMedicineError",
		"INN Missing",
		"A medicine needs its international nonproprietary name (INN).",
	),
	"registered_in_future": (
		"InvalidMedicineError",
		"Registration Date in the Future",
		"The registration date {registration_date} lies in the future.",
	),
	"unreadable_date": (
		"InvalidRegisterError",
		"Unreadable Date",
		"{value} is no date: write YYYY-MM-DD or DD/MM/YYYY.",
	),
	"ambiguous_date": (
		"InvalidRegisterError",
		"Ambiguous Date",
		"{value} may be two dates, because the file writes some with the day first and some with the month first: write YYYY-MM-DD.",
	),
	"unreadable_price": (
		"InvalidRegisterError",
		"Unreadable Price",
		"{value} is no price: write a number of zero or more with at most two decimals, such as 1250.50.",
	),
	"unreadable_flag": (
		"InvalidRegisterError",
		"Unreadable Answer",
		"{value} is neither yes nor no: write yes or no.",
	),
	"unknown_status": (
		"InvalidRegisterError",
		"Unknown Status",
		"{value} is no status: write Authorized or Blocked.",
	),
	"cell_count": (
		"InvalidRegisterError",
		"Row With Missing or Extra Cells",
		"The row has {found} cells, the header {expected}: look for a missing quotation mark or an extra separator.",
	),
	"duplicate_in_register": (
		"InvalidRegisterError",
		"Contradicting Rows",
		"Line {other_line} has the same registration number, strength, form and pack, but another content ({fields}): keep one of them, none was imported.",
	),
	"gtin_repeated": (
		"InvalidRegisterError",
		"GTIN Given Twice",
		"Line {other_line} gives the GTIN {gtin} to another medicine.",
	),
	"register_not_found": (
		"InvalidRegisterError",
		"File Not Readable",
		"The file {path} cannot be read ({problem}).",
	),
	"register_empty": (
		"InvalidRegisterError",
		"File Empty",
		"The file {path} is empty.",
	),
	"register_not_text": (
		"InvalidRegisterError",
		"No Register",
		"The file {path} is neither a CSV text in a known encoding nor an XLSX workbook: save the table as CSV (UTF-8) or XLSX.",
	),
	"register_broken": (
		"InvalidRegisterError",
		"Broken CSV File",
		"The row that begins in line {line} of {path} cannot be read ({problem}): look for a missing quotation mark.",
	),
	"register_headers_unknown": (
		"InvalidRegisterError",
		"Headers Not Known",
		"The first rows name no column for {missing}. Accepted headers: {accepted}.",
	),
	"register_unwritable": (
		"InvalidRegisterError",
		"Rejected Rows Not Written",
		"The rejected rows cannot be written to {path} ({problem}). Nothing was imported.",
	),
	"rejected_rows_unwritten": (
		"InvalidRegisterError",
		"Rejected Rows Not Written",
		"The rejected rows cannot be written to {path} ({problem}). The other rows were imported: import the file again.",
	),
	"unreadable_code": (
		"UnreadableCodeError",
		"Unreadable Code",
		"This code cannot be read: {problem}. Scan the GS1 DataMatrix again, or type GTIN and lot.",
	),
	"batch_taken": (
		"BatchTakenError",
		"Batch Taken",
		"Batch {batch} belongs to item {item} and expires on {expiry_date}: it is not lot {lot}. Rename the batch, or "
		"correct the lot.",
	),
	"batch_of_lot": (
		"BatchOfLotError",
		"Batch of a National Lot",
		"Batch {batch} is lot {lot} of the national registry: its item, name and expiry date are the lot's, and it is "
		"not split.",
	),
	"party_taken": (
		"PartyTakenError",
		"Party of Another Facility",
		"{party} stands for {facility} already: each facility has a customer and a supplier of its own.",
	),
}
