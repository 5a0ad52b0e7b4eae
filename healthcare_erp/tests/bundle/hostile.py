"""Hostile bundles and commands over them: the same for the same seed."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import duckdb

from healthcare_erp.bundle.schema import MANIFEST, TABLES

from .forging import LOT, is_own_file, mend_manifest, read_manifest, replace_columns

TEXTS = (
	*("", " ", "None", LOT, "outside:patients", "Recalled", "Import", "In", "a" * 5_000, "é ẞ 😀"),
	*(
		"[/]",
		"[link=https://evil.example]x[/link]",
		"[red]",
		":skull:",
		"</text><script>alert(1)</script>",
		'"><img src=x>',
	),
	*(
		"\x1b[2J",
		"\x1b]0;x\x07",
		"\x9b1m",
		"\u202e",
		"\u200b",
		"\r\nClean: 1 movements",
		"\x00",
		"\uffff",
		"\u2028",
	),
	*(
		"../../etc/passwd",
		"/dev/zero",
		"movements-0000[1].parquet",
		"*.parquet",
		"https://evil.example/x.parquet",
	),
)
NUMBERS = (0, -1, 1.5, 1e308, float("nan"), float("inf"), 2**31, 2**63, 10**30, True, "7")
SQL_VALUES = {
	"DATE": (
		"'infinity'",
		"'-infinity'",
		"'0044-03-15 (BC)'",
		"'200000-01-01'",
		"'9999-12-31'",
		"'0001-01-01'",
	),
	"TIMESTAMP": (
		"'infinity'",
		"'-infinity'",
		"'0044-03-15 (BC)'",
		"'200000-01-01'",
		"'9999-12-31'",
		"'0001-01-01'",
	),
	"BIGINT": ("0", "-1", "2147483648", "9223372036854775807", "-9223372036854775807", "100000000000"),
	"DOUBLE": ("'nan'", "'inf'", "'-inf'", "1e308", "-0.0"),
	"DECIMAL(18, 2)": ("0", "-0.01", "9999999999999999.99"),
}
OTHER_TYPES = (
	"[1]",
	"{'a': 1}",
	"'x'::BLOB",
	"1.5::DECIMAL(38, 10)",
	"true",
	"1::UTINYINT",
	"MAP {'a': 1}",
	"'x'::BIT",
)
COMMANDS = (
	("verify",),
	("verify", "--json"),
	("trace", "--lot", LOT),
	("trace", "--lot", LOT, "--json"),
	("holders", "--lot", LOT),
	("holders", "--lot", LOT, "--json"),
	("expiring", "--within", 99_999_999),
	("expiring", "--on", "9999-12-31", "--json"),
	("expiring", "--on", "0001-01-01"),
)


def forge(seed: int, folder: Path) -> None:
	"""Tamper with a bundle once to three times; most often with right digests afterwards."""
	random = Random(seed)
	columns = _change_line if (folder / "lots.jsonl").exists() else _change_column
	for _time in range(random.randint(1, 3)):
		attack = random.choices((columns, _change_bytes, _change_file, _change_manifest), (6, 2, 1, 2))[0]
		attack(random, folder)
		if random.random() < 0.8:
			_mend(folder)


def command(seed: int, folder: Path, out: Path) -> tuple:
	"""The arguments of a command over the bundle; what it writes goes to `out`."""
	random = Random(-seed - 1)
	if random.random() < 0.4:
		return ("report", folder, out)
	if random.random() < 0.2:
		return ("trace", folder, "--lot", LOT, "--svg", out / "trace.svg", "--html", out / "trace.html")
	name, *options = random.choice(COMMANDS)
	return (name, folder, *options)


def _mend(folder: Path) -> None:
	try:
		mend_manifest(folder)
	except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
		return  # what another attack left is no bundle any more


def _files(random: Random, folder: Path) -> Path:
	return random.choice(sorted(path for path in folder.iterdir() if path.name != MANIFEST))


def _change_column(random: Random, folder: Path) -> None:
	table = random.choice(sorted(TABLES))
	column, kind = random.choice(sorted(TABLES[table].items()))
	if random.random() < 0.2:
		where, value = "true", random.choice(OTHER_TYPES)
	else:
		where = random.choice(("true", f'hash("{next(iter(TABLES[table]))}") % 7 = {random.randrange(7)}'))
		value = f"({_sql_value(random, kind)})::{kind}"
	try:
		replace_columns(folder, table, where, **{column: value})
	except (duckdb.Error, OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
		return  # what another attack left is no bundle any more


def _sql_value(random: Random, kind: str) -> str:
	if random.random() < 0.25:
		return "NULL"
	if kind == "VARCHAR":
		text = random.choice(TEXTS)
		return " || ".join(f"chr({ord(letter)})" for letter in text[:40]) or "''"
	return random.choice(SQL_VALUES[kind])


def _change_line(random: Random, folder: Path) -> None:
	path = _files(random, folder)
	if not is_own_file(folder, path.name):
		return
	lines = path.read_bytes().split(b"\n")
	number = random.randrange(len(lines))
	lines[number] = _line(random, lines[number])
	path.write_bytes(b"\n".join(lines))


def _line(random: Random, line: bytes) -> bytes:
	try:
		row = json.loads(line)
		row[random.choice(sorted(row))] = _json_value(random)
	except (ValueError, TypeError, IndexError, RecursionError):
		row = _json_value(random)
	odd = (b"[" * 50_000, b'{"name": ' * 5_000, b"\xff\xfe", b"{}", b"null", line + line, b"")
	return random.choice(odd) if random.random() < 0.2 else json.dumps(row).encode()


def _json_value(random: Random) -> object:
	kinds: tuple[Callable[[], object], ...] = (
		lambda: None,
		lambda: random.choice(TEXTS),
		lambda: random.choice(NUMBERS),
		lambda: random.choice(("NaN", "Infinity", "200000-01-01", "0044-03-15 (BC)", "infinity")),
		lambda: [random.choice(TEXTS)],
		lambda: {random.choice(TEXTS): random.choice(NUMBERS)},
	)
	return random.choice(kinds)()


def _change_bytes(random: Random, folder: Path) -> None:
	path = _files(random, folder)
	if not is_own_file(folder, path.name) or not path.stat().st_size:
		return
	content = bytearray(path.read_bytes())
	if random.random() < 0.3:
		content = content[: random.randrange(len(content))]
	elif random.random() < 0.2:
		content = content + content
	else:
		for _flip in range(random.choice((1, 3, 30))):
			content[random.randrange(len(content))] ^= 1 << random.randrange(8)
	path.write_bytes(content)


def _change_file(random: Random, folder: Path) -> None:
	path, other = _files(random, folder), _files(random, folder)
	content = other.read_bytes() if is_own_file(folder, other.name) else b""
	path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
	kinds: tuple[Callable[[], object], ...] = (
		lambda: None,
		path.mkdir,
		lambda: os.mkfifo(path),
		lambda: path.symlink_to("/dev/zero"),
		lambda: path.symlink_to(folder.parent / "victim"),
		lambda: path.write_bytes(b""),
		lambda: path.write_bytes(content),
	)
	random.choice(kinds)()


def _change_manifest(random: Random, folder: Path) -> None:
	try:
		content = read_manifest(folder)
	except (ValueError, RecursionError):
		return
	at, key = _place(random, content)
	at[key] = _json_value(random)
	text = json.dumps(content)
	if random.random() < 0.1:
		text = text.replace("{", random.choice(("{" * 20_000, '{"format": 1, ', "[")), 1)
	(folder / MANIFEST).write_text(text)


def _place(random: Random, content: dict) -> tuple[dict | list, object]:
	"""A random place in the tree of a manifest: a container and a key of it."""
	at: dict | list = content
	while True:
		key = random.choice(sorted(at)) if isinstance(at, dict) else random.randrange(len(at))
		if not isinstance(at[key], dict | list) or not at[key] or random.random() < 0.2:
			return at, key
		at = at[key]
