"""What the Desk shows: cards, charts, reports and the map, as the roles that look at them."""

import json

import frappe
from frappe.desk.query_report import run
from frappe.utils import add_days, getdate, now_datetime

from healthcare_erp.api import registry
from healthcare_erp.core.exceptions import InvalidRequestError, UnknownFacilityTypeError
from healthcare_erp.overrides.whitelisted import lists
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.traceability.report.movements_by_day import movements_by_day
from healthcare_erp.traceability.stock import activity, on_hand


def user(*roles: str, **scope: str) -> str:
	"""A user with roles, and User Permissions on `doctype=name`."""
	email = f"{factories.hash_().lower()}@example.com"
	has_roles = [{"role": role} for role in roles]
	factories.make("User", email=email, first_name="Desk", send_welcome_email=0, roles=has_roles)
	for doctype, name in scope.items():
		allow = frappe.unscrub(doctype)
		factories.make("User Permission", user=email, allow=allow, for_value=name)
	return email


def report(name: str, **filters) -> list[dict]:
	"""The rows of a report as the Desk runs it, without the total."""
	result = run(name, filters=filters, ignore_prepared_report=True)["result"]
	return [row for row in result if isinstance(row, dict)]


class DeskTestCase(SiteTestCase):
	"""A lot at a wholesaler in one province and at a health centre in another."""

	def setUp(self):
		self.north, self.south = factories.province(), factories.province()
		self.lot = factories.lot(expires_in=10)
		self.wholesaler = factories.wholesaler(administrative_level=factories.commune(self.north).name)
		self.centre = factories.public_facility(administrative_level=self.south.name)
		factories.record(self.wholesaler, self.lot.name, "Import", 100)
		factories.record(self.wholesaler, self.lot.name, "B2B Out", 30)
		factories.record(self.centre, self.lot.name, "B2B In", 30)
		frappe.cache.delete_keys(on_hand.CACHE_KEY)

	def tearDown(self):
		super().tearDown()
		frappe.cache.delete_keys(on_hand.CACHE_KEY)

	def held_in(self, province, *others: list) -> list[str]:
		"""The lots that the list shows under its filter for a province."""
		filters = [["National Lot", "held_in", "=", province.name], *others]
		frappe.local.form_dict = frappe._dict(
			doctype="National Lot", fields=json.dumps(["name"]), filters=json.dumps(filters)
		)
		return [row.name for row in lists.view_list()]


class TestCards(DeskTestCase):
	def test_lots_are_counted_by_the_filters_of_their_list(self):
		for card in (registry.active_lots, registry.expiring_lots):
			before = card()["value"]
			lot = factories.lot(expires_in=30)
			self.assertEqual(card()["value"], before + 1)
			listed = frappe.get_list("National Lot", filters=card()["route_options"], pluck="name", limit=0)
			self.assertEqual(len(listed), before + 1)
			self.assertIn(lot.name, listed)

	def test_lot_past_its_date_is_not_active(self):
		before = registry.active_lots()["value"]
		factories.lot(expires_in=-1)
		self.assertEqual(registry.active_lots()["value"], before)

	def test_last_day_of_use_expires_soon_and_day_31_does_not(self):
		before = registry.expiring_lots()["value"]
		factories.lot(expires_in=0)
		factories.lot(expires_in=31)
		self.assertEqual(registry.expiring_lots()["value"], before + 1)

	def test_stopped_units_are_those_of_blocked_and_recalled_lots(self):
		before = registry.stopped_units()["value"]
		self.lot.transition("Block", "complaint")
		self.assertEqual(registry.stopped_units()["value"], before + 100)
		self.lot.transition("Recall", "confirmed")
		self.assertEqual(registry.stopped_units()["value"], before + 100)
		factories.record(self.centre, self.lot.name, "Recall Removal", 30)
		self.assertEqual(registry.stopped_units()["value"], before + 70)

	def test_movements_today_are_those_that_happened_today(self):
		before = registry.movements_today()["value"]
		factories.record(self.centre, self.lot.name, "Sale", 1)
		yesterday = add_days(now_datetime(), -1)
		factories.record(self.centre, self.lot.name, "Sale", 1, posting_datetime=yesterday)
		card = registry.movements_today()
		self.assertEqual(card["value"], before + 1)
		filters = card["route_options"]
		self.assertEqual(frappe.db.count("Stock Movement", filters), before + 1)

	def test_cards_keep_to_the_scope(self):
		self.lot.transition("Block", "complaint")
		manager = user("Public Facility Manager", public_facility=self.centre.name)
		with self.set_user(manager):
			self.assertEqual(registry.stopped_units()["value"], 30)
			self.assertEqual(registry.movements_today()["value"], 1)

	def test_cards_ask_for_permission(self):
		with self.set_user(user("Cashier")):
			self.assertRaises(frappe.PermissionError, registry.stopped_units)
			self.assertRaises(frappe.PermissionError, registry.movements_today)
			self.assertRaises(frappe.PermissionError, self.held_in, self.north)
			self.assertRaises(frappe.PermissionError, registry.lot_stock, self.lot.name)
		with self.set_user("Guest"):
			self.assertRaises(frappe.PermissionError, registry.active_lots)


