"""Who may use which address of the lead's list of projects, of the links to the method, and of the showcase."""

from django.utils import timezone

from pairs.tests.matrix import ANY_LEADS, INSIDE, PARTNERS
from projects import actions
from projects.models import MethodLink, Project
from projects.tests.decks import PDF, uploaded
from projects.tests.worlds import begun, read
from tests.permissions.table import Row

BOTH = ("GET", "POST")
LEADS = ANY_LEADS - {"organisation_lead"}
COHORT, LINK, PROJECT = {"cohort_id": "cohort"}, {"method_link_id": "method_link"}, {"project_id": "project"}
PRESENTED = {"project_id": "presented"}
LINKED = {"label": "Our method", "url": "https://improvement.trust.example/"}
WORDS = {"abstract": "Letters went out on the day.", "gain_patients": "No second visit", "gain_service": "No calls"}


def method_link(world) -> MethodLink:
    return actions.add_method_link(cohort=world.cohort, by=world.lead, label="Course", url="https://trust.example/qi")


def presented(world, title="Letters that arrive") -> Project:
    """On the programme, with its words and a file."""
    project, now = begun(world.thing("pair"), world.participant, title=title), timezone.now()
    actions.write_for_showcase(project=project, by=world.doctor, now=now, **WORDS)
    given = {"name": "slides.pdf", "content_type": "application/pdf", "content": PDF}
    actions.keep_deck(project=project, by=world.doctor, now=now, **given)
    actions.add_to_showcase(project=project, by=world.lead)
    return read(project)


def cohort_that_presents(world):
    return world.thing("presented").cohort


def many_presented(world):
    for number in range(12):
        MethodLink.objects.create(cohort=world.cohort, label=f"Link {number}", url=f"https://trust.example/{number}")
    if "pair" in vars(world):
        for number in range(6):
            presented(world, f"Presented {number}")


OBJECTS = {
    "method_link": method_link,
    "presented": presented,
    "cohort_that_presents": cohort_that_presents,
    "choices": lambda world: [(str(world.thing("presented").pk), "Letters that arrive")],
}
GROW = [many_presented]

ROWS = [
    Row(url="portfolio_list", ids=COHORT, may=ANY_LEADS, may_not=INSIDE - ANY_LEADS),
    Row(url="method_link_list", ids=COHORT, may=LEADS, may_not=INSIDE - LEADS),
    Row(url="method_link_create", ids=COHORT, may=LEADS, may_not=INSIDE - LEADS, methods=BOTH, post=LINKED),
    Row(url="method_link_edit", ids=LINK, may=LEADS, may_not=INSIDE - LEADS, methods=BOTH, post=LINKED),
    Row(url="method_link_remove", ids=LINK, may=LEADS, may_not=INSIDE - LEADS, methods=BOTH),
    Row(
        url="showcase_list",
        ids={**COHORT},
        may=LEADS,
        may_not=INSIDE - LEADS,
        methods=("GET",),
    ),
    Row(
        url="showcase_list",
        ids={"cohort_id": "cohort_that_presents"},
        may=LEADS,
        may_not=INSIDE - LEADS,
        methods=("POST",),
        post=lambda world: {"project": str(begun(world.thing("pair"), world.participant, title="One more").pk)},
    ),
    Row(
        url="running_order",
        ids={"cohort_id": "cohort_that_presents"},
        may=ANY_LEADS | PARTNERS | {"colleague"},
        may_not={"facilitator", "evaluator", "sponsor"},
    ),
    Row(url="showcase_pdf", ids={"cohort_id": "cohort_that_presents"}, may=LEADS, may_not=INSIDE - LEADS),
    Row(
        url="showcase_move",
        ids=PRESENTED,
        may=LEADS,
        may_not=PARTNERS | {"organisation_lead"},
        methods=("POST",),
        post={"up": "1"},
    ),
    Row(url="showcase_take_out", ids=PRESENTED, may=LEADS, may_not=PARTNERS | {"organisation_lead"}, methods=("POST",)),
    Row(url="project_showcase", ids=PROJECT, may=PARTNERS, may_not=ANY_LEADS),
    Row(url="project_showcase", ids=PRESENTED, may=PARTNERS | ANY_LEADS),
    Row(url="project_showcase_edit", ids=PROJECT, may=PARTNERS, may_not=ANY_LEADS, methods=BOTH, post=WORDS),
    Row(
        url="deck_upload",
        ids=PROJECT,
        may=PARTNERS,
        may_not=ANY_LEADS,
        methods=BOTH,
        post=lambda world: {"file": uploaded("slides.pdf", PDF)},
    ),
    Row(url="deck_remove", ids=PRESENTED, may=PARTNERS, may_not=ANY_LEADS, methods=BOTH),
    Row(url="deck_download", ids=PRESENTED, may=PARTNERS | ANY_LEADS),
    Row(url="project_sheet", ids=PROJECT, may=PARTNERS | ANY_LEADS),
]
