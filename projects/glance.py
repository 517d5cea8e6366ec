"""Projects and agreed actions on pages that show other things as well: the pair's page, and what somebody keeps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from elements import clock
from elements.contract import Door, Panel
from elements.phrases import in_a_row
from pairs.models import Membership, Pair
from pairs.partners import parting
from pairs.rules import is_partner
from projects.choices import Part
from projects.models import Involvement, Project
from projects.page import stage
from projects.reading import open_actions

SHOWN = 3  # projects of a pair's page; its list shows all
MEMBERS = 2  # partners that one can have had in a pair, named beside a project


@dataclass(frozen=True)
class Line:
    """One project in a sentence: how far it is and what comes next."""

    project: Project
    state: str
    next_step: str
    due_on: date | None
    others: str = ""  # whose it is as well, where they are no partners of this pair


def doors(*, viewer, pair) -> Iterator[Door]:
    """To the list of partners; to what one still owns, for whoever belongs to the pair no more. No queries."""
    if pair is None or "projects" in pair.cohort.elements_off:
        return
    if is_partner(viewer, pair):
        hint = "Leads read title, aim, milestones and next steps; the rest is yours"
        yield Door("Your projects", reverse("project_list", args=[pair.pk]), "pair", hint, 50, says_who_reads=True)
        order = reverse("running_order", args=[pair.cohort_id])
        yield Door("Showcase", order, "pair", "Who presents a project, in which order", 52)
    elif left := parting(pair, viewer):
        url = reverse("own_project_list", args=[left.me.pk])
        yield Door("Your projects", url, "kept", "What you began stays yours, also after a pair", 50)


def panels(*, pair, viewer) -> Iterator[Panel]:
    """The partners' projects, and what else is open between them: one panel, two queries."""
    if "projects" in pair.cohort.elements_off or not is_partner(viewer, pair):
        return
    lines, still = lines_of(pair, user=viewer), open_actions(pair, user=viewer)
    if lines or still:
        shown = {"lines": lines, "still": still, "pair": pair, "reader": viewer, "today": clock.today()}
        yield Panel("projects/_in_hand.html", shown, 40)


def lines_of(pair: Pair, *, user) -> list[Line]:
    """The projects of this cohort that go on and that this person belongs to, the latest changed first; one query."""
    found = Project.objects.own(user).filter(cohort=pair.cohort_id).going_on().at_a_glance()
    here = Membership.objects.live().filter(pair=pair).values("participant")
    beside = Involvement.objects.filter(project=OuterRef("pk"), part=Part.OWNER, until=None)
    beside = beside.exclude(participant__in=here).exclude(participant__user=user).values("participant__name")
    places = {f"other_{place}": Subquery(beside[place : place + 1]) for place in range(MEMBERS)}
    return [
        Line(
            each,
            stage(each).label,
            each.next_words,
            each.next_due,
            in_a_row([name for place in places if (name := getattr(each, place))]),
        )
        for each in found.annotate(**places)[:SHOWN]
    ]
