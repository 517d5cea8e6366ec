"""Every column in which somebody of a pair can write: who may read what is confided, and why the others are open.

`PRIVATE` is planted in and searched for; `OPEN` says why a column needs no guard. A column in neither fails
`test_confided.py`, so that nobody adds a box and forgets to ask who reads it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

PARTNERS = frozenset({"doctor", "manager"})
LEADS = frozenset({"lead", "programme_lead"})  # without limit to an organisation
ANY_LEADS = LEADS | {"organisation_lead"}
HOSTS = LEADS | {"facilitator"}  # of a workshop that this facilitator hosts
DOCTOR, MANAGER = frozenset({"doctor"}), frozenset({"manager"})
NOBODY: frozenset[str] = frozenset()
ALL = models.Q()

# Of the floors below: who a person is and what she applied with has its own tests.
BELOW = {"cohorts": {"ConfidentialWord"}, "accounts": {"Draft"}, "reminders": set(), "elements": set()}


@dataclass(frozen=True)
class Text:
    """A column with who may read it: roles of `tests/permissions/table.py`.

    `rows` picks those rows whose readers these are. `shape` makes a value of the column from the words. `travels`:
    it may stand in mail and calendars of its readers, which only a place may.
    """

    column: str
    readers: frozenset[str]
    rows: models.Q = ALL
    shape: Callable[[str], Any] = str
    travels: bool = False
    what: str = ""

    @property
    def name(self) -> str:
        return f"{self.column} {self.what}".strip()

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(*self.column.split(".")[:2])

    @property
    def field(self) -> str:
        return self.column.rpartition(".")[2]

    def plant(self, words: str) -> int:
        return self.model._default_manager.filter(self.rows).update(**{self.field: self.shape(words)})


def by(role: str, who: str = "author") -> models.Q:
    return models.Q(**{f"{who}__user__email": f"{role}@trust.example"})


def answers(words: str) -> dict:
    return {"take": words}


ALONE = models.Q(shared_at=None, offered_at=None)
SHARED, OFFERED = models.Q(shared_at__isnull=False), models.Q(offered_at__isnull=False)
REFLECTED = "shadowing.Reflection.answers"


def projects(readers: frozenset[str], **columns: str) -> tuple[Text, ...]:
    """Columns of that room, by their models."""
    return tuple(
        Text(f"projects.{model}.{name}", readers) for model, names in columns.items() for name in names.split()
    )


# Of a project: what leads read so that they can help, what they read when it is presented, and what they never read.
FOR_LEADS = PARTNERS | ANY_LEADS
FOR_ALL = FOR_LEADS | {"colleague"}  # the order of the showcase is read by everybody who takes part
ON_STAGE = models.Q(place__isnull=False)
PRESENTED = models.Q(is_main=True, project__place__isnull=False)  # the page of the showcase has first and last value
IMPROVED = (
    *projects(
        FOR_LEADS,
        Project="aim aim_amount aim_for gain_patients gain_service",
        Milestone="title reason evidence",
        SupportRequest="words answer",
        Deck="name",
    ),
    Text("projects.Project.title", FOR_ALL, ON_STAGE, what="of what is presented"),
    Text("projects.Project.title", FOR_LEADS, ~ON_STAGE),
    Text("projects.Project.abstract", FOR_ALL, ON_STAGE, what="of what is presented"),
    Text("projects.Project.abstract", PARTNERS, ~ON_STAGE),
    Text("projects.Action.words", FOR_LEADS, models.Q(project__isnull=False), what="of a project"),
    Text("projects.Action.goes_to", FOR_LEADS, models.Q(project__isnull=False)),
    *projects(
        PARTNERS,
        Project="problem stakeholders patients_voice registration learned handed_to",
        Driver="words",
        Cycle="plan prediction did studied act_words",
        Measure="definition source frequency",
        Point="note",
        Recalculation="reason",
        Annotation="words",
        Check="words",
        Review="strong worries ask next_words",
    ),
    Text("projects.Measure.name", FOR_LEADS, PRESENTED, what="of what is presented"),
    Text("projects.Measure.unit", FOR_LEADS, PRESENTED, what="of what is presented"),
    Text("projects.Measure.name", PARTNERS, ~PRESENTED),
    Text("projects.Measure.unit", PARTNERS, ~PRESENTED),
    Text("projects.Project.registration_url", PARTNERS, shape=lambda words: f"https://trust.example/{words}"),
)

# Of a surgery: those booked with it, the hosts of the session and the leads of the whole cohort.
OF_PAIR = models.Q(project=None)
SAID_IN_SURGERY = models.Q(said_in__in=apps.get_model("bookings", "Booking").objects.values("pk"))
BY_DOCTOR = models.Q(booking__by__email="doctor@trust.example")
ALONE_THERE = models.Q(booking__needs=1)

PRIVATE = (
    Text("conversations.Conversation.place", PARTNERS, travels=True),
    Text("conversations.Conversation.summary", PARTNERS),
    Text("conversations.Note.words", DOCTOR, by("doctor"), what="of the doctor"),
    Text("conversations.Note.words", MANAGER, by("manager"), what="of the manager"),
    Text("conversations.MeetingQuestion.nonce", NOBODY),
    Text("shadowing.Visit.setting_words", PARTNERS, models.Q(setting=None)),
    Text("shadowing.Visit.site", PARTNERS, travels=True),
    Text("shadowing.Visit.objectives", PARTNERS),
    Text("shadowing.Visit.notice", PARTNERS),
    Text("shadowing.Visit.dress", PARTNERS),
    Text("shadowing.Visit.contact", PARTNERS),
    Text(REFLECTED, DOCTOR, ALONE & by("doctor"), answers, what="private, of the doctor"),
    Text(REFLECTED, MANAGER, ALONE & by("manager"), answers, what="private, of the manager"),
    Text(REFLECTED, PARTNERS, SHARED & by("doctor"), answers, what="shared by the doctor"),
    Text(REFLECTED, PARTNERS, SHARED & by("manager"), answers, what="shared by the manager"),
    Text(REFLECTED, DOCTOR | {"evaluator"}, OFFERED, answers, what="offered"),
    Text("projects.Action.words", PARTNERS, models.Q(project=None) & ~SAID_IN_SURGERY, what="of a pair"),
    Text(
        "projects.Action.words", PARTNERS | LEADS, models.Q(project=None) & SAID_IN_SURGERY, what="noted in a surgery"
    ),
    Text("surgeries.Topic.words", DOCTOR | LEADS, BY_DOCTOR & ALONE_THERE, what="of the doctor"),
    Text("surgeries.Topic.words", PARTNERS | LEADS, BY_DOCTOR & ~ALONE_THERE, what="of the two"),
    Text("surgeries.Note.words", DOCTOR | LEADS),
    *IMPROVED,
    # What people want from a workshop and thought of it: together or not at all, and never with a name.
    Text("workshops.Need.words", DOCTOR, by("doctor", "participant")),
    *(
        Text(f"workshops.Feedback.{name}", HOSTS, models.Q(**{f"tells_{name}": True}), what="of five people")
        for name in ("keep", "change", "action")
    ),
    *(
        Text(f"workshops.Feedback.{name}", NOBODY, models.Q(**{f"tells_{name}": False}), what="of fewer")
        for name in ("keep", "change", "action")
    ),
    Text("pairs.Agreement.rhythm", PARTNERS),
    Text("pairs.Agreement.place", PARTNERS),
    Text("pairs.Agreement.notice", PARTNERS),
    Text("pairs.Agreement.silence", PARTNERS),
    Text("pairs.Agreement.goals", PARTNERS, shape=lambda words: [words, "Another"]),
    Text("pairs.Agreement.left_out", PARTNERS),
    Text("pairs.Agreement.between_us", PARTNERS),
    Text("pairs.GoalReview.note", PARTNERS),
    Text("pairs.FirstMeeting.place", PARTNERS, travels=True),
    Text("pairs.Pulse.words", DOCTOR | ANY_LEADS),
    Text("pairs.PrivateWord.words", DOCTOR | LEADS),
    Text("pairs.Pair.end_reason", LEADS, models.Q(ended_on__isnull=False)),
    Text("pairs.Pair.override", NOBODY),
    Text("pairs.Proposal.override", LEADS),
    Text("pairs.Lock.override", LEADS),
    Text("pairs.Exclusion.why", LEADS),
    Text("cohorts.ConfidentialWord.words", DOCTOR | ANY_LEADS),
    Text("accounts.Draft.texts", DOCTOR, shape=lambda words: {"box_take": words}),
)

TYPED = Text("typed, and not handed in", DOCTOR)  # what a page gives back to be looked at again stands in no column

CODES = "codes of a list of ours: nothing that anybody typed"
WORKINGS = "made by the pairing for its leads; what people wrote is planted before it is made, and so goes through it"
ADDRESS = "the address of a page"
SERIES = "of the series, written by its leads for everybody of the cohort"

OF_A_SESSION = "said by leads and hosts to everybody of the cohort, who may come"

OPEN = {
    "bookings.Session.kind": CODES,
    "bookings.Session.title": OF_A_SESSION,
    "bookings.Session.place": OF_A_SESSION,
    "bookings.Session.link": OF_A_SESSION,
    "bookings.Session.reason": OF_A_SESSION,
    "conversations.Conversation.prompts": CODES,
    "conversations.MeetingQuestion.about": CODES,
    "conversations.Prompt.code": CODES,
    "conversations.Prompt.words": "a question of the cohort's, written by its leads for everybody who talks",
    "shadowing.Visit.flags": CODES,
    "shadowing.Visit.ticks": CODES,
    "shadowing.Reflection.tags": CODES,
    "projects.MethodLink.label": "of the organisation's own pages, named by leads for everybody of the cohort",
    "projects.MethodLink.url": ADDRESS,
    "projects.Deck.content_type": CODES,
    "workshops.Workshop.title": SERIES,
    "workshops.Workshop.aims": SERIES,
    "workshops.TimeGiven.what": "hours that leads added for their own count; the form asks for no name",
    "workshops.Material.label": SERIES,
    "workshops.Material.url": ADDRESS,
    "workshops.Material.name": SERIES,
    "workshops.Material.content_type": CODES,
    "pairs.Run.seed": WORKINGS,
    "pairs.Run.weights": WORKINGS,
    "pairs.Run.versions": WORKINGS,
    "pairs.Run.notes": WORKINGS,
    "pairs.Run.inputs": WORKINGS,
    "pairs.Run.result": WORKINGS,
    "pairs.Pairing.weights": WORKINGS,
    "pairs.Proposal.overridden": CODES,
    "pairs.Proposal.reasons": WORKINGS,
    "pairs.Pair.reasons": "sentences of ours about what both asked for, told to the partners",
    "pairs.Lock.overridden": CODES,
    "accounts.Draft.page": ADDRESS,
    "accounts.Draft.sent_to": ADDRESS,
}


def columns() -> Iterator[str]:
    """Every column of the rooms and the hall that can hold text, found by introspection."""
    for app in (*settings.ELEMENTS, *settings.FLOORS):
        for model in apps.get_app_config(app).get_models():
            if app in BELOW and model.__name__ not in BELOW[app]:
                continue
            for field in model._meta.concrete_fields:
                if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices:
                    yield f"{model._meta.label}.{field.name}"
