"""Ways to damage a bundle's tables: each function changes them in place."""

from datetime import timedelta

from .conftest import Tables


def movement(tables: Tables, movement_type="Sale", lot=None) -> dict:
	return next(
		row
		for row in tables["movements"]
		if row["movement_type"] == movement_type and (lot is None or row["national_lot"] == lot)
	)


def last_of_position(tables: Tables) -> dict:
	last = {(row["warehouse"], row["national_lot"]): row for row in tables["movements"]}
	return next(row for row in last.values() if row["position_sequence"] > 3)


def reversal(tables: Tables, **other) -> dict:
	"""A reversal of the last sale of a position, where the lot is Active."""
	original = last_of_position(tables)
	opposite = {"In": "Out", "Out": "In"}[original["direction"]]
	change = original["quantity"] if opposite == "In" else -original["quantity"]
	return original | {
		"name": "REVERSAL",
		"idempotency_key": "REVERSAL",
		"direction": opposite,
		"position_sequence": original["position_sequence"] + 1,
		"balance_after": original["balance_after"] + change,
		"reversal_of": original["name"],
		**other,
	}


def remove_row(tables: Tables) -> None:
	tables["movements"].remove(movement(tables))


def repeat_number(tables: Tables) -> None:
	last_of_position(tables)["position_sequence"] -= 1


def change_balance(tables: Tables) -> None:
	last_of_position(tables)["balance_after"] += 1


def change_quantity(tables: Tables) -> None:
	movement(tables)["quantity"] += 1


def oversell(tables: Tables) -> None:
	row = last_of_position(tables)
	row.update(direction="Out", movement_type="Adjustment", quantity=10**6, balance_after=-1)


def zero(tables: Tables) -> None:
	movement(tables)["quantity"] = 0


def negative(tables: Tables) -> None:
	movement(tables)["quantity"] *= -1


def turn_sale_around(tables: Tables) -> None:
	movement(tables)["direction"] = "In"


def invent_type(tables: Tables) -> None:
	movement(tables)["movement_type"] = "Gift"


def repeat_name(tables: Tables) -> None:
	tables["movements"][7]["name"] = tables["movements"][8]["name"]


def repeat_key(tables: Tables) -> None:
	first, *others = (row for row in tables["movements"] if row["facility"] == movement(tables)["facility"])
	first["idempotency_key"] = others[-1]["idempotency_key"]


def forget_lot(tables: Tables) -> None:
	tables["lots"].pop(0)


def forget_facility(tables: Tables) -> None:
	tables["facilities"].pop(0)


def forget_medicine(tables: Tables) -> None:
	tables["medicines"].pop(0)


def swap_warehouse(tables: Tables) -> None:
	row = last_of_position(tables)
	row["facility"] = next(f["name"] for f in tables["facilities"] if f["name"] != row["facility"])


def swap_medicine(tables: Tables) -> None:
	movement(tables)["national_medicine"] = "MED-007"


def name_a_stranger(tables: Tables) -> None:
	movement(tables, "B2B Out")["counterparty"] = "PH-99999"


def double_lot(tables: Tables) -> None:
	tables["lots"].append(tables["lots"][3])


def lose_time(tables: Tables) -> None:
	movement(tables)["creation"] = None


def invent_status(tables: Tables) -> None:
	tables["lot_events"][0]["status"] = "Lost"


def recall_early(tables: Tables) -> None:
	row = movement(tables)
	event = {"lot": row["national_lot"], "status": "Recalled", "at": row["creation"]}
	tables["lot_events"].append(event)


def expire_early(tables: Tables) -> None:
	row = movement(tables)
	lot = next(lot for lot in tables["lots"] if lot["name"] == row["national_lot"])
	lot["expiry_date"] = row["creation"].date() - timedelta(1)


