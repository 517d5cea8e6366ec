"""A message that a lead writes to many: its facts, who gets it, and how it reads for one of them."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from cohorts.choices import BELONGS, Audience, CircularState
from cohorts.models import Circular, Cohort, Participant
from elements import clock
from elements.contract import Kind, Placeholder
from reminders.choices import UNDO_FOR, State
from reminders.models import Message
from reminders.wording import Words, fill

NAME = "cohorts.circular"
PLACEHOLDERS = (
    Placeholder("name", "what the person is called", "Sam"),
    Placeholder("cohort", "the name of the cohort", "Spring 2027"),
    Placeholder("programme", "the name of the programme", "Paired Learning"),
    Placeholder("launch", "the day of the launch", "Monday 1 February 2027"),
    Placeholder("link", "their own page", "https://pairs.example/"),
)


def people_of(audience: str, cohort: Cohort) -> QuerySet[Participant]:
    """Who belongs to an audience now, by name; each person once, as a cohort has everybody once."""
    return Participant.objects.filter(cohort=cohort, **BELONGS[Audience(audience)]).select_related("user")


def audiences(cohort: Cohort) -> list[tuple[str, str]]:
    """The choices in the cohort's own words for its sides."""
    own = {Audience.SIDE_A: cohort.plural_a.capitalize(), Audience.SIDE_B: cohort.plural_b.capitalize()}
    return [(each.value, own.get(each, each.label)) for each in Audience]


def facts(cohort: Cohort, name: str) -> dict[str, str]:
    return {
        "name": name,
        "cohort": cohort.name,
        "programme": cohort.programme.name,
        "launch": clock.in_full(cohort.starts_on),
        "link": f"{settings.SITE_URL}{reverse('home')}",
    }


def called(circular: Circular) -> str:
    """The subject as pages show it: with what is the same for everybody filled in."""
    return fill(circular.subject, facts(circular.cohort, "each person"))


def subjects_of(ids) -> dict[str, str]:
    """{id of a message to many, as references hold it: its subject}: one query, none for none."""
    if not ids:
        return {}
    found = Circular.objects.filter(pk__in=ids).select_related("cohort__programme")
    return {str(circular.pk): called(circular) for circular in found}


def waits_until(circular: Circular, *, now: datetime) -> datetime | None:
    """Until when it can be taken back; None for a draft, and for what has gone."""
    until = circular.sent_at and circular.sent_at + UNDO_FOR
    return until if until and now < until else None


def as_read_by(circular: Circular, participant: Participant) -> Words:
    """The message as this person will read it."""
    name = participant.preferred_name or participant.name
    return Words(circular.subject, circular.body).filled(facts(circular.cohort, name))


def mark_of(circular: Circular, people) -> str:
    """A mark of the words and the people that a reader said yes to."""
    parts = [circular.subject, circular.body, *sorted(str(person.pk) for person in people)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _read(ref) -> Circular:
    return Circular.objects.select_related("cohort__programme").get(pk=ref["circular"])


def words(ref) -> tuple[str, str]:
    """What the lead wrote."""
    circular = _read(ref)
    return circular.subject, circular.body


def context(ref, to) -> dict[str, str]:
    return facts_for(_read(ref), to)


def facts_for(circular: Circular, to) -> dict[str, str]:
    """The facts as this person reads them, by the name of the application where there is one."""
    mine = Participant.objects.filter(cohort=circular.cohort, user=to).first()
    return facts(circular.cohort, (mine.preferred_name or mine.name) if mine else to.name)


def is_wanted(ref, to) -> bool:
    """Whether it is still sent, and the person still belongs to whom it was written."""
    circular = Circular.objects.filter(pk=ref["circular"]).select_related("cohort").first()
    if circular is None or circular.state != CircularState.SENT:
        return False
    return people_of(circular.audience, circular.cohort).filter(pk=ref["participant"]).exists()


def places(refs, viewer) -> list[str]:
    """The page of each that the viewer may see."""
    seen = Circular.objects.visible_to(viewer).filter(pk__in={ref["circular"] for ref in refs})
    found = {str(circular.pk): circular.get_absolute_url() for circular in seen}
    return [found.get(ref["circular"], "") for ref in refs]


KIND = Kind(
    name=NAME,
    label="A message from a lead",
    why="Written by a lead to many people at once",
    context=context,
    wanted=is_wanted,
    words=words,
    places=places,
    placeholders=PLACEHOLDERS,
)


class Review:
    """What a lead reads before she sends, and after: who, how many, one example, and whether Undo is possible."""

    def __init__(self, circular: Circular):
        self.circular = circular
        self.is_draft = circular.state == CircularState.DRAFT
        self.people = list(people_of(circular.audience, circular.cohort)) if self.is_draft else []
        self.number = len(self.people)
        self.audience = dict(audiences(circular.cohort))[circular.audience]
        self.subject = called(circular)

    @property
    def mark(self) -> str:
        return mark_of(self.circular, self.people)

    @property
    def example(self) -> Words | None:
        """As the first of the list reads it."""
        return as_read_by(self.circular, self.people[0]) if self.people else None

    @property
    def until(self):
        """When the messages go out, or went."""
        return self.circular.sent_at + UNDO_FOR

    @property
    def can_undo(self) -> bool:
        return not self.is_draft and timezone.now() < self.until

    @property
    def by_state(self) -> list[tuple[str, int]]:
        """(state in words, number) of the messages of the last sending."""
        counts = Message.objects.keyed(f"circular:{self.circular.pk}:{self.circular.times}:").counts_by_state()
        return [(State(state).label, number) for (_, state), number in sorted(counts.items())]
