"""The simulated history in figures: what a statistician would look at to tell it from a real one."""

from collections import Counter, defaultdict
from datetime import timedelta

import pytest

from healthcare_erp.domain.simulation import simulate

from .simulated import END, is_under_way, lacking, movements, orders, units_by_month, units_by_season

HISTORIES = [(40, 5_000, 20260101), (40, 5_000, 1), (60, 10_000, 2), (300, 60_000, 3)]


@pytest.fixture(scope="module")
def nation():
	history = simulate(300, 60_000, 1, END)
	return history, movements(history)


class TestDeliveries:
	def test_a_few_orders_of_the_last_days_are_under_way(self, nation):
		_history, rows = nation
		open_orders = [part for part in orders(rows).values() if lacking(part) and is_under_way(part)]
		assert 10 < len(open_orders) < 0.01 * len(orders(rows))
		assert all(part[0]["direction"] == "Out" for part in open_orders)

	def test_no_order_waits_for_longer_unless_it_came_short(self, nation):
		_history, rows = nation
		for part in orders(rows).values():
			assert is_under_way(part) or len(part) > 1

	def test_some_come_short_by_a_few_units_under_the_same_document(self, nation):
		history, rows = nation
		short = [
			part
			for (_order, *line), part in orders(rows).items()
			if lacking(part) and not is_under_way(part) and tuple(line) != history.diversion[:3]
		]
		assert 0.005 < len(short) / len(orders(rows)) < 0.03
		assert all(0 < lacking(part) <= 0.08 * part[0]["quantity"] for part in short)

	def test_some_come_in_two_parts_on_two_days(self, nation):
		_history, rows = nation
		split = [
			part for part in orders(rows).values() if len(part) > 2 and part[0]["movement_type"] != "Return"
		]
		in_two = [
			part
			for part in split
			if [row["movement_type"] for row in part] == ["B2B Out", "B2B In", "B2B In"]
		]
		assert 0.02 < len(in_two) / len(orders(rows)) < 0.06
		assert all(one["creation"].date() < other["creation"].date() for _out, one, other in in_two)
		assert all(lacking(part) == 0 for part in in_two if not is_under_way(part))


class TestFigures:
	"""The history as a statistician sees it."""

	@pytest.mark.parametrize(
		"numbers", [(40, 5_000, 20260101), (40, 5_000, 1), (60, 10_000, 2), (300, 60_000, 3)]
	)
	def test_from_the_first_month_on_as_much_is_sold_as_later(self, numbers):
		sold = units_by_month(movements(simulate(*numbers, END)), "Sale")
		mean = sum(sold.values()) / 24
		whole_months = [units for month, units in sorted(sold.items())[1:-1]]
		assert 0.5 * mean < min(whole_months)
		assert max(whole_months) < 1.7 * mean
		first_quarter, same_a_year_later = whole_months[:3], whole_months[12:15]
		assert 0.7 < sum(first_quarter) / sum(same_a_year_later) < 1.4

	@pytest.mark.parametrize(
		"numbers", [(40, 5_000, 20260101), (40, 5_000, 1), (60, 10_000, 2), (300, 60_000, 3)]
	)
	def test_stock_is_enough_for_two_to_six_months(self, numbers):
		history = simulate(*numbers, END)
		rows = movements(history)
		usable = {lot.name for lot in history.lots if lot.status == "Active"}
		balances = {(row["warehouse"], row["national_lot"]): row["balance_after"] for row in rows}
		on_hand = sum(units for (_warehouse, lot), units in balances.items() if lot in usable)
		sold = sum(units_by_month(rows, "Sale").values()) / 24
		assert 2 < on_hand / sold < 6.5

	@pytest.mark.parametrize("numbers", [(40, 5_000, 20260101), (300, 60_000, 3)])
	def test_most_of_what_is_imported_is_sold(self, numbers):
		rows = movements(simulate(*numbers, END))
		imported, sold = (sum(units_by_month(rows, kind).values()) for kind in ("Import", "Sale"))
		assert 0.75 < sold / imported < 1

	def test_every_lot_is_imported_as_registered(self, nation):
		history, rows = nation
		imported = {row["national_lot"]: row["quantity"] for row in rows if row["movement_type"] == "Import"}
		assert imported == {lot.name: lot.quantity_imported for lot in history.lots}

	def test_malaria_follows_the_rains(self, nation):
		history, rows = nation
		sold = units_by_season(history, rows, "P01B")
		assert sold[5] + sold[6] > 1.8 * (sold[8] + sold[9])
		assert sold[12] + sold[1] > 1.4 * (sold[2] + sold[3])

	def test_schools_treat_for_worms_when_the_terms_begin(self, nation):
		history, rows = nation
		sold = units_by_season(history, rows, "P02C")
		assert sold[9] > 1.7 * sold[8]
		assert sold[9] + sold[1] + sold[4] > 1.4 * (sold[8] + sold[12] + sold[3])

	def test_what_people_need_all_year_has_no_season(self, nation):
		history, rows = nation
		sold = units_by_season(history, rows, ("A", "B", "C"))
		assert max(sold.values()) < 1.8 * min(sold.values())

	def test_counters_are_busy_in_the_morning_and_empty_at_noon_and_at_night(self, nation):
		_history, rows = nation
		hours = Counter(row["posting_datetime"].hour for row in rows if row["movement_type"] == "Sale")
		assert hours[12] < 0.5 * hours[10]
		assert hours[16] > 1.2 * hours[12]
		assert sum(hours[hour] for hour in (*range(6), *range(21, 24))) < 0.1 * hours.total()

	def test_nobody_sells_where_it_is_closed(self, nation):
		history, rows = nation
		kinds = {facility.name: facility.kind for facility in history.facilities}
		for row in rows:
			if row["movement_type"] == "Sale" and row["facility"] != history.diversion.outlet:
				at, kind = row["posting_datetime"], kinds[row["facility"]]
				if kind in ("Health Center", "Dispensary"):
					assert 7 <= at.hour < 16
					assert at.weekday() < 5 or (at.weekday() == 5 and at.hour < 12)
				elif kind == "Retailer":
					assert 8 <= at.hour < 20

	def test_few_pharmacies_are_open_on_a_sunday(self, nation):
		history, rows = nation
		pharmacies = {facility.name for facility in history.facilities if facility.kind == "Retailer"}
		by_day = defaultdict(set)
		for row in rows:
			if row["movement_type"] == "Sale" and row["facility"] in pharmacies - {history.diversion.outlet}:
				by_day[row["posting_datetime"].date()].add(row["facility"])
		sundays = [day for day in by_day if day.weekday() == 6]
		assert sundays
		assert all(len(by_day[day]) <= len(pharmacies) / 5 for day in sundays)

	def test_the_recalled_lot_is_spread_widely(self, nation):
		history, rows = nation
		reached = {row["facility"] for row in rows if row["national_lot"] == history.recalled_lot}
		assert len(reached) > len(history.facilities) / 2

	def test_a_history_that_ends_at_night_is_as_good(self):
		history = simulate(40, 5_000, 1, END.replace(hour=0, minute=0, second=0))
		last = [row for row in movements(history) if row["posting_datetime"] > END - timedelta(2)]
		assert len(last) < 60
