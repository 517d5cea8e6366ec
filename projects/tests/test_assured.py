"""What is said of a target: assurance while nothing changes, and how many values met it once something has."""

import pytest

from elements.clock import in_full
from projects.measuring import Reading
from projects.models import Measure, Recalculation
from projects.tests.measured import weekly

BEFORE = [20, 22] * 6


def said(values, *, good="down", target=12.0, baseline=12, recalculations=()):
    measure = Measure(name="Late", good=good, target=target, baseline=baseline, chart="xmr", unit="")
    return Reading(measure, [(day, value) for day, value, _ in weekly(values)], recalculations).assurance


def test_a_process_that_has_improved_is_not_judged_by_its_old_limits():
    assert said([*BEFORE, 11, 12, 10, 12, 9, 11, 10, 8]) == (
        "The target is 12. The process has changed, so the expected range of before does not say whether it will be "
        "met. Of the last 8 values 8 meet it. If you know why and that it lasts, the chart may be worked out anew from "
        "Monday 29 March 2027."
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([*BEFORE, 30, 31, 30, 33, 30, 31], "Of the last 7 values none meet it. Look for the cause first."),
        ([*BEFORE, 9], "The last value meets it. From 5 points on, if it lasts, the chart may be worked out anew"),
        ([*BEFORE, 14], "The last value does not meet it. From 5 points on"),
        ([*BEFORE, 12, 13], "Of the last 2 values 1 meets it."),
        (BEFORE, "If nothing changes, the target of 12 will not be met"),
        ([*BEFORE, 9, 21], "If nothing changes, the target of 12 will not be met"),
    ],
)
def test_the_latest_points_decide_what_is_said(values, words):
    assert words in said(values)


def test_once_worked_out_anew_the_new_limits_speak():
    values = [*BEFORE, 11, 12, 10, 12, 9, 11, 10, 8]
    day = weekly(values)[12][0]
    assert "met at some times and missed at others" in said(values, recalculations=[Recalculation(day=day, reason="x")])
    assert "If nothing changes" not in said(values)


def test_nothing_is_advised_from_a_day_from_which_the_chart_is_worked_out_already():
    rising = list(range(20, 32))
    assert said(rising).endswith("meet it.")
    day = weekly([*BEFORE, *rising])[12][0]
    assert said([*BEFORE, *rising], recalculations=[Recalculation(day=day, reason="x")]).endswith("meet it.")


CLOSE = [12, 14, 11, 12, 13, 10.96, 12, 13, 11.7, 12.1, 13, 10.2]  # of mean 12.08


@pytest.mark.parametrize(
    "after",
    [
        [12, 8, 8, 7, 8, 9, 8, 8, 8, 7, 8, 8],  # the first point still belongs to the old level
        [12, 12, 11.9, 8, 7, 8, 8, 8, 8, 9, 8, 8, 8],
        [11, 10, 9, 8, 7, 8, 7, 8],
        [9, 8, 12, 8, 7, 8, 9, 8, 7, 8],
    ],
)
def test_who_works_the_chart_out_anew_as_advised_does_not_read_that_it_became_worse(after):
    values = [*CLOSE, *after]
    points = [(day, value) for day, value, _ in weekly(values)]
    measure = Measure(name="Late", good="down", target=8.0, baseline=12, chart="xmr", unit="")
    before = Reading(measure, points)
    assert "for the better" in before.sentence
    advised = [day for day, _ in points if before.assurance.endswith(f"worked out anew from {in_full(day)}.")]
    assert len(advised) == 1
    anew = Reading(measure, points, [Recalculation(day=advised[0], reason="x")])
    assert "worse" not in anew.sentence
    assert "The average went from 12" in anew.sentence


def test_the_half_before_a_change_for_the_better_is_not_called_worse():
    """A median of all points lies between two levels. The latest run decides; a baseline is judged as it is."""
    values = [20, 21, 22, 20, 21, 22, 20, 21, 22, 20, 21, 22, 8, 9, 7, 8, 9, 7, 8, 9, 7, 8, 9, 7]
    points = [(day, value) for day, value, _ in weekly(values)]
    for turned, good in ((points, "down"), ([(day, 40 - value) for day, value in points], "up")):
        reading = Reading(Measure(name="Late", good=good, chart="run", unit=""), turned)
        assert "a change for the better" in reading.sentence
        assert [each.meaning for each in reading.found] == ["Better", "A change", "Before the change"]
        assert {point.found for point in reading.measured.points} == {"better", "neither"}
        assert reading.measured.points[0].rule.endswith("the median, before the change")
    worse = Reading(Measure(name="Late", good="up", chart="run", unit=""), points)
    assert [each.meaning for each in worse.found] == ["Worse", "A change", "Before the change"]
    up_and_down = [(day, value) for day, value, _ in weekly([10, 12] * 6 + [20] * 12 + [2] * 12)]
    judged = Reading(Measure(name="Late", good="down", chart="run", unit="", baseline=12), up_and_down)
    assert {"Better", "Worse"} <= {each.meaning for each in judged.found}
