"""The simulated history: exact, repeatable, and within every rule of the ledger."""

import csv
from collections import defaultdict
from datetime import date, datetime, timedelta
from io import StringIO
from itertools import pairwise

import pytest
import tburundigeo
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.facilities import check_location
from healthcare_erp.domain.geography import from_tables
from healthcare_erp.domain.geography import rows as gazetteer_rows
from healthcare_erp.domain.medicine_registry.essential_medicines import ESSENTIAL_MEDICINES
from healthcare_erp.domain.medicine_registry.lots import LIFE_CYCLE, check_dates, normalise_lot_number
from healthcare_erp.domain.medicine_registry.medicines import atc_level, normalise_atc_code
from healthcare_erp.domain.simulation import MINIMUM_FACILITIES, simulate
from healthcare_erp.domain.simulation.places import COMMUNES
from healthcare_erp.domain.traceability import ledger
from healthcare_erp.domain.traceability.tradability import effective_status, may_move
from healthcare_erp.domain.vocabulary import DIRECTIONS, FACILITY_TYPES, MovementType

from .simulated import END, is_under_way, lacking, movements, orders

OFFICE_HOURS = range(8, 17)


def status_at(events, subject: str, moment: datetime, initial: str) -> str:
	known = [event.status for event in events if event.subject == subject and event.at <= moment]
	return known[-1] if known else initial


@pytest.fixture(scope="module")
def small():
	history = simulate(40, 5_000, 1, END)
	return history, movements(history)


histories = st.builds(
	simulate,
	st.integers(MINIMUM_FACILITIES, 60),
	st.integers(1, 2_500),
	st.integers(0, 2**32),
	st.datetimes(datetime(2020, 1, 1), datetime(2030, 12, 31)),
)


class TestEveryHistory:
	@settings(max_examples=40)
	@given(histories)
	def test_has_exactly_the_rows_asked_for_in_order_of_time(self, history):
		rows = movements(history)
		assert len(rows) == history.parameters["movements"]
		assert len(history.facilities) == history.parameters["facilities"]
		assert all(one["creation"] <= next_one["creation"] for one, next_one in pairwise(rows))
		assert (
			len({row["name"] for row in rows}) == len({row["idempotency_key"] for row in rows}) == len(rows)
		)

	@settings(max_examples=40)
	@given(histories)
	def test_ends_at_its_moment(self, history):
		end = datetime.fromisoformat(history.parameters["end"])
		assert all(row["creation"] == row["posting_datetime"] <= end for row in movements(history))
		assert all(event.at <= end for event in (*history.lot_events, *history.medicine_events))

	@settings(max_examples=10)
	@given(histories)
	def test_reads_the_same_as_text(self, history):
		text = StringIO()
		csv.writer(text, lineterminator="\n").writerows(history.movements())
		assert "".join(history.lines()) == text.getvalue()

	@settings(max_examples=40)
	@given(histories)
	def test_is_a_clean_ledger(self, history):
		columns = ("warehouse", "national_lot", "direction", "quantity", "position_sequence", "balance_after")
		rows = [tuple(row[column] for column in columns) for row in movements(history)]
		assert ledger.verify(rows) == []
		assert all(ledger.whole_quantity(row[3]) == row[3] for row in rows)

	@settings(max_examples=25)
	@given(histories)
	def test_moves_no_lot_that_may_not_move(self, history):
		lots = {lot.name: lot for lot in history.lots}
		for row in movements(history):
			lot, at = lots[row["national_lot"]], row["creation"]
			status = effective_status(
				status_at(history.lot_events, lot.name, at, "Active"), lot.expiry_date, at.date()
			)
			medicine = status_at(history.medicine_events, lot.national_medicine, at, "Authorized")
			assert may_move(status, medicine, row["movement_type"], row["direction"]), row
			assert row["direction"] in DIRECTIONS[MovementType(row["movement_type"])]

	@settings(max_examples=25)
	@given(histories)
	def test_refers_only_to_what_it_lists(self, history):
		warehouses = {(f.facility_type, f.name): f.warehouse for f in history.facilities}
		medicines = {lot.name: lot.national_medicine for lot in history.lots}
		assert set(medicines.values()) <= {medicine.name for medicine in history.medicines}
		for row in movements(history):
			assert row["warehouse"] == warehouses[row["facility_type"], row["facility"]]
			assert row["national_medicine"] == medicines[row["national_lot"]]
			partner = (row["counterparty_type"], row["counterparty"])
			assert partner == (None, None) or partner in warehouses

	@settings(max_examples=25)
	@given(histories)
	def test_registers_lots_and_places_that_the_rules_accept(self, history):
		for lot in history.lots:
			check_dates(lot.manufacture_date, lot.expiry_date, END.date() + timedelta(3_650))
			assert normalise_lot_number(lot.lot_number) == lot.lot_number
		for facility in history.facilities:
			check_location(facility.latitude, facility.longitude)
			assert facility.facility_type in FACILITY_TYPES
		assert len({(lot.national_medicine, lot.lot_number) for lot in history.lots}) == len(history.lots)
		assert len({facility.facility_name for facility in history.facilities}) == len(history.facilities)

	@settings(max_examples=25)
	@given(histories)
	def test_changes_a_lots_status_only_as_its_life_cycle_allows(self, history):
		status = defaultdict(lambda: "Active")
		for event in history.lot_events:
			LIFE_CYCLE.between(status[event.subject], event.status)
			status[event.subject] = event.status
		assert {lot.name: lot.status for lot in history.lots} == {
			lot.name: status[lot.name] for lot in history.lots
		}