class TestHoldings(DeskTestCase):
	def test_lots_of_a_province_are_those_its_facilities_hold(self):
		self.assertEqual(self.held_in(self.north), [self.lot.name])
		self.assertEqual(self.held_in(self.south), [self.lot.name])
		factories.record(self.centre, self.lot.name, "Sale", 30)
		self.assertEqual(self.held_in(self.south), [])
		self.assertEqual(self.held_in(factories.province()), [])

	def test_lots_of_a_province_keep_to_the_scope(self):
		with self.set_user(user("Pharmacy Manager", pharmacy=self.wholesaler.name)):
			self.assertEqual(self.held_in(self.north), [self.lot.name])
			self.assertEqual(self.held_in(self.south), [])

	def test_lots_of_a_province_keep_to_the_other_filters(self):
		self.assertEqual(self.held_in(self.north, ["National Lot", "status", "=", "Recalled"]), [])

	def test_lot_stock_by_province(self):
		found = registry.lot_stock(self.lot.name)
		self.assertEqual((found["units"], found["imported"]), (100, 100))
		expected = [(self.north.name, 70, 1), (self.south.name, 30, 1)]
		self.assertEqual([(p["province"], p["units"], p["facilities"]) for p in found["provinces"]], expected)

	def test_reversed_import_counts_as_not_imported(self):
		lot = factories.lot()
		first = factories.record(self.wholesaler, lot.name, "Import", 50)
		factories.record(self.wholesaler, lot.name, "Import", 50, direction="Out", reversal_of=first.name)
		self.assertEqual(registry.lot_stock(lot.name)["imported"], 0)

	def test_positions_are_the_last_balances(self):
		found = {row.warehouse: row.units for row in on_hand.positions([self.lot.name])}
		self.assertEqual(found, {self.wholesaler.warehouse: 70, self.centre.warehouse: 30})
		self.assertEqual(on_hand.positions([]), [])

	def test_scoped_users_do_not_share_a_count(self):
		whole = on_hand.units_by_warehouse()
		with self.set_user(user("Public Facility Manager", public_facility=self.centre.name)):
			self.assertEqual(on_hand.units_by_warehouse(), {self.centre.warehouse: 30})
		self.assertEqual(on_hand.units_by_warehouse(), whole)


