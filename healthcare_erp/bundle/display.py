"""The tool's answers for people: tables and progress bars in a terminal.

What comes from a bundle is only ever text: never markup of rich, and shown by `output.text`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from healthcare_erp.domain.traceability import trace

from .holdings import holders
from .output.text import joined, shown
from .picture import number, sums
from .tracing import Traced
from .verification import DEFECTS, Verdict

EDGES_SHOWN = 40


def console() -> Console:
	"""For answers; made when needed, so that it writes to the stdout of the moment."""
	plain = Console()
	return plain if plain.is_terminal else Console(width=140)


@contextmanager
def progress_bar(title: str, total: int) -> Iterator[Callable[[str | None, int], None]]:
	"""A bar on stderr where that is a terminal; call what it yields with a new title (or None) and the steps done."""
	errors = Console(stderr=True)
	columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
	with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
		task = bar.add_task(title, total=total)

		def advance(description: str | None, steps: int) -> None:
			bar.update(task, advance=steps, description=description or title)

		yield advance


def show_verdict(found: Verdict) -> None:
	"""One line where all is well, else what is wrong: how often, and the first cases."""
	out = console()
	checked = f"{number(found.movements)} movements in {number(found.positions)} positions"
	if found.clean:
		out.print(Text.assemble(("Clean:", "green"), f" {checked}, no defects."))
		return
	total = sum(found.counts.values())
	out.print(Text.assemble((f"{number(total)} defects", "red"), f" in {checked}.\n"))
	out.print(
		_table(
			("defect", "count >", "meaning"), [(c, number(n), DEFECTS[c]) for c, n in found.counts.items()]
		)
	)
	rows = [
		(d.code, d.subject, _counted(d.detail.get("expected")), _counted(d.detail.get("found")))
		for d in found.defects
	]
	out.print(_table(("defect", "where", "expected", "found"), rows, "The first ones"))


def show_trace(found: Traced) -> None:
	"""The lot, what passed from whom to whom, and who holds it."""
	out, lot = console(), found.lot
	medicine = joined(lot["inn"], lot["strength"], lot["dosage_form"])
	heading = shown(f" ({lot['name']}) {medicine}, {lot['status']}")
	out.print(Text.assemble((shown(f"Lot {lot['lot_number']}"), "bold"), heading))
	out.print(Text(", ".join(sums(found.totals)) + "\n"))
	edges = trace.collapse(found.graph.edges)
	edges.sort(key=lambda edge: (not edge.unconfirmed, edge.first_at))
	columns = ("from", "to", "kind", "sent >", "received >", "unconfirmed >", "first", "last")
	out.print(
		_table(columns, [_edge_row(found, edge) for edge in edges[:EDGES_SHOWN]], "Who passed it to whom")
	)
	if len(edges) > EDGES_SHOWN:
		out.print(Text(f"... and {len(edges) - EDGES_SHOWN} more: use --json, --svg or --html for all.\n"))
	show_holders(found)


def show_holders(found: Traced) -> None:
	"""Holders by province and facility."""
	rows = []
	for group in holders(found):
		rows.append((group["province"], "", "", number(group["quantity"])))
		rows += [("", f["label"], f["kind"], number(f["on_hand"])) for f in group["facilities"]]
	title = f"Who holds lot {found.lot['lot_number']} now: {number(found.totals['on_hand'])} units"
	console().print(_table(("province", "facility", "kind", "on hand >"), rows, title))


def show_expiring(rows: list[dict], title: str) -> None:
	"""Lots that expire soon, with what is left of them."""
	columns = ("expires", "days >", "lot", "lot number", "medicine", "status", "on hand >", "facilities >")
	shown = [
		(
			str(row["expiry_date"]),
			str(row["days"]),
			row["lot"],
			row["lot_number"],
			joined(row["inn"], row["strength"]),
			row["status"],
			number(row["on_hand"]),
			number(row["facilities"]),
		)
		for row in rows
	]
	console().print(_table(columns, shown, title))


def _edge_row(found: Traced, edge: trace.Edge) -> tuple:
	missing = Text(number(edge.unconfirmed), "red") if edge.unconfirmed else ""
	first, last = (f"{moment:%Y-%m-%d}" for moment in (edge.first_at, edge.last_at))
	ends = (found.label(edge.source), found.label(edge.target))
	return (*ends, edge.kind, _counted(edge.sent), _counted(edge.received), missing, first, last)


def _counted(value: object) -> object:
	return number(value) if isinstance(value, int) else value


def _table(columns: tuple[str, ...], rows: list[tuple], title: str | None = None) -> Table:
	"""A table; a column whose name ends in ` >` is aligned to the right."""
	heading = Text(shown(title)) if title else None
	table = Table(title=heading, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
	for column in columns:
		right = column.endswith(" >")
		table.add_column(column.removesuffix(" >"), justify="right" if right else "left", overflow="fold")
	for row in rows:
		table.add_row(*map(_cell, row))
	return table


def _cell(value: object) -> Text:
	return value if isinstance(value, Text) else Text(shown(value))
