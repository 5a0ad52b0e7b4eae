"""What is written goes over nothing that the tool did not make, and through no link."""

import pytest

from .conftest import run
from .forging import LOT, refusal

SMALL = ("--facilities", 4, "--movements", 20)
FOREIGN = "<p>a year's work, also about healthcare-erp</p>"
COMMANDS = ("report", "demo")
NAMES = ("report.html", "trace.svg", "trace.html")


def write_with(command: str, village, out):
	return run("report", village, out) if command == "report" else run("demo", out, *SMALL)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", NAMES)
class TestPages:
	def test_a_file_of_somebody_else_is_left_alone(self, village, tmp_path, command, name):
		(tmp_path / "out").mkdir()
		(tmp_path / "out" / name).write_text(FOREIGN)
		assert refusal(write_with(command, village, tmp_path / "out")) == "not_ours"
		assert [path.name for path in (tmp_path / "out").iterdir()] == [name]
		assert (tmp_path / "out" / name).read_text() == FOREIGN

	@pytest.mark.parametrize("there", [True, False])
	def test_a_link_is_not_followed(self, village, tmp_path, command, name, there):
		(tmp_path / "out").mkdir()
		victim = tmp_path / "victim"
		if there:
			victim.write_text(FOREIGN)
		(tmp_path / "out" / name).symlink_to(victim)
		assert refusal(write_with(command, village, tmp_path / "out")) == "is_a_link"
		assert victim.read_text() == FOREIGN if there else not victim.exists()

	def test_a_folder_of_that_name_is_left_alone(self, village, tmp_path, command, name):
		(tmp_path / "out" / name).mkdir(parents=True)
		assert refusal(write_with(command, village, tmp_path / "out")) == "not_ours"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_is_a_link_is_not_written_to(village, tmp_path, command):
	(tmp_path / "victim").mkdir()
	(tmp_path / "out").symlink_to(tmp_path / "victim")
	assert refusal(write_with(command, village, tmp_path / "out")) == "is_a_link"
	assert list((tmp_path / "victim").iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_what_the_tool_has_written_it_replaces(village, tmp_path, command):
	before = write_with(command, village, tmp_path / "out")
	written = sorted(path.name for path in (tmp_path / "out").iterdir())
	assert write_with(command, village, tmp_path / "out").output == before.output
	assert sorted(path.name for path in (tmp_path / "out").iterdir()) == written


@pytest.mark.parametrize("option", ["--svg", "--html"])
def test_a_picture_goes_over_nobodys_file(village, tmp_path, option):
	(tmp_path / "letter").write_text(FOREIGN)
	assert refusal(run("trace", village, "--lot", LOT, option, tmp_path / "letter")) == "not_ours"
	for _again in range(2):
		assert run("trace", village, "--lot", LOT, option, tmp_path / "new").exit_code == 0
	(tmp_path / "link").symlink_to(tmp_path / "letter")
	assert refusal(run("trace", village, "--lot", LOT, option, tmp_path / "link")) == "is_a_link"
	assert (tmp_path / "letter").read_text() == FOREIGN


class TestBundles:
	@pytest.fixture
	def old(self, tmp_path):
		assert run("simulate", tmp_path / "old", *SMALL).exit_code == 0
		return tmp_path / "old"

	def test_a_bundle_that_it_wrote_is_replaced(self, old):
		assert run("simulate", old, *SMALL).exit_code == 0
		assert [path.name for path in old.parent.iterdir()] == ["old"]

	def test_a_bundle_beside_other_files_is_left_alone(self, old):
		(old / "notes.txt").write_text("mine")
		assert refusal(run("simulate", old, *SMALL)) == "not_a_bundle"
		assert (old / "notes.txt").read_text() == "mine"

	def test_a_bundle_that_somebody_changed_is_left_alone(self, old):
		(old / "lots.parquet").write_bytes(b"evidence")
		assert refusal(run("simulate", old, *SMALL)) == "not_a_bundle"
		assert (old / "lots.parquet").read_bytes() == b"evidence"

	def test_the_bundle_of_a_site_is_left_alone(self, broken):
		exported = broken(lambda tables: None)
		assert refusal(run("simulate", exported, *SMALL)) == "not_a_bundle"
		assert run("verify", exported).exit_code == 0

	def test_a_demo_leaves_a_folder_that_is_called_bundle_alone(self, tmp_path):
		(tmp_path / "out" / "bundle").mkdir(parents=True)
		(tmp_path / "out" / "bundle" / "manifest.json").write_text('{"format": "healthcare-erp-bundle"}')
		assert refusal(run("demo", tmp_path / "out", *SMALL)) == "not_a_bundle"
		assert [path.name for path in (tmp_path / "out").iterdir()] == ["bundle"]

	@pytest.mark.parametrize("name", ["link", "dangling"])
	def test_a_link_is_not_followed(self, old, tmp_path, name):
		link = tmp_path / name
		link.symlink_to(old if name == "link" else tmp_path / "nowhere")
		assert refusal(run("simulate", link, *SMALL)) == "is_a_link"
		assert link.is_symlink()
		assert run("verify", old).exit_code == 0
