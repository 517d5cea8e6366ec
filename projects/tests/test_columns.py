"""Several columns of numbers: the one that is meant is read, or the person is asked and nothing is saved."""

import pytest

from pairs.tests.test_views import text_of
from projects.columns import Column, Wanted, meant
from projects.models import Measure, Point
from projects.tests.measured import weekly
from projects.tests.test_measures import at, day, imported, owned, paste, send, workbook

__all__ = ["owned"]

pytestmark = pytest.mark.django_db
DAYS = [each for each, _, _ in weekly(range(6))]


def table(*headings, cells) -> list:
    return [["Day", *headings], *([each, *cells(number)] for number, each in enumerate(DAYS))]


def two_kinds(number):
    return 40 + number, f"{60 + number}%"


def values() -> list:
    return list(Point.objects.order_by("day").values_list("value", flat=True))


def test_the_column_with_percent_signs_is_read_for_a_measure_in_percent(owned):
    client, measure = owned
    Measure.objects.update(unit="%", name="Seen within four hours")
    rows = table("Patients", "Share", cells=two_kinds)
    said = text_of(imported(client, measure, "seen.xlsx", workbook(rows)))
    assert "Of several columns of numbers column 3, “Share”, was read." in said
    assert values() == [60, 61, 62, 63, 64, 65]


def test_a_file_whose_column_nobody_can_tell_is_asked_about_and_kept_with_the_page(owned):
    client, measure = owned
    rows = table("Beds", "Patients", cells=lambda number: (number, 40 + number))
    page = imported(client, measure, "ward.xlsx", workbook(rows))
    said = text_of(page)
    assert "Several columns hold numbers. Choose the one that holds the values" in said
    assert "Beds: 0, 1, 2" in said
    assert "Patients: 40, 41, 42" in said
    assert "“ward.xlsx” was read and is still here." in said
    assert "Replace the values" not in said
    assert not Point.objects.exists()
    kept = page.context["form"]["kept"].value()
    assert f'value="{kept}"' in page.text
    page = client.post(at("point_import", measure), {"kept": kept, "column": "2"}, follow=True)
    assert "6 points read" in text_of(page)
    assert values() == [40, 41, 42, 43, 44, 45]
    page = client.post(at("point_import", measure), {"kept": kept, "column": "1"}, follow=True)
    assert "Tick the box to replace them" in text_of(page)
    assert page.context["form"]["column"].value() == "1"
    again = {"kept": page.context["form"]["kept"].value(), "column": "1", "replace": "on"}
    client.post(at("point_import", measure), again, follow=True)
    assert values() == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("kept", ["", "made up", "a:b:c"])
def test_rows_that_this_page_did_not_keep_are_not_read(owned, kept):
    client, measure = owned
    page = client.post(at("point_import", measure), {"kept": kept, "column": "9" * 30}, follow=True)
    assert "Choose the file that holds the values" in text_of(page)
    assert not Point.objects.exists()


def test_of_another_file_the_column_is_asked_again(owned):
    client, measure = owned
    rows = table("Beds", "Patients", cells=lambda number: (number, 40 + number))
    kept = imported(client, measure, "ward.xlsx", workbook(rows)).context["form"]["kept"].value()
    other = table("Porters", "Doctors", cells=lambda number: (number, 40 + number))
    said = text_of(imported(client, measure, "other.xlsx", workbook(other), kept=kept, column="2"))
    assert "Doctors: 40, 41, 42" in said
    assert not Point.objects.exists()


def test_a_paste_is_asked_about_and_stays(owned):
    client, measure = owned
    text = "\n".join(f"{each:%d/%m/%Y}\t{number}\t{number + 40}" for number, each in enumerate(DAYS))
    page = paste(client, measure, text)
    assert "Column 2: 0, 1, 2" in text_of(page)
    assert "Column 3: 40, 41, 42" in text_of(page)
    assert page.context["form"]["text"].value() == text
    assert "6 points read" in text_of(paste(client, measure, text, column="2"))
    assert values() == [40, 41, 42, 43, 44, 45]


def columns(*headings):
    return [Column(place, heading, ("1", "2")) for place, heading in enumerate(headings, start=1)]


@pytest.mark.parametrize(
    ("headings", "place"),
    [
        (("Seen", "letters sent LATE"), 2),
        (("Letters sent late (all)", "Letters"), 1),
        (("per week", "Seen"), 1),
        (("Ward", "Late"), 2),
        (("Seen", "Ward"), None),
        (("Letters", "Late"), None),
        (("", ""), None),
        (("Later", "Le"), None),
    ],
)
def test_a_heading_tells_which_column_is_meant(headings, place):
    found = meant(columns(*headings), Wanted("Letters sent late", "per week"))
    assert (found.place if found else None) == place


def test_replacing_is_offered_only_where_there_is_something_to_replace(owned):
    client, measure = owned
    for wrong in ({"value": "x"}, {"value": ""}):
        assert "Replace the value" not in text_of(send(client, "point_create", measure, **day("8 6 2026"), **wrong))
    send(client, "point_create", measure, **day("8 6 2026"), value="12")
    said = text_of(send(client, "point_create", measure, **day("8 6 2026"), value="13"))
    assert "Monday 8 June 2026 has the value 12 already" in said
    assert "Replace the value that this day has" in said
    assert "Replace the values" not in text_of(paste(client, measure, "8/6/2026\tx"))
    assert "Replace the values" in text_of(paste(client, measure, "8/6/2026\t13"))
