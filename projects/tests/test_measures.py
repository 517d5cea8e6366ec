"""Measures over time: what is pasted becomes a chart in words, or is refused with the row named and nothing saved."""

import io
from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
import xlsxwriter
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings

from pairs.tests.test_views import text_of
from projects import actions, spc
from projects.choices import Shape
from projects.models import LEAST_BASELINE, MOST_POINTS, Measure, Point
from projects.tests.measured import FIRST, LATER, SERIES_A, as_pasted, measured, weekly, with_points
from projects.tests.test_pasted import LINES
from projects.tests.worlds import begun

pytestmark = pytest.mark.django_db
SENTENCE = (
    "The last 13 points in a row, from Monday 22 March 2027 to Monday 14 June 2027, lie below the average of 16.8: a "
    "change for the better (seven or more on one side)."
)


@pytest.fixture
def owned(two, client):
    """(client of the owner, measure of series A's kind without points)."""
    _, pair, doctor, _ = two
    project = begun(pair, doctor, shape=Shape.FRIEND)
    client.force_login(doctor.user)
    return client, measured(project, doctor.user, chart="xmr", baseline=12, target=12.0)


def at(name, measure) -> str:
    return reverse(name, args=[measure.pk])


def paste(client, measure, text, **more):
    return client.post(at("point_paste", measure), {"text": text, **more}, follow=True)


def test_series_a_is_pasted_and_read_in_words(owned):
    client, measure = owned
    page = paste(client, measure, as_pasted())
    assert page.redirect_chain == [(at("measure_detail", measure), 302)]
    said = text_of(page)
    assert "24 points read, from Monday 4 January 2027 to Monday 14 June 2027." in said
    assert SENTENCE in said
    assert "plus and minus 2.66 times the mean moving range" in said
    assert "13 points in a row below the average" in said
    assert "If nothing changes" not in said
    table = page.context["reading"].chart.table
    assert table.rows[0] == ("Monday 4 January 2027", "14", "16.8", "6.2", "27.5", "12", "Usual variation")
    assert table.rows[-1][-1] == "Unusual: better: 13 points in a row below the average"
    assert len(table.rows) == 24


def test_the_list_says_the_same_sentence_with_the_last_value(owned):
    client, measure = owned
    with_points(measure, by=measure.project.everybody[0].participant.user)
    said = text_of(client.get(reverse("measure_list", args=[measure.project_id])))
    assert "Last value: 12 per week on Monday 14 June 2027 , target 12 per week" in said
    assert SENTENCE in said
    assert "Outcome: what it is for" in said


BAD = [
    ("4/1/2027\t14\n11/1/2027\tn/a\n", "Row 2: “n/a” is not a number"),
    ("4/1/2027\t14\n32/1/2027\t15\n", "Row 2: “32/1/2027” is a day that does not exist"),
    ("4/1/2027\t14\n\n11/1/2027\t1\x005\n", "Row 3 holds a character that cannot be kept. Type that row anew"),
    ("4/1/2027\t14\nsoon\t15\n", "Row 2: “soon” is not a date: write it like 31/07/2027"),
    ("4/1/2027\t14\n1/25/2027\t15\n", "Row 2: “1/25/2027” has no month 25"),
    ("4/1/2027\t14\n4 Jan 2027\t15\n", "Row 2: Monday 4 January 2027 is also in row 1: keep one of the two"),
    ("4/1/2027\t14\n\t15\n", "Row 2: the value “15” has no day"),
    ("4/1/2027\t14\n11/1/2027\t=SUM(A1:A3)\n", "Row 2: “=SUM(A1:A3)” is a formula: paste its value"),
    ("4/1/2027\t14\n11/1/2027\t#DIV/0!\n", "Row 2: “#DIV/0!” is not a number"),
    ("4/1/2027;14\n11/1/2027;87,5\n", "Row 2: “87,5” is not a number: write decimals with a point, like 87.5"),
    ("4/1/2027,1,234\n", "Row 1: “1,234” may be one number or two"),
    ("4/1/2027\t14\n11/1/2027\t1e300\n", "Row 2: “1e300” must lie between"),
    ("4/1/2027\t14\n11/1/2027\t15\t" + "x" * 201, "Row 2: its note has 201 characters, and at most 200 are kept"),
    ("4/1/1927\t14\n", "Row 1: The year 1927 cannot be meant"),
    ("14\n15\n16", "Row 1 has one column"),
    ("Date\tValue\n", "No row has both a day and a value"),
    ("4/1/2027\tten\n11/1/2027\ttwelve\n", "Row 1: “ten” is not a number Row 2: “twelve” is not a number"),
    ("\n".join(f"{day:%d/%m/%Y}\t1" for day, *_ in weekly(range(2)) for _ in range(3000)), "There are 6,000 rows"),
]


