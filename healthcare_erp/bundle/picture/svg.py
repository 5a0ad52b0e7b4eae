"""The picture of a trace as SVG, drawn without a browser."""

from ..output.files import MARK
from ..output.text import joined, markup, shown
from ..tracing import Traced
from .grouping import ENDS, group
from .layout import BOX_WIDTH, Picture, Placed, Ribbon, place

INK, MUTED, RED, PAPER = "#1d2733", "#5f6b7a", "#c62828", "#ffffff"
FONT = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
_COLOURS = {"Import": "#4f6d8f", "Transfer": "#2e8b80", "Sale": "#6c8fc7", "Return": "#8a7aa8"}
_COLOURS |= {"Recall Removal": "#d98324", "Adjustment": "#9aa3ad"}
_BOX_COLOURS = ("#33475b", "#33475b", "#33475b", "#1f6f8b", "#2e8b80", "#6b7a8c")
_LEGEND = ("Import", "Transfer", "Sale", "Return", "Recall Removal", "Adjustment")
_STATUS_COLOURS = {"Active": "#2e7d32", "Recalled": RED}
LONGEST_LABEL = 34
_ALWAYS_SHOWN = ("imported", "dispensed", "destroyed", "on_hand", "unconfirmed")
_DOUBTS = {"unconfirmed": "sent but not confirmed", "unsent": "received but never sent"}


def draw(traced: Traced) -> str:
	"""The trace of a lot as an SVG document: left its source, right where it ended, red what is not confirmed."""
	picture = place(*group(traced))
	ribbons = sorted(picture.ribbons, key=lambda ribbon: (bool(ribbon.missing), -ribbon.width))
	parts = [
		_open(picture, traced),
		*_heading(traced),
		*(_column(title, x) for title, x in picture.columns),
		*(_ribbon(ribbon) for ribbon in ribbons),
		*(_box(placed) for placed in picture.boxes),
		*(_missing_label(ribbon) for ribbon in ribbons if ribbon.missing),
		_legend(picture),
		"</svg>",
	]
	return "\n".join(parts) + "\n"


def number(quantity: int) -> str:
	"""A quantity with thin spaces between thousands."""
	return f"{quantity:,}".replace(",", "\u202f")


def _open(picture: Picture, traced: Traced) -> str:
	size = f'width="{picture.width:.0f}" height="{picture.height:.0f}"'
	box = f'viewBox="0 0 {picture.width:.0f} {picture.height:.0f}"'
	title = markup(f"Trace of lot {traced.lot['lot_number']}")
	return (
		f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} font-family="{FONT}" role="img">'
		f'{MARK}<title>{title}</title><rect width="100%" height="100%" fill="{PAPER}"/>'
	)


def _heading(traced: Traced) -> list[str]:
	lot, totals = traced.lot, traced.totals
	medicine = joined(lot["inn"], lot["strength"], lot["dosage_form"])
	colour = _STATUS_COLOURS.get(lot["status"], "#b26a00")
	facts = sums({name: units for name, units in totals.items() if name not in _DOUBTS})
	return [
		_text(30, 38, f"Lot {lot['lot_number']}", size=22, weight=650, then=(lot["status"], colour)),
		_text(30, 60, f"{medicine} · {lot['name']} · expires {lot['expiry_date']}", fill=MUTED, size=13),
		_text(30, 82, " · ".join(facts), size=13, then=(_missing_total(totals), RED)),
	]


def _missing_total(totals: dict) -> str:
	return ", ".join(f"{number(totals[name])} {words}" for name, words in _DOUBTS.items() if totals[name])


def sums(totals: dict) -> list[str]:
	"""The account of a lot in words; of the terms that few lots have, only those that are not zero."""
	return [
		f"{number(units)} {name.replace('_', ' ')}"
		for name, units in totals.items()
		if units or name in _ALWAYS_SHOWN
	]


def _column(title: str, x: float) -> str:
	return _text(x, 114, title.upper(), size=10.5, weight=600, fill=MUTED, spacing=0.6)


def _ribbon(ribbon: Ribbon) -> str:
	colour = _COLOURS.get(ribbon.link.kind, MUTED)
	hint = f"<title>{markup(_hint(ribbon))}</title>"
	if ribbon.backward:
		return _stroke(
			_arc(ribbon), colour, max(1.2, min(ribbon.width, 3)), 0.8, hint, ' stroke-dasharray="4 3"'
		)
	band = _stroke(_curve(ribbon, 0), colour, ribbon.width, 0.38, hint)
	if not ribbon.missing:
		return band
	shift = max(0.0, (ribbon.width - ribbon.missing) / 2)
	return band + _stroke(_curve(ribbon, shift), RED, ribbon.missing, 0.9, hint)


