"""Who may use which address of measures: owners change, critical friends read, leads see none of it."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from projects import actions
from projects.models import Measure
from projects.tests.measured import FIRST, SERIES_A, measured, weekly, with_points
from tests.permissions.table import Row

LEADS = frozenset({"lead", "programme_lead", "organisation_lead"})
OWNER, FRIEND = frozenset({"doctor"}), frozenset({"manager"})
BOTH = ("GET", "POST")
OWN = {"measure_id": "measure"}
WORDS = {"name": "Letters sent late", "kind": "outcome", "good": "down", "chart": "xmr"}
DAY = {"day_0": "4", "day_1": "3", "day_2": "2026"}
JANUARY = ("4", "1", "2027")
LATER = FIRST.replace(month=3, day=1)


def measure(world) -> Measure:
    """Of the doctor's own project, whose critical friend is the manager; with everything that a chart can bear."""
    made = with_points(measured(world.thing("friend_project"), world.doctor, chart="xmr", target=12.0), world.doctor)
    given = {"measure": made, "by": world.doctor, "now": timezone.now()}
    actions.annotate(day=FIRST, words="New template", **given)
    actions.recalculate_from(day=LATER, reason="The template is in use", **given)
    return made


def many_measured(world) -> None:
    """Ten times as much of everything, where there is a measure already."""
    if "measure" not in vars(world):
        return
    project, given = world.friend_project, {"by": world.doctor, "now": timezone.now()}
    for number in range(8):
        with_points(measured(project, world.doctor, name=f"Letters {number}"), world.doctor)
    actions.add_points(measure=world.measure, points=weekly(SERIES_A * 12, FIRST)[24:], on=date(2040, 1, 2), **given)
    for number in range(6):
        actions.annotate(measure=world.measure, day=FIRST, words=f"Words {number}", **given)


OBJECTS = {
    "measure": measure,
    "point": lambda world: world.thing("measure").points.first(),
    "recalculation": lambda world: world.thing("measure").recalculations.first(),
    "annotation": lambda world: world.thing("measure").annotations.first(),
}
GROW = [many_measured]


def changes(url: str, ids=OWN, post=None, sees=FRIEND) -> Row:
    return Row(url=url, ids=ids, may=OWNER, may_not=sees, methods=BOTH, post=post or {})


def reads(url: str) -> Row:
    return Row(url=url, ids=OWN, may=OWNER | FRIEND)


ROWS = [
    Row(url="measure_list", ids={"project_id": "friend_project"}, may=OWNER | FRIEND, may_not=LEADS),
    changes("measure_create", {"project_id": "friend_project"}, WORDS, FRIEND | LEADS),
    reads("measure_detail"),
    changes("measure_edit", post=WORDS),
    changes("measure_remove"),
    reads("measure_svg"),
    reads("measure_png"),
    reads("measure_csv"),
    reads("point_list"),
    changes("point_create", post={**DAY, "value": "14"}),
    changes("point_paste", post={"text": "4/3/2026\t14"}),
    changes("point_import", post=lambda world: {"file": SimpleUploadedFile("a.csv", b"Day,Value\n4/3/2026,14\n")}),
    changes(
        "point_clear",
        post={f"{name}_{n}": text for name in ("first", "last") for n, text in enumerate(("4", "1", "2027"))},
    ),
    changes("recalculation_create", post={**DAY, "reason": "It lasts"}),
    changes("annotation_create", post={**DAY, "words": "New template"}),
    changes("point_edit", {"point_id": "point"}, {**DAY, "value": "14"}),
    changes("point_remove", {"point_id": "point"}),
    changes("recalculation_remove", {"recalculation_id": "recalculation"}),
    changes("annotation_remove", {"annotation_id": "annotation"}),
]
