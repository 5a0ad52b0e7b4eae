"""The command line: what it says, in which form, and with which exit code."""

import json
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest

from healthcare_erp.bundle.cli import main
from healthcare_erp.bundle.read import Bundle

from .conftest import NATION, run
from .forging import mend_manifest

SVG = "{http://www.w3.org/2000/svg}"


def nation_options(**other) -> list:
	return [part for name, value in (NATION | other).items() for part in (f"--{name}", value)]


class TestAnswers:
	def test_simulate_says_what_it_wrote_and_repeats_itself(self, tmp_path):
		first = run("simulate", tmp_path / "a", *nation_options())
		second = run("simulate", tmp_path / "b", *nation_options())
		assert first.exit_code == 0
		assert first.output.splitlines()[1:] == second.output.splitlines()[1:]
		assert "5000 movements" in first.output

	@pytest.mark.parametrize("file_format", ["parquet", "jsonl"])
	def test_what_simulate_writes_verifies(self, tmp_path, file_format):
		run("simulate", tmp_path / "b", *nation_options(format=file_format))
		result = run("verify", tmp_path / "b")
		assert result.exit_code == 0
		assert result.output.startswith("Clean: 5\u202f000 movements")

	def test_a_history_of_today_ends_now(self, tmp_path):
		today = datetime.now()
		run("simulate", tmp_path / "b", *nation_options(end=f"{today:%Y-%m-%d}"))
		with Bundle(tmp_path / "b") as bundle:
			end = datetime.fromisoformat(bundle.manifest.parameters["end"])
			assert bundle.rows("SELECT max(creation) <= ? FROM movements", [end]) == [(True,)]
		assert today.replace(microsecond=0) <= end <= datetime.now()

	def test_a_history_ends_at_the_moment_asked_for(self, tmp_path):
		run("simulate", tmp_path / "b", *nation_options(end="2025-03-31 10:30:00"))
		with Bundle(tmp_path / "b") as bundle:
			[(last,)] = bundle.rows("SELECT max(creation) FROM movements")
		assert datetime(2025, 3, 30) < last <= datetime(2025, 3, 31, 10, 30)

	def test_verify_in_json(self, nation):
		answer = json.loads(run("verify", nation, "--json").stdout)
		assert (answer["clean"], answer["movements"], answer["defects"]) == (True, 5_000, [])

	def test_trace_as_table_names_facilities_and_what_is_missing(self, nation, recalled):
		result = run("trace", nation, "--lot", recalled)
		assert result.exit_code == 0
		assert "Grossiste" in result.stdout
		assert "unconfirmed" in result.stdout

	def test_trace_in_json_has_the_shape_of_the_sites_answer(self, nation, recalled):
		answer = json.loads(run("trace", nation, "--lot", recalled, "--json").stdout)
		assert set(answer) == {"lot", "as_of", "scope", "nodes", "edges", "holders", "totals"}
		assert answer["lot"]["status"] == "Recalled"
		held = sum(node["on_hand"] for node in answer["nodes"])
		assert held == answer["totals"]["on_hand"] == sum(group["quantity"] for group in answer["holders"])

	def test_a_day_in_as_of_counts_whole(self, nation, recalled):
		whole = json.loads(run("trace", nation, "--lot", recalled, "--json").stdout)
		first = min(edge["first_at"] for edge in whole["edges"])
		day = json.loads(run("trace", nation, "--lot", recalled, "--json", "--as-of", first[:10]).stdout)
		assert [edge["kind"] for edge in day["edges"]] == ["Import"]

	def test_the_picture_is_well_formed_and_shows_every_flagged_facility(self, nation, recalled, tmp_path):
		result = run(
			"trace", nation, "--lot", recalled, "--svg", tmp_path / "t.svg", "--html", tmp_path / "t.html"
		)
		assert result.exit_code == 0
		root = ElementTree.parse(tmp_path / "t.svg").getroot()
		texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
		assert any("not confirmed" in text for text in texts)
		assert any(text.startswith("Grossiste") for text in texts)
		assert "<svg" in (tmp_path / "t.html").read_text()

	def test_holders_by_province(self, nation, recalled):
		groups = json.loads(run("holders", nation, "--lot", recalled, "--json").stdout)
		assert all(group["facilities"] for group in groups)
		assert groups[0]["province"] in run("holders", nation, "--lot", recalled).stdout

	def test_expiring_counts_from_the_last_movement_or_the_day_given(self, nation):
		rows = json.loads(run("expiring", nation, "--within", 90, "--json").stdout)
		assert rows
		later = json.loads(
			run("expiring", nation, "--within", 0, "--on", rows[0]["expiry_date"], "--json").stdout
		)
		assert later[0]["lot"] == rows[0]["lot"]
		assert later[0]["days"] == 0
		assert rows[0]["lot"] in run("expiring", nation, "--within", 90).stdout

	def test_demo_leaves_a_bundle_a_picture_and_a_report(self, tmp_path):
		result = run("demo", tmp_path / "demo", *nation_options())
		assert result.exit_code == 0
		report = (tmp_path / "demo" / "report.html").read_text()
		assert "Clean: 5\u202f000 movements" in report
		assert "Transfers whose ends do not agree" in report
		for name in ("bundle", "report.html", "trace.svg", "trace.html"):
			assert (tmp_path / "demo" / name).exists()
			assert str(tmp_path / "demo" / name) in result.output

	def test_report_on_a_broken_bundle_names_the_defects(self, broken, tmp_path):
		folder = broken(lambda tables: tables["movements"].pop(0))
		result = run("report", folder, tmp_path / "out")
		assert result.exit_code == 1
		assert "sequence_gap" in (tmp_path / "out" / "report.html").read_text()

	def test_report_without_a_recalled_lot_has_no_picture(self, tmp_path):
		run("simulate", tmp_path / "b", "--facilities", 4, "--movements", 20)
		assert run("report", tmp_path / "b", tmp_path / "out").exit_code == 0
		assert [path.name for path in (tmp_path / "out").iterdir()] == ["report.html"]


