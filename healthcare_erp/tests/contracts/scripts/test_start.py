"""What `make up` is made of: the administrator's password, and processes that run as they were asked to."""

import os
import re
import stat
import subprocess
from pathlib import Path

import pytest

from healthcare_erp.tests.contracts import app_source as app

ROOT = app.PACKAGE.parent
SOURCED = "set -euo pipefail; for part in say bench/find bench/services bench/site bench/serve; do . scripts/$part.sh; done; "


@pytest.fixture
def bash(tmp_path):
	"""`bash(line)`: what a line says that has the scripts' functions, with an empty folder as its bench."""
	(tmp_path / "sites" / "one.localhost").mkdir(parents=True)

	def run(line: str) -> str:
		environment = os.environ | {"BENCH": str(tmp_path)}
		command = ["bash", "-c", SOURCED + line]
		return subprocess.run(
			command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
		).stdout.strip()

	return run


def is_running(pid: str) -> bool:
	"""A process that ended has no command line, also while nobody has asked how it ended."""
	command = Path(f"/proc/{pid}/cmdline")
	return command.exists() and command.read_bytes() != b""


def test_each_site_gets_a_password_of_its_own(bash):
	first, second = bash("new_password; new_password").split()
	assert first != second
	assert re.fullmatch(r"[0-9a-f]{24}", first)


def test_password_is_kept_for_its_owner_only(bash, tmp_path):
	bash("keep_password one.localhost told-once")
	kept = tmp_path / "sites/one.localhost/administrator-password"
	assert kept.read_text() == "told-once\n"
	assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_second_run_says_where_the_password_is_and_not_what_it_is(bash, tmp_path):
	place = bash("keep_password one.localhost told-once; password_place one.localhost")
	assert str(tmp_path / "sites/one.localhost/administrator-password") in place
	assert "told-once" not in place


def test_a_site_without_a_kept_password_is_told_how_to_get_one(bash):
	assert "bench --site one.localhost set-admin-password" in bash("password_place one.localhost")


def test_a_process_is_launched_anew_only_for_other_words(bash, tmp_path):
	program = tmp_path / "front.js"
	program.write_text("sleep 60 & wait\n")
	first, same, other = bash(
		f"for word in a a b; do launch desk bash {program} $word; pid_of desk; done; halt desk"
	).split()
	assert first == same != other
	assert not any(is_running(pid) for pid in (first, other))


def test_an_older_pid_file_is_launched_anew(bash, tmp_path):
	"""It has no words: what ran then may have been served to the whole network."""
	program = tmp_path / "front.js"
	program.write_text("sleep 60 & wait\n")
	before, after = bash(
		f"launch desk bash {program}; pid_of desk; pid_of desk >kept; mv kept $(pid_file desk);"
		f"launch desk bash {program}; pid_of desk; halt desk"
	).split()
	assert before != after