class TestReports(DeskTestCase):
	def test_expiring_lots_by_province(self):
		with self.set_user(user("Analyst")):
			rows = report("Expiring Lots", within_days=10, national_medicine=self.lot.national_medicine)
			[row] = rows
			self.assertEqual(
				(row["national_lot"], row["days_to_expiry"], row["units"]), (self.lot.name, 10, 100)
			)
			north = f"province_{frappe.scrub(self.north.name)}"
			self.assertEqual(row[north], 70)
			of_medicine = {"national_medicine": self.lot.national_medicine}
			self.assertEqual(report("Expiring Lots", within_days=9, **of_medicine), [])
			[row] = report("Expiring Lots", province=self.south.name, **of_medicine)
			self.assertEqual(row["units"], 30)

	def test_expired_lots_are_shown_on_demand(self):
		factories.age(self.lot, add_days(getdate(), -5))
		of_medicine = {"national_medicine": self.lot.national_medicine}
		self.assertEqual(report("Expiring Lots", **of_medicine), [])
		[row] = report("Expiring Lots", with_expired=1, **of_medicine)
		self.assertEqual((row["status"], row["days_to_expiry"]), ("Expired", -5))

	def test_lots_that_nobody_holds_are_shown_on_demand(self):
		empty = factories.lot(expires_in=10)
		of_medicine = {"national_medicine": empty.national_medicine}
		self.assertEqual(report("Expiring Lots", **of_medicine), [])
		[row] = report("Expiring Lots", with_empty=1, **of_medicine)
		self.assertEqual((row["national_lot"], row["units"]), (empty.name, 0))

	def test_stock_by_facility_and_its_filters(self):
		def units(**filters) -> list[int]:
			return [row["units"] for row in report("Stock by Facility", **filters)]

		lot = {"national_lot": self.lot.name}
		with self.set_user(user("Inspector")):
			self.assertEqual(units(**lot), [70, 30])
			self.assertEqual(units(national_medicine=self.lot.national_medicine), [70, 30])
			self.assertEqual(units(province=self.south.name), [30])
			facility = {"facility_type": "Pharmacy", "facility": self.wholesaler.name}
			self.assertEqual(units(**facility), [70])
			medicine = {"national_medicine": self.lot.national_medicine}
			self.assertEqual(units(lot_status=["Blocked", "Recalled"], **medicine), [])
			self.assertEqual(units(lot_status=["Active"], **medicine), [70, 30])

	def test_stock_by_facility_keeps_to_the_scope(self):
		with self.set_user(user("Pharmacy Manager", pharmacy=self.wholesaler.name)):
			rows = report("Stock by Facility")
			self.assertEqual([(row["facility"], row["units"]) for row in rows], [(self.wholesaler.name, 70)])

	def test_stock_by_province_tells_what_is_not_usable(self):
		self.lot.transition("Recall", "confirmed")
		with self.set_user(user("Auditor")):
			rows = {row["province"]: row for row in report("Stock by Province")}
		north = rows[self.north.name]
		self.assertEqual((north["facilities"], north["units"], north["unusable_units"]), (1, 70, 70))

	def test_movements_by_day_has_every_day(self):
		today = getdate()
		first = add_days(today, -2)
		with self.set_user(user("Public Facility Manager", public_facility=self.centre.name)):
			rows = report("Movements by Day", from_date=str(first), to_date=str(today))
			by_direction = report(
				"Movements by Day", from_date=str(first), to_date=str(today), by="direction"
			)
		days = [today, add_days(today, -1), first]
		self.assertEqual(
			[(row["day"], row["total"]) for row in rows], list(zip(days, (1, 0, 0), strict=True))
		)
		self.assertEqual((rows[0]["b2b_in"], by_direction[0]["in"]), (1, 1))

	def test_movements_by_day_explains_a_wrong_period(self):
		today, tomorrow = str(getdate()), str(add_days(getdate(), 1))
		for first in (tomorrow, "2000-01-01"):
			filters = {"from_date": first, "to_date": today}
			answer = run("Movements by Day", filters=filters, ignore_prepared_report=True)
			self.assertEqual((answer["result"], answer["message"]), ([], "Choose a period of 1 to 366 days."))

	def test_movements_are_counted_by_type_or_direction_only(self):
		self.assertRaises(InvalidRequestError, activity.by_day, getdate(), getdate(), "owner")

	def test_every_kind_of_movement_has_its_colour_in_the_chart(self):
		for by, kinds in movements_by_day.VALUES.items():
			self.assertEqual([kind for kind in kinds if kind not in movements_by_day.COLOURS], [], by)

	def test_movement_recorded_today_counts_on_the_day_it_happened(self):
		day = add_days(getdate(), -3)
		before = activity.by_day(day, day, "movement_type")[day]["Sale"]
		factories.record(self.centre, self.lot.name, "Sale", 1, posting_datetime=f"{day} 08:00:00")
		self.assertEqual(activity.by_day(day, day, "movement_type")[day]["Sale"], before + 1)

	def test_reports_are_closed_to_the_counter(self):
		with self.set_user(user("Cashier")):
			for name in ("Stock by Facility", "Stock by Province", "Movements by Day", "Expiring Lots"):
				with self.subTest(name), self.assertRaises(frappe.PermissionError):
					report(name)


class TestMap(DeskTestCase):
	def test_map_has_located_facilities_of_the_scope(self):
		self.wholesaler.db_set({"latitude": -3.4, "longitude": 29.9})
		other = factories.wholesaler()
		other.db_set({"latitude": -3.0, "longitude": 30.1})
		with self.set_user(user("Pharmacy Manager", pharmacy=self.wholesaler.name)):
			[place] = registry.facility_coordinates("Pharmacy")["features"]
		self.assertEqual(place["geometry"]["coordinates"], [29.9, -3.4])
		self.assertIn(self.wholesaler.facility_name, place["properties"]["name"])

	def test_map_leaves_out_facilities_without_a_location(self):
		filters = [["Pharmacy", "name", "=", self.wholesaler.name]]
		self.assertEqual(registry.facility_coordinates("Pharmacy", frappe.as_json(filters))["features"], [])

	def test_map_takes_only_facility_types(self):
		self.assertRaises(UnknownFacilityTypeError, registry.facility_coordinates, "User")


class TestWorkspace(SiteTestCase):
	def test_workspace_names_what_exists(self):
		workspace = frappe.get_doc("Workspace", "National Traceability")
		for row in workspace.number_cards:
			self.assertTrue(frappe.db.exists("Number Card", row.number_card_name))
		for row in workspace.charts:
			self.assertTrue(frappe.db.exists("Dashboard Chart", row.chart_name))
		for row in (*workspace.shortcuts, *(link for link in workspace.links if link.type == "Link")):
			doctype = row.type if row.doctype == "Workspace Shortcut" else row.link_type
			self.assertTrue(frappe.db.exists(doctype, row.link_to), row.link_to)

	def test_workspace_is_for_those_who_may_read_the_ledger(self):
		roles = {row.role for row in frappe.get_doc("Workspace", "National Traceability").roles}
		readers = {rule.role for rule in frappe.get_meta("Stock Movement").permissions if rule.read}
		self.assertEqual(roles, readers | {"System Manager"})

	def test_days_without_movements_draw_an_empty_chart(self):
		with self.set_user(user("Pharmacy Manager", pharmacy=factories.wholesaler().name)):
			answer = run("Movements by Day", ignore_prepared_report=True)
		[dataset] = answer["chart"]["data"]["datasets"]
		self.assertEqual(set(dataset["values"]), {0})
