"""Each DocType of the app says how it reaches facilities (`healthcare_erp/core/scope.py`)."""

import pytest

from healthcare_erp.core.scope import SCOPED, SCOPES, ByReference, ByWarehouse
from healthcare_erp.tests.contracts import app_source as app


def fields_of(doctype: str) -> set[str]:
	return {"name"} | {field["fieldname"] for field in app.doctypes()[doctype][1]["fields"]}


def test_every_doctype_is_declared():
	assert set(SCOPES) == set(app.doctypes())


@pytest.mark.parametrize("doctype", SCOPED)
def test_declared_fields_exist(doctype):
	scope, named = SCOPES[doctype], set()
	for reach in scope.reaches:
		if isinstance(reach, ByWarehouse):
			named.add(reach.field)
		elif isinstance(reach, ByReference):
			named |= {reach.doctype_field, reach.name_field}
	assert named | set(scope.strangers_see) <= fields_of(doctype)