@pytest.mark.parametrize(("text", "sentence"), BAD)
def test_what_cannot_be_read_is_named_and_nothing_is_kept(owned, text, sentence):
    client, measure = owned
    page = paste(client, measure, text)
    assert page.status_code == 200
    assert sentence in text_of(page)
    assert page.context["form"]["text"].value() == text  # what was typed stays
    assert not Point.objects.exists()


def test_many_wrong_rows_are_named_up_to_a_few(owned):
    client, measure = owned
    said = text_of(
        paste(client, measure, "\n".join(f"{day:%d/%m/%Y}\tx{n}" for n, (day, *_) in enumerate(weekly(range(30)))))
    )
    assert "Row 8: “x7” is not a number" in said
    assert "Row 9:" not in said
    assert "22 more rows have something to put right" in said


def test_gaps_headings_and_disorder_are_said(owned):
    client, measure = owned
    said = text_of(paste(client, measure, "Day\tLate\n11/1/2027\t15\n18/1/2027\t\n4/1/2027\t14\n\n"))
    assert "2 points read, from Monday 4 January 2027 to Monday 11 January 2027." in said
    assert "The days were not in order, and were put in order." in said
    assert "1 row without a value was left out: row 3." in said
    assert "Row 1 was read as a heading." in said
    assert list(Point.objects.values_list("day", flat=True)) == [date(2027, 1, 4), date(2027, 1, 11)]


def test_days_that_have_another_value_are_named_and_replaced_when_the_box_is_ticked(owned):
    client, measure = owned
    paste(client, measure, "4/1/2027\t14\n11/1/2027\t15\tSnow")
    again = "4/1/2027\t14\n11/1/2027\t16\n18/1/2027\t17"
    page = paste(client, measure, again)
    assert "Monday 11 January 2027 has the value 15 already. Tick the box to replace it" in text_of(page)
    assert "replace" in page.context["form"].fields
    assert Point.objects.count() == 2
    said = text_of(paste(client, measure, again, replace="on"))
    assert "1 value was replaced. 1 was there already." in said
    assert list(Point.objects.values_list("value", "note")) == [(14, ""), (16, "Snow"), (17, "")]


def test_the_same_paste_sent_twice_is_there_once(owned):
    client, measure = owned
    paste(client, measure, as_pasted())
    assert "24 were there already" in text_of(paste(client, measure, as_pasted()))
    assert Point.objects.count() == 24


def test_more_points_than_a_measure_holds_are_refused_whole(owned):
    client, measure = owned
    start = date(2001, 1, 1)
    many = [(start + timedelta(days=number), 1.0, "") for number in range(4990)]
    Point.objects.bulk_create(Point(measure=measure, day=day, value=value, note=note) for day, value, note in many)
    assert "A measure holds at most 5,000 points" in text_of(paste(client, measure, as_pasted()))
    assert Point.objects.count() == 4990


def test_a_page_of_as_many_points_as_there_can_be_is_no_heavier_than_its_first_rows(owned):
    client, measure = owned
    many = [(date(2001, 1, 1) + timedelta(days=number), number % 9, "") for number in range(MOST_POINTS)]
    Point.objects.bulk_create(Point(measure=measure, day=day, value=value, note=note) for day, value, note in many)
    page = client.get(at("measure_detail", measure))
    assert "Rows 4,801 to 5,000 of 5,000. Earlier rows are on the next page." in text_of(page)
    assert len(page.content) < 350_000
    last = client.get(at("measure_detail", measure), {"page": 25})
    assert "Rows 1 to 200 of 5,000." in text_of(last)
    assert "Monday 1 January 2001" in text_of(last)


def test_fifty_thousand_rows_are_answered_in_words(owned):
    client, measure = owned
    text = "\n".join("4/1/2027\t14" for _ in range(50_000))
    assert "There are 50,000 rows" in text_of(paste(client, measure, text))
    content = "\n".join("4/1/2027,14" for _ in range(50_001)).encode()
    assert "more than 50,000 rows" in text_of(imported(client, measure, "a.csv", content))
    assert not Point.objects.exists()


