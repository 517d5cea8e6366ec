"""What a published pair is told: one text for all members, built at sending from the pair as it stands then."""

import uuid
from datetime import date
from functools import cache
from types import SimpleNamespace
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.urls import reverse

from cohorts.models import Cohort, Participant
from elements import clock
from elements.contract import Placeholder
from elements.phrases import in_a_row
from elements.registry import kind_named
from pairs.models import Membership, Pair, Proposal
from reminders.wording import Words, words_of

PUBLISHED = "pairs.pair_published"


def written(
    *, cohort: Cohort, people: list[Participant], initiator: Participant, first_meeting_by: date, path: str
) -> dict[str, str]:
    """The facts of the message. The link asks for a code, so that it serves somebody who has no password yet."""
    return {
        "names": in_a_row([person.preferred_name or person.name for person in people]),
        "programme": cohort.programme.name,
        "cohort": cohort.name,
        "starts_on": clock.in_full(cohort.starts_on),
        "ends_on": clock.in_full(cohort.ends_on),
        "partners": "\n\n".join(_card(person) for person in people),
        "initiator": initiator.name,
        "first_meeting_by": clock.in_full(first_meeting_by),
        "link": by_code(path),
    }


def by_code(path: str) -> str:
    """The whole address of a page, by way of a code that signs in whoever opens it."""
    return f"{settings.SITE_URL}{reverse('account_request_login_code')}?{urlencode({'next': path})}"


def _card(person: Participant) -> str:
    first = f"{person.name}, {person.role_title}" if person.role_title else person.name
    second = f"{person.user.email}, {person.phone}" if person.phone else person.user.email
    return f"{first}\n{second}"


PLACEHOLDERS = (
    Placeholder("names", "what the partners are called", "Sam and Alex"),
    Placeholder("programme", "the programme", "Paired Learning"),
    Placeholder("cohort", "the cohort", "Spring 2027"),
    Placeholder("starts_on", "the first day", "Monday 1 February 2027"),
    Placeholder("ends_on", "the last day", "Friday 29 October 2027"),
    Placeholder(
        "partners",
        "name, job title, email and phone of each",
        "Sam Ash, Specialty registrar\nsam.ash@trust.example\n\nAlex Birch, Service manager\nalex.birch@trust.example",
        must_stay=True,
    ),
    Placeholder("initiator", "who makes the first move", "Sam Ash", must_stay=True),
    Placeholder("first_meeting_by", "the day to meet by", "Monday 15 February 2027", must_stay=True),
    Placeholder("link", "the page with their partner", "https://pairs.example/pairs/1/", must_stay=True),
)


COLUMNS = {
    "programme": "pair__cohort__programme__name",
    "cohort": "pair__cohort__name",
    "starts_on": "pair__cohort__starts_on",
    "ends_on": "pair__cohort__ends_on",
    "initiator": "pair__initiator__name",
    "first_meeting_by": "pair__first_meeting_by",
    "name": "participant__name",
    "preferred_name": "participant__preferred_name",
    "role_title": "participant__role_title",
    "phone": "participant__phone",
    "email": "participant__user__email",
}


@cache
def _question(vendor: str, columns: tuple[str, ...]) -> str:
    """These columns of who belongs to a pair now, as SQL with one value left open: the pair.

    Asked for each of thousands of messages, and composing it costs ten times what the database takes to answer.
    """
    members = Membership.objects.live().filter(pair=uuid.UUID(int=0)).values_list(*columns)
    sql, values = members.query.sql_with_params()
    if len(values) != 1:
        raise AssertionError("The pair is the one value left open.")
    return sql


def _members(ref, *columns: str) -> list[tuple]:
    """These columns of each present member."""
    with connection.cursor() as cursor:
        pair = Pair._meta.pk.get_db_prep_value(ref["pair"], connection)
        cursor.execute(_question(connection.vendor, columns), [pair])
        return cursor.fetchall()


def is_wanted(ref, to) -> bool:
    """Whether the pair still stands and this person belongs to it; asked without the tables that the text needs."""
    known = getattr(to, "pk", None)
    members = _members(ref, "participant__user_id", "pair__ended_on")
    return any(uuid.UUID(str(user)) == known and not ended_on for user, ended_on in members)


def context(ref, to) -> dict:
    """The templates' context for a message of the outbox; the same for every member."""
    members = [SimpleNamespace(**dict(zip(COLUMNS, row, strict=True))) for row in _members(ref, *COLUMNS.values())]
    pair = members[0]
    for member in members:
        member.user = SimpleNamespace(email=member.email)
    return written(
        cohort=SimpleNamespace(
            name=pair.cohort,
            programme=SimpleNamespace(name=pair.programme),
            starts_on=pair.starts_on,
            ends_on=pair.ends_on,
        ),
        people=members,
        initiator=SimpleNamespace(name=pair.initiator),
        first_meeting_by=pair.first_meeting_by,
        path=reverse("pair_detail", args=[ref["pair"]]),
    )


def places(refs, viewer) -> list[str]:
    """The page of each pair that the viewer may see."""
    seen = Pair.objects.visible_to(viewer).filter(pk__in={ref["pair"] for ref in refs if "pair" in ref})
    found = {str(pk): reverse("pair_detail", args=[pk]) for pk in seen.order_by().values_list("pk", flat=True)}
    return [found.get(ref.get("pair"), "") for ref in refs]


def present(pair: Pair) -> list[Participant]:
    """Who belongs to a pair now, from its loaded members."""
    return [membership.participant for membership in pair.everybody if membership.until is None]


def initiator_of(proposal: Proposal, side: str) -> Participant:
    """Who makes the first move: the member of that side."""
    return next((person for person in proposal.people if person.side == side), proposal.a)


def facts_of(*, cohort: Cohort, proposal: Proposal, side: str, first_meeting_by: date) -> dict[str, str]:
    """The facts of the message for a proposal. There is no page of a pair yet: its link leads to the run's."""
    return written(
        cohort=cohort,
        people=proposal.people,
        initiator=initiator_of(proposal, side),
        first_meeting_by=first_meeting_by,
        path=reverse("run_detail", args=[proposal.run_id]),
    )


def example(*, cohort: Cohort, proposal: Proposal, side: str, first_meeting_by: date) -> Words:
    """The message as it would go out for a proposal."""
    facts = facts_of(cohort=cohort, proposal=proposal, side=side, first_meeting_by=first_meeting_by)
    return words_of(kind_named(PUBLISHED), cohort.pk).filled(facts)
