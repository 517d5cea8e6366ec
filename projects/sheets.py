"""One page of paper about a project: what it set out to do, what came of it, and what is next."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import asdict, dataclass

from django.utils.text import Truncator

from elements import charts, paper
from elements.clock import in_full
from projects.choices import MilestoneState, Part
from projects.measuring import Reading, with_unit
from projects.models import Action, Measure, Milestone, Project
from projects.page import aim_in_words, names, state_in_words

ONE, ALL = "projects/paper/project.typ", "projects/paper/showcase.typ"
BRIEF, GAINED, REACHED, NEXT, MARKS, MARK = 1100, 300, 4, 4, 5, 150  # letters, then lines: what stays on one page
SENTENCE_END = re.compile(r"[.!?][”’\")]*(?=\s)")
LONG = 1800  # letters in all that have room at their usual size, beside a picture
TABLE = " The table after the picture has the same figures."  # which paper has no room for


@dataclass(frozen=True)
class Picture:
    """A chart as a document takes it in: the drawing, and the same in words."""

    svg: str
    alt: str
    sentence: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A project as plain words. What is empty is left out."""

    title: str
    caption: str
    presenters: str
    facts: tuple[tuple[str, str], ...]
    brief_heading: str
    brief: str
    measure: tuple[tuple[str, str], ...]
    picture: Picture | None
    gains: tuple[tuple[str, str], ...]
    milestones: tuple[str, ...]
    next_steps: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        """Whether it takes smaller letters to stay on one page."""
        lists = (self.facts, self.measure, self.gains)
        said = [
            self.title,
            self.brief,
            *self.milestones,
            *self.next_steps,
            *((self.picture.sentence, *self.picture.marks) if self.picture else ()),
        ]
        return sum(map(len, [*said, *(words for rows in lists for row in rows for words in row)])) > LONG


def sheet(project: Project, *, belongs: bool, is_presented: bool) -> Sheet:
    """Of a project read `with_people()` and `with_counts()`.

    Who belongs to it reads all of it: the abstract, and the problem while there is none. A lead reads what is on its
    page for leads; and once it is presented also its abstract, what was gained, and the first and last value of its
    main measure, but never the problem as its owners wrote it down, nor the chart with what they say of it.
    """
    if belongs and not project.abstract:
        brief = ("The problem", project.problem)
    else:
        brief = ("In brief", project.abstract if belongs or is_presented else "")
    return _sheets([project], whole=belongs or is_presented, is_drawn=belongs, briefs={project.pk: brief})[0]


def showcase(projects: Collection[Project]) -> list[Sheet]:
    """Of all that presents, in order, for leads; five queries, whatever the number."""
    told = [each for each in projects if each.abstract]
    briefs = {each.pk: ("In brief", each.abstract) for each in told}
    shown = dict(zip((each.pk for each in told), _sheets(told, whole=True, briefs=briefs), strict=True))
    rest = [each for each in projects if not each.abstract]
    shown |= zip((each.pk for each in rest), _sheets(rest, whole=False, briefs={}), strict=True)
    return [shown[each.pk] for each in projects]


def as_pdf(shown: Sheet) -> bytes:
    return paper.pdf(ONE, {"title": shown.title, "footer": shown.title, "sheets": [_plain(shown)]})


def all_as_pdf(shown: Collection[Sheet], *, title: str) -> bytes:
    return paper.pdf(ALL, {"title": title, "footer": title, "sheets": [_plain(each) for each in shown]})


def _plain(shown: Sheet) -> dict:
    return {**asdict(shown), "is_long": shown.is_long}


