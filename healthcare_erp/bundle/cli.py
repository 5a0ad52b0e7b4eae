"""`healthcare-erp`: the ledger's command line for analysts and auditors.

Exit codes: 0 all well, 1 defects found, 2 bad usage or a bundle that cannot be read.
"""

import sys
import traceback
from datetime import datetime
from pathlib import Path

import click
import duckdb

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.simulation import MINIMUM_FACILITIES

from . import answers, display, holdings, report
from .errors import BundleError
from .output.files import make_folder, refuse_foreign, write_page
from .output.owned import refuse_other_content
from .output.text import shown
from .picture import draw
from .read import Bundle
from .schema import FILE_FORMATS
from .simulated import END, MAKER, write_simulation
from .tracing import trace_lot
from .verification import STEPS, Verdict, verify

LONGEST_ERROR = 1_000
MOMENTS = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")


class _Failure(click.ClickException):
	exit_code = 2

	def show(self, file=None) -> None:
		click.echo(f"error: {shown(self.message, LONGEST_ERROR)}", file=file or sys.stderr)


class _NamedErrors(click.Group):
	"""Turns every error into one named sentence: exit code 1 means defects and nothing else."""

	def invoke(self, ctx: click.Context):
		try:
			return super().invoke(ctx)
		except (BundleError, DomainError) as error:
			raise _Failure(str(error)) from error
		except duckdb.Error as error:
			raise _Failure(f"engine_error: {str(error).splitlines()[0]}") from error
		except BrokenPipeError:
			raise
		except OSError as error:
			raise _Failure(f"file_error: {error.filename or 'a file'}: {error.strerror}.") from error
		except KeyboardInterrupt as stop:
			raise _Failure("interrupted: nothing was decided.") from stop
		except (click.ClickException, click.exceptions.Exit, click.Abort):
			raise
		except Exception as error:
			raise _Failure(f"unexpected_error: {_where(error)}; please report it.") from error


def _where(error: Exception) -> str:
	"""The error, with the innermost line of this tool that it came from."""
	frames = [
		frame for frame in traceback.extract_tb(error.__traceback__) if "healthcare_erp" in frame.filename
	]
	place = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
	return f"{type(error).__name__}{place}: {error}"


@click.group(cls=_NamedErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="healthcare_erp", prog_name="healthcare-erp")
def main() -> None:
	"""Simulate, verify and trace ledgers of medicine movements, without a bench."""


_bundle = click.argument("bundle", type=click.Path(path_type=Path))
_out = click.argument("out", type=click.Path(path_type=Path))
_lot = click.option("--lot", required=True, help="A lot's name or its lot number.")
_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
_format = click.option(
	"--format", "file_format", type=click.Choice(FILE_FORMATS), default="parquet", show_default=True
)
_day = click.DateTime(formats=MOMENTS[:1])


def _nation(facilities: int, movements: int, seed: int):
	"""The options that describe a simulated nation."""

	def decorate(command):
		for name, kind, default in (
			("--seed", click.IntRange(min=0), seed),
			("--movements", click.IntRange(min=1), movements),
			("--facilities", click.IntRange(min=MINIMUM_FACILITIES), facilities),
		):
			command = click.option(name, type=kind, default=default, show_default=True)(command)
		return command

	return decorate


@main.command()
@_out
@_nation(300, 100_000, 1)
@_format
@click.option(
	"--end",
	type=click.DateTime(formats=MOMENTS),
	help=f"The last day or moment of the history; today's ends now.  [default: {END:%Y-%m-%d}]",
)
def simulate(
	out: Path, facilities: int, movements: int, seed: int, file_format: str, end: datetime | None
) -> None:
	"""Write a believable national history of two years to the folder OUT: the same for the same seed."""
	until = _end_of_history(end, datetime.now()) if end else END
	manifest, story = _simulate(out, facilities, movements, seed, file_format, until)
	click.echo(
		f"{shown(out)}: {movements} movements of {len(story.lots)} lots between {facilities} facilities."
	)
	if story.recalled_lot:
		click.echo(f"Recalled lot: {story.recalled_lot}")
	click.echo(f"Digest: {manifest.digest}")


@main.command("verify")
@_bundle
@_json
def verify_command(bundle: Path, as_json: bool) -> None:
	"""Recompute everything in BUNDLE and name each defect; exit code 1 where there is one."""
	with Bundle(bundle, intact=False) as opened:
		found = _verify(opened)
	if as_json:
		click.echo(answers.as_json(answers.verdict(found)))
	else:
		display.show_verdict(found)
	sys.exit(0 if found.clean else 1)


