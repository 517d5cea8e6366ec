"""A letter to the rota coordinator with all dates of somebody who takes part, once the timetable stands.

Whoever writes a rota learns when somebody is away and for what kind of thing: not with whom, and nothing that
somebody typed.
"""

from dataclasses import dataclass
from datetime import date, datetime

from cohorts.contacts import leads_for
from cohorts.launches import launch_of, undoable
from cohorts.models import Cohort, Participant
from cohorts.stages import ABOUT_APPLICANTS
from elements import clock, diary, house, paper
from elements.contract import Event

DOCUMENT = "cohorts/paper/rota_letter.typ"
PROGRAMME = "Paired learning"


@dataclass(frozen=True)
class Date:
    """A line of the letter."""

    when: str
    what: str
    where: str


@dataclass(frozen=True)
class RotaLetter:
    """Who it is about, which dates still come, and who can be asked.

    `missing` says in a sentence why there is no letter yet, and who changes that; "" once it can be sent.
    """

    participant: Participant
    dates: list[Date]
    leads: list[tuple[str, str]]  # (name, address)
    missing: str = ""

    @property
    def stands(self) -> bool:
        return not self.missing


def rota_letter(participant: Participant, *, now: datetime) -> RotaLetter:
    """The letter of somebody read with the cohort and the account: every date of this cohort that is to come.

    While the timetable does not stand nobody's dates are looked up.
    """
    leads = leads_for([participant])[participant.pk]
    people = [(role.name or role.user.name or role.user.email, role.user.email) for role in leads]
    setters = " or ".join(name for name, _ in people) or "a lead of your cohort"
    missing = _missing(participant.cohort, setters, now)
    asked = [] if missing else diary.of([participant.user])[participant.user_id]
    events = [event for event in asked if event.cohort == participant.cohort_id and _begins(event) > now]
    if not missing and not events:
        missing = "You have no dates ahead. You and your partner set the next one, and then the letter can be made."
    dates = [_date(event) for event in sorted(events, key=_begins)]
    return RotaLetter(participant, dates=dates, leads=people, missing=missing)


def _missing(cohort: Cohort, setters: str, now: datetime) -> str:
    """What the timetable of a cohort still lacks; "" if it stands.

    It stands once everybody has been told when and where the launch is, and no line from the pairing on is without a
    date, unless it is over; for a launch nobody waits once its day is past. Before that a rota would be written around
    dates that nobody knows.
    """
    launch = launch_of(cohort)
    if launch:
        cohort.launch = launch  # the line of the timetable need not read it again
    today = clock.local(now).date()
    if cohort.starts_on >= today:
        if launch is None or launch.called_off:
            return f"The time and place of the launch are not set. It is for {setters} to set them."
        if change := undoable(cohort, now=now):
            told_at = clock.in_figures(change.leaves_at)
            return f"The launch has just been set or changed by {setters}, and people are told at {told_at}."
    open_lines = [
        stage.label
        for stage in house.stages(cohort=cohort, on=today)
        if stage.order > ABOUT_APPLICANTS and stage.state != "completed" and not (stage.starts_on or stage.ends_on)
    ]
    if open_lines:
        lines = "”, “".join(open_lines)
        return f"The timetable has no date for “{lines}”. It is for {setters} to set it."
    return ""


def _begins(event: Event) -> datetime:
    return diary.hours_of(event)[0]


def _date(event: Event) -> Date:
    if isinstance(event.starts_at, datetime):
        when = clock.span(event.starts_at, event.ends_at)
    else:
        when = clock.in_full(event.starts_at)
    return Date(when, f"{PROGRAMME}: {event.kind or 'a date'}", event.way)


def as_pdf(letter: RotaLetter, *, on: date) -> bytes:
    person, cohort = letter.participant, letter.participant.cohort
    programme = cohort.programme.name
    asks = "; ".join(f"{name} ({address})" for name, address in letter.leads)
    return paper.pdf(
        DOCUMENT,
        {
            "title": f"Dates of {person.name} for the rota",
            "footer": f"{person.name}, {programme}",
            "day": clock.in_full(on),
            "to": "To whoever writes the rota",
            "words": [
                f"{person.name} takes part in {programme}, in which doctors and managers learn from each other in "
                f"pairs. It runs from {clock.in_full(cohort.starts_on)} to {clock.in_full(cohort.ends_on)}.",
                "Below are the dates known so far. Please keep them in mind for the rota: where a date cannot be "
                "covered, tell us early and we look for another.",
            ],
            "facts": [
                fact
                for fact in (
                    ("Name", person.name),
                    ("Job title", person.role_title),
                    ("Line manager or supervisor", person.manager_name),
                    ("Questions to", asks),
                )
                if fact[1]
            ],
            "dates": [{"when": each.when, "what": each.what, "place": each.where} for each in letter.dates],
            "closing": ["These dates were right on the day of this letter. Thank you for making them possible."],
        },
    )
