"""Each DocType of the app is followed by the audit trail, or says why not (`healthcare_erp/domain/audit.py`)."""

from healthcare_erp.domain.audit import LINKED, NOT_REGISTERED, REGISTERED
from healthcare_erp.domain.fixed_fields import RENAMED, TIES
from healthcare_erp.tests.contracts import app_source as app


def test_every_doctype_is_registered_or_says_why_not():
	undecided = set(app.doctypes()) ^ {*REGISTERED, *NOT_REGISTERED}
	assert not undecided, "declare them in domain/audit.py"
	assert not set(REGISTERED) & set(NOT_REGISTERED)
	assert all(NOT_REGISTERED.values())


def test_a_registered_doctype_is_a_document_of_its_own():
	rows = [doctype for doctype in REGISTERED if app.doctypes()[doctype][1].get("istable")]
	assert not rows


def test_what_a_registered_doctype_names_keeps_its_name_or_is_followed():
	named = {
		field["options"]
		for doctype in REGISTERED
		for field in app.doctypes()[doctype][1]["fields"]
		if field["fieldtype"] == "Link"
	}
	keep_their_name = {*REGISTERED, *TIES} - {*RENAMED}
	assert named - keep_their_name == set(LINKED)


def test_nobody_else_inserts_entries():
	inserting = ("INSERT INTO `tabAudit Entry`", 'bulk_insert("Audit Entry"', '"doctype": "Audit Entry"')
	found = [
		app.name_of(path)
		for path in app.files(".py")
		if not app.is_test(path) and any(text in path.read_text() for text in inserting)
	]
	assert found == ["core/audit/writer.py"]
