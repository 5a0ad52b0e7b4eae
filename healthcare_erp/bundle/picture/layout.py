"""Where boxes and links of a picture go, in pixels."""

from collections import defaultdict
from dataclasses import dataclass

from .grouping import COLUMNS, Box, Link

BOX_WIDTH, COLUMN_STEP, GAP = 14, 232, 26
LEFT, TOP, BOTTOM = 30, 132, 96
LEAST_BOX, LEAST_LINK = 5.0, 1.2
DRAWN_HEIGHT = 420  # of the fullest column, without its gaps


@dataclass(slots=True)
class Placed:
	"""A box with the place of its rectangle; ribbons leave and arrive from the top down."""

	box: Box
	x: float
	y: float
	height: float
	next_out: float = 0.0
	next_in: float = 0.0


@dataclass(slots=True)
class Ribbon:
	"""A link as a band of `width` from (x0, y0) to (x1, y1), the middles of its ends; `missing` of it is red."""

	link: Link
	x0: float
	y0: float
	x1: float
	y1: float
	width: float
	missing: float

	@property
	def backward(self) -> bool:
		return self.x1 <= self.x0


@dataclass(slots=True)
class Picture:
	"""Everything placed, with the picture's size and the columns (title, x) that are in use."""

	boxes: list[Placed]
	ribbons: list[Ribbon]
	columns: list[tuple[str, float]]
	width: float
	height: float


def place(boxes: dict[str, Box], links: list[Link]) -> Picture:
	"""Columns from left to right (empty ones left out), boxes so that ribbons cross little."""
	used = sorted({box.column for box in boxes.values()})
	x_of = {column: LEFT + COLUMN_STEP * number for number, column in enumerate(used)}
	throughput = _throughput(boxes, links)
	scale = _scale(boxes, throughput)
	placed = _stack(boxes, links, throughput, scale, x_of)
	ribbons = _ribbons(placed, links, scale)
	bottom = max((box.y + box.height for box in placed.values()), default=TOP)
	columns = [(COLUMNS[column], x_of[column]) for column in used]
	width = LEFT + COLUMN_STEP * max(len(used), 3)
	return Picture(list(placed.values()), ribbons, columns, width, bottom + BOTTOM)


def _throughput(boxes: dict[str, Box], links: list[Link]) -> dict[str, int]:
	incoming, outgoing = defaultdict(int), defaultdict(int)
	for link in links:
		outgoing[link.source] += link.quantity
		incoming[link.target] += link.quantity
	return {key: max(incoming[key], outgoing[key]) for key in boxes}


def _scale(boxes: dict[str, Box], throughput: dict[str, int]) -> float:
	columns = defaultdict(int)
	for key, box in boxes.items():
		columns[box.column] += throughput[key]
	return DRAWN_HEIGHT / max(1, *columns.values(), 1)


def _stack(boxes, links, throughput, scale, x_of) -> dict[str, Placed]:
	"""Column by column: each box near the middle of those that feed it."""
	placed: dict[str, Placed] = {}
	for column, x in x_of.items():
		members = [key for key, box in boxes.items() if box.column == column]
		members.sort(key=lambda key: (_pull(key, links, placed), -throughput[key], key))
		y = TOP
		for key in members:
			height = max(LEAST_BOX, throughput[key] * scale)
			placed[key] = Placed(boxes[key], x, y, height, y, y)
			y += height + GAP
	return placed


def _pull(key: str, links: list[Link], placed: dict[str, Placed]) -> float:
	feeding = [
		(placed[link.source].y + placed[link.source].height / 2, link.quantity)
		for link in links
		if link.target == key and link.source in placed
	]
	total = sum(quantity for _, quantity in feeding)
	return sum(y * quantity for y, quantity in feeding) / total if total else 0.0


def _ribbons(placed: dict[str, Placed], links: list[Link], scale: float) -> list[Ribbon]:
	ends = sorted(links, key=lambda link: (placed[link.source].y, placed[link.target].y))
	starts = {id(link): _leave(placed[link.source], link, scale) for link in ends}
	by_target = sorted(links, key=lambda link: (placed[link.target].y, placed[link.source].y))
	arrivals = {id(link): _arrive(placed[link.target], link, scale) for link in by_target}
	return [
		Ribbon(
			link,
			placed[link.source].x + BOX_WIDTH,
			starts[id(link)],
			placed[link.target].x,
			arrivals[id(link)],
			max(LEAST_LINK, link.quantity * scale),
			max(2.5, abs(link.missing) * scale) if link.missing else 0.0,
		)
		for link in ends
	]


def _leave(box: Placed, link: Link, scale: float) -> float:
	middle = box.next_out + link.quantity * scale / 2
	box.next_out += link.quantity * scale
	return middle


def _arrive(box: Placed, link: Link, scale: float) -> float:
	middle = box.next_in + link.quantity * scale / 2
	box.next_in += link.quantity * scale
	return middle
