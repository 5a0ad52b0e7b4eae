# Copyright (c) 2026, healthcare_erp maintainers and Contributors
# See license.txt

import frappe
from frappe.model.rename_doc import rename_doc

from healthcare_erp.core import exceptions as errors
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase

GLN = "6160000000011"


class TestLicence(SiteTestCase):
	def test_warehouse_is_made_on_approval_under_the_group_of_its_province(self):
		province = factories.province()
		commune = factories.commune(province)
		pharmacy = factories.pharmacy(approved=False, administrative_level=commune.name)
		self.assertFalse(pharmacy.warehouse)
		pharmacy.transition("Approve", "documents complete")
		warehouse = frappe.get_doc("Warehouse", pharmacy.reload().warehouse)
		self.assertEqual(
			(warehouse.healthcare_facility_type, warehouse.healthcare_facility), ("Pharmacy", pharmacy.name)
		)
		group = frappe.get_doc("Warehouse", warehouse.parent_warehouse)
		self.assertEqual((group.administrative_level, group.is_group), (province.name, 1))
		self.assertTrue(group.parent_warehouse)

	def test_facilities_of_a_province_share_its_group(self):
		province = factories.province()
		communes = [factories.commune(province).name for _count in range(2)]
		parents = {
			frappe.db.get_value(
				"Warehouse", factories.pharmacy(administrative_level=level).warehouse, "parent_warehouse"
			)
			for level in (*communes, province.name)
		}
		self.assertEqual(len(parents), 1)

	def test_two_facilities_of_one_name_have_their_own_warehouses(self):
		name = f"Pharmacy {factories.hash_()}"
		first, second = (factories.pharmacy(facility_name=name) for _count in range(2))
		self.assertNotEqual(first.warehouse, second.warehouse)

	def test_rejected_pharmacy_has_no_warehouse_and_stays_rejected(self):
		pharmacy = factories.pharmacy(approved=False)
		pharmacy.transition("Reject", "no licence")
		self.assertFalse(pharmacy.reload().warehouse)
		for action in ("Approve", "Suspend", "Reinstate"):
			self.assertRefused(errors.InvalidTransitionError, pharmacy.transition, action, "why", status=400)

	def test_warehouse_stays_through_suspension(self):
		pharmacy = factories.pharmacy()
		warehouse = pharmacy.warehouse
		pharmacy.transition("Suspend", "inspection")
		pharmacy.transition("Reinstate", "cleared")
		self.assertEqual(pharmacy.reload().warehouse, warehouse)
		pharmacy.transition("Suspend", "inspection")
		pharmacy.transition("Declare Illegal", "closed")
		self.assertEqual((pharmacy.status, pharmacy.warehouse), ("Illegal", warehouse))

	def test_regulators_act_in_their_territory_for_a_reason(self):
		province, elsewhere = factories.province().name, factories.province().name
		actions = ("Approve", "Suspend", "Reinstate", "Suspend", "Declare Illegal")
		for role in ("National Admin", "Inspector"):
			for scope in (None, ("Administrative Level", province)):
				with self.subTest(role, scope=scope):
					frappe.set_user("Administrator")
					inside = factories.pharmacy(approved=False, administrative_level=province).name
					outside = factories.pharmacy(approved=False, administrative_level=elsewhere)
					frappe.set_user(factories.user_as_administrator(role, scope=scope))
					for action in actions:
						doc = frappe.get_doc("Pharmacy", inside)
						self.assertRefused(errors.ReasonRequiredError, doc.transition, action, status=400)
						doc.transition(action, "inspected")
					self.assertEqual(doc.status, "Illegal")
					self.assertEqual(bool(outside.allowed_transitions()), not scope)
					if scope:
						refused = (errors.OutOfScopeError, outside.transition, "Reject", "no licence")
						self.assertRefused(*refused, status=403)

	def test_nobody_else_moves_a_facility(self):
		pharmacy = factories.pharmacy(approved=False)
		for role in ("Analyst", "Auditor", "Pharmacy Manager", "Dispenser"):
			frappe.set_user(factories.user_as_administrator(role))
			doc = frappe.get_doc("Pharmacy", pharmacy.name)
			self.assertEqual(doc.allowed_transitions(), [])
			self.assertRefused(errors.TransitionNotPermittedError, doc.transition, "Approve", "x", status=403)

	def test_a_new_pharmacy_is_pending(self):
		values = {"facility_name": "X", "pharmacy_type": "Retailer"}
		doc = {"doctype": "Pharmacy", "administrative_level": factories.province().name, **values}
		for status in ("Approved", "Suspended"):
			self.assertRefused(
				errors.InvalidTransitionError, frappe.get_doc(doc | {"status": status}).insert, status=400
			)

	def test_pharmacy_is_never_deleted_or_renamed(self):
		pharmacy = factories.pharmacy(approved=False)
		self.assertRefused(
			errors.ImmutableRecordError, frappe.delete_doc, "Pharmacy", pharmacy.name, status=409
		)
		self.assertRefused(
			errors.ImmutableRecordError, rename_doc, "Pharmacy", pharmacy.name, "OTHER", show_alert=False
		)


class TestPlace(SiteTestCase):
	def test_gln_is_checked_and_of_one_pharmacy(self):
		gln = f"{GLN[:12]}{_check_digit(GLN[:12])}"
		factories.pharmacy(approved=False, gln=f" {gln} ")
		self.assertRefused(frappe.UniqueValidationError, factories.pharmacy, approved=False, gln=gln)
		for wrong in (gln[:-1] + str((int(gln[-1]) + 1) % 10), "123", "x" * 13, gln + "0"):
			self.assertRefused(
				errors.InvalidFacilityError, factories.pharmacy, approved=False, gln=wrong, status=400
			)

	def test_pharmacies_without_gln_are_many(self):
		for gln in (None, "", " "):
			self.assertIsNone(factories.pharmacy(approved=False, gln=gln).gln)

	def test_location_is_on_earth(self):
		factories.pharmacy(approved=False, latitude=-3.38, longitude=29.36)
		for latitude, longitude in ((90.1, 0), (-91, 0), (0, 180.1), (0, -181)):
			self.assertRefused(
				errors.InvalidFacilityError,
				factories.pharmacy,
				approved=False,
				latitude=latitude,
				longitude=longitude,
				status=400,
			)


def _check_digit(digits: str) -> int:
	return -sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10