@main.command()
@_bundle
@_lot
@_json
@click.option(
	"--as-of",
	type=click.DateTime(formats=MOMENTS),
	help="Only movements posted up to then; a day counts whole.",
)
@click.option("--svg", type=click.Path(path_type=Path), help="Write the picture to this file.")
@click.option("--html", type=click.Path(path_type=Path), help="Write the picture as a page to this file.")
def trace(
	bundle: Path, lot: str, as_json: bool, as_of: datetime | None, svg: Path | None, html: Path | None
) -> None:
	"""Where the units of a lot came from, who passed them to whom, and who holds them."""
	moment = _whole_day(as_of)
	refuse_foreign(*filter(None, (svg, html)))
	with Bundle(bundle) as opened:
		found = trace_lot(opened, lot, moment)
	if svg:
		write_page(svg, draw(found))
	if html:
		write_page(html, report.trace_page(found))
	if as_json:
		click.echo(answers.as_json(answers.traced(found, moment)))
	elif not (svg or html):
		display.show_trace(found)
	else:
		click.echo("\n".join(shown(path) for path in (svg, html) if path))


@main.command("holders")
@_bundle
@_lot
@_json
def holders_command(bundle: Path, lot: str, as_json: bool) -> None:
	"""Who holds a lot now, by province and facility."""
	with Bundle(bundle) as opened:
		found = trace_lot(opened, lot)
	if as_json:
		click.echo(answers.as_json(holdings.holders(found)))
	else:
		display.show_holders(found)


@main.command("expiring")
@_bundle
@_json
@click.option("--within", type=click.IntRange(min=0), default=30, show_default=True, help="Days.")
@click.option("--on", type=_day, help="Counted from this day.  [default: the day of the last movement]")
def expiring_command(bundle: Path, as_json: bool, within: int, on: datetime | None) -> None:
	"""Lots with stock that expire soon."""
	with Bundle(bundle) as opened:
		day = on.date() if on else holdings.last_day(opened)
		rows = holdings.expiring(opened, day, within) if day else []
	if as_json:
		click.echo(answers.as_json(rows))
	else:
		display.show_expiring(rows, f"{len(rows)} lots with stock expire within {within} days of {day}")


@main.command("report")
@_bundle
@_out
@click.option("--lot", help="Trace this lot.  [default: the lot that was recalled last]")
def report_command(bundle: Path, out: Path, lot: str | None) -> None:
	"""Verify BUNDLE and write a report with the trace of a recalled lot to the folder OUT."""
	report.refuse_to_overwrite(out)
	with Bundle(bundle, intact=False) as opened:
		_show_report(opened, _verify(opened), out, lot)


@main.command()
@_out
@_nation(1_000, 200_000, 7)
def demo(out: Path, facilities: int, movements: int, seed: int) -> None:
	"""Simulate a nation, verify it, trace the recalled lot, and write picture and report to OUT."""
	bundle = out / "bundle"
	report.refuse_to_overwrite(out)
	refuse_other_content(bundle, MAKER)
	make_folder(out)
	_simulate(bundle, facilities, movements, seed, "parquet", END)
	click.echo(f"Bundle:  {shown(bundle)}")
	with Bundle(bundle) as opened:
		_show_report(opened, _verify(opened), out, None)


def _simulate(out: Path, facilities: int, movements: int, seed: int, file_format: str, until: datetime):
	with display.progress_bar("Simulating", movements) as advance:
		story, manifest = write_simulation(
			out,
			facilities=facilities,
			movements=movements,
			seed=seed,
			until=until,
			file_format=file_format,
			progress=lambda table, rows: advance(None, rows if table == "movements" else 0),
		)
	return manifest, story


def _verify(opened: Bundle) -> Verdict:
	with display.progress_bar("Verifying", STEPS) as advance:
		return verify(opened, lambda title: advance(f"Verifying {title}", 1))


def _show_report(opened: Bundle, found: Verdict, out: Path, lot: str | None) -> None:
	written = report.write(opened, found, out, lot)
	display.show_verdict(found)
	for name, path in written.items():
		click.echo(f"{name + ':':<9}{shown(path)}")
	if not found.clean:
		sys.exit(1)


def _end_of_history(end: datetime, now: datetime) -> datetime:
	"""The end of a day, or the moment itself, but not later than now."""
	if end > now:
		raise click.BadParameter("nothing can have moved yet on a day to come.", param_hint="--end")
	return min(_whole_day(end), now).replace(microsecond=0)


def _whole_day(moment: datetime | None) -> datetime | None:
	"""A day without a time means until its end."""
	if moment and moment.time() == moment.min.time():
		return moment.replace(hour=23, minute=59, second=59, microsecond=999_999)
	return moment
