"""Figures as a table for people, as one object for programs, and as a page of the documentation."""

import json
import platform
from datetime import date

HEAD = ("", "ours", "reference", "ratio", "goal", "")


def as_json(rows) -> str:
    """One object {name: {"ours", "reference", "ratio", "goal"}}."""
    return json.dumps({each["name"]: {key: each[key] for key in HEAD[1:5]} for each in rows}, indent=2)


def _figure(value) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.1f}" if value >= 100 else f"{value:.3g}"


def is_met(each) -> bool:
    """Whether a figure reaches its goal, if it has one; what differs in the third place is noise."""
    return each["goal"] is None or round(each["ratio"], 2) <= each["goal"]


def cells(each) -> tuple[str, ...]:
    """The texts of one line, the last of them empty where the goal is met."""
    return (
        each["name"],
        _figure(each["ours"]),
        _figure(each["reference"]),
        f"{each['ratio']:.2f}",
        "" if each["goal"] is None else f"{each['goal']:g}",
        "" if is_met(each) else "missed",
    )


def as_table(rows) -> str:
    """Lines for a terminal."""
    lines = [HEAD, *map(cells, rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEAD))]
    return "\n".join(f"{line[0]:<{widths[0]}}  " + "  ".join(map(str.rjust, line[1:], widths[1:])) for line in lines)


def as_page(rows, *, database: str) -> str:
    """The page docs/performance.md."""
    table = "\n".join("| " + " | ".join(cells(each)) + " |" for each in rows)
    missed = [each["name"] for each in rows if not is_met(each)]
    goals = sum(each["goal"] is not None for each in rows)
    verdict = "Every goal is met." if not missed else f"{len(missed)} of {goals} goals are missed; they are marked."
    return f"""# Performance

Written by `script/bench --write` on {date.today():%-d %B %Y}, Python {platform.python_version()}, {database}.
Machines differ and are noisy, so what counts is the **ratio**: our cost divided by that of a reference which does only
the bare work, both run in turn in one process; lower is better. Times are seconds of CPU, the median
of several runs, for the pairing bench the least of five and for charts of forty; SQL time is by the clock.
Memory is in megabytes above the start. Rows about queries, bytes, statements and memory compare a count with its limit,
or the count at 2,000 people with that at 200. {verdict}

The references are in `tests/benchmarks/`, each beside what it is compared with: `bare.py` is the view of a new Django
project, with session and sign-in, that shows people as a table. Every page is compared with such a table of 50 rows,
and a list of fewer rows once more, without a goal, with a table of as many; the pairing bench with
`scipy.optimize.linear_sum_assignment` on the same matrix; the rules of charts with numpy's mean and moving ranges of
the same values; sign-in with checking the password alone.

To be read with care: the goal of lists is for a full page of 50 rows, and a short one must not cost more. At 10 people
a list has 10, 5 or 2 rows, and what it costs before its first row (whose it is, which cohort, the roles, the frame
around it, the form that filters) is then most of it, which the lines without a goal show. A row itself costs about as
much as a bare one. The page before pairing reads everybody's words about others each time, and its first reader in a
process waits longer, since names are folded once and kept. A bulk insert that SQLite splits counts as one query. The
queries of "find pairs" are the action's alone: with the two requests around it there are 24. Messages are composed
beside 25,000 others, not beside 100,000; the sweep is over a million that were sent. No network is used for mail.

| What | Ours | Reference | Ratio | Goal | |
|---|---:|---:|---:|---:|---|
{table}
"""
