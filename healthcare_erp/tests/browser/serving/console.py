"""Which errors in a page's console count against this app."""

import re

# How Chromium reports a file that did not come, or came as something else.
_NOT_LOADED = re.compile(r"^(Failed to load resource|Refused to (execute script|apply style))\b")
_OF_ANOTHER_APP = re.compile(r"/assets/(?!healthcare_erp/)\w+/")


def is_missing_asset_of_another_app(text: str, url: str) -> bool:
	"""Whether a console error says no more than that a file of another app is not built on this bench.

	:param text: the message.
	:param url: where it comes from; for a file that did not load, the file.
	"""
	return bool(_NOT_LOADED.match(text) and _OF_ANOTHER_APP.search(f"{url} {text}"))


def watch(page, problems: list[str], allowed: tuple[str, ...] = ()) -> None:
	"""Note what a page's console reports as an error, and what its scripts let fall."""

	def note(message) -> None:
		text, url = message.text, message.location.get("url", "")
		where = f"{text} {url}"
		if message.type != "error" or any(part in where for part in allowed):
			return
		if not is_missing_asset_of_another_app(text, url):
			problems.append(where)

	page.on("console", note)
	page.on("pageerror", lambda error: problems.append(error.stack or str(error)))
