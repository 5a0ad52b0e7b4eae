"""ERPNext's own tests on one site, by Frappe's own runner.

Usage, from the bench's sites folder:

	erpnext_tests.py SITE                 ERPNext's `before_tests`, and the records that its whole suite stands on
	erpnext_tests.py SITE FOLDER FILE…    the tests in these files, named from the folder of ERPNext's package

Each file has a process of its own, and FILE_TIMEOUT seconds (1800). What becomes of each test goes to FOLDER/MODULE.json
as it happens, what the file says to FOLDER/MODULE.log.
"""

import json
import multiprocessing
import os
import signal
import sys
import time
import traceback
import unittest
from collections import Counter
from pathlib import Path

import frappe
from frappe.parallel_test_runner import ParallelTestResult, ParallelTestRunner
from frappe.test_runner import make_test_records

APP = "erpnext"
TIMEOUT = int(os.environ.get("FILE_TIMEOUT", 1800))
fork = multiprocessing.get_context("fork")


class Report:
	"""{test: {outcome, seconds, error}}, written at every change: a file that is stopped leaves what it had done."""

	def __init__(self, path: Path):
		self.path = path
		self.tests: dict[str, dict] = {}
		self.save()

	def begin(self, test: str) -> None:
		self.tests[test] = {"outcome": "not ended", "seconds": 0, "error": ""}
		self.began = time.monotonic()
		self.save()

	def end(self, test: str, outcome: str, error: str = "") -> None:
		if test not in self.tests:  # setUpClass and the like
			self.begin(test)
		seconds = round(time.monotonic() - self.began, 2)
		self.tests[test] = {"outcome": outcome, "seconds": seconds, "error": error[:500]}
		self.save()

	def save(self) -> None:
		self.path.write_text(json.dumps(self.tests, indent=1))


class ReportingResult(ParallelTestResult):
	def __init__(self, report: Report):
		self.report = report
		super().__init__(stream=sys.stderr, descriptions=True, verbosity=2)

	def startTest(self, test) -> None:
		self.report.begin(test.id())
		super().startTest(test)

	def addSuccess(self, test) -> None:
		self.report.end(test.id(), "passed")
		super().addSuccess(test)

	def addError(self, test, err) -> None:
		self.report.end(test.id(), "error", _last_line(err[1]))
		super().addError(test, err)

	def addFailure(self, test, err) -> None:
		self.report.end(test.id(), "failed", _last_line(err[1]))
		super().addFailure(test, err)

	def addSubTest(self, test, subtest, err) -> None:
		if err:
			self.report.end(test.id(), "failed", f"{subtest._subDescription()} {_last_line(err[1])}")
		unittest.TestResult.addSubTest(self, test, subtest, err)

	def addSkip(self, test, reason) -> None:
		self.report.end(test.id(), "skipped", reason)
		super().addSkip(test, reason)

	def addExpectedFailure(self, test, err) -> None:
		self.report.end(test.id(), "passed")
		super().addExpectedFailure(test, err)

	def addUnexpectedSuccess(self, test) -> None:
		self.report.end(test.id(), "failed", "passes, and is expected to fail")
		super().addUnexpectedSuccess(test)


class Preparation(ParallelTestRunner):
	"""What Frappe's runner does before the first test."""

	def run_tests(self) -> None:
		"""Rates of exchange: without these records ERPNext asks a server on the internet for them."""
		make_test_records("Currency Exchange", commit=True)


class FileRunner(ParallelTestRunner):
	"""Frappe's runner over one file of a site that is prepared."""

	def __init__(self, site: str, file: str, report: Report):
		self.file, self.report = file, report
		super().__init__(APP, site)

	def before_test_setup(self) -> None:
		pass

	def run_tests(self) -> None:
		self.test_result = ReportingResult(self.report)
		path = Path(frappe.get_app_path(APP), self.file)
		self.run_tests_for_file([str(path.parent), path.name])
		self.test_result.printErrors()


def run_file(site: str, file: str, report: Path) -> None:
	"""In a process of its own."""
	with report.with_suffix(".log").open("w") as log:
		os.dup2(log.fileno(), 1)
		os.dup2(log.fileno(), 2)
	tests = Report(report)
	try:
		FileRunner(site, file, tests)
	except Exception as error:  # no test of it could begin
		tests.end(file, "error", _last_line(error))
		raise


def run_files(site: str, folder: Path, files: list[str]) -> None:
	folder.mkdir(parents=True, exist_ok=True)
	for number, file in enumerate(files, 1):
		started = time.monotonic()
		module = file.removesuffix(".py").replace("/", ".")
		outcomes = run_within_time(site, file, folder / f"{module}.json")
		seconds = round(time.monotonic() - started)
		progress = f"{folder.name:7} {number:3}/{len(files)} {module}: {_tell(outcomes)} ({seconds} s)"
		sys.stdout.write(f"    {progress}\n")
		sys.stdout.flush()


def run_within_time(site: str, file: str, report: Path) -> Counter:
	"""Returns how many tests had which outcome."""
	process = fork.Process(target=run_file, args=(site, file, report), daemon=True)
	process.start()
	process.join(TIMEOUT)
	process.kill()
	process.join()
	tests = json.loads(report.read_text()) if report.exists() else {}
	if process.exitcode:
		error = f"exit code {process.exitcode}; -9: stopped after {TIMEOUT} s"
		tests.setdefault(file, {"outcome": "not ended", "seconds": 0, "error": error})
		report.write_text(json.dumps(tests, indent=1))
	return Counter(test["outcome"] for test in tests.values())


def _tell(outcomes: Counter) -> str:
	return ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common()) or "no test"


def _last_line(error: BaseException) -> str:
	return traceback.format_exception_only(error)[-1].strip()


if __name__ == "__main__":
	signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
	if len(sys.argv) == 2:
		Preparation(APP, sys.argv[1])
	else:
		run_files(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