class TestRefusals:
	def refusal(self, *arguments) -> str:
		result = run(*arguments)
		assert result.exit_code == 2
		assert "Traceback" not in result.output
		lines = result.output.strip().splitlines()
		assert len(lines) == 1
		return lines[0]

	@pytest.mark.parametrize("command", ["verify", "trace", "holders", "expiring"])
	def test_what_is_no_bundle(self, command, tmp_path):
		lot = ["--lot", "X"] if command in ("trace", "holders") else []
		assert self.refusal(command, tmp_path, *lot).startswith("error: bundle_not_found: ")

	def test_a_history_of_days_to_come(self, tmp_path):
		tomorrow = f"{datetime.now() + timedelta(1):%Y-%m-%d}"
		refused = run("simulate", tmp_path / "b", *nation_options(end=tomorrow))
		assert refused.exit_code == 2
		assert "nothing can have moved yet" in refused.output
		assert not (tmp_path / "b").exists()

	def test_a_manifest_that_is_no_json(self, tmp_path):
		(tmp_path / "manifest.json").write_text("{")
		assert self.refusal("verify", tmp_path).startswith("error: unreadable_manifest: ")

	def test_a_manifest_of_another_version(self, tmp_path):
		manifest = {"format": "healthcare-erp-bundle", "version": 99, "file_format": "parquet"}
		(tmp_path / "manifest.json").write_text(json.dumps(manifest))
		assert "reads healthcare-erp-bundle version 1" in self.refusal("verify", tmp_path)

	def test_a_manifest_that_points_outside_its_folder(self, nation, tmp_path):
		text = (nation / "manifest.json").read_text().replace('"lots.parquet"', '"../lots.parquet"')
		(tmp_path / "manifest.json").write_text(text)
		assert self.refusal("verify", tmp_path).startswith("error: unreadable_manifest: ")

	def test_a_file_that_is_damaged(self, tmp_path):
		run("simulate", tmp_path / "b", "--facilities", 4, "--movements", 20)
		(tmp_path / "b" / "lots.parquet").write_bytes(b"PAR1 nothing of the kind")
		assert self.refusal("trace", tmp_path / "b", "--lot", "X").startswith("error: file_changed: ")
		mend_manifest(tmp_path / "b")
		assert self.refusal("trace", tmp_path / "b", "--lot", "X").startswith("error: unreadable_table: ")

	def test_no_answer_is_given_from_half_a_bundle(self, tmp_path):
		run("simulate", tmp_path / "b", "--facilities", 4, "--movements", 20)
		(tmp_path / "b" / "movements-00001.parquet").unlink()
		assert "movements-00001.parquet" in self.refusal("trace", tmp_path / "b", "--lot", "LOT-00001")
		assert run("verify", tmp_path / "b").exit_code == 1

	def test_an_unknown_lot(self, nation):
		assert self.refusal("trace", nation, "--lot", "X").startswith("error: unknown_lot: ")

	def test_a_folder_that_is_something_else(self, nation):
		assert self.refusal("simulate", nation.parent, *nation_options()).startswith("error: not_a_bundle: ")

	def test_a_picture_that_cannot_be_written(self, nation, recalled, tmp_path):
		where = tmp_path / "missing" / "t.svg"
		assert self.refusal("trace", nation, "--lot", recalled, "--svg", where).startswith(
			"error: file_error: "
		)

	@pytest.mark.parametrize(
		("event", "code"),
		[
			(KeyboardInterrupt(), "interrupted"),
			(ZeroDivisionError("x"), "unexpected_error"),
			(MemoryError(), "unexpected_error"),
		],
	)
	def test_what_ends_a_check_early_is_no_defect(self, nation, monkeypatch, event, code):
		"""Both ended with exit code 1, which means defects."""

		def ended(*_arguments):
			raise event

		monkeypatch.setattr("healthcare_erp.bundle.cli.verify", ended)
		assert self.refusal("verify", nation).startswith(f"error: {code}: ")

	@pytest.mark.parametrize(
		"arguments",
		[
			["simulate"],
			["simulate", "x", "--facilities", "3"],
			["simulate", "x", "--movements", "0"],
			["simulate", "x", "--format", "xml"],
			["expiring", "x", "--on", "soon"],
			["trace", "x"],
			["no-such-command"],
		],
	)
	def test_bad_usage(self, arguments):
		result = run(*arguments)
		assert result.exit_code == 2
		assert "Error: " in result.output


def test_every_command_explains_itself():
	for name, command in main.commands.items():
		assert command.help, name
		assert run(name, "--help").exit_code == 0
