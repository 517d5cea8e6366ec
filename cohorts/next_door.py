"""The doors of a cohort's page in groups, and the one that its lead goes through next."""

from collections.abc import Sequence

from django.urls import reverse

from elements.contract import Attention, Door

# Below which order a door belongs to which group; the last takes the rest.
GROUPS = ((20, "People"), (46, "Pairs"), (58, "What they do"))
REST = "Messages and settings"


def grouped(doors: Sequence[Door]) -> list[tuple[str, list[Door]]]:
    """[(heading, its doors)] in the order of the page; People come first also where no door leads to them."""
    found: dict[str, list[Door]] = {GROUPS[0][1]: []}
    for door in doors:
        heading = next((heading for below, heading in GROUPS if door.order < below), REST)
        found.setdefault(heading, []).append(door)
    return list(found.items())


def next_door(cohort, people: dict, doors: Sequence[Door], attention: Sequence[Attention]) -> Door | None:
    """Import while there is nobody, then the first door behind which something waits, else the timetable.

    `people` are counts by side and state; doors come in the order of the page. None where no such door is open.
    """
    by_url = {door.url: door for door in doors}
    if not people:
        return by_url.get(reverse("import_upload", args=[cohort.pk]))
    waiting = {each.url for each in attention}
    timetable = by_url.get(reverse("cohort_timetable", args=[cohort.pk]))
    return next((door for door in doors if door.url in waiting), timetable)
