"""docs/benchmarks.md from the results: each target of the ledger with what was measured."""

from benchmarks.rates import RATES

_HEAD = """# Benchmarks

Written by `make bench` on {date}: {machine}.
Rates are medians of interleaved rounds within one run; compare ratios, not rates.

| what | measured | target | met |
|---|---|---|---|
{rows}

Rates behind the ratios (operations a second): {rates}.
Making and submitting a Stock Entry, rather than submitting a draft, is outdone by `record` {new_entry:.0f} times.
Noting each movement in the outbox, by a trigger: `record` of one takes {outbox[one]:.2f} times, of 1,000 a call {outbox[bulk]:.2f} times, what it takes without.
"""


def render(results: dict) -> str:
	"""The page as Markdown."""
	rows = [*_ratios(results), *_saving(results), *_sizes(results), *_fights(results), *_http(results)]
	table = "\n".join(
		f"| {what} | {found} | {target} | {'yes' if met else '**no**'} |" for what, found, target, met in rows
	)
	rates = ", ".join(f"{name} {results['rates'][name]:,.1f}" for name in RATES)
	return _HEAD.format(
		date=results["date"],
		machine=results["machine"],
		rows=table,
		rates=rates,
		new_entry=results["rates"]["record / new Stock Entry"],
		outbox=results["outbox"],
	)


def _ratios(results: dict) -> list[tuple]:
	rates = results["rates"]
	return [
		(
			"`record` of one movement with its commit / submitting a Stock Entry",
			f"{rates['record / Stock Entry']:.0f} ×",
			"≥ 90 ×",
			rates["record / Stock Entry"] >= 90,
		),
		(
			"`record` of one movement / bare PyMySQL locked read and insert",
			f"{rates['record / bare']:.0%}",
			"≥ 45 %",
			rates["record / bare"] >= 0.45,
		),
		(
			"`record` of 1,000 a call / bare `executemany`",
			f"{rates['bulk / bare executemany']:.0%}",
			"≥ 35 %",
			rates["bulk / bare executemany"] >= 0.35,
		),
	]


def _saving(results: dict) -> list[tuple]:
	saving = results["saving"]
	return [
		(
			"saving a Pharmacy, with its commit: with its entry in the audit trail / without",
			f"{saving['trail']:.2f} × ({saving['with']:.1f} ms / {saving['without']:.1f} ms; "
			f"Frappe's Version: {saving['timeline']:.2f} ×)",
			"≤ 1.10 ×",
			saving["trail"] <= 1.10,
		),
	]


def _sizes(results: dict) -> list[tuple]:
	growth = results["cost_large"] / results["cost_small"]
	trace = results["trace"]
	return [
		(
			"cost of `record` on 1,000,000 rows / on 10,000",
			f"{growth:.2f} × ({results['cost_large']:.2f} ms / {results['cost_small']:.2f} ms)",
			"≤ 1.2 ×",
			growth <= 1.2,
		),
		(
			f"`trace_batch` of a lot with 1,300 orders and {trace['movements']:,} movements, in {trace['ledger']:,}",
			f"{trace['median_ms']:.0f} ms (slowest {trace['slowest_ms']:.0f} ms; {trace['edges']:,} edges)",
			"< 300 ms",
			trace["median_ms"] < 300,
		),
	]


def _fights(results: dict) -> list[tuple]:
	return [
		(
			f"16 HTTP clients, last units of 20 lots, {results[name]['requests']:,} requests{suffix}",
			f"{results[name]['oversold']} oversold, {results[name]['lost']} lost, other answers: "
			f"{results[name]['other_answers'] or 'none'}; {results[name]['per_second']:.0f} requests/s; "
			f"`verify_ledger` {'clean' if results[name]['ledger_ok'] else 'NOT CLEAN'}",
			"0 oversold, 0 lost, only 409",
			_clean(results[name]),
		)
		for name, suffix in (("fight", ""), ("fight, a worker killed", ", a worker killed (-9) in mid-load"))
	]


def _http(results: dict) -> list[tuple]:
	reports, single = results["reports"], results["single"]
	share = single["record_movement"] / single["ping"]
	return [
		(
			f"{reports['facilities']:,} facilities report over HTTP in calls of 500 movements, 8 clients, 2 workers",
			f"{reports['per_second']:,.0f} movements/s; other answers: {reports['other_answers'] or 'none'}",
			"≥ 8,000/s, no 409",
			reports["per_second"] >= 8_000 and not reports["other_answers"],
		),
		(
			"`trace_batch` of the lot above over HTTP meanwhile, 95th percentile",
			f"{reports['trace_p95']:.0f} ms ({reports['traces']} traces)",
			"< 300 ms",
			reports["trace_p95"] < 300,
		),
		(
			"`record_movement` over HTTP / `ping` with the same token, one client",
			f"{share:.0%} ({single['record_movement']:.0f}/s / {single['ping']:.0f}/s)",
			"≥ 75 %",
			share >= 0.75,
		),
	]


def _clean(fight: dict) -> bool:
	errors = [a for a in fight["other_answers"] if not a.startswith(("409", "connection broken"))]
	return not (fight["oversold"] or fight["lost"] or errors) and fight["ledger_ok"]
