"""What the figures are printed as."""

import json

from tests.benchmarks import pages, report
from tests.benchmarks.turns import against


def test_a_figure_without_a_goal_is_printed_and_never_missed():
    rows = [against("with a goal", 3, 1, 2), against("without one", 3, 1, None)]
    assert [report.is_met(row) for row in rows] == [False, True]
    assert [report.cells(row)[-2:] for row in rows] == [("2", "missed"), ("", "")]
    assert "1 of 1 goals are missed" in report.as_page(rows, database="SQLite")
    assert json.loads(report.as_json(rows))["without one"]["goal"] is None


def test_a_short_list_has_its_goal_against_fifty_rows_and_is_shown_beside_one_as_short(monkeypatch):
    places = {size: type("Place", (), {"size": size, "lead": None}) for size in (pages.FEW, pages.TEN_TIMES)}
    monkeypatch.setattr(pages, "row", lambda name, ours, reference, goal: (name, reference.args[-1][-2:], goal))
    monkeypatch.setattr(pages.Page, "client", lambda self, place: None)
    monkeypatch.setattr(pages.Page, "address", lambda self, place: "")
    monkeypatch.setattr(pages, "bare_client", lambda user: None)
    monkeypatch.setattr(pages, "_bare", lambda rows: f"rows={rows}")
    people = next(page for page in pages.LISTS if page.url == "participant_list")
    assert list(pages._timed(people, places[pages.FEW])) == [
        ("participant_list, 10 people", "50", 2),
        ("participant_list, 10 people, against as many rows: 10", "10", None),
    ]
    assert list(pages._timed(people, places[pages.TEN_TIMES])) == [("participant_list, 2,000 people", "50", 2)]
    assert [goal for *_, goal in pages._timed(pages.OTHERS[0], places[pages.FEW])] == [pages.OTHERS[0].budget.ratio]
