"""Forms and the audit trail's list, as people who read French see them, and as two people use one lot."""

import pytest

from healthcare_erp.tests.browser.chain import make_lot
from healthcare_erp.tests.browser.rest import word

PHONE = {"width": 375, "height": 740}


@pytest.fixture
def regulator(user_with):
	user, password = user_with(["National Admin"], language="fr")
	return {"user": user, "password": password}


@pytest.fixture
def blocked_lot(api, chain) -> dict:
	lot = make_lot(api, chain.medicine["name"], word())
	block(api, lot)
	return lot


def block(api, lot: dict) -> None:
	api.call(
		"transitions.apply", doctype="National Lot", name=lot["name"], action="Block", reason="Seals broken"
	)


def test_list_of_the_audit_trail_says_on_a_phone_what_was_done_to_what(open_desk, regulator, blocked_lot):
	page = open_desk("/app/audit-entry", viewport=PHONE, **regulator)
	row = page.locator(".list-row", has_text=blocked_lot["name"]).first
	row.get_by_text("Bloquer").locator("visible=true").first.wait_for()


def test_audit_entry_tells_action_and_statuses_in_french(open_desk, api, regulator, blocked_lot):
	filters = f'[["reference_name", "=", "{blocked_lot["name"]}"], ["action", "=", "Block"]]'
	entry = api.get("resource/Audit Entry", filters=filters)[0]["name"]
	page = open_desk(f"/app/audit-entry/{entry}", **regulator)
	for field, shown in (
		("reference_doctype", "Lot national"),
		("action", "Bloquer"),
		("from_status", "Actif"),
		("to_status", "Bloqué"),
	):
		page.locator(f"[data-fieldname={field}] .control-value", has_text=shown).wait_for()


def test_new_movement_explains_its_moment_in_french(open_desk, regulator):
	page = open_desk("/app/stock-movement/new", **regulator)
	page.locator("[data-fieldname=posting_datetime]", has_text="Quand il a eu lieu").first.wait_for()


def test_form_shows_the_lot_as_it_is_after_an_action_is_refused(open_desk, api, chain, regulator):
	lot = make_lot(api, chain.medicine["name"], word())
	page = open_desk(f"/app/national-lot/{lot['name']}", allowed=("400", "Traceback"), **regulator)
	page.locator(".page-head .indicator-pill", has_text="Actif").wait_for()
	block(api, lot)
	page.locator(".inner-group-button button").first.click()
	page.locator(".inner-group-button a", has_text="Bloquer").click()
	page.locator(".modal.show textarea").fill("Seals broken")
	page.locator(".modal.show .btn-primary").click()
	page.locator(".modal.show", has_text="Bloquer est impossible").wait_for()
	page.locator(".page-head .indicator-pill", has_text="Bloqué").wait_for()
