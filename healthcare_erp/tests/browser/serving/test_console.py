"""Files that other apps did not build fail no test; this app's own, and every error of a script, do."""

from healthcare_erp.tests.browser.serving.console import watch

ADD_SCRIPT = """source => new Promise(done => {
	const script = Object.assign(document.createElement("script"), { src: source, onload: done, onerror: done });
	document.head.append(script);
})"""


def problems_after(page, *sources: str) -> list[str]:
	page.goto("/login")
	problems: list[str] = []
	watch(page, problems)
	for source in sources:
		page.evaluate(ADD_SCRIPT, source)
	return problems


def test_missing_asset_of_another_app_does_not_count(page_of_nobody):
	assert problems_after(page_of_nobody, "/assets/hrms/dist/js/missing.bundle.js") == []


def test_missing_asset_of_this_app_counts(page_of_nobody):
	[problem] = problems_after(page_of_nobody, "/assets/healthcare_erp/dist/js/missing.bundle.js")
	assert "missing.bundle.js" in problem


def test_missing_page_counts(page_of_nobody):
	[problem] = problems_after(page_of_nobody, "/api/method/healthcare_erp.api.missing")
	assert "healthcare_erp.api.missing" in problem


def test_error_in_the_script_of_another_app_counts(page_of_nobody):
	page_of_nobody.route(
		"**/assets/erpnext/broken.js",
		lambda route: route.fulfill(
			content_type="text/javascript", body="console.error('said'); nowhere.to_be_found();"
		),
	)
	said, thrown = problems_after(page_of_nobody, "/assets/erpnext/broken.js")
	assert "said" in said and "nowhere" in thrown