def _hint(ribbon: Ribbon) -> str:
	label = f"{ribbon.link.kind}: {number(ribbon.link.quantity)} units"
	return f"{label}, {number(ribbon.link.missing)} not confirmed" if ribbon.link.missing else label


def _curve(ribbon: Ribbon, shift: float) -> str:
	bend = (ribbon.x1 - ribbon.x0) / 2
	y0, y1 = ribbon.y0 + shift, ribbon.y1 + shift
	return (
		f"M{ribbon.x0:.1f},{y0:.1f} C{ribbon.x0 + bend:.1f},{y0:.1f} "
		f"{ribbon.x1 - bend:.1f},{y1:.1f} {ribbon.x1:.1f},{y1:.1f}"
	)


def _arc(ribbon: Ribbon) -> str:
	"""From the right side of a box back to the left side of one further left, around both."""
	out = 34
	return (
		f"M{ribbon.x0:.1f},{ribbon.y0:.1f} C{ribbon.x0 + out:.1f},{ribbon.y0 + out:.1f} "
		f"{ribbon.x1 - out:.1f},{ribbon.y1 + out:.1f} {ribbon.x1:.1f},{ribbon.y1:.1f}"
	)


def _stroke(path: str, colour: str, width: float, opacity: float, hint: str, extra: str = "") -> str:
	return (
		f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:.1f}" '
		f'stroke-opacity="{opacity}"{extra}>{hint}</path>'
	)


def _box(placed: Placed) -> str:
	box = placed.box
	colour = RED if box.flagged else _BOX_COLOURS[box.column]
	rectangle = (
		f'<rect x="{placed.x:.1f}" y="{placed.y:.1f}" width="{BOX_WIDTH}" height="{placed.height:.1f}" '
		f'rx="2" fill="{colour}"/>'
	)
	middle = placed.y + placed.height / 2
	note = f"{number(box.on_hand)} on hand" if box.column < ENDS and box.on_hand else ""
	label = shown(box.label, LONGEST_LABEL)
	x = placed.x + BOX_WIDTH + 6
	lines = [
		_text(x, middle + (0 if note else 4), label, size=12, halo=True, fill=RED if box.flagged else INK)
	]
	if note:
		lines.append(_text(x, middle + 13, note, size=11, fill=MUTED, halo=True))
	return rectangle + "".join(lines)


def _missing_label(ribbon: Ribbon) -> str:
	missing = ribbon.link.missing
	label = f"{number(missing)} not confirmed" if missing > 0 else f"{number(-missing)} more than sent"
	x, y = ribbon.x0 + 0.62 * (ribbon.x1 - ribbon.x0), ribbon.y0 + 0.68 * (ribbon.y1 - ribbon.y0)
	return _text(x, y - 4, label, size=12, weight=650, fill=RED, halo=True, anchor="middle")


def _legend(picture: Picture) -> str:
	y, parts, x = picture.height - 34, [], 30.0
	for kind in (*_LEGEND, "Not confirmed by the receiver"):
		colour = _COLOURS.get(kind, RED)
		parts.append(
			f'<rect x="{x:.0f}" y="{y - 9:.0f}" width="22" height="10" rx="2" fill="{colour}" fill-opacity="0.75"/>'
		)
		parts.append(_text(x + 28, y, kind, size=12, fill=MUTED))
		x += 46 + 6.6 * len(kind)
	parts.append(
		_text(30, y + 20, "Widths are units; dashed lines are returns to a supplier.", size=11, fill=MUTED)
	)
	return "".join(parts)


def _text(
	x: float,
	y: float,
	text: str,
	*,
	size: float = 13,
	weight: int = 400,
	fill: str = INK,
	halo: bool = False,
	anchor: str = "start",
	spacing: float = 0,
	then: tuple[str, str] | None = None,
) -> str:
	"""One line of text; `then` is a (text, colour) that follows it in bold."""
	around = (
		f' paint-order="stroke" stroke="{PAPER}" stroke-width="3.5" stroke-linejoin="round"' if halo else ""
	)
	apart = f' letter-spacing="{spacing}"' if spacing else ""
	following = (
		f'<tspan dx="12" font-size="14" font-weight="650" fill="{then[1]}">{markup(then[0])}</tspan>'
		if then
		else ""
	)
	return (
		f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{fill}" '
		f'text-anchor="{anchor}"{apart}{around}>{markup(text)}{following}</text>'
	)
