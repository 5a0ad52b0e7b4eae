"""What differs between ERPNext's tests on a site with this app and on one without.

Usage: erpnext_differences.py FOLDER          the files in which something differs, one a line
       erpnext_differences.py FOLDER AGAIN    names what differs; exit code 1 where ERPNext is harmed

Each folder holds `with` and `without`, as erpnext_tests.py writes them. AGAIN holds a second run of the files in which the
first differed: what differs only once is named, and does not count.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

# Tests that cannot end alike, by design: test -> the reason.
DECLARED: dict[str, str] = {}

HARM = "HARM: passes without the app, and not with it"
GAIN = "Passes with the app, and not without it"
ONE_SIDE = "Did not run on one of the sites, and does not pass on the other"
DECLARED_KIND = "Differs by design"
ONCE = "Differed once, and not when run again on fresh sites"
NOWHERE = "Passes on neither site: nothing is known of it"
ORDER = (NOWHERE, GAIN, ONE_SIDE, ONCE, DECLARED_KIND, HARM)

Outcomes = dict[str, tuple[str, str]]  # test -> outcome without the app, outcome with it


def difference(without: str, with_app: str) -> str | None:
	"""What the two outcomes of a test tell; None where they tell of no difference."""
	passes = (without == "passed", with_app == "passed")
	if passes == (True, False):
		return HARM
	if passes == (False, True):
		return GAIN
	return ONE_SIDE if _ran(without) != _ran(with_app) else None


def _ran(outcome: str) -> bool:
	return outcome not in ("missing", "skipped")


def differing(outcomes: Outcomes, declared: Iterable[str] = ()) -> dict[str, str]:
	"""{test: kind of difference}, without those that are declared."""
	kinds = {test: difference(*pair) for test, pair in outcomes.items() if test not in declared}
	return {test: kind for test, kind in kinds.items() if kind}


def judge(first: Outcomes, again: Outcomes, declared: Iterable[str] = ()) -> dict[str, list[str]]:
	"""{kind: tests}, of all tests but those that pass, or are skipped, on both sites."""
	kinds: dict[str, list[str]] = {kind: [] for kind in ORDER}
	for test in sorted(first):
		kind = difference(*first[test])
		if kind and test in declared:
			kind = DECLARED_KIND
		elif kind and difference(*again.get(test, ("missing", "missing"))) != kind:
			kind = ONCE
		elif not kind and _ran(first[test][0]) and first[test][0] != "passed":
			kind = NOWHERE
		if kind:
			kinds[kind].append(test)
	return kinds


def read(folder: Path) -> dict[str, dict[str, tuple[dict, dict]]]:
	"""{file: {test: (its report without the app, with it)}}"""
	files = sorted({path.name for side in ("without", "with") for path in (folder / side).glob("*.json")})
	return {file: _read_file(folder, file) for file in files}


def _read_file(folder: Path, file: str) -> dict[str, tuple[dict, dict]]:
	paths = [folder / side / file for side in ("without", "with")]
	without, with_app = (json.loads(path.read_text()) if path.exists() else {} for path in paths)
	missing = {"outcome": "missing", "error": ""}
	tests = without.keys() | with_app.keys()
	return {test: (without.get(test, missing), with_app.get(test, missing)) for test in tests}


def outcomes_of(reports: dict[str, tuple[dict, dict]]) -> Outcomes:
	return {test: (without["outcome"], with_app["outcome"]) for test, (without, with_app) in reports.items()}


def files_that_differ(folder: Path) -> list[str]:
	files = [file for file, reports in read(folder).items() if differing(outcomes_of(reports), DECLARED)]
	return [file.removesuffix(".json").replace(".", "/") + ".py" for file in files]


def report(folder: Path, again: Path) -> tuple[list[str], bool]:
	"""The lines to show, and whether ERPNext is harmed."""
	files = read(folder)
	first = {test: pair for reports in files.values() for test, pair in reports.items()}
	second = {test: pair for reports in read(again).values() for test, pair in reports.items()}
	outcomes = outcomes_of(first)
	kinds = judge(outcomes, outcomes_of(second), DECLARED)
	passed = sum(pair == ("passed", "passed") for pair in outcomes.values())
	lines = [f"{len(outcomes)} tests in {len(files)} files; {passed} pass on both sites"]
	for kind in (kind for kind in ORDER if kinds[kind]):
		lines += ["", f"{kind} ({len(kinds[kind])})"]
		lines += [line for test in kinds[kind] for line in _described(test, first[test])]
	return lines, bool(kinds[HARM])


def _described(test: str, pair: tuple[dict, dict]) -> list[str]:
	sides = zip(("without", "with"), pair, strict=True)
	lines = [f"      {side}: {report['outcome']} {report['error']}".rstrip() for side, report in sides]
	reason = [f"      by design: {DECLARED[test]}"] if test in DECLARED else []
	return [f"  {test}", *lines, *reason]


def main(arguments: list[str]) -> int:
	folders = [Path(argument) for argument in arguments]
	if len(folders) == 1:
		sys.stdout.writelines(f"{file}\n" for file in files_that_differ(folders[0]))
		return 0
	lines, harmed = report(*folders)
	sys.stdout.writelines(f"{line}\n" for line in lines)
	return int(harmed)


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
