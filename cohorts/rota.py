"""A letter to the rota coordinator with all dates of somebody who takes part, as far as they stand."""

from dataclasses import dataclass
from datetime import date, datetime

from cohorts.contacts import leads_for
from cohorts.models import Participant
from elements import clock, paper
from elements.contract import Event
from elements.links import is_address
from reminders.feeds import events_of

DOCUMENT = "cohorts/paper/rota_letter.typ"


@dataclass(frozen=True)
class Date:
    """A line of the letter."""

    when: str
    what: str
    where: str


@dataclass(frozen=True)
class RotaLetter:
    """Who it is about, which dates still come, and who can be asked."""

    participant: Participant
    dates: list[Date]
    leads: list[tuple[str, str]]  # (name, address)

    @property
    def stands(self) -> bool:
        """Whether there is anything to send: a letter without dates helps nobody."""
        return bool(self.dates)


def rota_letter(participant: Participant, *, now: datetime) -> RotaLetter:
    """The letter of somebody read with the cohort and the account: every date of the own calendar that is to come."""
    events = [event for event in events_of(participant.user) if not event.cancelled and _is_ahead(event, now)]
    leads = leads_for([participant])[participant.pk]
    return RotaLetter(
        participant,
        dates=[_date(event) for event in sorted(events, key=_begins)],
        leads=[(role.name or role.user.name or role.user.email, role.user.email) for role in leads],
    )


def _begins(event: Event) -> datetime:
    return event.starts_at if isinstance(event.starts_at, datetime) else clock.at(event.starts_at)


def _is_ahead(event: Event, now: datetime) -> bool:
    return _begins(event) > now


def _date(event: Event) -> Date:
    if isinstance(event.starts_at, datetime):
        when = clock.span(event.starts_at, event.ends_at)
    else:
        when = clock.in_full(event.starts_at)
    # The link of an online meeting is nothing for a rota.
    return Date(when, event.summary, "Online" if is_address(event.place) else event.place)


def as_pdf(letter: RotaLetter, *, on: date) -> bytes:
    person, cohort = letter.participant, letter.participant.cohort
    programme = cohort.programme.name
    asks = "; ".join(f"{name} ({address})" for name, address in letter.leads)
    return paper.pdf(
        DOCUMENT,
        {
            "title": f"Dates of {programme} for the rota",
            "footer": f"{person.name}, {programme}",
            "day": clock.in_full(on),
            "name": person.name,
            "words": [
                f"{person.name} takes part in {programme}, in which doctors and managers learn from each other in "
                f"pairs. It runs from {clock.in_full(cohort.starts_on)} to {clock.in_full(cohort.ends_on)}.",
                "Below are the dates known so far. Please keep them in mind for the rota: where a date cannot be "
                "covered, tell us early and we look for another.",
            ],
            "facts": [
                fact
                for fact in (
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
