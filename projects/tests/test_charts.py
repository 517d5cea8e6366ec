"""Control charts: the picture, the table and the words say the same figures."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from elements import charts
from projects.charts import Measured, Note, NothingToDraw, Phase, Point, control_chart
from projects.charts.words import figure, short

GOLDEN = Path(__file__).parent / "late_letters.svg"
FIRST = date(2027, 1, 4)
VALUES = (14, 18, 15, 21, 16, 19, 13, 17, 20, 15, 18, 16, 12, 14, 11, 13, 16, 10, 12, 15, 11, 13, 9, 12)
HOSTILE = "<script>alert('x')</script>"


def week(number: int) -> date:
    return FIRST + timedelta(weeks=number)


def letters(**changes) -> Measured:
    """Series A of the known answers: from the eighteenth point on, seven or more in a row below the mean."""
    points = tuple(
        Point(week(n), value, *(("better", "7 in a row below the mean") if n >= 17 else ()))
        for n, value in enumerate(VALUES)
    )
    shown = Measured(
        key="late-letters",
        title="Discharge letters sent late",
        sentence="Late letters fell.",
        measure="Letters sent late",
        unit="per week",
        centre="mean",
        points=points,
        phases=(Phase(week(0), week(23), 202 / 12, 6.1933, 27.4733),),
        target=12,
        notes=(Note(week(11), "Shorter template"), Note(week(40), "Long after")),
    )
    return replace(shown, **changes)


def anew(**changes) -> Measured:
    """The same as a run chart whose median was worked out anew."""
    phases = (Phase(week(0), week(11), 16.5), Phase(week(12), week(23), 12, reason="New template."))
    return letters(phases=phases, centre="median", target=None, **changes)


def rows(spec, *, of: str = "", **having) -> list[dict]:
    """The values of all layers of a mark that have these fields."""
    layers = [layer for layer in spec["layer"] if not of or layer.get("mark", {}).get("type") == of]
    found = [row for layer in layers for row in layer["data"]["values"]]
    return [row for row in found if all(row.get(name) == value for name, value in having.items())]


def words(spec) -> list[str]:
    return [row["text"] for row in rows(spec) if "text" in row]


def line(spec) -> list[dict]:
    return rows(spec, of="line")


@pytest.mark.parametrize("shown", [letters(), anew()])
@pytest.mark.parametrize("size", ["wide", "narrow", "file"])
def test_picture_and_table_have_the_same_figures(shown, size):
    chart = control_chart(shown)
    drawn, told = line(getattr(chart, size)), chart.table
    assert [figure(row["value"], 0) for row in drawn] == [row[1] for row in told.rows]
    assert [row["day"] for row in drawn] == [point.day.isoformat() for point in shown.points]
    straight = {figure(row["value"], 1) for row in rows(getattr(chart, size), of="rule") if "value" in row}
    lines = [
        place
        for place, heading in enumerate(told.headings)
        if heading in {"Mean", "Median", "Lower limit", "Upper limit"}
    ]
    in_table = {row[place] for row in told.rows for place in lines}
    assert straight == in_table | ({figure(shown.target, 1)} if shown.target else set())


def test_the_table_says_each_point_in_words():
    told = control_chart(letters()).table
    assert told.headings == (
        *("Day", "Letters sent late (per week)", "Mean", "Lower limit", "Upper limit", "Target", "What it says"),
    )
    assert told.rows[0] == ("Monday 4 January 2027", "14", "16.8", "6.2", "27.5", "12", "Usual variation")
    assert told.rows[-1][-1] == "Unusual: better: 7 in a row below the mean"
    assert len(told.rows) == len(VALUES)


def test_the_description_says_what_the_picture_shows():
    assert control_chart(letters()).description == (
        "XmR chart of Letters sent late (per week), 24 points from Monday 4 January 2027 to Monday 14 June 2027,"
        " lowest 9, highest 21. Mean 16.8, limits 6.2 to 27.5. Target 12. Of these points 7 unusual: better."
        " The table after the picture has the same figures."
    )
    usual = tuple(Point(point.day, point.value) for point in letters().points)
    told = control_chart(anew(points=usual)).description
    assert told.startswith("Run chart of ")
    assert "Median from Monday 4 January 2027 16.5. Median from Monday 29 March 2027 12.0. No point is marked" in told


def test_nothing_is_joined_across_phases():
    spec = control_chart(anew()).wide
    assert [row["phase"] for row in line(spec)] == [0] * 12 + [1] * 12
    before, after = [row for row in rows(spec, of="rule") if "value" in row]
    (change,) = [row["x"] for row in rows(spec, of="rule") if set(row) == {"x"}][:1]
    assert before["x2"] < change < after["x"]
    assert line(spec)[11]["value"] == 16


def test_special_points_differ_in_shape_as_well_as_colour():
    kinds = ("none", "better", "worse", "neither")
    points = tuple(Point(week(number), number, kind) for number, kind in enumerate(kinds))
    spec = control_chart(letters(points=points, notes=())).wide
    signs = {(row["shape"], row["fill"]) for row in rows(spec, of="point") if "shape" in row}
    assert len(signs) == len({shape for shape, _ in signs}) == len({fill for _, fill in signs}) == 4
    assert {"Usual variation", "Unusual: better", "Unusual: worse", "Unusual: neither"} <= set(words(spec))


def test_lines_are_named_at_their_ends_and_in_the_legend():
    wide, narrow = (getattr(control_chart(letters()), size) for size in ("wide", "narrow"))
    assert {"Mean 16.8", "Upper limit 27.5", "Lower limit 6.2", "Target 12"} <= set(words(wide))
    assert {"16.8", "27.5", "6.2", "12"} <= set(words(narrow))
    for spec in (wide, narrow):
        assert {"Mean", "Expected range", "Target"} <= set(words(spec))
    assert {"Target", "Expected range"} & set(words(control_chart(anew()).wide)) == set()


def test_marks_are_explained_in_order_of_time_and_drawn_where_they_lie_in_the_picture():
    chart = control_chart(anew())
    assert chart.marks == (
        ("1", "Monday 22 March 2027: Shorter template"),
        ("A", "Monday 29 March 2027: median worked out anew, 12.0 from here. New template."),
        ("2", "Monday 11 October 2027: Long after"),
    )
    assert [text for text in words(chart.wide) if len(text) == 1][:2] == ["1", "A"]
    assert "2" not in words(chart.wide)


def test_signs_close_to_each_other_lie_over_each_other():
    notes = tuple(Note(FIRST + timedelta(days=80 + number), "Something") for number in range(3))
    spec = control_chart(letters(notes=notes)).narrow
    signs = [row for row in rows(spec, of="text") if row["text"] in {"1", "2", "3"}]
    assert len({row["y"] for row in signs}) == 3


@pytest.mark.parametrize("size", ["wide", "narrow", "file"])
@pytest.mark.parametrize("shown", [letters(), anew()])
def test_a_picture_is_as_wide_as_its_sheet(shown, size):
    spec = getattr(control_chart(shown), size)
    assert spec["padding"]["left"] + spec["width"] + spec["padding"]["right"] == (343 if size == "narrow" else 800)


def test_what_is_typed_is_a_value_and_stays_text():
    shown = letters(title=HOSTILE, measure=HOSTILE, unit=HOSTILE, notes=(Note(FIRST, HOSTILE),), sentence=HOSTILE)
    chart = control_chart(shown)
    keys = repr([[sorted(layer), layer.get("encoding"), layer.get("mark")] for layer in chart.file["layer"]])
    assert "script" not in keys
    for picture in (chart.on_a_desktop(), chart.on_a_phone()):
        assert "<script" not in picture.svg
        assert "&lt;script&gt;" in picture.svg
    assert charts.png(chart.file).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "values",
    [(0,), (5,), (0, 0), (-3, -1), (1e11, 2e11), (0.0001, 0.0002), (1e300, -1e300), (1e-9, 2e-9), (99.95, 100)],
)
def test_any_figures_make_a_picture(values):
    points = tuple(Point(week(number), value) for number, value in enumerate(values))
    chart = control_chart(
        letters(points=points, phases=(Phase(points[0].day, points[-1].day, values[0]),), target=None)
    )
    assert chart.on_a_phone().svg.count("NaN") == chart.on_a_desktop().svg.count("NaN") == 0


@pytest.mark.parametrize(
    ("first", "last"), [(date.min, date.max), (date.max, date.max), (date(1, 1, 1), date(1, 1, 3))]
)
def test_any_days_make_a_picture(first, last):
    points = (Point(first, 1), Point(last, 2)) if first != last else (Point(first, 1),)
    chart = control_chart(letters(points=points, phases=(Phase(first, last, 1.5, 0, 3),), notes=(Note(first, "Now"),)))
    assert "NaN" not in chart.on_a_phone().svg


def test_points_outside_every_phase_are_drawn_without_lines():
    chart = control_chart(letters(phases=()))
    assert len(line(chart.wide)) == len(VALUES)
    assert chart.table.rows[0] == ("Monday 4 January 2027", "14", "", "12", "Usual variation")
    assert "NaN" not in chart.on_a_desktop().svg


def test_without_a_point_there_is_nothing_to_draw():
    with pytest.raises(NothingToDraw):
        control_chart(letters(points=()))


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [(1234.5, 1, "1,234.5"), (-2, 0, "\u22122"), (-0.001, 1, "0.0"), (16.8333, 1, "16.8"), (3e15, 2, "3,000 trillion")],
)
def test_numbers_are_written_as_people_write_them(value, places, written):
    assert figure(value, places) == written


def test_a_target_has_no_zeros_at_its_end():
    assert [short(value, 2) for value in (95.0, 95.5, 100, 0)] == ["95", "95.5", "100", "0"]


def test_the_picture_is_the_one_that_was_looked_at():
    """After a change that is meant to show: look at the new picture, then write it to the file."""
    short_one = letters(points=letters().points[:4], phases=(Phase(week(0), week(3), 17, 6, 28),), notes=())
    assert control_chart(short_one).on_a_phone().svg + "\n" == GOLDEN.read_text()


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [
        (14.0, 1, "14.0"),
        (-0.00001, 4, "0.0000"),
        (1_234_567.125, 3, "1,234,567.125"),
        (123_456_789.12345, 5, "123,456,789.123"),
        (-999_999_999_999.1234, 4, "\u2212999,999,999,999"),
        (1e12, 4, "1 trillion"),
        (-2.7329975e12, 1, "\u22122.733 trillion"),
    ],
)
def test_a_long_number_is_shortened_so_that_it_fits(value, places, said):
    assert figure(value, places) == said
    assert len(said) <= 16
    assert short(1e12, 4) == "1 trillion"


def lines_of_text(spec) -> str:
    """What the picture says, its folded lines put together again."""
    return " ".join(words(spec))


def test_a_picture_that_stands_by_itself_explains_itself_and_one_on_its_page_does_not_repeat_it():
    sentence = "The last 7 points in a row, from Monday 3 May 2027 to Monday 14 June 2027, lie below the mean of 16.8."
    reason = "The template is in use on both wards, and stays."
    phases = (Phase(week(0), week(11), 16.8, 6.2, 27.5), Phase(week(12), week(23), 12, 2, 22, reason))
    chart = control_chart(letters(sentence=sentence, phases=phases, method="XmR chart without screening."))
    said = lines_of_text(chart.file)
    for mark in chart.marks:
        assert f"({mark.sign}) {mark.words}" in said
    legend = ["Usual variation", "Unusual: better", "Mean", "Expected range", "Target"]
    for each in ("Discharge letters sent late", sentence, chart.method, *legend):
        assert each in said
    assert [row["shape"] for row in rows(chart.file, of="point") if "x" in row and "shape" in row] == [
        "circle",
        "triangle-up",
    ]
    for page in (chart.wide, chart.narrow):
        shown = lines_of_text(page)
        for each in (sentence, chart.method, reason, "Shorter template"):
            assert each not in shown


def test_lines_of_a_picture_that_stands_by_itself_do_not_lie_over_each_other():
    notes = tuple(Note(week(number), f"Something that happened, number {number}, " + "x " * 90) for number in range(15))
    chart = control_chart(letters(sentence="A long sentence. " * 20, notes=notes, method="How. " * 40))
    spec, edge = chart.file, chart.file["padding"]
    left = [row["y"] for row in rows(spec) if "text" in row and row.get("x") == 4 - edge["left"]]
    assert len(left) == len(set(left))
    assert all(after - before >= 17 for before, after in pairwise(sorted(left)))
    assert -edge["top"] <= min(left)
    assert max(left) + 10 <= spec["height"] + edge["bottom"]
    said = lines_of_text(spec)
    assert "(12) " in said
    assert "(13) " not in said
    assert "and 3 more, which stand on the page of the measure" in said
