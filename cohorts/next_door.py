"""The one door of a cohort's page that its lead goes through next."""

from collections.abc import Sequence

from django.urls import reverse

from elements.contract import Attention, Door


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
