"""Run charts and XmR charts as pictures: what was measured and found, in; a chart with its table, out. No database."""

from elements.charts import Chart
from projects.charts import words
from projects.charts.drawing import Drawing
from projects.charts.layout import FILE, NARROW, WIDE
from projects.charts.measured import Measured, Note, NothingToDraw, Phase, Point

__all__ = ["Measured", "Note", "NothingToDraw", "Phase", "Point", "control_chart"]


def control_chart(shown: Measured) -> Chart:
    """The chart of these figures. NothingToDraw."""
    if not shown.points:
        raise NothingToDraw(shown.title)
    wide, narrow, file = (Drawing(shown, sheet).spec() for sheet in (WIDE, NARROW, FILE))
    return Chart(
        key=shown.key,
        title=shown.title,
        sentence=shown.sentence,
        description=words.described(shown),
        wide=wide,
        narrow=narrow,
        file=file,
        table=words.table(shown),
        marks=words.marks(shown),
        method=shown.method,
    )