def test_a_paste_that_is_too_large_to_be_read_says_what_is_taken(owned):
    """Beyond what is received at all; what a form can still read it refuses itself."""
    client, measure = owned
    answer = paste(client, measure, "4/1/2027\t14\t a long note of the day\n" * 50_000)
    assert answer.status_code == 413
    said = answer.content.decode()
    assert "That is too large" in said
    assert "This page takes at most 5,000 points, a row for each" in said
    assert f'href="{at("point_paste", measure)}"' in said
    assert "could not read" not in said


def imported(client, measure, name, content, **more):
    given = {"file": SimpleUploadedFile(name, content), **more}
    return client.post(at("point_import", measure), given, follow=True)


def workbook(rows, formulas=()) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet, days = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        for number, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, days)
                else:
                    sheet.write(number, place, cell)
        for row, column, formula, value in formulas:
            sheet.write_formula(row, column, formula, None, value)
    return target.getvalue()


def test_a_workbook_is_imported_by_its_columns_of_days_and_numbers(owned):
    client, measure = owned
    rows = [
        ["Late letters of ward 7"],
        ["Ward", "Week", "Late"],
        *(["7", day, value] for day, value, _ in weekly(SERIES_A)),
    ]
    said = text_of(imported(client, measure, "late.xlsx", workbook(rows)))
    assert "24 points read, from Monday 4 January 2027 to Monday 14 June 2027." in said
    assert "Of several columns of numbers column 3, “Late”, was read." in said
    assert SENTENCE in said


def test_formula_cells_count_with_their_value_and_broken_ones_are_named(owned):
    client, measure = owned
    rows = [["Week", "Late"], [date(2027, 1, 4), 14], [date(2027, 1, 11)]]
    whole = workbook(rows, [(2, 1, "=B2+1", 15)])
    assert "2 points read" in text_of(imported(client, measure, "late.xlsx", whole))
    Point.objects.all().delete()
    broken = workbook([*rows, [date(2027, 1, 18), 3]], [(2, 1, "=B2/0", "#DIV/0!")])
    assert "Row 3: one of its cells holds #DIV/0!" in text_of(imported(client, measure, "late.xlsx", broken))
    assert not Point.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel format"),
        ("a.xlsx", b"PK\x03\x04 not a workbook", "damaged"),
        ("a.csv", b"\x00\x01\x02\x03" * 50, "readable text"),
        ("a.csv", b"  \n ", "This file is empty"),
        ("a.pdf", b"%PDF-1.7", "a PDF"),
        ("a.doc", b"Day,Value", "save the sheet as one of these"),
        ("a.csv", b"Day,Value\n4/1/2027,n/a\n5/1/2027,3\n", "Row 2: “n/a” is not a number"),
        ("a.csv", b"x" * 5_300_000, "larger than 5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(owned, name, content, sentence):
    client, measure = owned
    page = imported(client, measure, name, content)
    assert sentence in text_of(page)
    assert "people" not in text_of(page).partition("Import values")[2].partition("Help")[0]
    assert not Point.objects.exists()


def test_a_workbook_that_reaches_too_far_down_is_refused_in_words_about_values(owned):
    client, measure = owned
    rows = [[FIRST + timedelta(days=number % 9000), 1] for number in range(10_050)]
    said = text_of(imported(client, measure, "long.xlsx", workbook(rows)))
    assert "only the first 9,999 rows are read" in said


def send(client, page, row, /, **data):
    return client.post(reverse(page, args=[row.pk]), data, follow=True)


def day(text: str, name="day") -> dict[str, str]:
    return {f"{name}_{box}": part for box, part in enumerate(text.split())}


MEASURE = {"name": "Beds empty at noon", "kind": "balancing", "good": "neither", "chart": "run"}


def test_a_measure_is_made_with_little_and_the_first_is_the_main_one(two, client):
    _, pair, doctor, _ = two
    project = begun(pair, doctor)
    client.force_login(doctor.user)
    form = client.get(reverse("measure_create", args=[project.pk])).context["form"]
    assert form["is_main"].value() is True
    said = text_of(send(client, "measure_create", project, **MEASURE, is_main="on", target="95%", baseline="12"))
    assert "Saved. Now add its first points." in said
    assert "there are no points yet" in said
    made = Measure.objects.get()
    assert (made.is_main, made.target, made.baseline, made.chart) == (True, 95, 12, "run")
    send(client, "measure_create", project, **MEASURE | {"name": "Other"}, is_main="on")
    assert list(Measure.objects.filter(is_main=True).values_list("name", flat=True)) == ["Other"]


def test_a_page_sent_twice_makes_one_measure_and_another_of_its_name_is_refused(owned):
    client, measure = owned
    for _ in range(2):
        send(client, "measure_create", measure.project, **MEASURE)
    assert Measure.objects.count() == 2
    page = send(client, "measure_create", measure.project, **MEASURE | {"good": "up"})
    assert "Another measure of this project has this name" in text_of(page)
    assert Measure.objects.count() == 2


def test_a_project_has_at_most_twenty_measures(owned):
    client, measure = owned
    for number in range(19):
        send(client, "measure_create", measure.project, **MEASURE | {"name": f"Beds {number}"})
    page = send(client, "measure_create", measure.project, **MEASURE | {"name": "One more"})
    assert "at most 20 measures" in text_of(page)
    assert Measure.objects.count() == 20


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Enter what you measure"),
        ({"good": ""}, "Choose which way is better"),
        ({"target": "many"}, "“many” is not a number"),
        ({"target": "2e12"}, "must lie between"),
        ({"baseline": "4"}, "A baseline has at least 5 points"),
        ({"baseline": "x"}, "Enter a whole number of points, like 12"),
        (day("1 1 1900", "target_by"), "Enter a year from 2000 to 2099"),
    ],
)
def test_what_a_measure_cannot_be_is_said_beside_it(owned, typed, sentence):
    client, measure = owned
    page = send(client, "measure_create", measure.project, **MEASURE | typed)
    assert sentence in text_of(page)
    assert Measure.objects.count() == 1


