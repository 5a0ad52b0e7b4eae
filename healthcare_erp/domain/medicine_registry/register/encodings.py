"""Which characters the bytes of a register mean: Unicode, Windows-1252, or DOS code page 850."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

_WESTERN = ("cp1252", "cp850")  # in the order of preference
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
# What a register in French or English has beyond ASCII. A capital within a word is none of it: read as code page
# 850, the small letters of Windows-1252 are capitals and box drawings; the other way round they are quotation marks.
_PLAUSIBLE = re.compile(
	r"[à-ïñ-öø-ýÿœßšž]|(?<![a-zß-ÿœ])[À-ÏÑ-ÖØ-ÝŒŠŽŸ]|[\xa0¡¢£§©ª«®°±²³´µ¶·¹º»¼½¾¿×÷–—‘’“”•…€™]"
)
_FEW = 2  # odd characters that prove nothing
_WORST = 0.25  # share of odd characters, where there are more than a few


def decoded(content: bytes) -> str | None:
	"""The text of a file; None where it is no text, or in an encoding that cannot be told."""
	if content.startswith((BOM_UTF16_BE, BOM_UTF16_LE)):
		return _as("utf-16", content)
	if b"\0" in content:
		return None
	text = _as("utf-8-sig", content)
	return _western(content) if text is None else text


def _as(encoding: str, content: bytes) -> str | None:
	try:
		return content.decode(encoding)
	except UnicodeDecodeError:
		return None


def _western(content: bytes) -> str | None:
	texts = [text for encoding in _WESTERN if (text := _as(encoding, content)) is not None]
	best = min(texts, key=_odd)  # the first one of those that are equally good
	beyond = len(_BEYOND_ASCII.findall(best))
	return None if _odd(best) > max(_FEW, _WORST * beyond) else best


def _odd(text: str) -> int:
	return len(_BEYOND_ASCII.findall(text)) - len(_PLAUSIBLE.findall(text))
