"""Refusals of a register's file and of its rows."""

from healthcare_erp.domain.errors import Refusal

REFUSALS = (
	Refusal(
		code="unreadable_date",
		error="InvalidRegisterError",
		title="Unreadable Date",
		sentence="{value} is no date: write YYYY-MM-DD or DD/MM/YYYY.",
	),
	Refusal(
		code="ambiguous_date",
		error="InvalidRegisterError",
		title="Ambiguous Date",
		sentence="{value} may be two dates, because the file writes some with the day first and some with "
		"the month first: write YYYY-MM-DD.",
	),
	Refusal(
		code="unreadable_price",
		error="InvalidRegisterError",
		title="Unreadable Price",
		sentence="{value} is no price: write a number of zero or more with at most two decimals, such as "
		"1250.50.",
	),
	Refusal(
		code="unreadable_flag",
		error="InvalidRegisterError",
		title="Unreadable Answer",
		sentence="{value} is neither yes nor no: write yes or no.",
	),
	Refusal(
		code="unknown_status",
		error="InvalidRegisterError",
		title="Unknown Status",
		sentence="{value} is no status: write Authorized or Blocked.",
	),
	Refusal(
		code="cell_count",
		error="InvalidRegisterError",
		title="Row With Missing or Extra Cells",
		sentence="The row has {found} cells, the header {expected}: look for a missing quotation mark or an "
		"extra separator.",
	),
	Refusal(
		code="duplicate_in_register",
		error="InvalidRegisterError",
		title="Contradicting Rows",
		sentence="Line {other_line} has the same registration number, strength, form and pack, but another "
		"content ({fields}): keep one of them, none was imported.",
	),
	Refusal(
		code="gtin_repeated",
		error="InvalidRegisterError",
		title="GTIN Given Twice",
		sentence="Line {other_line} gives the GTIN {gtin} to another medicine.",
	),
	Refusal(
		code="register_not_found",
		error="InvalidRegisterError",
		title="File Not Readable",
		sentence="The file {path} cannot be read ({problem}).",
	),
	Refusal(
		code="register_empty",
		error="InvalidRegisterError",
		title="File Empty",
		sentence="The file {path} is empty.",
	),
	Refusal(
		code="register_not_text",
		error="InvalidRegisterError",
		title="No Register",
		sentence="The file {path} is neither a CSV text in a known encoding nor an XLSX workbook: save the "
		"table as CSV (UTF-8) or XLSX.",
	),
	Refusal(
		code="register_broken",
		error="InvalidRegisterError",
		title="Broken CSV File",
		sentence="The row that begins in line {line} of {path} cannot be read ({problem}): look for a "
		"missing quotation mark.",
	),
	Refusal(
		code="register_headers_unknown",
		error="InvalidRegisterError",
		title="Headers Not Known",
		sentence="The first rows name no column for {missing}. Accepted headers: {accepted}.",
	),
	Refusal(
		code="register_unwritable",
		error="InvalidRegisterError",
		title="Rejected Rows Not Written",
		sentence="The rejected rows cannot be written to {path} ({problem}). Nothing was imported.",
	),
	Refusal(
		code="rejected_rows_unwritten",
		error="InvalidRegisterError",
		title="Rejected Rows Not Written",
		sentence="The rejected rows cannot be written to {path} ({problem}). The other rows were imported: "
		"import the file again.",
	),
)
