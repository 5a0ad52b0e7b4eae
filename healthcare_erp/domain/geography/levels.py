"""The four levels, which one lies under which, and the path that names a place."""

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.vocabulary import Word

SEPARATOR = "/"
MAX_PATH = 140  # characters of a document's name


class Level(Word):
	PROVINCE = "Province"
	COMMUNE = "Commune"
	ZONE = "Zone"
	COLLINE = "Colline"

	@property
	def above(self) -> "Level | None":
		position = LEVELS.index(self)
		return LEVELS[position - 1] if position else None

	@property
	def below(self) -> "Level | None":
		position = LEVELS.index(self) + 1
		return LEVELS[position] if position < len(LEVELS) else None


LEVELS = tuple(Level)


def check_parent(level: str, parent: str | None, parent_level: str | None) -> None:
	"""A place lies exactly one level below its parent; a province has none.

	:param parent: name of the parent, or None.
	:param parent_level: level of that parent, or None.
	:raises DomainError: `unknown_level`, `province_has_no_parent`, `parent_missing`, `invalid_parent_level`.
	"""
	if level not in list(Level):
		raise DomainError("unknown_level", level=level, allowed=[str(known) for known in LEVELS])
	expected = Level(level).above
	if expected is None and parent:
		raise DomainError("province_has_no_parent", parent=parent)
	if expected and not parent:
		raise DomainError("parent_missing", level=str(level), expected=str(expected))
	if expected and parent_level != expected:
		raise DomainError(
			"invalid_parent_level", level=str(level), parent_level=parent_level, expected=str(expected)
		)


def path_of(name: str, parent: str | None) -> str:
	"""`Province/Commune/Zone/Colline`: names repeat across the country, paths do not.

	:param parent: path of the parent, or None for a province.
	:raises DomainError: `path_too_long`.
	"""
	path = SEPARATOR.join(part for part in (parent, name) if part)
	if len(path) > MAX_PATH:
		raise DomainError("path_too_long", path=path, limit=MAX_PATH)
	return path
