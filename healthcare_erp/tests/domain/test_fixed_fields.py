"""Which fields are fixed, since when, and what a correction may say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.core.refusals import REFUSALS
from healthcare_erp.domain import fixed_fields as rules
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.fixed_fields import FIXED, Since
from healthcare_erp.tests.contracts import app_source as app

DECLARED = [(doctype, field) for doctype, fields in FIXED.items() for field in fields]
EVERY = pytest.mark.parametrize(("doctype", "field"), DECLARED)
OURS = sorted(set(FIXED) & set(app.doctypes()))
ADMIN = ["National Admin"]
VALUES = st.none() | st.integers(0, 99) | st.text(st.characters(codec="ascii", categories=["L", "Nd"]))


def refused(call, *args) -> str:
	with pytest.raises(DomainError) as refusal:
		call(*args)
	assert refusal.value.code in REFUSALS
	return refusal.value.code


def filled(doctype: str) -> dict:
	return {field: "A" for field in FIXED[doctype]}


@EVERY
def test_a_save_that_changes_a_fixed_field_is_seen(doctype, field):
	before = filled(doctype)
	computed = FIXED[doctype][field].since is Since.COMPUTED
	for value in ("B", None, 7):
		assert rules.changed(doctype, before, before | {field: value}) == ([] if computed else [field])


@EVERY
def test_its_refusal_has_a_text(doctype, field):
	assert rules.refusal(doctype, field) in REFUSALS


@given(st.sampled_from(sorted(FIXED)), st.data())
def test_what_stays_the_same_is_no_change(doctype, data):
	stored = {field: data.draw(VALUES) for field in FIXED[doctype]}
	assert rules.changed(doctype, stored, stored) == []


@given(st.sampled_from(sorted(FIXED)), st.data())
def test_a_new_document_brings_no_value_of_the_systems(doctype, data):
	sent = {field: data.draw(VALUES) for field in FIXED[doctype]}
	of_system = [field for field, fixed in FIXED[doctype].items() if fixed.since is Since.SYSTEM]
	assert rules.changed(doctype, None, sent) == [field for field in of_system if rules.as_text(sent[field])]


def test_a_fee_is_fixed_once_it_is_no_draft():
	rate = {"status": "Draft", "amount": 50_000.0}
	assert rules.changed("Licence Fee Rate", rate, rate | {"amount": 1}) == []
	for status in ("In Force", "Withdrawn"):
		rate["status"] = status
		assert rules.changed("Licence Fee Rate", rate, rate | {"amount": 1}) == ["amount"]


@given(st.decimals(0, 10**12, places=9), st.decimals(0, 10**12, places=9))
def test_an_amount_is_the_same_however_it_is_written(one, other):
	assert rules.as_amount(f"{one:f}") == rules.as_amount(one)
	assert rules.as_amount(float(int(one))) == rules.as_amount(str(int(one)))
	assert (rules.as_amount(one) == rules.as_amount(other)) == (one == other)


def test_what_is_empty_is_filled_once():
	lot = filled("National Lot") | {"importer": None, "manufacture_date": None}
	given_later = {"importer": "PHA-1", "importer_type": "Public Facility", "manufacture_date": "2026-01-01"}
	assert rules.changed("National Lot", lot, lot | given_later) == []
	known = lot | given_later
	assert rules.changed("National Lot", known, lot) == ["manufacture_date", "importer_type", "importer"]


def test_nothing_zero_and_no_are_the_same():
	for one in (None, "", 0, False, "0", " "):
		assert rules.as_text(one) == ""
	assert rules.as_text(True) == rules.as_text(1) == rules.as_text("1") == "1"
	assert rules.as_text(date(2026, 1, 2)) == rules.as_text("2026-01-02")


def test_another_spelling_is_no_other_medicine():
	before = filled("National Medicine") | {"strength": "500 mg"}
	assert rules.changed("National Medicine", before, before | {"strength": "500MG"}) == []
	assert rules.changed("National Medicine", before, before | {"strength": "250 mg"}) == ["strength"]


@pytest.mark.parametrize("doctype", OURS)
def test_the_fields_are_those_of_the_doctype(doctype):
	fields = {field["fieldname"]: field for field in app.doctypes()[doctype][1]["fields"]}
	for name, fixed in FIXED[doctype].items():
		assert name in fields
		assert fixed.filled_by is None or fixed.filled_by in fields
		assert fields[name].get("unique") or not fixed.unique


def test_the_tie_of_each_document_is_unique():
	"""Two documents of ours never stand behind one of ERPNext's."""
	for ties in rules.TIES.values():
		assert all(FIXED[doctype][field].unique for doctype, field in ties)


def test_what_ties_documents_and_scopes_is_never_corrected():
	for doctype, field in DECLARED:
		if FIXED[doctype][field].since in (Since.SYSTEM, Since.COMPUTED, Since.TIED):
			assert field not in rules.correctable(doctype)


def check(fields=("quantity_imported",), roles=ADMIN, is_national=True, reason="typing error"):
	return rules.check_correction("National Lot", fields, roles, is_national, reason)


def test_a_correction_is_the_regulators():
	check()
	for roles, national in ((["Inspector"], True), (ADMIN, False), ([], True)):
		assert refused(check, ("quantity_imported",), roles, national) == "correction_not_permitted"


def test_a_correction_has_a_reason():
	for reason in (None, "", "  "):
		assert refused(check, ("importer",), ADMIN, True, reason) == "reason_required"
	assert refused(check, ("importer",), ADMIN, True, "x" * 1_001) == "text_too_long"


def test_a_correction_names_fields_that_may_be_corrected():
	assert refused(check, ()) == "nothing_corrected"
	for field in ("batch", "status", "status_reason", "owner", "lot_number", "nonsense"):
		assert refused(check, (field,)) == "not_correctable"
	assert rules.correctable("User") == []


def test_values_are_read_as_their_field_takes_them():
	for whole in (1, 1_500, 2**31 - 1):
		assert rules.read_value("quantity_imported", "Int", str(whole)) == whole
	assert rules.read_value("quantity_imported", "Int", "0000000007") == 7
	assert rules.read_value("expiry_date", "Date", "2028-01-31") == date(2028, 1, 31)
	assert rules.read_value("importer", "Link", " PHA-1 ") == "PHA-1"
	for empty in (None, ""):
		assert rules.read_value("gln", "Data", empty) is None


@pytest.mark.parametrize(
	("fieldtype", "value"),
	[
		("Int", "1e400"), ("Int", -1), ("Int", 1.5), ("Int", True), ("Int", "٣"), ("Int", 2**31), ("Int", "00000000007"), ("Int", [1]),
		("Int", "9" * 5_000), ("Date", "31/01/2028"), ("Date", 20280131), ("Date", {}), ("Int", 0), ("Date", "20280131"), ("Date", "2028-W01-1"), ("Data", 5),
		("Data", ["a"]), ("Data", "\ud800"), ("Link", {}),
	],
)  # fmt: skip
def test_other_values_are_refused_and_shown_short(fieldtype, value):
	with pytest.raises(DomainError) as refusal:
		rules.read_value("field", fieldtype, value)
	assert refusal.value.code == "invalid_value"
	assert len(refusal.value.context["value"].encode()) <= 560