def test_a_value_is_added_in_one_step_and_another_after_it(owned):
    client, measure = owned
    page = client.get(at("point_create", measure))
    assert "Value (per week)" in text_of(page)
    page = send(client, "point_create", measure, **day("4 1 2027"), value="1,234.5", another="1")
    assert page.redirect_chain[-1][0] == at("point_create", measure)
    assert "Saved: 1,234.5 per week on Monday 4 January 2027." in text_of(page)
    page = send(client, "point_create", measure, **day("4 1 2027"), value="12")
    assert "Monday 4 January 2027 has the value 1234.5 already." in text_of(page)
    send(client, "point_create", measure, **day("4 1 2027"), value="12", replace="on")
    assert list(Point.objects.values_list("value", flat=True)) == [12]


def test_a_point_is_changed_and_removed(owned):
    client, measure = owned
    paste(client, measure, "4/1/2027\t14\n11/1/2027\t15")
    first, second = Point.objects.all()
    page = send(client, "point_edit", first, **day("11 1 2027"), value="16")
    assert "There is another point of Monday 11 January 2027" in text_of(page)
    assert "Saved." in text_of(send(client, "point_edit", first, **day("5 1 2027"), value="16", note="Snow"))
    first.refresh_from_db()
    assert (first.day, first.value, first.note) == (date(2027, 1, 5), 16, "Snow")
    assert "15 per week on Monday 11 January 2027" in text_of(client.get(reverse("point_remove", args=[second.pk])))
    send(client, "point_remove", second)
    assert list(Point.objects.all()) == [first]


def test_what_was_pasted_wrongly_is_removed_once_it_was_said_what_goes(owned):
    client, measure = owned
    paste(client, measure, as_pasted())
    page = send(client, "point_clear", measure, **day("1 1 2026", "first"), **day("2 1 2026", "last"))
    assert "No point lies between these days" in text_of(page)
    most = day("11 1 2027", "first") | day("31 12 2027", "last")
    said = "23 points go, from Monday 11 January 2027 to Monday 14 June 2027."
    page = send(client, "point_clear", measure, **most)
    assert f"{said} Nothing is removed yet" in text_of(page)
    page = send(client, "point_clear", measure, **most, told=f"24{said[2:]}")  # another number than was said
    assert Point.objects.count() == 24
    page = send(client, "point_clear", measure, **most, told=page.context["form"]["told"].value())
    assert "23 points are gone." in text_of(page)
    assert Point.objects.count() == 1


