"""Rows that have fewer or more cells than the header."""

from healthcare_erp.domain.errors import DomainError

_SEPARATORS = ",;\t"


def fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
	"""The row with as many cells as the header: empty last cells are added or dropped.

	:raises DomainError: `cell_count` where there is something in a cell too many, or where a cell of a short row
		has swallowed what follows it, as after a quotation mark that nothing closes.
	"""
	surplus = any(cell.strip() for cell in cells[width:])
	if surplus or (len(cells) < width and _has_swallowed(cells, width)):
		raise DomainError("cell_count", found=len(cells), expected=width)
	return (*cells[:width], *[""] * (width - len(cells)))


def _has_swallowed(cells: tuple[str, ...], width: int) -> bool:
	"""Whether a cell of several lines holds, in one of them, as many separators as the row has cells after it."""
	return any(
		_separators(line) >= width - 1 - position
		for position, cell in enumerate(cells)
		if len(lines := cell.splitlines()) > 1
		for line in lines
	)


def _separators(line: str) -> int:
	return max(map(line.count, _SEPARATORS))
