"""One facility's manager and another's stock; what User Permissions of each kind give."""

from unittest.mock import patch

import frappe

from healthcare_erp.api import stock, traceability
from healthcare_erp.core import exceptions as errors
from healthcare_erp.core.permissions import check_national, query_conditions
from healthcare_erp.core.scope import SCOPES, ByWarehouse, Scope
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase


class TestOutsideTheScope(SiteTestCase):
	"""A manager of one facility against another's: nothing written, nothing seen."""

	def setUp(self):
		self.lot = factories.lot()
		self.inside, self.outside = factories.wholesaler(), factories.wholesaler()
		self.rows = {
			place.name: factories.record(place, self.lot.name, "Import", 10).name
			for place in (self.inside, self.outside)
		}
		scope = ("Pharmacy", self.inside.name)
		frappe.set_user(factories.user_as_administrator("Pharmacy Manager", scope=scope))

	def sale(self, **values) -> dict:
		return factories.request(self.outside, self.lot.name, "Sale", 1) | values

	def refused(self, call, *args, **kwargs) -> None:
		self.assertRefused(errors.OutOfScopeError, call, *args, status=403, **kwargs)

	def test_recording_for_another_is_refused_on_every_path(self):
		self.refused(stock.record_movement, **self.sale())
		own = factories.request(self.inside, self.lot.name, "Sale", 1)
		self.refused(stock.record_movements, [own, self.sale()])
		doc = {"doctype": "Stock Movement", **self.sale()}
		self.refused(frappe.get_doc(doc).insert)
		doc["warehouse"] = self.inside.warehouse
		self.assertRefused(errors.InvalidRequestError, frappe.get_doc(doc).insert, status=400)
		own_with_theirs = own | {"warehouse": self.outside.warehouse}
		self.assertRefused(errors.InvalidRequestError, stock.record_movement, status=400, **own_with_theirs)
		self.assertEqual(factories.balance(self.inside, self.lot.name), 10)
		self.assertEqual(factories.balance(self.outside, self.lot.name), 10)

	def test_reversing_anothers_movement_is_refused(self):
		name = self.rows[self.outside.name]
		reversal = {"movement_type": "Import", "quantity": 10, "direction": "Out", "reversal_of": name}
		self.refused(stock.record_movement, **self.sale(**reversal))
		own = factories.request(self.inside, self.lot.name, **reversal)
		self.assertRefused(errors.InvalidReversalError, stock.record_movement, status=409, **own)

	def test_anothers_key_says_nothing_and_takes_nothing(self):
		"""The same key at one's own facility is a new movement there, whatever the other's was."""
		row = factories.movement(self.rows[self.outside.name])
		own = factories.request(self.inside, self.lot.name, "Sale", 1, idempotency_key=row.idempotency_key)
		recorded = stock.record_movement(**own)
		self.assertEqual((recorded.replayed, recorded.balance_after), (False, 9))

	def test_replaying_anothers_key_is_refused(self):
		key = factories.movement(self.rows[self.outside.name]).idempotency_key
		self.refused(stock.record_movement, **self.sale(idempotency_key=key))

	def test_a_voucher_on_anothers_warehouse_is_refused(self):
		user = frappe.session.user
		frappe.set_user("Administrator")
		frappe.get_doc("User", user).add_roles("Stock User")
		frappe.set_user(user)
		receive = "Material Receipt"
		own = factories.stock_entry(receive, self.lot, 5, target=self.inside.warehouse)
		own.submit()
		self.assertEqual(factories.balance(self.inside, self.lot.name), 15)
		self.refused(factories.stock_entry, receive, self.lot, 5, target=self.outside.warehouse)
		frappe.set_user("Administrator")
		anothers = factories.stock_entry(receive, self.lot, 5, target=self.outside.warehouse)
		frappe.set_user(user)
		self.refused(anothers.submit)
		frappe.set_user("Administrator")
		self.assertEqual(factories.balance(self.outside, self.lot.name), 10)

	def test_a_lot_shows_ones_own_units(self):
		self.assertEqual(frappe.get_doc("National Lot", self.lot.name).on_hand, 10)

	def test_anothers_stock_is_not_seen(self):
		self.refused(stock.get_balance, "Pharmacy", self.outside.name, self.lot.name)
		self.refused(stock.suggest_lots, self.outside.warehouse, self.lot.national_medicine, 1)
		rows = stock.get_movements(national_lot=self.lot.name)["movements"]
		self.assertEqual([row.facility for row in rows], [self.inside.name])
		self.assertEqual(stock.get_movements(warehouse=self.outside.warehouse)["movements"], [])

	def test_trace_shows_ones_own_part(self):
		found = traceability.trace_batch(self.lot.name)
		facilities = {node["facility"] for node in found["nodes"] if not node["outside"]}
		self.assertEqual(facilities, {self.inside.name})
		self.assertEqual(found["totals"]["on_hand"], 10)
		walked = traceability.get_full_trace(self.lot.name, facility=f"Pharmacy:{self.outside.name}")
		self.assertEqual(walked["nodes"], [])

	def test_somebody_without_any_scope_sees_nothing(self):
		frappe.set_user(factories.user_as_administrator("Pharmacy Manager"))
		self.assertEqual(stock.get_movements(national_lot=self.lot.name)["movements"], [])
		self.assertEqual(frappe.get_list("Stock Movement"), [])
		self.assertEqual(traceability.trace_batch(self.lot.name)["nodes"], [])
		self.refused(stock.get_balance, "Pharmacy", self.inside.name, self.lot.name)
		self.refused(stock.record_movement, **factories.request(self.inside, self.lot.name, "Sale", 1))


