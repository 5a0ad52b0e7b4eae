"""What make test-erpnext calls harm, and what it does not."""

import json

import erpnext_differences as differences
import pytest
from hypothesis import given
from hypothesis import strategies as st

OUTCOMES = ("passed", "failed", "error", "skipped", "not ended", "missing")
outcome = st.sampled_from(OUTCOMES)
runs = st.dictionaries(st.sampled_from("abcdef"), st.tuples(outcome, outcome))


def write(folder, side, tests, file="stock.test_bin"):
	reports = {test: {"outcome": outcome, "error": f"{test} is {outcome}"} for test, outcome in tests.items()}
	(folder / side).mkdir(parents=True, exist_ok=True)
	(folder / side / f"{file}.json").write_text(json.dumps(reports))


@pytest.mark.parametrize("with_app", ["failed", "error", "skipped", "not ended", "missing"])
def test_whatever_keeps_a_passing_test_from_passing_is_harm(with_app):
	assert differences.difference("passed", with_app) == differences.HARM


@pytest.mark.parametrize("without", ["failed", "error", "skipped", "not ended", "missing"])
def test_what_passes_only_with_the_app_is_no_harm(without):
	assert differences.difference(without, "passed") == differences.GAIN


@pytest.mark.parametrize(
	("without", "with_app"), [("missing", "error"), ("failed", "missing"), ("skipped", "failed")]
)
def test_what_ran_on_one_site_only_is_named(without, with_app):
	assert differences.difference(without, with_app) == differences.ONE_SIDE


@pytest.mark.parametrize(
	("without", "with_app"), [("failed", "error"), ("passed", "passed"), ("skipped", "missing")]
)
def test_two_ways_of_not_passing_are_no_difference(without, with_app):
	assert differences.difference(without, with_app) is None


def test_what_differs_only_once_does_not_count():
	kinds = differences.judge({"a": ("passed", "failed")}, {"a": ("passed", "passed")})
	assert kinds[differences.ONCE] == ["a"] and not kinds[differences.HARM]


def test_what_the_second_run_turns_round_does_not_count():
	kinds = differences.judge({"a": ("passed", "failed")}, {"a": ("failed", "passed")})
	assert kinds[differences.ONCE] == ["a"]


def test_what_fails_on_both_sites_is_named():
	kinds = differences.judge({"a": ("failed", "error"), "b": ("skipped", "skipped")}, {})
	assert kinds[differences.NOWHERE] == ["a"]


@given(runs, runs, st.sets(st.sampled_from("abcdef")))
def test_harm_is_what_passes_twice_without_the_app_and_never_with_it(first, again, declared):
	def harmed(pair):
		return pair[0] == "passed" and pair[1] != "passed"

	run_twice = (first.keys() & again.keys()) - declared
	expected = [test for test in sorted(run_twice) if harmed(first[test]) and harmed(again[test])]
	assert differences.judge(first, again, declared)[differences.HARM] == expected


@given(runs, runs, st.sets(st.sampled_from("abcdef")))
def test_every_test_is_named_once_at_most(first, again, declared):
	named = [test for tests in differences.judge(first, again, declared).values() for test in tests]
	assert len(named) == len(set(named)) and set(named) <= first.keys()
	silent = {first[test] for test in first.keys() - set(named)}
	assert silent <= {("passed", "passed")} | {
		(a, b) for a in ("skipped", "missing") for b in ("skipped", "missing")
	}


def test_files_that_differ_are_run_again(tmp_path):
	for side, outcome in (("without", "passed"), ("with", "error")):
		write(tmp_path, side, {"a": outcome})
		write(tmp_path, side, {"b": "passed"}, file="stock.doctype.batch.test_batch")
	assert differences.files_that_differ(tmp_path) == ["stock/test_bin.py"]


def test_file_that_ran_on_one_site_only_is_run_again(tmp_path):
	write(tmp_path, "without", {"a": "passed"})
	assert differences.files_that_differ(tmp_path) == ["stock/test_bin.py"]


def test_harm_is_told_with_its_error_and_by_the_exit_code(tmp_path, capsys):
	for run in ("first", "again"):
		write(tmp_path / run, "without", {"a": "passed", "b": "passed"})
		write(tmp_path / run, "with", {"a": "failed", "b": "passed"})
	assert differences.main([str(tmp_path / "first"), str(tmp_path / "again")]) == 1
	told = capsys.readouterr().out
	assert "2 tests in 1 files; 1 pass on both sites" in told
	assert f"{differences.HARM} (1)\n  a\n" in told and "with: failed a is failed" in told


def test_two_sites_alike_are_no_harm(tmp_path, capsys):
	for side in ("without", "with"):
		write(tmp_path / "first", side, {"a": "passed", "b": "failed"})
	assert differences.main([str(tmp_path / "first"), str(tmp_path / "again")]) == 0
	assert f"{differences.NOWHERE} (1)\n  b\n" in capsys.readouterr().out


def test_declared_difference_is_told_with_its_reason(tmp_path, capsys, monkeypatch):
	monkeypatch.setitem(differences.DECLARED, "a", "stock of a medicine has a lot")
	write(tmp_path / "first", "without", {"a": "passed"})
	write(tmp_path / "first", "with", {"a": "failed"})
	assert differences.files_that_differ(tmp_path / "first") == []
	assert differences.main([str(tmp_path / "first"), str(tmp_path / "again")]) == 0
	assert "by design: stock of a medicine has a lot" in capsys.readouterr().out
