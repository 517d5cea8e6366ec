"""The showcase as its pages show it: the programme, what an owner gives to it, and the organisation's links."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from cohorts.models import Cohort
from elements.phrases import in_a_row
from projects.choices import Part
from projects.models import Deck, MethodLink, Project
from projects.page import names
from projects.portfolio import CONFIDED


def programme(cohort: Cohort, *, user) -> list[Project]:
    """What presents, in order, with its people and whether it `has_deck`."""
    return list(_of(cohort, user).filter(place__isnull=False).order_by("place", "pk").with_people().with_counts())


def others(cohort: Cohort, *, user) -> list[tuple[str, str]]:
    """(key, words) of each that does not present, as choices of a form."""
    found = _of(cohort, user).filter(place=None).order_by("title", "pk").defer(*CONFIDED).with_people()
    return [(str(each.pk), f"{each.title} ({' and '.join(names(each, Part.OWNER)) or 'nobody'})") for each in found]


def _of(cohort: Cohort, user):
    deck = Deck.objects.filter(project=OuterRef("pk"))
    return Project.objects.in_portfolio(user).filter(cohort=cohort).annotate(has_deck=Exists(deck))


@dataclass(frozen=True)
class Presented:
    """What everybody who takes part may read of a project: what was written to be told, and nothing confided."""

    title: str
    owners: str
    abstract: str


def presented_in(cohort: Cohort) -> list[Presented]:
    """What presents, in order, as participants read it. Two queries."""
    rows = Project.objects.filter(cohort=cohort, place__isnull=False).order_by("place", "pk")
    found = rows.defer(*(each for each in CONFIDED if each != "abstract")).with_people()
    return [Presented(each.title, in_a_row(names(each, Part.OWNER)), each.abstract) for each in found]


def deck_of(project: Project) -> Deck | None:
    """What is known of the file, without the file."""
    return Deck.objects.filter(project=project).defer("content").first()


def content_of(project: Project) -> Deck | None:
    """The file itself."""
    return Deck.objects.filter(project=project).first()


def links_of(cohort: Cohort) -> list[MethodLink]:
    return list(MethodLink.objects.filter(cohort=cohort))
