"""share.py SITE FOLDER [FILE…]: one of several runs of the bench suite, or of these tests, each on a site of its own.

Whoever is free takes the next test file; a folder of marks says which are taken. Those that take long come first.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import frappe
from frappe.parallel_test_runner import ParallelTestRunner, get_all_tests

APP = "healthcare_erp"
PURE = {"domain", "bundle", "contracts", "browser"}  # of tests/: pytest runs them
LONG = (
	"test_matrix",
	"test_histories",
	"test_rest",
	"test_documents",
	"test_methods",
	"test_concurrency",
	"test_ways",
)


class SharingTestRunner(ParallelTestRunner):
	def __init__(self, site: str, marks: Path, files: list[str]):
		self.marks = marks
		self.tests = [[str(Path(file).parent), Path(file).name] for file in files] or _bench_tests(site)
		super().__init__(APP, site)

	def get_test_file_list(self) -> Iterator[list[str]]:
		return (test for test in sorted(self.tests, key=_weight, reverse=True) if self.take(test))

	def take(self, test: list[str]) -> bool:
		"""Nobody makes a folder twice."""
		try:
			(self.marks / "/".join(test).replace("/", "+")).mkdir()
		except FileExistsError:
			return False
		return True

	def print_result(self) -> None:
		super().print_result()
		print(f"Ran {self.test_result.testsRun} tests", flush=True)


def _bench_tests(site: str) -> list[list[str]]:
	frappe.init(site=site)
	tests = Path(frappe.get_app_path(APP)) / "tests"
	pure = tuple(str(tests / folder) for folder in PURE)
	return [test for test in get_all_tests(APP) if not test[0].startswith(pure)]


def _weight(test: list[str]) -> tuple[int, int]:
	name = test[1].removesuffix(".py")
	return (-LONG.index(name) if name in LONG else -len(LONG), ParallelTestRunner.get_test_count(test))


SharingTestRunner(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
