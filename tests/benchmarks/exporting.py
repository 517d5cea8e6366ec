"""A million cells as CSV and XLSX: time against the bare writers, memory above the start.

Every writer runs in a process of its own, so that its memory is its own:
`python -m tests.benchmarks.exporting csv ours` prints seconds of CPU and megabytes.
"""

import csv
import datetime
import json
import resource
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import xlsxwriter

from elements.contract import Column
from elements.exports import csv_lines, write_workbook
from tests.benchmarks.turns import against, cpu

ROWS, COLUMNS, ROUNDS = 50_000, 20, 3
RATIOS = {"csv": 3, "xlsx": 1.5}
MEGABYTES = 50
SAME = ("doctor", "Registrar", "ST4", "Medical and Dental", "Respiratory medicine", "Riverside; Hillside", "Mon, Tue")
WORDS = ("Dr O'Hara-Lee", "", "ward round; bed meeting", "complaints review; board meeting (public part)", "safety")
WORDS += ("Shorter letters", "", "07700 900123", "Bench Hospital", "accepted")
HEADINGS = [f"Column {number}" for number in range(COLUMNS)]


def rows():
    """Two figures for each kind of file."""
    found = []
    for kind, goal in RATIOS.items():
        turns = [{whose: _apart(kind, whose) for whose in ("ours", "reference")} for _ in range(ROUNDS)]
        ours, reference = (median(turn[whose][0] for turn in turns) for whose in ("ours", "reference"))
        found.append(against(f"{kind.upper()} of a million cells", ours, reference, goal))
        grown = max(turn["ours"][1] for turn in turns)
        found.append(against(f"{kind.upper()} of a million cells, megabytes above the start", grown, MEGABYTES, 1))
    return found


def _apart(kind, whose):
    command = [sys.executable, "-m", "tests.benchmarks.exporting", kind, whose]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def cells():
    """A thousand rows of values as a list of people holds them, fifty times over: making them costs nothing."""
    some = [
        (f"Person {number}", f"person{number}@trust.example", *SAME, datetime.date(2027, 7, 1 + number % 28), *WORDS)
        for number in range(1000)
    ]
    return islice(cycle(some), ROWS)


def plain(rows):
    """The same as texts, for writers that guard nothing."""
    return ([f"{value:%d/%m/%Y}" if isinstance(value, datetime.date) else value for value in row] for row in rows)


def csv_ours(rows):
    with tempfile.TemporaryFile("w", encoding="utf-8", newline="") as target:
        target.writelines(csv_lines(HEADINGS, rows))


def csv_reference(rows):
    with tempfile.TemporaryFile("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(HEADINGS)
        writer.writerows(plain(rows))


def xlsx_ours(rows):
    with tempfile.TemporaryFile() as target:
        columns = [Column(heading, heading, 20) for heading in HEADINGS]
        write_workbook(target, title="People", row_meaning="A person", columns=columns, rows=rows)


def xlsx_reference(rows):
    with tempfile.TemporaryFile() as target, xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(plain(rows)):
            for place, value in enumerate(row):
                sheet.write_string(number, place, value)


def peak() -> float:
    """The most memory that this process has held so far, in megabytes.

    Linux hands the maximum of getrusage down to children, so that it would be our parent's; this line is our own.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except FileNotFoundError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / (1024 if sys.platform == "darwin" else 1)
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    write = globals()[f"{sys.argv[1]}_{sys.argv[2]}"]
    write(islice(cells(), 100))  # what is loaded at the first use is not what grows
    before, given = peak(), cells()
    seconds = cpu(lambda: write(given))
    print(json.dumps([seconds, peak() - before]))  # noqa: T201 - read by the process above
