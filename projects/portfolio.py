"""The lead's list of projects, the same for page and file: what leads read, and nothing that its people confide."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.urls import reverse

from cohorts.listing import sortable
from cohorts.models import Cohort
from elements import clock
from elements.contract import Attention, Column, Door, Export
from elements.links import links_to
from projects.choices import EndKind, MilestoneState, Part, Stage
from projects.forms.portfolio import LATE, NO_AIM, STUCK, PortfolioFilter
from projects.models import HAS_AIM, Involvement, Milestone, Project, Score
from projects.page import aim_in_words, state_in_words

A_PAGE = 50
STUCK_AFTER = timedelta(weeks=6)
NEWEST_FIRST = "-changed"
COLUMNS = (("title", "Project"), ("score", "Score"), ("changed", "Last activity"), ("next", "Next step"))
SORTS = {"title": "title", "score": "score", "next": "next_due"}
TAGS = {LATE: ("Late", "red"), STUCK: ("Stuck", "orange"), NO_AIM: ("No aim yet", "yellow")}
# What a list never shows, and a row need not carry.
CONFIDED = ("problem", "stakeholders", "patients_voice", "abstract", "gain_patients", "gain_service", "learned")

_of_it = {"project": OuterRef("pk")}


@dataclass(frozen=True)
class Line:
    """A project as a lead reads it."""

    url: str
    title: str
    owners: str
    aim: str
    state: str
    has_ended: bool
    score: Decimal | None
    changed_on: date
    next_words: str
    next_on: date | None
    tags: tuple[str, ...]

    @property
    def changed(self) -> str:
        return clock.in_brief(self.changed_on)

    @property
    def next_by(self) -> str:
        return clock.in_brief(self.next_on) if self.next_on else ""

    @property
    def marks(self) -> list[tuple[str, str]]:
        """(words, colour) of each tag."""
        return [TAGS[tag] for tag in self.tags]


def late(on: date) -> Exists:
    """Whether a milestone is overdue."""
    still = [MilestoneState.NOT_STARTED, MilestoneState.GOING]
    return Exists(Milestone.objects.filter(due_on__lt=on, state__in=still, **_of_it))


def stuck_before(on: date):
    """What has not changed since this moment is stuck."""
    return clock.at(on - STUCK_AFTER)


def with_facts(projects, on: date):
    """Each `at_a_glance()`, with its score and whether it is late."""
    scores = Score.objects.filter(**_of_it)
    return projects.at_a_glance().annotate(score=Subquery(scores.values("value")[:1]), is_late=late(on))


def with_tag(projects, tag: str, on: date):
    """Those that go on and are late, or stuck, or have no aim yet."""
    going_on = projects.going_on()
    if tag == LATE:
        return going_on.filter(late(on))
    return going_on.filter(changed_at__lt=stuck_before(on)) if tag == STUCK else going_on.exclude(HAS_AIM)


def in_state(projects, state: str):
    """Those of one state, as `stage` works it out of one project read `at_a_glance()`."""
    if state in EndKind.values:
        return projects.filter(end_kind=state)
    found = projects.going_on()
    if state == Stage.MEASURING:
        return found.filter(points=True)
    found = found.filter(points=False)
    if state == Stage.TESTING:
        return found.filter(cycle_count=True)
    found = found.filter(cycle_count=False)
    return found.filter(HAS_AIM) if state == Stage.AIM else found.exclude(HAS_AIM)


def asked_for(*, user, cohort, query, on: date):
    """The projects of a cohort that this lead answers for, by the page's own filter and order."""
    found = with_facts(Project.objects.in_portfolio(user).filter(cohort=cohort), on)
    form = PortfolioFilter(query)
    if form.is_valid():
        if tag := form.cleaned_data["show"]:
            found = with_tag(found, tag, on)
        if state := form.cleaned_data["state"]:
            found = in_state(found, state)
    return _in_order(found.defer(*CONFIDED), query.get("sort", ""))


def _in_order(projects, sort: str):
    """Sorted by an allowed heading, "-" before it for the other direction; anything else has the latest first."""
    name, is_down = sort.removeprefix("-"), sort.startswith("-")
    if name not in SORTS:
        return projects.order_by("changed_at", "-id") if sort == "changed" else projects.order_by("-changed_at", "id")
    column = F(SORTS[name])
    ordered = column.desc(nulls_last=True) if is_down else column.asc(nulls_last=True)
    return projects.order_by(ordered, "-changed_at", "id")


def headings(query) -> list[dict]:
    return sortable(query, COLUMNS, first=NEWEST_FIRST)


