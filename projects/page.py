"""A project's page, as its people and its leads read it: composed of what is known at a glance."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from elements import clock
from elements.phrases import in_a_row
from pairs.models import Pair
from projects import checks
from projects.choices import Part, Stage
from projects.involving import strangers
from projects.models import Action, MethodLink, Milestone, Project
from projects.review_page import asked_of
from projects.rules import is_friend, is_owner, is_presented

SHOWN = 50  # milestones, next steps
LEFT_OPEN = (  # of a project that is closed: what actions do not refuse for it
    "Its aim stays as it is, and no new milestones, drivers or cycles are planned. You can still put its words right, "
    "add figures and next steps, and write for the showcase."
)


def stage(project: Project) -> Stage:
    """How far a project is, of one read `with_counts()`."""
    if project.points:
        return Stage.MEASURING
    if project.cycle_count:
        return Stage.TESTING
    return Stage.AIM if project.has_aim else Stage.IDEA


def state_in_words(project: Project) -> str:
    return project.get_end_kind_display() if project.ended_on else stage(project).label


def aim_in_words(project: Project) -> str:
    """ "Letters reach the GP: 9 of 10 within a day, for all of ward 7, by 1 June 2027"; empty where there is none."""
    if not project.aim:
        return ""
    amount = f": {project.aim_amount}" if project.aim_amount else ""
    whom = f", for {project.aim_whom}" if project.aim_whom else ""
    day = f", by {clock.in_brief(project.aim_by)}" if project.aim_by else ""
    return f"{project.aim}{amount}{whom}{day}"


def names(project: Project, part: Part) -> list[str]:
    """Of those who belong to a project read `with_people()`, in the order of joining."""
    return [each.participant.name for each in project.everybody if each.part == part]


@dataclass(frozen=True)
class ProjectPage:
    """What one reader sees. `project` is read `with_people()` and `with_counts()`."""

    project: Project
    reader: object
    on: date

    @property
    def is_owner(self) -> bool:
        return is_owner(self.reader, self.project)

    @property
    def is_friend(self) -> bool:
        return is_friend(self.reader, self.project)

    @property
    def belongs(self) -> bool:
        return self.is_owner or self.is_friend

    @property
    def may_see_presented(self) -> bool:
        """Whether what its owners gave to the showcase is this reader's to read."""
        return self.belongs or is_presented(self.reader, self.project)

    @property
    def owners(self) -> list[str]:
        return names(self.project, Part.OWNER)

    @property
    def friends(self) -> list[str]:
        return names(self.project, Part.FRIEND)

    @property
    def whose(self) -> str:
        """Whose project it is, as this reader is told: "You and Mia Sutton", "Your project", or its owners."""
        others = [each.participant.name for each in self.project.everybody if self._is_other_owner(each)]
        if not self.is_owner:
            return in_a_row(others)
        return f"You and {in_a_row(others)}" if others else "Your project"

    def _is_other_owner(self, each) -> bool:
        return each.part == Part.OWNER and each.participant.user_id != self.reader.pk

    @property
    def may_add(self) -> bool:
        """Whether this reader may add what is to come."""
        return self.is_owner and self.project.ended_on is None

    @property
    def left_open(self) -> str:
        """What can still be done with it, where it has ended."""
        return LEFT_OPEN if self.project.ended_on else ""

    @property
    def who_reads(self) -> str:
        everybody = in_a_row([*self.owners, *self.friends])
        return f"{everybody} can read this page and its parts." if self.belongs else ""

    @cached_property
    def back(self) -> dict[str, str]:
        """Where this reader comes from: the projects of a pair that is hers, a lead's list, or home."""
        pair_id = self.project.pair_id
        if self.belongs and pair_id and Pair.objects.of(self.reader).filter(pk=pair_id).exists():
            return {"url": reverse("project_list", args=[pair_id]), "label": "Your projects"}
        if not self.belongs:
            return {"url": reverse("portfolio_list", args=[self.project.cohort_id]), "label": "Projects"}
        return {"url": reverse("home"), "label": "Home"}

    @property
    def state(self) -> str:
        return state_in_words(self.project)

    @property
    def aim(self) -> str:
        return aim_in_words(self.project)

    @cached_property
    def milestones(self) -> list[Milestone]:
        return list(Milestone.objects.filter(project=self.project.pk)[:SHOWN])

    @cached_property
    def next_steps(self) -> list[Action]:
        return list(Action.objects.filter(project=self.project.pk).open().select_related("owner").in_order()[:SHOWN])

    @cached_property
    def links(self) -> list[MethodLink]:
        return list(MethodLink.objects.filter(cohort=self.project.cohort_id))

    @property
    def parts(self) -> list["PartOfProject"]:
        """The pages of a project for those who belong to it, each with how much there is; for leads one alone."""
        return [*self._parts()] if self.belongs else [self._support()]

    def _parts(self):
        """In the order of the Model for Improvement, then what others give."""
        project, said = self.project, self.project.score
        hint = "What drives the aim, and changes that could be tried"
        yield self._part("Drivers and change ideas", "driver_list", hint, project.driver_count)
        yield self._part("Measures", "measure_list", "What you count, and whether it changes", project.measure_count)
        hint = "Small tests of a change: plan, do, study, act"
        yield self._part("Cycles", "cycle_list", hint, project.cycle_count)
        if self.friends or project.review_count:
            yield self._reviews()
        yield self._support()
        if self.is_owner:
            hint = "How far you say that it is, from 0.5 to 5.0"
            yield self._part("Progress score", "project_score", hint, said and f"{said:.1f}\u00a0of\u00a05")
        hint = "Abstract, what was gained, slides or poster"
        yield self._part("Showcase", "project_showcase", hint, "Written" if project.abstract else "")
        if self.is_owner:
            yield from self._asked_of_owners()

    def _reviews(self) -> "PartOfProject":
        """Another friend does not learn that there is one that she may not read."""
        if asked := asked_of(self.project, user=self.reader):
            hint = f"You are asked to review {in_a_row([f'“{each.title}”' for each in asked])}"
            return self._part("Reviews", "review_list", hint, "To do")
        hint = "What a critical friend thinks at a milestone"
        return self._part("Reviews", "review_list", hint, self.project.review_count if self.is_owner else 0)

    def _support(self) -> "PartOfProject":
        hint = "What the project needs from the leads, and what came of it"
        return self._part("Support from the leads", "support_list", hint, self.project.request_count)

    def _asked_of_owners(self):
        """What became of it, once the programme is over; and a partner who is not in it yet."""
        for months in checks.due(self.project, self.on):
            url = reverse("project_check", args=[self.project.pk, months])
            yield PartOfProject(f"{months} months after the programme", url, "Does it still go on?", "To do")
        if strangers(self.project, self.reader):
            yield self._part("Bring in your partner", "project_involve", "As co-owner or critical friend")

    def _part(self, label: str, name: str, hint: str, amount: object = "") -> "PartOfProject":
        return PartOfProject(label, reverse(name, args=[self.project.pk]), hint, str(amount or ""))


@dataclass(frozen=True)
class PartOfProject:
    """A page of the project: `amount` is how much there is, in words or a number."""

    label: str
    url: str
    hint: str
    amount: str = ""