class TestUserPermissions(SiteTestCase):
	"""What Frappe's own options of a User Permission mean for the scope."""

	def setUp(self):
		self.province = factories.province()
		self.commune = factories.commune(self.province)
		self.lot = factories.lot()
		self.above = factories.wholesaler(administrative_level=self.province.name)
		self.below = factories.wholesaler(administrative_level=self.commune.name)
		for place in (self.above, self.below):
			factories.record(place, self.lot.name, "Import", 10)

	def seen(self, user: str, doctype: str = "Stock Movement", field: str = "facility") -> set[str]:
		frappe.set_user(user)
		names = [self.above.name, self.below.name]
		found = frappe.get_list(doctype, filters={field: ("in", names)}, pluck=field)
		frappe.set_user("Administrator")
		return set(found)

	def grant(self, user: str, **values) -> None:
		scope = {"allow": "Administrative Level", "for_value": self.province.name, "apply_to_all_doctypes": 1}
		factories.make("User Permission", user=user, **scope | values)

	def test_a_territory_holds_what_lies_below_unless_that_is_hidden(self):
		user = factories.user("Pharmacy Manager")
		self.grant(user)
		self.assertEqual(self.seen(user), {self.above.name, self.below.name})
		frappe.db.delete("User Permission", {"user": user})
		self.grant(user, hide_descendants=1)
		self.assertEqual(self.seen(user), {self.above.name})
		self.assertEqual(self.seen(user, "Pharmacy", "name"), {self.above.name})

	def test_a_permission_for_one_doctype_counts_for_that_one(self):
		only = {"apply_to_all_doctypes": 0, "applicable_for": "Pharmacy"}
		manager, inspector = factories.user("Pharmacy Manager"), factories.user("Inspector")
		for user in (manager, inspector):
			self.grant(user, **only)
			self.assertEqual(self.seen(user, "Pharmacy", "name"), {self.above.name, self.below.name})
		stranger = factories.wholesaler()
		frappe.set_user(inspector)
		self.assertFalse(frappe.has_permission("Pharmacy", doc=stranger.name))
		self.assertEqual(self.seen(manager), set())
		self.assertEqual(self.seen(inspector), {self.above.name, self.below.name})

	def test_a_permission_for_one_doctype_counts_for_what_the_trail_says_of_it(self):
		inspector, stranger = factories.user("Inspector"), factories.wholesaler()
		self.grant(inspector, apply_to_all_doctypes=0, applicable_for="Pharmacy")
		told = self.seen(inspector, "Audit Entry", "reference_name")
		self.assertIn(self.above.name, told)
		self.assertNotIn(stranger.name, told)
		[entry, *_others] = factories.trail(stranger)
		frappe.set_user(inspector)
		self.assertFalse(frappe.has_permission("Audit Entry", doc=entry.name))

	def test_what_is_taken_away_is_gone_at_once(self):
		user = factories.user("Pharmacy Manager")
		self.grant(user)
		self.grant(user, allow="Pharmacy", for_value=factories.wholesaler().name)
		self.assertEqual(self.seen(user, "Pharmacy", "name"), {self.above.name, self.below.name})
		frappe.db.delete("User Permission", {"user": user, "healthcare_derived": 0})
		self.assertEqual(self.seen(user), set())
		self.assertEqual(self.seen(user, "Pharmacy", "name"), set())

	def test_derived_permissions_follow_territories_and_facilities(self):
		user = factories.user("Pharmacy Manager")
		self.grant(user)
		single = factories.make(
			"User Permission", user=user, allow="Pharmacy", for_value=factories.wholesaler().name
		)
		derived = {"user": user, "healthcare_derived": 1}
		pluck = {"doctype": "User Permission", "filters": derived, "pluck": "for_value"}
		self.assertEqual(set(frappe.get_all(**pluck)), {self.above.name, self.below.name})
		new = factories.wholesaler(administrative_level=self.commune.name)
		self.assertIn(new.name, frappe.get_all(**pluck))
		self.assertTrue(frappe.has_permission("Pharmacy", doc=new.name, user=user))
		single.delete()
		self.assertEqual(frappe.get_all(**pluck), [])

	def test_a_facility_that_moves_changes_its_inspector(self):
		user = factories.user("Inspector")
		self.grant(user)
		self.below.reload().correct({"administrative_level": factories.province().name}, "moved house")
		self.assertEqual(self.seen(user, "Pharmacy", "name"), {self.above.name})
		self.assertEqual(self.seen(user), {self.above.name})

	def test_a_new_facility_is_put_inside_ones_own_territory(self):
		user = factories.user("National Admin")
		self.grant(user)
		elsewhere = factories.province()
		frappe.set_user(user)
		factories.pharmacy(approved=False, administrative_level=self.commune.name)
		values = {"approved": False, "administrative_level": elsewhere.name}
		self.assertRaises(frappe.PermissionError, factories.pharmacy, **values)

	def test_a_derived_permission_that_somebody_wrote_gives_nothing(self):
		user, elsewhere = factories.user("National Admin"), factories.province()
		self.grant(user)
		self.grant(user, for_value=elsewhere.name, healthcare_derived=1)
		frappe.set_user(user)
		values = {"approved": False, "administrative_level": elsewhere.name}
		self.assertRaises(frappe.PermissionError, factories.pharmacy, **values)

	def test_a_per_cent_sign_in_a_name_hides_nothing(self):
		place = factories.wholesaler(facility_name="50 % moins cher", administrative_level=self.province.name)
		factories.record(place, self.lot.name, "Import", 7)
		user = factories.user("Pharmacy Manager", scope=("Pharmacy", place.name))
		frappe.set_user(user)
		self.assertEqual(frappe.get_list("Stock Movement", pluck="facility"), [place.name])
		rows = stock.get_movements(national_lot=self.lot.name)["movements"]
		self.assertEqual([row.facility for row in rows], [place.name])
		self.assertEqual(traceability.trace_batch(self.lot.name)["totals"]["on_hand"], 7)
		self.assertTrue(frappe.has_permission("Stock Movement", doc=rows[0].name))

	def test_rows_for_national_users_only_are_hidden_from_the_others(self):
		secret = Scope((ByWarehouse("warehouse"),), national_only="quantity = 10")
		user = factories.user("Inspector", scope=("Administrative Level", self.province.name))
		shown = factories.record(self.above, self.lot.name, "Sale", 1)
		with patch.dict(SCOPES, {"Stock Movement": secret}):
			frappe.set_user(user)
			self.assertEqual(frappe.get_list("Stock Movement", pluck="name"), [shown.name])
			self.assertEqual(query_conditions("Administrator"), "")

	def test_the_whole_countrys_ledger_is_not_verified_by_who_has_a_part(self):
		frappe.set_user(factories.user("Auditor", scope=("Administrative Level", self.province.name)))
		self.assertRefused(errors.OutOfScopeError, check_national, status=403)
		self.assertRefused(errors.OutOfScopeError, stock.get_ledger_verdict, status=403)
		self.assertRefused(errors.OutOfScopeError, stock.verify_ledger, status=403)


