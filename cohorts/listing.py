"""The list of participants: its order, its headings that sort, and its numbers."""

from urllib.parse import urlencode

from django.db.models import F
from django.utils.text import capfirst

from cohorts.choices import Side, State
from elements import clock
from elements.links import links_to

PAGE = 50  # participants
SHOWN = ("name", "side", "grade_id", "grade_text", "organisation__name", "leaves_on", "state", "role_title")
COLOURS = {State.ACCEPTED: "green", State.APPLIED: "blue", State.RESERVE: "yellow", State.COMPLETED: "aqua-green"}
# What a heading sorts by; the id comes last, so that a page never shows somebody twice.
SORTS = {
    "name": ("Name", "name"),
    "side": ("Side", "side"),
    "grade": ("Grade or band", "grade__rank"),
    "organisation": ("Organisation", "organisation__name"),
    "leaves": ("Leaves on", "leaves_on"),
    "state": ("State", "state"),
}


def in_order(found, sort: str):
    """Sorted by an allowed heading, "-" before it for the other direction; anything else sorts by name."""
    name = sort.removeprefix("-")
    if name not in SORTS:
        return found.order_by("name", "pk")
    column = F(SORTS[name][1])
    ordered = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return found.order_by(ordered, "name", "pk")


def shown(found, sort: str):
    """The same with the columns of the page alone."""
    return in_order(found, sort).select_related("organisation").only(*SHOWN)


def lines(people, cohort) -> list[dict]:
    """What the list says of each. Worked out here, because a template asks for each word many times more slowly."""
    sides = {side: capfirst(cohort.label(side)) for side in Side}
    states = {state: (state.label, COLOURS.get(state, "grey")) for state in State}
    link = links_to("participant_detail")
    return [
        {
            "url": link(person.pk),
            "name": person.name,
            "role_title": person.role_title,
            "side": sides[person.side],
            "grade": person.grade_text or ("" if person.grade_id else "Not known"),
            "is_unlisted": person.grade_text and not person.grade_id,
            "organisation": person.organisation.name if person.organisation else "Not known",
            "leaves": clock.in_brief(person.leaves_on) if person.leaves_on else "No date",
            "state": states[person.state],
        }
        for person in people
    ]


def carried(query, **changed) -> str:
    """The query string of the page without its page number, with `changed` put in; "" or "?…"."""
    pairs = [(name, value) for name, value in query.items() if value and name not in {"page", *changed}]
    pairs += [(name, value) for name, value in changed.items() if value]
    return f"?{urlencode(pairs)}" if pairs else ""


def headings(query, cohort) -> list[dict]:
    """The columns of the list of participants."""
    several = cohort.programme.organisations.count() > 1
    columns = [(name, label) for name, (label, _) in SORTS.items() if several or name != "organisation"]
    return sortable(query, columns, first="name")


def sortable(query, columns, *, first: str) -> list[dict]:
    """Of (name, label): label, where a press on it leads, and how it is sorted now for `aria-sort`.

    `first` is the order of a list that nobody has sorted.
    """
    now = query.get("sort", "") or first
    return [
        {
            "name": name,
            "label": label,
            "url": carried(query, sort=f"-{name}" if now == name else name),
            "sorted": {name: "ascending", f"-{name}": "descending"}.get(now, "none"),
        }
        for name, label in columns
    ]


def by_side(cohort, numbers: dict) -> list[tuple[str, int, int]]:
    """How many on each side, of those the filters ask for, and how many of them are accepted: [("doctors", 19, 17)]."""
    return [
        (
            cohort.plural(side),
            sum(number for (which, _), number in numbers.items() if which == side),
            numbers.get((side, State.ACCEPTED.label), 0),
        )
        for side in Side
    ]
