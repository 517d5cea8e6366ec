"""What people thought of workshops, as leads and facilitators may read it: nothing before it is let out together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, Sum

from cohorts.models import Cohort
from elements import disclosure
from workshops.choices import SCALE, Topic
from workshops.forms.feedback import QUESTIONS, STATEMENTS
from workshops.models import RATINGS, TELLS, TEXTS, Feedback, Meeting, Workshop


@dataclass(frozen=True)
class Thought:
    """All that is shown of one workshop. `asked` counts those who were there on the dates that are told of."""

    answers: int
    asked: int
    ratings: tuple[tuple[str, disclosure.Distribution], ...]
    texts: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def is_known(self) -> bool:
        return self.answers >= disclosure.LEAST

    @property
    def is_partial(self) -> bool:
        """Whether some answers are left out of a number because they were too alike when they were let out."""
        return any(shown.is_shown and shown.base < self.answers for _, shown in self.ratings)

    @property
    def rate(self) -> int:
        """Of those who were there, in percent."""
        return round(100 * self.answers / self.asked) if self.asked else 0


def thought_of(workshop: Workshop) -> Thought:
    """Two queries."""
    return thoughts([workshop])[workshop.pk]


def thoughts(workshops: Iterable[Workshop]) -> dict:
    """{key of a workshop: what is shown of it}. Two queries, whatever their number."""
    keys = [each.pk for each in workshops]
    rows = defaultdict(list)
    for each in Feedback.objects.shown().filter(workshop__in=keys).values("workshop_id", *RATINGS, *TEXTS, *TELLS):
        rows[each["workshop_id"]].append(each)
    told = Meeting.objects.filter(workshop__in=keys, is_told=True).order_by()
    asked = dict(told.values_list("workshop").annotate(number=Sum("asked")))
    return {key: _thought(rows[key], asked.get(key, 0)) for key in keys}


def _thought(rows: list[dict], asked: int) -> Thought:
    ratings = tuple((STATEMENTS[name], _rating(name, rows)) for name in RATINGS)
    texts = tuple((QUESTIONS[name].removesuffix(" (optional)"), disclosure.texts(_told(name, rows))) for name in TEXTS)
    return Thought(len(rows), asked, ratings, texts)


def _rating(name: str, rows: list[dict]) -> disclosure.Distribution:
    told = _told(name, rows)
    if rows and not told:  # each time that answers were let out, all of them gave the same
        return disclosure.Distribution(disclosure.Standing.SUPPRESSED, disclosure.TOO_ALIKE)
    return disclosure.distribution(told, scale=SCALE)


def _told(name: str, rows: list[dict]) -> list:
    return [row[name] for row in rows if row[f"tells_{name}"]]


@dataclass(frozen=True)
class Compared:
    """Workshops of one topic in the cohorts of a programme, the latest cohort first."""

    topic: str
    lines: list[tuple[Workshop, Thought]]

    @property
    def is_known(self) -> bool:
        return any(thought.is_known for _, thought in self.lines)


def compared(cohort: Cohort) -> list[Compared]:
    """Every topic of this cohort's series, with the same topic in other cohorts of its programme that told of it.

    Three queries. Of other cohorts only what anybody may know of them: figures behind which enough people stand.
    """
    mine = list(Workshop.objects.filter(cohort=cohort).select_related("cohort"))
    topics = {each.topic for each in mine} - {Topic.OTHER}
    titles = {each.title for each in mine if each.topic == Topic.OTHER}
    alike = Q(topic__in=topics) | Q(topic=Topic.OTHER, title__in=titles)
    others = Workshop.objects.filter(alike, cohort__programme=cohort.programme_id).exclude(cohort=cohort)
    told = Meeting.objects.filter(is_told=True).order_by().values("workshop")
    others = list(others.filter(pk__in=told).select_related("cohort").order_by("-cohort__starts_on", "place", "pk"))
    known = thoughts([*mine, *others])
    found = []
    for key in dict.fromkeys(_key(each) for each in mine):
        lines = [(each, known[each.pk]) for each in (*mine, *others) if _key(each) == key]
        found.append(Compared(lines[0][0].get_topic_display() if key[0] != Topic.OTHER else key[1], lines))
    return found


def _key(workshop: Workshop) -> tuple[str, str]:
    return workshop.topic, workshop.title if workshop.topic == Topic.OTHER else ""