def test_what_is_to_go_is_asked_and_no_problem_and_a_point_that_came_meanwhile_stays(owned, monkeypatch):
    client, measure = owned
    paste(client, measure, "4/1/2027\t14\n11/1/2027\t15")
    most = day("1 1 2027", "first") | day("31 1 2027", "last")
    page = send(client, "point_clear", measure, **most)
    assert "Remove 2 points?" in text_of(page)
    assert "There is a problem" not in text_of(page)
    told = page.context["form"]["told"].value()
    remove = actions.remove_points

    def meanwhile(**given):  # a partner adds one while this page waits for the lock
        Point.objects.create(measure=measure, day=date(2027, 1, 18), value=16)
        return remove(**given)

    with monkeypatch.context() as patch:
        patch.setattr(actions, "remove_points", meanwhile)
        page = send(client, "point_clear", measure, **most, told=told)
    assert "have changed meanwhile. Nothing was removed" in text_of(page)
    assert "Remove 3 points?" in text_of(page)
    assert Point.objects.count() == 3
    send(client, "point_clear", measure, **most, told=page.context["form"]["told"].value())
    assert not Point.objects.exists()


def test_a_day_that_is_yet_to_come_is_refused_in_words(owned):
    """It would draw the chart over the years until then."""
    client, measure = owned
    said = "Thursday 1 January 2060 is yet to come. Check the day"
    assert said in text_of(paste(client, measure, "4/1/2027\t14\n1/1/2060\t15"))
    assert said in text_of(imported(client, measure, "a.csv", b"4/1/2027,14\n1/1/2060,15\n"))
    page = send(client, "point_create", measure, **day("1 1 2060"), value="15")
    assert said in page.context["form"].errors["day"][0]
    assert "Some of these days are yet to come: Thursday 1 January 2060, Friday 2 January 2060. Check" in text_of(
        paste(client, measure, "1/1/2060\t14\n2/1/2060\t15")
    )
    assert not Point.objects.exists()
    paste(client, measure, f"{LATER:%d/%m/%Y}\t14")  # today has come
    page = send(client, "point_edit", Point.objects.get(), **day("1 1 2060"), value="15")
    assert said in page.context["form"].errors["day"][0]
    assert Point.objects.get().day == LATER


def test_nothing_below_zero_where_a_measure_says_so(owned):
    client, measure = owned
    given = {"name": measure.name, "kind": "outcome", "good": "down", "chart": "xmr", "at_zero": "on"}
    send(client, "measure_edit", measure, **given)
    page = paste(client, measure, "4/1/2027\t14\n11/1/2027\t-1")
    assert "The value of Monday 11 January 2027 is below zero" in text_of(page)
    assert not Point.objects.exists()
    send(client, "measure_edit", measure, **given | {"at_zero": ""})
    paste(client, measure, "4/1/2027\t-14")
    assert "is below zero. Put it right first" in text_of(send(client, "measure_edit", measure, **given))
    Measure.objects.update(at_zero=True)  # as no action leaves it
    said = text_of(client.get(at("measure_detail", measure)))
    assert "A value is below zero, so the limits do not stop there." in said


def anew(client, measure, from_on: str, reason: str):
    """A recalculation, sent again where it was said first that the rules will be silent."""
    given = {**day(from_on), "reason": reason}
    page = send(client, "recalculation_create", measure, **given)
    told = page.context["form"]["told"].value() if page.context.get("form") else ""
    return send(client, "recalculation_create", measure, **given, told=told) if told else page


def test_a_chart_is_worked_out_anew_with_a_reason_and_back(owned):
    client, measure = owned
    paste(client, measure, as_pasted())
    assert "Enter the reason" in text_of(send(client, "recalculation_create", measure, **day("29 3 2027")))
    for wrong in ("4 1 2027", "1 1 2028"):
        page = send(client, "recalculation_create", measure, **day(wrong), reason="It lasts")
        assert "Choose a day that has a point before it, and one on it or after it" in text_of(page)
    page = send(client, "recalculation_create", measure, **day("29 3 2027"), reason="The template is in use")
    said = text_of(page)
    assert "12 points since the recalculation" in said
    assert "Worked out anew from Monday 29 March 2027: The template is in use" in said
    assert "the average of the first 12 points, and anew from each recalculation on" in said
    page = anew(client, measure, "30 3 2027", "Again")
    assert page.status_code == 200
    page = send(client, "recalculation_create", measure, **day("31 3 2027"), reason="Again")
    assert "No point lies between this day and another recalculation" in text_of(page)
    kept = measure.recalculations.first()
    assert SENTENCE not in text_of(client.get(at("measure_detail", measure)))
    for each in measure.recalculations.all():
        send(client, "recalculation_remove", each)
    assert kept.pk
    assert SENTENCE in text_of(client.get(at("measure_detail", measure)))


