"""Reading a simulated history in tests."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta

from healthcare_erp.domain.simulation import MOVEMENT_COLUMNS

END = datetime(2026, 6, 30, 15, 30)


def movements(history) -> list[dict]:
	return [dict(zip(MOVEMENT_COLUMNS, row, strict=True)) for row in history.movements()]


def orders(rows) -> dict[tuple, list[dict]]:
	"""The rows of each order line: (document, lot, sender, receiver)."""
	found = defaultdict(list)
	for row in rows:
		if row["counterparty"]:
			sender, receiver = row["facility"], row["counterparty"]
			if row["direction"] == "In":
				sender, receiver = receiver, sender
			found[row["reference_name"], row["national_lot"], sender, receiver].append(row)
	return found


def lacking(order_rows) -> int:
	"""Units that were sent and not received."""
	return sum(row["quantity"] if row["direction"] == "Out" else -row["quantity"] for row in order_rows)


def is_under_way(order_rows) -> bool:
	return order_rows[0]["posting_datetime"] > END - timedelta(10)


def units_by_month(rows, movement_type: str) -> Counter:
	units = Counter()
	for row in rows:
		if row["movement_type"] == movement_type:
			units[row["posting_datetime"].strftime("%Y-%m")] += row["quantity"]
	return units


def units_by_season(history, rows, atc_code: str | tuple) -> Counter:
	"""Units sold by month of the year, of the medicines whose ATC code begins so."""
	codes = {medicine.name: medicine.atc_code for medicine in history.medicines}
	units = Counter()
	for row in rows:
		if row["movement_type"] == "Sale" and codes[row["national_medicine"]].startswith(atc_code):
			units[row["posting_datetime"].month] += row["quantity"]
	return units