def _sheets(projects: Collection[Project], *, whole: bool, briefs: dict, is_drawn: bool = False) -> list[Sheet]:
    if not projects:
        return []
    keys = [each.pk for each in projects]
    reached, steps = defaultdict(list), defaultdict(list)
    for each in Milestone.objects.filter(project__in=keys, state=MilestoneState.REACHED).order_by("reached_on", "pk"):
        reached[each.project_id].append(f"{each.title}, on {in_full(each.reached_on)}")
    for each in Action.objects.filter(project__in=keys).open().select_related("owner").in_order():
        day = f", by {in_full(each.due_on)}" if each.due_on else ""
        later = f"; after the programme {each.goes_to}" if each.goes_to else ""
        steps[each.project_id].append(f"{each.words} ({each.owner.name}{day}{later})")
    measures = _main_measures(keys) if whole else {}
    pictures = {key: _picture(each) for key, each in measures.items()} if is_drawn else {}
    return [
        _one(
            each,
            whole,
            briefs.get(each.pk, ("", "")),
            measures.get(each.pk),
            pictures.get(each.pk),
            reached[each.pk],
            steps[each.pk],
        )
        for each in projects
    ]


def _one(project, whole, told, measure, picture, reached, steps) -> Sheet:
    heading, brief = told
    owners = names(project, Part.OWNER)
    facts = (
        ("Owner" if len(owners) == 1 else "Owners", " and ".join(owners)),
        ("Aim", aim_in_words(project) or "Not agreed yet"),
        ("State", state_in_words(project)),
    )
    gains = (("Patients", project.gain_patients), ("The running of the service", project.gain_service))
    return Sheet(
        title=project.title,
        caption=f"{project.cohort.programme.name}, {project.cohort.name}",
        presenters=" and ".join(owners),
        facts=tuple((what, words) for what, words in facts if words),
        brief_heading=heading,
        brief=_whole_sentences(brief, BRIEF),
        measure=_first_and_last(measure) if measure else (),
        picture=picture,
        gains=tuple((what, _short(words, GAINED)) for what, words in gains if words and whole),
        milestones=_cut(reached[-REACHED:], len(reached), "reached before"),
        next_steps=_cut(steps[:NEXT], len(steps), "more to come"),
    )


def _cut(shown: list[str], number: int, what: str) -> tuple[str, ...]:
    left = number - len(shown)
    return (*shown, f"{left} {what}") if left else tuple(shown)


def _short(words: str, most: int) -> str:
    """Cut off after a word, so that it stays on one page."""
    return Truncator(words).chars(most) if len(words) > most else words


def _whole_sentences(words: str, most: int) -> str:
    """Cut off after a sentence, or after a word where there is none so short."""
    if len(words) <= most:
        return words
    ends = [found.end() for found in SENTENCE_END.finditer(words[:most])]
    return f"{words[: ends[-1]]} …" if ends else _short(words, most)


def _main_measures(keys: list) -> dict:
    """{project: its main measure with its points}, of those that have points."""
    found = Measure.objects.filter(project__in=keys, is_main=True).prefetch_related("points")
    return {each.project_id: each for each in found if each.points.all()}


def _first_and_last(measure: Measure) -> tuple[tuple[str, str], ...]:
    points = list(measure.points.all())
    said = [f"{with_unit(each.value, measure.unit)}, on {in_full(each.day)}" for each in (points[0], points[-1])]
    named = (("Main measure", measure.name),)
    if len(points) == 1:
        return (*named, ("Value", said[0]))
    return (*named, ("First value", said[0]), ("Last value", said[1]))


def _picture(measure: Measure) -> Picture | None:
    """The chart of the measure as its page has it, for those who belong to it; None where its figures cannot be drawn
    as it says.
    """
    points = [(each.day, each.value) for each in measure.points.all()]
    reading = Reading(measure, points, list(measure.recalculations.all()), list(measure.annotations.all()))
    drawn = reading.chart
    if drawn is None or reading.left_out:
        return None
    picture = charts.svg(
        drawn.wide, key="measure", title=drawn.title, description=drawn.description, letters=charts.PAPER
    )
    said = [_short(f"{mark.sign}: {mark.words}", MARK) for mark in drawn.marks[:MARKS]]
    marks = _cut(said, len(drawn.marks), "more on the page of the measure")
    return Picture(picture.svg, drawn.description.removesuffix(TABLE), drawn.sentence, marks)