def test_a_recalculation_that_lost_its_points_is_said_and_breaks_no_page(owned):
    client, measure = owned
    paste(client, measure, as_pasted())
    send(client, "recalculation_create", measure, **day("29 3 2027"), reason="The template is in use")
    Point.objects.filter(day__gte=date(2027, 3, 29)).delete()
    said = text_of(client.get(at("measure_detail", measure)))
    assert "The recalculation from Monday 29 March 2027 is not on the chart" in said
    page = anew(client, measure, "1 2 2027", "Another ward")
    assert "Saved. The chart is worked out anew from that day on." in text_of(page)
    said = text_of(client.get(at("measure_detail", measure)))
    assert "The recalculation from Monday 29 March 2027 is not on the chart" in said
    assert "since the recalculation (Monday 1 February 2027 to Monday 22 March 2027)" in said
    Point.objects.all().delete()
    assert client.get(at("measure_detail", measure)).status_code == 200
    assert client.get(at("measure_svg", measure)).status_code == 404
    assert client.get(at("measure_png", measure)).status_code == 404


@pytest.mark.parametrize(("chart", "kind", "centre"), [("xmr", "XmR chart", "Mean"), ("run", "Run chart", "Median")])
def test_where_points_are_too_few_for_the_rules_each_place_says_so(owned, chart, kind, centre):
    client, measure = owned
    Measure.objects.update(chart=chart)
    paste(client, measure, as_pasted(SERIES_A[:4]))
    page = client.get(at("measure_detail", measure))
    shown, said = page.context["reading"].chart, text_of(page)
    assert "It is too early to tell chance from change" in said
    assert "There are too few points for the rules." in said
    assert {row[-1] for row in shown.table.rows} == {"Too few points for the rules"}
    assert shown.description.startswith(f"{kind} of Letters sent late (per week), 4 points")
    assert f"{centre} " in shown.description
    assert "Too few points for the rules. The table" in shown.description
    lines = b"".join(client.get(at("measure_csv", measure))).decode("utf-8-sig").splitlines()
    assert all(line.endswith(",too few points for the rules") for line in lines[1:])
    for wrong in ("Usual variation", "Nothing unusual", "marked as unusual"):
        assert wrong not in said.partition("How to read this chart")[0]


def test_after_a_recalculation_the_rules_wait_again(owned):
    client, measure = owned
    paste(client, measure, as_pasted(SERIES_A[:12]))
    anew(client, measure, "15 3 2027", "New template")
    page = client.get(at("measure_detail", measure))
    shown, said = page.context["reading"].chart, text_of(page)
    assert "Nothing unusual before the last recalculation, and too few points for the rules since." in said
    assert [row[-1] for row in shown.table.rows] == ["Usual variation"] * 10 + ["Too few points for the rules"] * 2
    assert "No point is marked as unusual. Too few points for the rules in 2 of them." in shown.description
    assert "Usual variation, or too few points for the rules" in shown.on_a_desktop().svg


XMR = "and limits need 5"
RUN = "and the rules need 10"
SILENT = [
    ("xmr", SERIES_A, "24 5 2027", f"From this day on there would be only 4 points, {XMR}."),
    ("xmr", SERIES_A, "14 6 2027", f"From this day on there would be only 1 point, {XMR}."),
    ("xmr", SERIES_A, "18 1 2027", f"Before this day there would be only 2 points, {XMR}."),
    ("run", SERIES_A, "19 4 2027", f"From this day on there would be only 9 points, {RUN}."),
    ("run", [*SERIES_A[:12], *[9] * 10], "29 3 2027", "10 points, of which 0 not on the median, and the rules need 10"),
    ("xmr", SERIES_A, "17 5 2027", ""),
    ("run", SERIES_A, "15 3 2027", ""),
]


