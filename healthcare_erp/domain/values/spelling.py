"""One spelling for what registers write in many: forms, strengths, packs, INNs, categories.

Every `spell_*` takes a cell as it was written and returns one line of text; doing it twice changes nothing.
Only spelling is unified: words are never translated and nothing is dropped but white space and stray marks.
"""

import re
import unicodedata
from itertools import pairwise

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_UNITS = {
	"mg": "mg",
	"g": "g",
	"gr": "g",
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
# A line of a cell that goes on with the line before it: a salt, what a vaccine comes with, an open bracket.
_SALT = re.compile(
	r"(?:di)?(?:acetate|besilate|besylate|bromhydrate|bromide|chlorhydrate|citrate|disodique|fumarate|hydrate"
	r"|hydrobromide|hydrochloride|maleate|mesilate|mesylate|monohydrate|phosphate|potassique|sodique|succinate"
	r"|sulfate|tartrate|trihydrate)|(?:de|d['’]|of|poudre|solvant|solvent)\b.*|\(.*"
)
_ION = re.compile(r"potassium|sodium")
_MINERAL = re.compile(r"calcium|chlor|carbonate|\bfer\b|iron|magnesium|potassium|sodium|vitamin|zinc")
_LEFT_OPEN = re.compile(r"(?:/|\b(?:de|d['’]|du|of|par|per|pour))$", re.I)
# A part of a strength that is none of its own: without a number, or a total, or what it is a part of.
_NO_STRENGTH = re.compile(r"\D*|(?:soit\b|i\.?e\.|dans\b|in\b|par\b|per\b|pour\b|[(=/)]).*", re.I)
_PER_VOLUME = re.compile(r".*/\s*[0-9.,]*\s*ml", re.I)
_VOLUME = re.compile(r"[0-9.,]+\s*ml(?![^\W\d_]).*", re.I)
_DENOMINATOR = re.compile(r"(?<=/)(ml|l|mg|g)(?![^\W\d_])", re.I)
_PHARMACOPOEIA = re.compile(r"\b(?:bp|ep|usp)\b")
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
	"for": "for",
	"gelule": "gélule",
	"gelules": "gélule",
	"hygienique": "hygiénique",
	"injectables": "injectable",
	"ophthalmique": "ophtalmique",
	"pellicule": "pelliculé",
	"pellicules": "pelliculé",
	"pelliculle": "pelliculé",
	"pellicullee": "pelliculé",
	"pour": "pour",
	"pudre": "poudre",
	"pulverisation": "pulvérisation",
	"sachets": "sachet",
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
	"""A strength, its parts joined by ` + `: `20mg\\n120mg` and `20 mg et 120 mg` are `20 mg + 120 mg`.

	What is no strength of its own stays with what precedes it: `1000 mg + 200 mg soit 1.2 g`, `10 mg/ml, 2 ml`.
	"""
	joined = _tidy(_LIST_COMMA.sub(" + ", _AND.sub(" + ", _lines_joined(text))))
	spelled = spell_quantities(_parts_joined(joined.split(" + ")))
	return _tidy(_DENOMINATOR.sub(lambda unit: unit[0].lower(), re.sub(r"\s*/\s*", "/", spelled)))


def _parts_joined(parts: list[str]) -> str:
	joined = parts[0]
	for before, part in pairwise(parts):
		if _NO_STRENGTH.fullmatch(part) or _is_left_open(joined):
			joined += f" {part}"
		elif _VOLUME.fullmatch(part) and _PER_VOLUME.fullmatch(before):
			joined += f", {part}"
		else:
			joined += f" + {part}"
	return joined


def spell_inn(text: str | None) -> str:
	"""International nonproprietary names, joined by ` + `; names in capitals only are written as names.

	A salt on a line of its own belongs to the name before it: `Phenoxymethylpenicilline\\nPotassium` is one.
	"""
	joined = _lines_joined("\n".join(_names(_WORD_SLASH.sub("\n", text or ""))))
	if _AND.search(joined):
		joined = re.sub(r"\s*,\s+", " + ", _AND.sub(" + ", joined))
	return " + ".join(_quietened(name) for name in _tidy(joined).split(" + "))


def _names(text: str) -> list[str]:
	"""The lines of a cell, those that go on with the line before put together with it."""
	lines = [line for line in map(one_line, text.splitlines()) if line]
	minerals = sum(bool(_MINERAL.search(fold(line))) for line in lines)
	names = lines[:1]
	for line in lines[1:]:
		goes_on = _SALT.fullmatch(fold(line)) or (minerals == 1 and _ION.fullmatch(fold(line)))
		if goes_on or _is_left_open(names[-1]):
			names[-1] += f" {line}"
		else:
			names.append(line)
	return names


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


def _is_left_open(text: str) -> bool:
	return text.count("(") > text.count(")") or bool(_LEFT_OPEN.search(text))


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
	if not shouted:
		return capitalised
	return _capitalised(_PHARMACOPOEIA.sub(lambda book: book[0].upper(), name.lower()))


def _lowered(word: str) -> str:
	return word if word.isupper() and len(word) <= _ALL_CAPITALS else word.lower()


def _capitalised(text: str) -> str:
	return text[:1].upper() + text[1:]
