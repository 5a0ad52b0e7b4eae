"""Verifying a bundle: its files, its rows, its positions, and what might move when."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from healthcare_erp.domain.traceability.ledger import MAX_QUANTITY, Defect
from healthcare_erp.domain.traceability.tradability import allowed_combinations
from healthcare_erp.domain.vocabulary import DIRECTIONS, LotStatus, MedicineStatus

from ..engine import identifier
from ..read import Bundle
from ..schema import TABLES
from .checks import COMPACT, IMPORT_CHECKS, MASTER_CHECKS, POSITION_CHECKS, ROW_CHECKS, STATUS_CHECKS, Check
from .defects import UNSOUND
from .statuses import restrictions

LISTED = 20  # defects of one code that are listed; all are counted
STEPS = 3 + sum(map(len, (MASTER_CHECKS, ROW_CHECKS, IMPORT_CHECKS, POSITION_CHECKS, STATUS_CHECKS)))

Progress = Callable[[str], None]


@dataclass(slots=True)
class Verdict:
	"""What was checked and what was found; `defects` lists the first ones of each code, `counts` has all."""

	movements: int
	positions: int
	defects: list[Defect] = field(default_factory=list)
	counts: dict[str, int] = field(default_factory=dict)

	@property
	def clean(self) -> bool:
		return not self.counts

	@property
	def sound(self) -> bool:
		"""Whether the rows can be added up, whatever else is wrong with them."""
		return UNSOUND.isdisjoint(self.counts)

	def add(self, code: str, defects: list[Defect], count: int | None = None) -> None:
		if defects:
			already = sum(defect.code == code for defect in self.defects)
			self.defects += defects[: max(0, LISTED - already)]
			self.counts[code] = self.counts.get(code, 0) + (len(defects) if count is None else count)


def verify(bundle: Bundle, progress: Progress = lambda title: None) -> Verdict:
	"""Check a bundle against everything that it says of itself and against the rules of the ledger.

	:param progress: called with the title of each of the `STEPS` before it runs.
	:raises BundleError: `unreadable_table` where the data cannot even be read.
	"""
	verdict = Verdict(bundle.manifest.rows("movements"), 0)
	progress("files")
	for defect in _file_defects(bundle):
		verdict.add(defect.code, [defect])
	if "file_missing" not in verdict.counts:
		_check_rows(bundle, verdict, progress)
	return verdict


def _check_rows(bundle: Bundle, verdict: Verdict, progress: Progress) -> None:
	_prepare_rules(bundle)
	for defect in (*_row_counts(bundle), *_unknown_statuses(bundle)):
		verdict.add(defect.code, [defect])
	_run(bundle, verdict, MASTER_CHECKS + ROW_CHECKS + IMPORT_CHECKS, progress)
	progress("positions")
	bundle.script(COMPACT)
	verdict.positions = bundle.rows("SELECT count(DISTINCT (warehouse, lot)) FROM compact")[0][0]
	_run(bundle, verdict, POSITION_CHECKS, progress)
	bundle.script("DROP TABLE compact")
	progress("statuses in force")
	_load(
		bundle,
		"restrictions",
		("lot", "since", "until", "lot_status", "medicine_status"),
		restrictions(bundle),
	)
	_run(bundle, verdict, STATUS_CHECKS, progress)


def _run(bundle: Bundle, verdict: Verdict, checks: tuple[Check, ...], progress: Progress) -> None:
	tolerance = bundle.manifest.parameters.get("import_tolerance") or 0
	given = {"max_quantity": MAX_QUANTITY, "import_tolerance": float(tolerance)}
	for check in checks:
		progress(check.title)
		limits = {name: value for name, value in given.items() if f"${name}" in check.query}
		bundle.script(f"CREATE OR REPLACE TEMP TABLE found AS {check.query}", limits)
		count = bundle.rows("SELECT count(*) FROM found")[0][0]
		listed = bundle.rows(f"SELECT * FROM found LIMIT {LISTED}") if count else []  # nosec B608 # constants only
		verdict.add(check.code, [_defect(check.code, *row) for row in listed], count)


def _defect(code: str, subject: object, expected: object, found: object) -> Defect:
	detail = {"expected": _plain(expected), "found": _plain(found)}
	return Defect(code, str(subject), {key: value for key, value in detail.items() if value is not None})


def _plain(value: object) -> object:
	return int(value) if isinstance(value, float) and value.is_integer() else value


def _file_defects(bundle: Bundle) -> Iterator[Defect]:
	yield from (Defect("file_missing", name) for name, found in bundle.digests.items() if found is None)
	if bundle.manifest.digest != bundle.stated_digest:
		detail = {"expected": bundle.stated_digest, "found": bundle.manifest.digest}
		yield Defect("manifest_changed", "manifest.json", detail)
	for entry in bundle.manifest.files():
		found = bundle.digests[entry.name]
		if found and found != entry.sha256:
			yield Defect("file_changed", entry.name, {"expected": entry.sha256, "found": found})


def _row_counts(bundle: Bundle) -> Iterator[Defect]:
	"""Counts what is there, not what a file says, and so reads each column once."""
	for table, columns in TABLES.items():
		everything = ", ".join(map(identifier, columns))
		expected = bundle.manifest.rows(table)
		[(found, _hash)] = bundle.rows(f"SELECT count(*), max(hash({everything})) FROM {table}")  # nosec B608 # constants only
		if found != expected:
			yield Defect("row_count_mismatch", table, {"expected": expected, "found": found})


def _unknown_statuses(bundle: Bundle) -> Iterator[Defect]:
	for known, sources in (
		(LotStatus, (("lots", "name"), ("lot_events", "lot"))),
		(MedicineStatus, (("medicines", "name"), ("medicine_events", "medicine"))),
	):
		for table, key in sources:
			query = f"SELECT {key}, status FROM {table} WHERE list_contains($known, status) IS NOT true ORDER BY ALL"  # nosec B608 # constants only
			for subject, status in bundle.rows(query, {"known": [word.value for word in known]}):
				yield Defect("unknown_status", f"{table} {subject}", {"found": status})


def _prepare_rules(bundle: Bundle) -> None:
	"""The domain's tables as tables of the engine: the rules keep their one home."""
	directions = [(kind.value, way.value) for kind, ways in DIRECTIONS.items() for way in ways]
	_load(bundle, "directions", ("movement_type", "direction"), directions)
	columns = ("lot_status", "medicine_status", "movement_type", "direction")
	_load(bundle, "allowed", columns, list(allowed_combinations()))


def _load(bundle: Bundle, table: str, columns: tuple[str, ...], rows: list[tuple]) -> None:
	"""A temporary table from rows in memory; moments are typed also where there is no row."""
	kinds = {name: "TIMESTAMP" if name in ("since", "until") else "VARCHAR" for name in columns}
	lists = {name: [row[index] for row in rows] for index, name in enumerate(columns)}
	selected = ", ".join(f"unnest(${name}::{kinds[name]}[]) AS {name}" for name in columns)
	bundle.script(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {selected}", lists)