@pytest.mark.parametrize(("chart", "values", "from_on", "sentence"), SILENT)
def test_where_the_rules_fall_silent_it_is_said_before_a_recalculation_is_saved(
    owned, chart, values, from_on, sentence
):
    client, measure = owned
    Measure.objects.update(chart=chart)
    paste(client, measure, as_pasted(values))
    given = {**day(from_on), "reason": "New template"}
    page = send(client, "recalculation_create", measure, **given)
    if sentence:
        assert sentence in text_of(page)
        assert "The rules find nothing in so few. Nothing is saved yet" in text_of(page)
        assert page.context["form"]["reason"].value() == "New template"
        assert not measure.recalculations.exists()
        other = send(client, "recalculation_create", measure, **given, told="1 point")  # another than was said
        assert not measure.recalculations.exists()
        page = send(client, "recalculation_create", measure, **given, told=other.context["form"]["told"].value())
    assert "Saved. The chart is worked out anew from that day on." in text_of(page)
    assert measure.recalculations.count() == 1
    again = send(client, "recalculation_create", measure, **given)  # the same page sent twice
    assert again.status_code == 200
    assert measure.recalculations.count() == 1


def test_a_baseline_longer_than_its_points_is_said(owned):
    client, measure = owned
    given = {"name": measure.name, "kind": "outcome", "good": "down", "chart": "xmr"}
    lacks = "The baseline is to have 50 points, and only 24 are there for it: until there are more, it rests on those."
    assert "The baseline is to have" not in text_of(send(client, "measure_edit", measure, **given, baseline="50"))
    paste(client, measure, as_pasted())
    assert f"Saved. {lacks}" in text_of(send(client, "measure_edit", measure, **given, baseline="50"))
    method = "the average of the first 24 points (of the 50 that the baseline is to have), plus"
    assert method in text_of(client.get(at("measure_detail", measure)))
    said = text_of(send(client, "measure_edit", measure, **given, baseline="24"))
    assert "the average of the first 24 points, plus" in said
    assert "is to have" not in said


def test_what_happened_is_written_on_the_chart_and_taken_off(owned):
    client, measure = owned
    paste(client, measure, as_pasted())
    for _ in range(2):
        page = send(client, "annotation_create", measure, **day("22 3 2027"), words="New template")
    assert measure.annotations.count() == 1
    assert page.context["reading"].chart.marks == (("1", "Monday 22 March 2027: New template"),)
    send(client, "annotation_remove", measure.annotations.get())
    assert not measure.annotations.exists()


FAR = [
    (SERIES_A, "15 6 2040", "the points, which go from Monday 4 January 2027 to Monday 14 June 2027. Check the year."),
    (SERIES_A, "4 1 2024", "the points, which go from Monday 4 January 2027 to Monday 14 June 2027. Check the year."),
    (SERIES_A[:1], "4 2 2028", "the only point, of Monday 4 January 2027. Check the year."),
    ((), "1 1 2040", "Sunday 1 January 2040 is more than a year from today, and there are no points yet."),
    (SERIES_A, "14 6 2028", ""),
    ((), "1 1 2027", ""),
]


@pytest.mark.parametrize(("values", "on", "sentence"), FAR)
def test_what_happened_years_away_from_all_points_is_refused_in_words(owned, values, on, sentence, monkeypatch):
    client, measure = owned
    monkeypatch.setattr("projects.views.points.timezone.now", lambda: datetime(2026, 11, 28, 9, tzinfo=UTC))
    if values:
        with_points(measure, by=measure.project.everybody[0].participant.user, values=values)
    page = send(client, "annotation_create", measure, **day(on), words="New template")
    assert sentence in text_of(page)
    assert measure.annotations.count() == (0 if sentence else 1)
    if sentence:
        assert page.context["form"]["words"].value() == "New template"


def test_trial_limits_are_called_so(owned):
    client, measure = owned
    paste(client, measure, as_pasted(SERIES_A[:9]))
    said = text_of(client.get(at("measure_detail", measure)))
    assert "Limits from fewer than 12 points are trial limits" in said


def test_a_run_chart_says_its_rules_and_leaves_the_target_to_the_other(owned):
    client, measure = owned
    Measure.objects.update(chart="run")
    paste(client, measure, as_pasted())
    said = text_of(client.get(at("measure_detail", measure)))
    assert "Run chart with the Anhøj rules: the median of the first 12 points" in said
    assert "lie below the median of 16.5" in said
    assert "13 points in a row below the median" in said
    assert "Whether it will be met, an XmR chart says; a run chart does not." in said