def block_medicine(tables: Tables) -> None:
	row = movement(tables)
	event = {"medicine": row["national_medicine"], "status": "Blocked", "at": row["creation"]}
	tables["medicine_events"].append(event)


def reverse_nothing(tables: Tables) -> None:
	tables["movements"].append(reversal(tables, reversal_of="SM-NONE"))


def reverse_in_part(tables: Tables) -> None:
	row = reversal(tables)
	row["balance_after"] += 1 if row["direction"] == "Out" else -1
	tables["movements"].append(row | {"quantity": row["quantity"] - 1 or 2})


def reverse_twice(tables: Tables) -> None:
	first = reversal(tables)
	original = last_of_position(tables)
	again = first | {
		"name": "R2",
		"idempotency_key": "R2",
		"position_sequence": first["position_sequence"] + 1,
	}
	again["balance_after"] += first["balance_after"] - original["balance_after"]
	tables["movements"] += [first, again]


def import_too_much(tables: Tables) -> None:
	lot = movement(tables, "Import")["national_lot"]
	next(row for row in tables["lots"] if row["name"] == lot)["quantity_imported"] = 1


def change_importer(tables: Tables) -> None:
	lot = movement(tables, "Import")["national_lot"]
	row = next(row for row in tables["lots"] if row["name"] == lot)
	row["importer"] = next(f["name"] for f in tables["facilities"] if f["name"] != row["importer"])


def take_back_from_nowhere(tables: Tables) -> None:
	"""A recalled lot comes back to a facility from one that it never sent any to."""
	event = next(event for event in tables["lot_events"] if event["status"] == "Recalled")
	last = max(
		(row for row in tables["movements"] if row["national_lot"] == event["lot"]),
		key=lambda row: (row["balance_after"], row["name"]),
	)
	position = [
		row
		for row in tables["movements"]
		if (row["warehouse"], row["national_lot"]) == (last["warehouse"], last["national_lot"])
	]
	head = max(position, key=lambda row: row["position_sequence"])
	stranger = next(
		facility
		for facility in tables["facilities"]
		if facility["name"] not in {head["facility"], *(row["counterparty"] for row in position)}
	)
	later = max(row["creation"] for row in tables["movements"])
	tables["movements"].append(
		head
		| {
			"name": "ZZZZZZZZZZ",
			"idempotency_key": "taken-back",
			"movement_type": "Return",
			"direction": "In",
			"quantity": 1,
			"position_sequence": head["position_sequence"] + 1,
			"balance_after": head["balance_after"] + 1,
			"counterparty_type": stranger["facility_type"],
			"counterparty": stranger["name"],
			"posting_datetime": later,
			"creation": later,
			"reversal_of": None,
		}
	)


def report_late(tables: Tables) -> None:
	"""Sales of before the recall that were recorded after it: no damage."""
	event = next(event for event in tables["lot_events"] if event["status"] == "Recalled")
	for row in tables["movements"]:
		if row["national_lot"] == event["lot"] and row["posting_datetime"] < event["at"]:
			row["creation"] = max(row["creation"], event["at"])


def move_to_a_further_warehouse(tables: Tables) -> None:
	"""A facility's positions of one lot in another warehouse of its own: no damage."""
	one = movement(tables, "Import")
	position = (one["warehouse"], one["national_lot"])
	for row in tables["movements"]:
		if (row["warehouse"], row["national_lot"]) == position:
			row["warehouse"] = "Quarantine of its own"


def share_a_warehouse(tables: Tables) -> None:
	"""Two facilities in one warehouse that is neither's main one."""
	one = movement(tables, "Sale")
	other = next(
		row
		for row in tables["movements"]
		if row["facility"] != one["facility"] and row["national_lot"] != one["national_lot"]
	)
	for chosen in (one, other):
		position = (chosen["warehouse"], chosen["national_lot"])
		for row in tables["movements"]:
			if (row["warehouse"], row["national_lot"]) == position:
				row["warehouse"] = "Nobody's"
