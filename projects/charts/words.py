"""A control chart in words: its table, its marks and its description, from the figures that the picture draws."""

from typing import Final

from elements.charts import Mark, Table
from elements.clock import in_full
from projects.charts.measured import Measured, Phase

WORDS: Final = {
    "none": "Usual variation",
    "better": "Unusual: better",
    "worse": "Unusual: worse",
    "neither": "Unusual: neither",
    "unasked": "Too few points for the rules",
}
KINDS: Final = {"mean": "XmR chart", "median": "Run chart"}
UNUSUAL: Final = ("better", "worse", "neither")
TRILLION: Final = 1e12
FIGURES: Final = 12  # of a number that is read: a larger one has fewer decimals, so that it fits on a phone


def figure(value: float, places: int) -> str:
    """ "1,234.5", "−2", "2.733 trillion": with the minus sign that is read aloud."""
    if abs(value) >= TRILLION:
        return f"{short(value / TRILLION, 3)} trillion"
    places = max(0, min(places, FIGURES - len(f"{abs(value):.0f}")))
    words = f"{value:,.{places}f}"
    return (words if float(words.replace(",", "")) else words.lstrip("-")).replace("-", "\u2212")


def short(value: float, places: int) -> str:
    """The same without zeros at its end: a target is a round number."""
    words = figure(value, places)
    return words.rstrip("0").rstrip(".") if "." in words and words[-1].isdecimal() else words


def table(shown: Measured) -> Table:
    """What was measured with what was worked out, a line for each point."""
    places, has_limits = shown.decimals, shown.has_limits()
    headings = ["Day", shown.label(), shown.centre.capitalize(), *(["Lower limit", "Upper limit"] * has_limits)]
    headings += ["Target"] * (shown.target is not None) + ["What it says"]
    rows = []
    for point in shown.points:
        phase = shown.phase_of(point.day)
        worked_out: list[float | None] = [None] * (3 if has_limits else 1)
        if phase:
            worked_out = [phase.centre, *([phase.lower, phase.upper] if has_limits else [])]
        cells = [in_full(point.day), figure(point.value, places)]
        cells += ["" if value is None else figure(value, places + 1) for value in worked_out]
        cells += [] if shown.target is None else [short(shown.target, places)]
        rows.append((*cells, ": ".join(filter(None, (WORDS[point.found], point.rule)))))
    return Table(tuple(headings), tuple(rows))


def recalculated(shown: Measured) -> list[tuple[str, Phase]]:
    """The phases after the first, lettered."""
    return [(chr(ord("A") + number % 26), phase) for number, phase in enumerate(shown.phases[1:])]


def marks(shown: Measured) -> tuple[Mark, ...]:
    """What the letters and numbers above the picture stand for, in order of time."""
    places = shown.decimals + 1
    found = []
    for letter, phase in recalculated(shown):
        again = f"{in_full(phase.first)}: {shown.centre} worked out anew, {figure(phase.centre, places)} from here."
        found.append((phase.first, Mark(letter, f"{again} {phase.reason}".strip())))
    for number, note in enumerate(shown.notes, start=1):
        found.append((note.day, Mark(str(number), f"{in_full(note.day)}: {note.words}")))
    return tuple(mark for _, mark in sorted(found, key=lambda each: each[0]))


def described(shown: Measured) -> str:
    """The picture in words, for those who do not see it."""
    places, points = shown.decimals, shown.points
    values = [point.value for point in points]
    said = [
        f"{KINDS[shown.centre]} of {shown.label()}, {len(points)} {'point' if len(points) == 1 else 'points'} from"
        f" {in_full(points[0].day)} to {in_full(points[-1].day)}, lowest {figure(min(values), places)},"
        f" highest {figure(max(values), places)}."
    ]
    for phase in shown.phases:
        limits = ""
        if phase.lower is not None and phase.upper is not None:
            limits = f", limits {figure(phase.lower, places + 1)} to {figure(phase.upper, places + 1)}"
        begun = f" from {in_full(phase.first)}" if len(shown.phases) > 1 else ""
        said.append(f"{shown.centre.capitalize()}{begun} {figure(phase.centre, places + 1)}{limits}.")
    if shown.target is not None:
        said.append(f"Target {short(shown.target, places)}.")
    counted = {found: sum(point.found == found for point in points) for found in WORDS}
    unusual = [f"{counted[found]} {WORDS[found].lower()}" for found in UNUSUAL if counted[found]]
    if unusual:
        said.append(f"Of these points {', '.join(unusual)}.")
    elif counted["unasked"] < len(points):
        said.append("No point is marked as unusual.")
    if unasked := counted["unasked"]:
        since = "" if unasked == len(points) else f" in {unasked} of them"
        said.append(f"{WORDS['unasked']}{since}.")
    return " ".join([*said, "The table after the picture has the same figures."])
