"""The showcase as its pages show it: the programme, what an owner gives to it, and the organisation's links."""

from django.db.models import Exists, OuterRef

from cohorts.models import Cohort
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


def deck_of(project: Project) -> Deck | None:
    """What is known of the file, without the file."""
    return Deck.objects.filter(project=project).defer("content").first()


def content_of(project: Project) -> Deck | None:
    """The file itself."""
    return Deck.objects.filter(project=project).first()


def links_of(cohort: Cohort) -> list[MethodLink]:
    return list(MethodLink.objects.filter(cohort=cohort))
