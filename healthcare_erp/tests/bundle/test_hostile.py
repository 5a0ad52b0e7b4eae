"""A fuzz of hostile bundles: whatever they hold, a command answers, names defects or names its refusal.

`make test` takes 100 seeds, `make fuzz` 2,000 (HOSTILE_BUNDLES); a failure names its seed.
"""

import json
import os
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import Result

from healthcare_erp.bundle.simulated import write_simulation

from .conftest import run
from .hostile import command, forge
from .test_shown import Page, is_harmless

SEEDS, BLOCK = int(os.environ.get("HOSTILE_BUNDLES", 100)), 20
REFUSALS = {
	*("bundle_not_found", "unreadable_manifest", "unknown_format", "not_a_file"),
	*("file_missing", "file_changed", "unreadable_table", "unsound_rows", "unknown_lot", "ambiguous_lot"),
}


@pytest.fixture(scope="session")
def villages(tmp_path_factory, village) -> list[Path]:
	text = tmp_path_factory.mktemp("text") / "bundle"
	write_simulation(text, facilities=12, movements=400, seed=1, file_format="jsonl")
	return [village, village, text]


@pytest.mark.parametrize("first", range(0, SEEDS, BLOCK))
def test_a_hostile_bundle_is_answered_or_refused_by_name(villages, tmp_path, first):
	for seed in range(first, min(first + BLOCK, SEEDS)):
		try:
			attack(seed, villages[seed % len(villages)], tmp_path / str(seed))
		except Exception as error:
			raise AssertionError(f"seed {seed}: {error!r}") from error


def attack(seed: int, village: Path, room: Path) -> None:
	folder, out = room / "bundle", room / "out"
	shutil.copytree(village, folder)
	out.mkdir()
	(room / "victim").write_text("untouched")
	forge(seed, folder)
	before = sorted(path.name for path in folder.iterdir())
	arguments = command(seed, folder, out)
	judge(run(*arguments), arguments)
	for path in out.iterdir():
		judge_page(path)
	assert sorted(path.name for path in folder.iterdir()) == before
	assert sorted(path.name for path in room.iterdir()) == ["bundle", "out", "victim"]
	assert (room / "victim").read_text() == "untouched"
	shutil.rmtree(room)


def judge(result: Result, arguments: tuple) -> None:
	assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
	assert is_harmless(result.output)
	if result.exit_code == 2:
		refused = re.fullmatch(r"error: ([a-z_]+): .+\n", result.output)
		assert refused, result.output
		assert refused[1] in REFUSALS, result.output
		return
	assert result.exit_code == 0 or (result.exit_code == 1 and arguments[0] in ("verify", "report"))
	if "--json" in arguments:
		json.loads(result.stdout, parse_constant=lambda constant: pytest.fail(constant))


def judge_page(path: Path) -> None:
	text = path.read_text(encoding="utf-8")
	assert is_harmless(text)
	assert path.name in ("report.html", "trace.html", "trace.svg")
	if path.suffix == ".svg":
		ElementTree.fromstring(text)
	else:
		assert Page(text).is_ours
