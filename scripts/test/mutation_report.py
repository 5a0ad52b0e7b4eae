"""docs/mutation.md from `mutmut results --all true`, lines of `module.x_function__mutmut_1: killed`."""

import re
import sys
from collections import Counter, defaultdict
from datetime import date

LINE = re.compile(
	r"\s*healthcare_erp\.domain\.(?P<module>[\w.]+?)\.(?P<function>x\w+?)__mutmut_\d+: (?P<verdict>.+)"
)
KILLED = {"killed", "timeout", "segfault", "caught by type check"}
HEAD = """# Mutation score of `domain/`

Written by `make mutation` on {day}. mutmut changes one thing at a time, such as a comparison, a number or a text, and runs the rules'
tests: a change that no test notices has survived. `simulation`, which makes up the demo's histories, is left out: a mutant of it
mostly never ends. {killed} of {tried} mutants were killed, **{score:.1%}**{untried}.

| rules | mutants | killed | |
|---|---|---|---|
"""


def main() -> None:
	verdicts: dict[str, Counter] = defaultdict(Counter)
	survivors: Counter = Counter()
	for line in sys.stdin:
		if not (found := LINE.match(line)):
			continue
		verdicts[found["module"]][found["verdict"]] += 1
		if found["verdict"] == "survived":
			survivors[f"{found['module']}.{_name(found['function'])}"] += 1
	print(_report(verdicts, survivors), end="")


def _report(verdicts: dict[str, Counter], survivors: Counter) -> str:
	rows = {module: _counts(counter) for module, counter in sorted(verdicts.items())}
	tried, killed = sum(row[0] for row in rows.values()), sum(row[1] for row in rows.values())
	untried = sum(counter["not checked"] for counter in verdicts.values())
	text = HEAD.format(
		day=date.today(),
		killed=killed,
		tried=tried,
		score=killed / max(tried, 1),
		untried=f"; {untried} have not been tried" if untried else "",
	)
	for module, (all_tried, of_them) in rows.items():
		if all_tried:
			text += f"| {module} | {all_tried} | {of_them} | {of_them / all_tried:.0%} |\n"
	lines = [f"- `{function}`: {count}" for function, count in survivors.most_common()]
	return text + ("\nWhere mutants survived:\n\n" + "\n".join(lines) + "\n" if lines else "")


def _counts(counter: Counter) -> tuple[int, int]:
	tried = sum(counter.values()) - counter["not checked"] - counter["skipped"]
	return tried, sum(counter[verdict] for verdict in KILLED)


def _name(function: str) -> str:
	return function.replace("xǁ", "").replace("ǁ", ".").removeprefix("x_")


main()