class TestVouchers(SiteTestCase):
	"""A facility's warehouse takes ERPNext's vouchers from national roles and those whose scope holds it."""

	def setUp(self):
		self.holder, self.lot = factories.wholesaler(), factories.lot()

	def receive(self, item_code: str | None = None):
		entry = factories.stock_entry("Material Receipt", self.lot, 5, target=self.holder.warehouse)
		if item_code:
			entry.items[0].update({"item_code": item_code, "batch_no": None, "serial_and_batch_bundle": None})
		return entry

	def test_erpnexts_roles_alone_are_refused(self):
		draft = self.receive()
		frappe.set_user(factories.user("Stock Manager", "Stock User"))
		self.assertRefused(errors.OutOfScopeError, self.receive, status=403)
		self.assertRefused(errors.OutOfScopeError, draft.submit, status=403)
		frappe.set_user("Administrator")
		self.assertEqual(factories.balance(self.holder, self.lot.name), 0)

	def test_whatever_the_item_is(self):
		paper = factories.make(
			"Item", item_code=f"Paper {factories.hash_()}", item_group="Products", stock_uom="Nos"
		)
		draft = self.receive(paper.name)
		frappe.set_user(factories.user("Stock Manager", "Stock User"))
		self.assertRefused(errors.OutOfScopeError, draft.submit, status=403)

	def test_national_roles_and_its_own_people_post(self):
		national = factories.user("Stock User", "National Admin")
		own = factories.user("Stock User", "Pharmacy Manager", scope=("Pharmacy", self.holder.name))
		for user in (national, own):
			frappe.set_user(user)
			self.receive().submit()
		frappe.set_user("Administrator")
		self.assertEqual(factories.balance(self.holder, self.lot.name), 10)