@pytest.mark.parametrize(
    ("target", "good", "sentence"),
    [
        (40, "down", "will be met every time"),
        (3, "down", "will not be met"),
        (12, "down", "met at some times and missed at others"),
        (12, "neither", "As neither way is better"),
    ],
)
def test_what_is_said_of_the_target(owned, target, good, sentence):
    client, measure = owned
    Measure.objects.update(target=target, good=good)
    paste(client, measure, as_pasted(SERIES_A[:12]))
    assert sentence in text_of(client.get(at("measure_detail", measure)))


def test_the_files_hold_the_same_figures_and_no_formula(owned):
    client, measure = owned
    paste(client, measure, as_pasted() + "\n21/6/2027\t-2.5\t=cmd()")
    answer = client.get(at("measure_csv", measure))
    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    assert lines[0] == "Day,Value,Note,Centre,Lower limit,Upper limit,Target,What it says"
    assert lines[1].startswith("04/01/2027,14,,16.8333")
    assert lines[1].endswith(",12,usual variation")
    assert lines[-1].startswith("21/06/2027,-2.5,'=cmd(),")
    assert 'filename="measure-' in answer["Content-Disposition"]
    picture = client.get(at("measure_png", measure))
    assert picture.content.startswith(b"\x89PNG")
    Point.objects.all().delete()
    said = text_of(imported(client, measure, "back.csv", "\n".join(lines).encode()))
    assert "25 points read" in said
    assert Point.objects.get(day=date(2027, 6, 21)).note == "=cmd()"


def test_a_critical_friend_reads_everything_and_is_offered_no_change(owned, two):
    client, measure = owned
    _, _, doctor, manager = two
    with_points(measure, doctor.user)
    offered = text_of(client.get(at("measure_detail", measure)))
    assert "Paste many" in offered
    client.force_login(manager.user)
    said = text_of(client.get(at("measure_detail", measure)))
    assert SENTENCE in said
    assert "Paste many" not in said
    assert "Change" not in text_of(client.get(at("point_list", measure)))
    assert paste(client, measure, "4/1/2028\t14").status_code == 403


def test_a_lead_finds_no_measure(owned, two):
    client, measure = owned
    lead, _, doctor, _ = two
    with_points(measure, doctor.user)
    client.force_login(lead)
    assert client.get(reverse("project_detail", args=[measure.project_id])).status_code == 200
    assert client.get(reverse("measure_list", args=[measure.project_id])).status_code == 403
    assert client.get(at("measure_detail", measure)).status_code == 404


def test_the_page_asks_the_same_of_3_points_and_of_300(owned):
    client, measure = owned
    asked = []
    for values in (range(3), range(300)):
        paste(client, measure, as_pasted(values), replace="on")
        for name, about in (("measure_detail", measure), ("measure_list", measure.project)):
            client.get(reverse(name, args=[about.pk]))
            with CaptureQueriesContext(connection) as seen:
                client.get(reverse(name, args=[about.pk]))
            asked.append(len(seen))
    assert asked[:2] == asked[2:]
    assert max(asked) <= 12


@given(lines=LINES)
@settings(max_examples=15)
def test_whatever_is_pasted_breaks_no_page(lines, owned):
    client, measure = owned
    assert paste(client, measure, "\n".join(lines)).status_code == 200


def test_the_database_keeps_a_baseline_as_long_as_the_bench_takes_it(owned):
    _, measure = owned
    assert LEAST_BASELINE == spc.LEAST_POINTS
    for number in (None, LEAST_BASELINE):
        Measure.objects.filter(pk=measure.pk).update(baseline=number)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(baseline=LEAST_BASELINE - 1)


def test_a_shorter_baseline_of_before_becomes_none(owned):
    _, measure = owned
    other = measured(measure.project, measure.project.everybody[0].participant.user, name="Other", baseline=7)
    off = {"sqlite": "PRAGMA ignore_check_constraints = ON"}
    on = {"sqlite": "PRAGMA ignore_check_constraints = OFF"}
    connection.check_constraints()  # what is still to be checked keeps PostgreSQL from changing the table
    with connection.cursor() as cursor:
        lifted = "ALTER TABLE projects_measure DROP CONSTRAINT measure_baseline_long_enough"
        cursor.execute(off.get(connection.vendor, lifted))
        Measure.objects.filter(pk=measure.pk).update(baseline=4)
        import_module("projects.migrations.0004_baseline_long_enough").forget_short_ones(apps, None)
        cursor.execute(on.get(connection.vendor, "SELECT 1"))
    assert dict(Measure.objects.values_list("pk", "baseline")) == {measure.pk: None, other.pk: 7}
