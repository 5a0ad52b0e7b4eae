"""One spelling for what registers write in many: forms, strengths, packs, INNs, categories.

Every `spell_*` takes a cell as it was written and returns one line of text; doing it twice changes nothing.
Only spelling is unified: words are never translated and nothing is dropped but white space and stray marks.
"""

import re
import unicodedata

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_UNITS = {
	"mg": "mg",
	"g": "g",
	"kg": "kg",
	"mcg": "mcg",  # ISMP's list of error-prone abbreviations: never the micro sign
	"ug": "mcg",
	"microgramme": "mcg",
	"microgrammes": "mcg",
	"microgram": "mcg",
	"micrograms": "mcg",
	"ml": "ml",
	"l": "l",
	"ui": "IU",
	"iu": "IU",
	"mui": "MIU",
	"miu": "MIU",
	"mmol": "mmol",
	"meq": "mEq",
	"%": "%",
}
_QUANTITY = re.compile(
	rf"(?<=[0-9])\s*(?:({'|'.join(sorted(_UNITS.keys() - {'%'}, key=len, reverse=True))})(?![^\W\d_])|(%))",
	re.I,
)
_DECIMAL = re.compile(r"(?<![0-9.,])([0-9]+)[.,]([0-9]+)(?![0-9.,]*[0-9])")
_AND = re.compile(r"(?:\s*&|(?:\s|(?<=&))\s*(?:et|and)(?=\s))+\s*", re.I)
_PLUS = re.compile(r"\s*\+[\s+]*")
_LIST_COMMA = re.compile(r"\s*,[\s,]+|(?<=[^\d\s])\s*,(?=\d)")
_WORD_SLASH = re.compile(r"(?<=[^\W\d_]{3})\s*/\s*(?=[^\W\d_]{3})")
_ALL_CAPITALS = 4  # longer words in capitals are shouted names, shorter ones abbreviations (BCG, DTP, LP)

_CATEGORIES = {
	"generique": "Generic",
	"generic": "Generic",
	"princeps": "Brand",
	"brand": "Brand",
	"originator": "Brand",
	"innovator": "Brand",
	"biosimilaire": "Biosimilar",
	"biosimilar": "Biosimilar",
	"vaccin": "Vaccine",
	"vaccine": "Vaccine",
}

# Folded word -> the word as the European Pharmacopoeia's French standard terms spell it (plurals and slips).
_FORM_WORDS = {
	"aerosol": "aérosol",
	"aurucilaire": "auriculaire",
	"buvables": "buvable",
	"capsules": "capsule",
	"colyre": "collyre",
	"comprime": "comprimé",
	"comprimes": "comprimé",
	"creme": "crème",
	"dispersibles": "dispersible",
	"enrobe": "enrobé",
	"enrobes": "enrobé",
	"gelule": "gélule",
	"gelules": "gélule",
	"hygienique": "hygiénique",
	"injectables": "injectable",
	"ophthalmique": "ophtalmique",
	"pellicule": "pelliculé",
	"pellicules": "pelliculé",
	"pelliculle": "pelliculé",
	"pellicullee": "pelliculé",
	"pudre": "poudre",
	"pulverisation": "pulvérisation",
	"secable": "sécable",
	"secables": "sécable",
	"tablets": "tablet",
}


def one_line(text: str | None) -> str:
	"""The text on one line: white space of any kind is one blank, invisible characters are gone."""
	return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text or "")).split())


def fold(text: str | None) -> str:
	"""The text as it is compared: without accents, case, and repeated or outer white space."""
	decomposed = unicodedata.normalize("NFKD", one_line(text).casefold())
	return one_line("".join(char for char in decomposed if not unicodedata.combining(char))).casefold()


def spell_quantities(text: str | None) -> str:
	"""Numbers with a decimal point, units as `mg`, `mcg`, `ml`, `IU`, one blank between them; for packs.

	`1,000` stays as it is: it may be a thousand or a one with three decimals.
	"""
	micro = one_line(text).replace("µ", "u").replace("μ", "u")
	return one_line(_QUANTITY.sub(_unit, _DECIMAL.sub(_number, micro)))


def spell_strength(text: str | None) -> str:
	"""A strength, its parts joined by ` + `: `20mg\\n120mg` and `20 mg et 120 mg` are `20 mg + 120 mg`."""
	joined = _tidy(_LIST_COMMA.sub(" + ", _AND.sub(" + ", _lines_joined(text))))
	return _tidy(re.sub(r"\s*/\s*", "/", spell_quantities(joined)))


def spell_inn(text: str | None) -> str:
	"""International nonproprietary names, joined by ` + `; names in capitals only are written as names."""
	joined = _WORD_SLASH.sub(" + ", _lines_joined(text))
	if _AND.search(joined):
		joined = re.sub(r"\s*,\s+", " + ", _AND.sub(" + ", joined))
	return " + ".join(_quietened(name) for name in _tidy(joined).split(" + "))


def spell_form(text: str | None) -> str:
	"""A dosage form: singular, lower case after the first letter, known slips corrected."""
	words = [_FORM_WORDS.get(fold(word), _lowered(word)) for word in one_line(text).strip(" ,;.").split()]
	return _capitalised(" ".join(words))


def spell_category(text: str | None) -> str:
	"""Generic, Brand, Biosimilar or Vaccine for the spellings known; another category as it was written."""
	return _CATEGORIES.get(fold(text), one_line(text))


def _lines_joined(text: str | None) -> str:
	lines = (one_line(line) for line in (text or "").splitlines())
	return _tidy(" + ".join(line for line in lines if line))


def _tidy(text: str) -> str:
	return one_line(_PLUS.sub(" + ", text)).strip(" +,;.")


def _number(match: re.Match) -> str:
	whole, decimals = match.groups()
	if len(decimals) == 3 and whole.strip("0"):
		return match.group()
	decimals = decimals.rstrip("0")
	return f"{whole}.{decimals}" if decimals else whole


def _unit(match: re.Match) -> str:
	unit, percent = match.groups()
	return percent or f" {_UNITS[unit.casefold()]}"


def _quietened(name: str) -> str:
	capitalised = _capitalised(name)
	shouted = capitalised.isupper() and sum(map(str.isalpha, name)) > _ALL_CAPITALS
	return _capitalised(name.lower()) if shouted else capitalised


def _lowered(word: str) -> str:
	return word if word.isupper() and len(word) <= _ALL_CAPITALS else word.lower()


def _capitalised(text: str) -> str:
	return text[:1].upper() + text[1:]
