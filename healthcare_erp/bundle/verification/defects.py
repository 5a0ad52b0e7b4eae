"""The vocabulary of what can be wrong with a bundle; codes are shared with `domain` where a rule of it is meant."""

DEFECTS: dict[str, str] = {
	# the files
	"file_missing": "The manifest names a file that is not there.",
	"file_changed": "A file is not the one that the manifest describes: its SHA-256 differs.",
	"manifest_changed": "The manifest's own digest does not match the digests that it lists.",
	"row_count_mismatch": "A table has more or fewer rows than the manifest says.",
	# the masters
	"duplicate_record": "A facility, medicine or lot is there more than once.",
	"unknown_status": "A lot or medicine, or one of their events, has a status that does not exist.",
	"unknown_facility_type": "A facility, or a movement's, is of a type that does not exist.",
	# each movement by itself
	"missing_value": "A field that every row must have is empty, or beyond every calendar or count.",
	"invalid_quantity": "The quantity is no positive whole number.",
	"unknown_movement_type": "The movement type does not exist.",
	"invalid_direction": "The movement type never goes in this direction.",
	"unknown_facility": "The facility is not among the facilities, or the warehouse is another's.",
	"unknown_counterparty": "The counterparty is not among the facilities.",
	"unknown_lot": "The lot is not among the lots.",
	"unknown_medicine": "The lot's medicine is not among the medicines.",
	"medicine_mismatch": "The movement names another medicine than its lot.",
	"unknown_movement": "A reversal undoes a movement that is not there.",
	"invalid_reversal": "A reversal does not mirror the movement that it undoes, or undoes it a second time.",
	# all movements together
	"duplicate_name": "Several movements have the same name.",
	"duplicate_idempotency_key": "Several movements of one facility have the same idempotency key.",
	"sequence_gap": "A position's rows are not numbered 1, 2, 3 ... without gaps or repeats.",
	"balance_mismatch": "The balance after a row is not the sum of the position's movements up to it.",
	"negative_balance": "A position holds less than nothing.",
	"import_beyond_declared": "More of a lot was imported than was declared.",
	"not_the_importer": "A lot was imported by somebody else than its importer.",
	"return_beyond_sent": "More of a stopped lot came back than had been sent.",
	"lot_not_tradable": "A lot moved while it was Blocked, Expired or Recalled, other than out of the trade.",
	"medicine_blocked": "A lot moved while its medicine was Blocked, other than out of the trade.",
}

# With one of these, nothing else can be said of a bundle: its rows do not add up to anything.
UNSOUND = frozenset(
	(
		"file_missing",
		"duplicate_record",
		"missing_value",
		"unknown_facility_type",
		"invalid_quantity",
		"unknown_movement_type",
		"invalid_direction",
	)
)
