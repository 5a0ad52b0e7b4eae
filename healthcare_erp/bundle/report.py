"""The report on a bundle: what is in it, what is wrong with it, and the trace of a recalled lot."""

from collections.abc import Iterable
from pathlib import Path

from . import discrepancies
from .holdings import expiring, holders, last_day
from .output.files import MARK, make_folder, refuse_foreign, refuse_link, write_page
from .output.text import joined, markup
from .picture import draw, number
from .read import Bundle
from .schema import TABLES
from .tracing import Traced, trace_lot
from .verification import DEFECTS, Verdict

SHOWN = 15
EXPIRING_WITHIN = 30
FILES = {"Report": "report.html", "Picture": "trace.svg", "Trace": "trace.html"}
# A page that runs nothing and fetches nothing, whatever should get into it.
_POLICY = (
	'<meta http-equiv="Content-Security-Policy" '
	"content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
)
_STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.5 Inter, 'Segoe UI', Arial, sans-serif; color: #1d2733; margin: 0 auto; max-width: 1460px; padding: 24px; }
h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 19px; margin: 34px 0 8px; }
p { margin: 4px 0 10px; max-width: 80ch; } .muted { color: #5f6b7a; } .bad { color: #c62828; } .good { color: #2e7d32; }
.cards { display: flex; flex-wrap: wrap; gap: 12px; margin: 16px 0; }
.card { border: 1px solid #dfe4ea; border-radius: 8px; padding: 10px 16px; min-width: 120px; }
.card b { display: block; font-size: 22px; font-weight: 650; }
.wide { overflow-x: auto; } svg { max-width: none; }
table { border-collapse: collapse; margin: 8px 0; } th { text-align: left; color: #5f6b7a; font-weight: 600; }
th, td { padding: 4px 14px 4px 0; border-bottom: 1px solid #edf0f3; vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
"""


def refuse_to_overwrite(out: Path) -> None:
	"""Look before the work is done whether what `write` makes may be written.

	:raises BundleError: `is_a_link`, `not_ours`.
	"""
	refuse_link(out)
	refuse_foreign(*(out / name for name in FILES.values()))


def write(bundle: Bundle, verdict: Verdict, out: Path, lot: str | None = None) -> dict[str, Path]:
	"""Write `report.html`, and `trace.svg` and `trace.html` where there is a lot to trace and its rows are sound.

	:param lot: name or number; the lot recalled last if left out.
	:returns: the paths by what they are.
	:raises BundleError: as `refuse_to_overwrite`, and as `trace_lot`.
	"""
	make_folder(out)
	lot = lot or _recalled(bundle) if verdict.sound else None
	traced = trace_lot(bundle, lot) if lot else None
	pages = {"Report": _report(bundle, verdict, traced)}
	if traced:
		pages |= {"Picture": draw(traced), "Trace": trace_page(traced)}
	for name, text in pages.items():
		write_page(out / FILES[name], text)
	return {name: out / FILES[name] for name in pages}


def trace_page(traced: Traced) -> str:
	"""A page with the picture of a trace and the holders."""
	title = f"Trace of lot {traced.lot['lot_number']}"
	return _page(title, f'<div class="wide">{draw(traced)}</div>{_holders(traced)}')


def _recalled(bundle: Bundle) -> str | None:
	rows = bundle.rows(
		"SELECT lot FROM lot_events JOIN lots ON lots.name = lot AND lots.status = 'Recalled' "
		"WHERE lot_events.status = 'Recalled' ORDER BY \"at\" DESC, lot LIMIT 1"
	)
	return rows[0][0] if rows else None


def _report(bundle: Bundle, verdict: Verdict, traced: Traced | None) -> str:
	first, last = bundle.manifest.time_range or ("", "")
	parts = [
		"<h1>Ledger report</h1>",
		f'<p class="muted">{markup(first[:10])} to {markup(last[:10])}, written by {markup(bundle.manifest.created_by)}, '
		f"digest {bundle.manifest.digest[:16]}…</p>",
		_cards((name.replace("_", " "), bundle.manifest.rows(name)) for name in TABLES),
		_verdict(verdict),
	]
	if traced:
		parts += [f'<h2>The recalled lot</h2><div class="wide">{draw(traced)}</div>', _holders(traced)]
	parts += [section(bundle) for section in _SECTIONS] if verdict.sound else [_UNSOUND]
	return _page("Ledger report", "".join(parts))


def _verdict(verdict: Verdict) -> str:
	checked = f"{number(verdict.movements)} movements in {number(verdict.positions)} positions"
	if verdict.clean:
		text = "every position is numbered without gaps, every balance is the sum of its movements, and no lot moved that might not"
		return f'<h2>Verified</h2><p class="good">Clean: {checked}; {text}.</p>'
	rows = [(code, number(count), DEFECTS[code]) for code, count in verdict.counts.items()]
	listed = [
		(d.code, d.subject, d.detail.get("expected", ""), d.detail.get("found", "")) for d in verdict.defects
	]
	return (
		f'<h2>Verified</h2><p class="bad">Defects in {checked}.</p>'
		+ _table(("defect", "count >", "meaning"), rows)
		+ _table(("defect", "where", "expected", "found"), listed[:SHOWN])
	)


def _holders(traced: Traced) -> str:
	rows = [
		(group["province"], place["label"], place["kind"], number(place["on_hand"]))
		for group in holders(traced)
		for place in group["facilities"]
	]
	title = f"<h2>Who still holds lot {markup(traced.lot['lot_number'])}: {number(traced.totals['on_hand'])} units</h2>"
	return title + _table(("province", "facility", "kind", "on hand >"), rows)


def _disagreeing(bundle: Bundle) -> str:
	names = _names(bundle)
	found = discrepancies.disagreeing_transfers(bundle)
	rows = [
		(
			row["lot"],
			row["document"],
			names.get(row["sender"], row["sender"]),
			names.get(row["receiver"], row["receiver"]),
			number(row["sent"]),
			number(row["received"]),
			f"{row['first_at']:%Y-%m-%d}",
		)
		for row in found[:SHOWN]
	]
	columns = ("lot", "document", "sender", "receiver", "sent >", "received >", "date")
	return _section("Transfers whose ends do not agree", len(found), columns, rows)


def _from_nowhere(bundle: Bundle) -> str:
	names = _names(bundle)
	found = discrepancies.stock_from_nowhere(bundle)
	rows = [
		(row["lot"], names.get(row["facility"], row["facility"]), number(row["found"]), number(row["sold"]))
		for row in found[:SHOWN]
	]
	title = "Stock that a count found where it had not arrived"
	return _section(title, len(found), ("lot", "facility", "found >", "sold >"), rows)


def _overpriced(bundle: Bundle) -> str:
	names = _names(bundle)
	found = discrepancies.overpriced_sales(bundle)
	rows = [
		(names.get(row["facility"], row["facility"]), number(row["sales"]), f"{row['over']:.0%}")
		for row in found[:SHOWN]
	]
	title = "Facilities that sold above the authorised price"
	return _section(title, len(found), ("facility", "sales >", "at most over by >"), rows)


def _expiring(bundle: Bundle) -> str:
	day = last_day(bundle)
	found = expiring(bundle, day, EXPIRING_WITHIN) if day else []
	rows = [
		(
			str(row["expiry_date"]),
			row["lot"],
			joined(row["inn"], row["strength"]),
			number(row["on_hand"]),
			number(row["facilities"]),
		)
		for row in found[:SHOWN]
	]
	title = f"Lots with stock that expire within {EXPIRING_WITHIN} days of {day}"
	return _section(title, len(found), ("expires", "lot", "medicine", "on hand >", "facilities >"), rows)


def _types(bundle: Bundle) -> str:
	query = "SELECT movement_type, direction, count(*), sum(quantity)::BIGINT FROM movements GROUP BY ALL ORDER BY 3 DESC"
	rows = [(kind, way, number(count), number(units)) for kind, way, count, units in bundle.rows(query)]
	return "<h2>Movements by type</h2>" + _table(("type", "direction", "movements >", "units >"), rows)


def _names(bundle: Bundle) -> dict[str, str]:
	query = "SELECT facility_type || ':' || name, coalesce(facility_name, name) || ' (' || coalesce(province, '?') || ')' FROM facilities"
	return dict(bundle.rows(query))


_SECTIONS = (_disagreeing, _from_nowhere, _overpriced, _expiring, _types)
_UNSOUND = '<p class="bad">Some rows cannot be added up, so nothing else is said of this bundle.</p>'


def _section(title: str, count: int, columns: tuple[str, ...], rows: list[tuple]) -> str:
	more = f'<p class="muted">The first {SHOWN} of {number(count)}.</p>' if count > SHOWN else ""
	return f"<h2>{title}: {number(count)}</h2>" + (_table(columns, rows) + more if rows else "<p>None.</p>")


def _cards(facts: Iterable[tuple[str, int]]) -> str:
	cards = "".join(f'<div class="card"><b>{number(count)}</b>{markup(name)}</div>' for name, count in facts)
	return f'<div class="cards">{cards}</div>'


def _table(columns: tuple[str, ...], rows: list[tuple]) -> str:
	"""A column whose name ends in ` >` holds numbers."""
	kinds = [' class="n"' if column.endswith(" >") else "" for column in columns]
	head = "".join(f"<th{k}>{markup(c.removesuffix(' >'))}</th>" for k, c in zip(kinds, columns, strict=True))
	body = "".join(
		"<tr>" + "".join(f"<td{k}>{markup(cell)}</td>" for k, cell in zip(kinds, row, strict=True)) + "</tr>"
		for row in rows
	)
	return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _page(title: str, body: str) -> str:
	return (
		f'<!doctype html>{MARK}<html lang="en"><head><meta charset="utf-8">{_POLICY}<title>{markup(title)}</title>'
		f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
		f"<body>{body}</body></html>\n"
	)
