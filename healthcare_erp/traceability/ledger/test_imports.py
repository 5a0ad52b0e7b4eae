"""What comes into the country: through the lot's importer, and no more than was declared."""

from healthcare_erp.core import exceptions as errors
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.traceability.stock import warehouses
from healthcare_erp.traceability.verification import verify as verification


class TestImports(SiteTestCase):
	def setUp(self):
		self.importer = factories.wholesaler()
		self.lot = factories.lot(importer=self.importer.name, quantity_imported=100)

	def bring_in(self, facility, quantity: int):
		return factories.record(facility, self.lot.name, "Import", quantity)

	def test_no_more_than_was_declared_comes_in(self):
		self.bring_in(self.importer, 60)
		self.assertRefused(errors.ImportBeyondDeclaredError, self.bring_in, self.importer, 41, status=409)
		self.assertEqual(self.bring_in(self.importer, 40).balance_after, 100)

	def test_the_tolerance_is_a_setting(self):
		factories.set_ledger(import_tolerance=5)
		self.assertRefused(errors.ImportBeyondDeclaredError, self.bring_in, self.importer, 106)
		self.assertEqual(self.bring_in(self.importer, 105).balance_after, 105)

	def test_a_reversed_import_makes_room(self):
		first = self.bring_in(self.importer, 100)
		factories.record(self.importer, self.lot.name, "Import", 100, direction="Out", reversal_of=first.name)
		self.assertEqual(self.bring_in(self.importer, 100).balance_after, 100)

	def test_all_warehouses_of_the_importer_count(self):
		quarantine = warehouses.add(self.importer, "Quarantine")
		self.bring_in(self.importer, 60)
		values = {"warehouse": quarantine}
		self.assertRefused(
			errors.ImportBeyondDeclaredError,
			factories.record,
			self.importer,
			self.lot.name,
			"Import",
			60,
			**values,
			status=409,
		)
		self.assertEqual(
			factories.record(self.importer, self.lot.name, "Import", 40, **values).balance_after, 40
		)

	def test_a_lot_without_an_importer_is_limited_in_the_whole_country(self):
		self.lot.db_set("importer", None)
		self.bring_in(self.importer, 60)
		other = factories.wholesaler()
		self.assertRefused(errors.ImportBeyondDeclaredError, self.bring_in, other, 60, status=409)
		self.assertEqual(self.bring_in(other, 40).balance_after, 40)

	def test_what_went_back_to_the_maker_may_come_again(self):
		self.bring_in(self.importer, 100)
		factories.record(self.importer, self.lot.name, "Return", 30, direction="Out")
		self.assertEqual(self.bring_in(self.importer, 30).balance_after, 100)
		self.assertRefused(errors.ImportBeyondDeclaredError, self.bring_in, self.importer, 1, status=409)
		found = verification.verify()["defects"]
		self.assertNotIn(self.lot.name, [defect["subject"] for defect in found])

	def test_only_its_importer_brings_it_in(self):
		for stranger in (
			factories.wholesaler(),
			factories.public_facility(public_facility_type="Central Store"),
		):
			self.assertRefused(errors.NotTheImporterError, self.bring_in, stranger, 5, status=409)

	def test_a_central_store_imports_as_a_wholesaler_does(self):
		store = factories.public_facility(public_facility_type="Central Store")
		lot = factories.lot(importer_type="Public Facility", importer=store.name)
		self.assertEqual(factories.record(store, lot.name, "Import", 5).balance_after, 5)


class TestImportsVerified(SiteTestCase):
	"""What came in before the rule, or past it, is named."""

	def defects(self) -> list[tuple]:
		found = verification.verify()["defects"]
		return [(d["code"], d["subject"], *map(d["detail"].get, ("expected", "found"))) for d in found]

	def test_imports_beyond_the_declared_quantity_are_named(self):
		_holder, lot = factories.stocked(100)
		lot.db_set("quantity_imported", 60)
		self.assertIn(("import_beyond_declared", lot.name, 60, 100), self.defects())
		factories.set_ledger(import_tolerance=70)
		self.assertNotIn(lot.name, [subject for _code, subject, *_rest in self.defects()])

	def test_imports_by_another_are_named_until_they_are_reversed(self):
		holder, lot = factories.wholesaler(), factories.lot()
		name = factories.record(holder, lot.name, "Import", 5).name
		other = factories.wholesaler()
		lot.db_set("importer", other.name)
		self.assertIn(("not_the_importer", name, other.name, holder.name), self.defects())
		factories.record(holder, lot.name, "Import", 5, direction="Out", reversal_of=name)
		self.assertNotIn(name, [subject for _code, subject, *_rest in self.defects()])