class TestRepeating:
	def test_the_same_seed_gives_the_same_history(self):
		one, other = simulate(30, 2_000, 5, END), simulate(30, 2_000, 5, END)
		assert list(one.movements()) == list(other.movements())
		assert (one.facilities, one.lots, one.lot_events) == (other.facilities, other.lots, other.lot_events)

	def test_movements_start_anew_at_each_call(self, small):
		history, rows = small
		assert movements(history) == rows

	def test_another_seed_gives_another_history(self):
		assert list(simulate(30, 500, 5, END).movements()) != list(simulate(30, 500, 6, END).movements())

	def test_too_little_of_a_nation_is_refused(self):
		with pytest.raises(DomainError) as refusal:
			simulate(MINIMUM_FACILITIES - 1, 100, 1, END)
		assert refusal.value.code == "too_few_facilities"
		with pytest.raises(DomainError) as refusal:
			simulate(10, 0, 1, END)
		assert refusal.value.code == "too_few_movements"


class TestTheStory:
	def test_has_every_kind_of_movement(self, small):
		_history, rows = small
		kinds = {(row["movement_type"], row["direction"]) for row in rows}
		internal = {
			("Internal Transfer", "In"),
			("Internal Transfer", "Out"),
		}  # facilities with one warehouse
		assert kinds == {(k.value, way.value) for k, ways in DIRECTIONS.items() for way in ways} - internal

	def test_orders_and_deliveries_are_on_working_days(self, small):
		_history, rows = small
		for row in rows:
			if row["movement_type"] in ("B2B In", "B2B Out"):
				assert row["posting_datetime"].weekday() < 5
				assert row["posting_datetime"].hour in OFFICE_HOURS

	def test_people_buy_all_week(self, small):
		_history, rows = small
		assert {r["posting_datetime"].weekday() for r in rows if r["movement_type"] == "Sale"} == set(
			range(7)
		)

	def test_pharmacies_order_and_public_facilities_request(self, small):
		_history, rows = small
		for row in rows:
			if row["movement_type"] == "B2B In":
				document = "B2B Order" if row["facility_type"] == "Pharmacy" else "Supply Request"
				assert row["reference_doctype"] == document

	def test_the_diverted_shipments_are_the_largest_that_did_not_arrive(self, small):
		history, rows = small
		crime = history.diversion
		missing = {order: order_rows for order, order_rows in orders(rows).items() if lacking(order_rows)}
		settled = {order: lacking(part) for order, part in missing.items() if not is_under_way(part)}
		worst = sorted(settled, key=settled.get, reverse=True)[:3]
		assert {order[1:] for order in worst} == {(crime.lot, crime.sender, crime.receiver)}
		assert min(settled[order] for order in worst) > 3 * max(
			units for order, units in settled.items() if order not in worst
		)

	def test_what_was_diverted_turns_up_far_away_and_is_sold(self, small):
		history, rows = small
		crime = history.diversion
		there = [r for r in rows if (r["facility"], r["national_lot"]) == (crime.outlet, crime.lot)]
		provinces = {facility.name: facility.province for facility in history.facilities}
		assert there[0]["movement_type"] == "Adjustment"
		assert there[0]["direction"] == "In"
		assert any(row["movement_type"] == "Sale" for row in there)
		assert provinces[crime.outlet] != provinces[crime.receiver]

	def test_a_recalled_lot_is_removed_by_most_who_hold_it(self, small):
		history, rows = small
		assert [lot.name for lot in history.lots if lot.status == "Recalled"] == [history.recalled_lot]
		removed = [row for row in rows if row["movement_type"] == "Recall Removal"]
		assert removed
		assert {row["national_lot"] for row in removed} == {history.recalled_lot}
		assert {row["balance_after"] for row in removed} == {0}

	def test_expired_stock_is_destroyed(self, small):
		history, rows = small
		expired = {lot.name: lot.expiry_date for lot in history.lots if lot.status == "Expired"}
		late = [r for r in rows if r["creation"].date() > expired.get(r["national_lot"], date.max)]
		assert late
		assert {(row["movement_type"], row["direction"]) for row in late} == {("Adjustment", "Out")}

	def test_a_lot_is_blocked_and_freed_and_a_medicine_suspended(self, small):
		history, _rows = small
		by_lot = defaultdict(list)
		for event in history.lot_events:
			by_lot[event.subject].append(event.status)
		assert ["Blocked", "Active"] in [statuses[:2] for statuses in by_lot.values()]
		assert [event.status for event in history.medicine_events] == ["Blocked", "Authorized"]

	def test_a_history_without_enough_lots_has_no_story(self):
		history = simulate(10, 100, 1, END)
		assert (history.recalled_lot, history.diversion, history.medicine_events) == (None, None, [])


class TestMasters:
	def test_atc_codes_are_in_the_who_format(self):
		assert all(
			normalise_atc_code(medicine.atc_code) == medicine.atc_code for medicine in ESSENTIAL_MEDICINES
		)
		assert sum(atc_level(medicine.atc_code) == 5 for medicine in ESSENTIAL_MEDICINES) == 59

	def test_sixty_presentations_are_all_different(self):
		presentations = {(m.inn, m.dosage_form, m.strength) for m in ESSENTIAL_MEDICINES}
		assert len(presentations) == len(ESSENTIAL_MEDICINES) == 60

	def test_communes_are_spelt_as_in_the_gazetteer(self):
		provinces = [vars(province) for province in tburundigeo.get_all_provinces()]
		communes = [vars(commune) for commune in tburundigeo.get_all_communes()]
		paths = {row.path for row in gazetteer_rows(from_tables(provinces, communes, [], []))}
		assert {f"{commune.province}/{commune.name}" for commune in COMMUNES} == {
			p for p in paths if "/" in p
		}