def lines(projects: Iterable[Project], on: date) -> list[Line]:
    """What the list says of each, with one query for the names of their owners."""
    projects, link = list(projects), links_to("project_detail")
    owners = _owners_of(projects)
    return [
        Line(
            link(each.pk),
            each.title,
            " and ".join(owners[each.pk]) or "Nobody",
            aim_in_words(each),
            state_in_words(each),
            each.ended_on is not None,
            each.score,
            clock.local(each.changed_at).date(),
            each.next_words,
            each.next_due,
            tags(each, on),
        )
        for each in projects
    ]


def _owners_of(projects: list[Project]) -> dict:
    """The names of those who own each now, in the order of joining: values, as a page shows nothing else of them."""
    found = Involvement.objects.filter(project__in=projects, part=Part.OWNER, until=None)
    names = defaultdict(list)
    for project, name in found.values_list("project", "participant__name"):
        names[project].append(name)
    return names


def tags(project: Project, on: date) -> tuple[str, ...]:
    """Of a project with its facts: what a lead may want to help with, while it goes on."""
    if project.ended_on:
        return ()
    said = {LATE: project.is_late, STUCK: project.changed_at < stuck_before(on), NO_AIM: not project.has_aim}
    return tuple(tag for tag, is_so in said.items() if is_so)


def attention(*, cohorts, on: date, viewer) -> Iterator[Attention]:
    """Projects of cohorts that are under way: late, stuck, without an aim; one query."""
    known = {each.pk: each for each in cohorts if each.starts_on <= on <= each.ends_on}
    if not known:
        return
    found = Project.objects.in_portfolio(viewer).filter(cohort__in=known).going_on().order_by().values("cohort")
    counted = found.annotate(
        late=Count("pk", filter=late(on)),
        stuck=Count("pk", filter=Q(changed_at__lt=stuck_before(on))),
        aimless=Count("pk", filter=~HAS_AIM),
    )
    for row in counted.values_list("cohort", "late", "stuck", "aimless"):
        cohort, page = known[row[0]], reverse("portfolio_list", args=[row[0]])
        yield Attention(cohort, "projects with an overdue milestone", row[1], f"{page}?show={LATE}", 50)
        yield Attention(cohort, "projects in which nothing changed for six weeks", row[2], f"{page}?show={STUCK}", 51)
        yield Attention(cohort, "projects without an aim yet", row[3], f"{page}?show={NO_AIM}", 52)


def doors(*, viewer, cohort: Cohort | None) -> Iterator[Door]:
    """Of a cohort's page."""
    if cohort is None:
        return
    if viewer.has_perm("projects.see_portfolio", cohort):
        hint = "How far each project is, what is late and what comes next"
        yield Door("Projects", reverse("portfolio_list", args=[cohort.pk]), "cohort", hint, 50)
    if viewer.has_perm("projects.run_showcase", cohort):
        hint = "Which projects present, in which order, and their pages"
        yield Door("Showcase", reverse("showcase_list", args=[cohort.pk]), "cohort", hint, 52)
    if viewer.has_perm("projects.edit_method_links", cohort):
        hint = "Links to your organisation’s way of improving, on every project’s page"
        yield Door("Method and courses", reverse("method_link_list", args=[cohort.pk]), "cohort", hint, 54)


def rows(user, cohort, query):
    """One row for each project that the page would list."""
    on = clock.today()
    for line in lines(asked_for(user=user, cohort=cohort, query=query, on=on), on):
        yield (
            line.title,
            line.owners,
            line.aim,
            line.state,
            line.score,
            line.changed_on,
            line.next_words,
            line.next_on,
            *("Yes" if tag in line.tags else "No" for tag in TAGS),
        )


EXPORT = Export(
    name="portfolio",
    title="Projects",
    row_meaning="One row is one improvement project of the cohort, as its leads read it.",
    columns=(
        Column("Project", "Its title", 36),
        Column("Owners", "Who owns it now", 28),
        Column("Aim", "What should become better: by how much, for whom, by when", 50),
        Column("State", "Idea, aim agreed, testing changes or measuring; or how it ended", 18),
        Column("Score", "How far its owners say that it is, from 0.5 to 5.0; the latest", 8),
        Column("Last activity", "The day on which anything of it changed last", 14),
        Column("Next step", "What its owners do next, of what is due first", 40),
        Column("Next step by", "The day by which they said that they would", 14),
        Column("Late", "Whether a milestone is overdue while it goes on", 8),
        Column("Stuck", "Whether nothing changed for six weeks while it goes on", 8),
        Column("No aim yet", "Whether it says not yet what should become better, by how much and by when", 12),
    ),
    rows=rows,
    permission="projects.see_portfolio",
    filename="projects",
)
