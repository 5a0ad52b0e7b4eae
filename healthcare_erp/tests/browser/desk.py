"""What a person does on a page of Desk."""


def search(page, code: str) -> None:
	"""Ask the Trace page: keys come as from a scanner, into whatever has the focus, and end with Enter."""
	page.locator(".trace-search input:focus").wait_for()
	page.keyboard.insert_text(code)
	page.keyboard.press("Enter")
