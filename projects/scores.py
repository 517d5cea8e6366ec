"""How far a project was said to be, as a line over time, with its sentence and the same figures as a table."""

from collections.abc import Sequence
from datetime import UTC, datetime

from cohorts.models import Participant
from elements import axes, charts, clock
from elements.charts import Chart, Spec, Table
from elements.clock import in_full
from projects.charts.layout import A_DAY, milliseconds
from projects.models import Score

MOST = 500  # scores of a project, the latest: more nobody says
WIDE, NARROW = (800, 300, 17), (343, 240, 16)  # width, height and size of letters, as other charts have them
LEFT, RIGHT, BELOW, ABOVE = 40, 24, 58, 12  # around the plot
HIGHEST = 5

Said = tuple[datetime, float, Participant | None]  # when by London's clock, score, who said it


def scores_of(project, *, user) -> list[Score]:
    """The latest first. One query."""
    return list(Score.objects.visible_to(user).filter(project=project).select_related("said_by")[:MOST])


def as_chart(scores: Sequence[Score]) -> Chart | None:
    """Of scores, the latest first; None without any."""
    rows = [(clock.local(each.said_at), float(each.value), each.said_by) for each in reversed(scores)]
    if not rows:
        return None
    wide, narrow = (_drawn(rows, *size) for size in (WIDE, NARROW))
    told = tuple((in_full(at.date()), f"{value:.1f}", by.name if by else "") for at, value, by in rows)
    return Chart(
        key="score",
        title="Progress score over time",
        sentence=_sentence(rows),
        description=_described(rows),
        wide=wide,
        narrow=narrow,
        file=wide,
        table=Table(("Day", "Score, of 5", "Said by"), told),
    )


def _sentence(rows: list[Said]) -> str:
    first, began, last, now = rows[0][0].date(), rows[0][1], rows[-1][0].date(), rows[-1][1]
    if len(rows) == 1:
        return f"One score so far: {now:.1f} of 5 on {in_full(last)}."
    went = "stayed at" if began == now else f"went from {began:.1f} to"
    days = f"on {in_full(last)}" if first == last else f"from {in_full(first)} to {in_full(last)}"
    return f"The score {went} {now:.1f} of 5, {days}."


def _described(rows: list[Said]) -> str:
    values = [value for _, value, _ in rows]
    many = "1 score" if len(rows) == 1 else f"{len(rows)} scores"
    return (
        f"Line chart of the progress score: {many}, lowest {min(values):.1f}, highest {max(values):.1f} of 5. "
        "The table after the picture has the same figures."
    )


def _drawn(rows: list[Said], width: int, height: int, letters: int) -> Spec:
    first, last, plot = rows[0][0].date(), rows[-1][0].date(), width - LEFT - RIGHT
    days = axes.days(first, last, room=plot, size=letters)
    beside = (milliseconds(last) - milliseconds(first)) * 0.03 or A_DAY
    ends = [milliseconds(first) - beside, milliseconds(last) + A_DAY + beside]
    years = (
        "" if "%Y" in days.written else f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    )
    common = {"labelFontSize": letters, "labelOverlap": False, "labelFlush": False}
    x: Spec = {
        "field": "at",
        "type": "temporal",
        "scale": {"type": "utc", "domain": ends, "nice": False},
        "axis": common
        | {"values": [milliseconds(day) for day in days.marks], "format": days.written, "grid": False}
        | {"title": years or None, "titleFontSize": letters, "titlePadding": 6, "labelPadding": 6},
    }
    y: Spec = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, HIGHEST], "nice": False},
        "axis": common
        | {"values": list(range(HIGHEST + 1)), "format": ".0f", "title": None, "ticks": False}
        | {"domain": False, "labelPadding": 8},
    }
    line: Spec = {"type": "line", "interpolate": "step-after", "color": charts.USUAL, "strokeWidth": 2}
    point: Spec = {"type": "point", "filled": True, "opacity": 1, "size": 110, "color": charts.BETTER}
    return {
        "width": plot,
        "height": height,
        "autosize": "none",
        "padding": {"left": LEFT, "right": RIGHT, "top": ABOVE, "bottom": BELOW},
        "data": {"values": [{"at": _placed(at), "value": value} for at, value, _ in rows]},
        "layer": [{"mark": mark, "encoding": {"x": x, "y": y}} for mark in (line, point)],
    }


def _placed(at: datetime) -> int:
    """Where on the axis of days a moment by London's clock stands."""
    return int(at.replace(tzinfo=UTC).timestamp() * 1000)
