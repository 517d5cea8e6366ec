"""Pairs that a lead should ring or write to: who they are, for how long nothing was heard, and how to reach them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.urls import reverse

from cohorts.models import Cohort, Participant
from cohorts.rules import is_whole_lead
from elements.contract import Attention
from elements.keys import as_written
from elements.phrases import in_a_row
from pairs.models import Pair
from pairs.quiet import Concerns, Watched, concerns, in_words

ELSEWHERE = "somebody of another organisation"


@dataclass(frozen=True)
class Person:
    """A member whom the reader may see."""

    name: str
    role_title: str
    email: str
    phone: str

    @property
    def dials(self) -> str:
        return f"tel:{self.phone.replace(' ', '')}"

    @property
    def writes(self) -> str:
        return mailto(self.email)


@dataclass(frozen=True)
class Call:
    """A pair, and what is known of its silence."""

    pair: Pair
    names: str
    people: list[Person]
    seen: Watched

    @property
    def how_long(self) -> str:
        return in_words((self.seen.on - self.seen.since).days)

    @property
    def writes(self) -> str:
        """One message to all of them."""
        return mailto(*(person.email for person in self.people))


def mailto(*addresses: str) -> str:
    return f"mailto:{','.join(quote(address, safe='@') for address in addresses)}"


def concerned(*, user, cohort: Cohort, on: date) -> Concerns:
    """Those of the pairs that the reader may see, the longest silence first."""
    return concerns(Pair.objects.visible_to(user).filter(cohort=cohort), cohorts=[cohort], on=on)


def calls(silences: Iterable[Watched], *, user, cohort: Cohort) -> list[Call]:
    """These, a page of them, with the people: only whom a page shows is read."""
    silences = list(silences)
    shown = Pair.objects.with_present().filter(pk__in=[each.pair.key for each in silences])
    pairs = {as_written(pair.pk): pair for pair in shown}
    seen = None
    if not is_whole_lead(user, cohort):
        seen = set(Participant.objects.visible_to(user).filter(cohort=cohort).values_list("pk", flat=True))
    return [_call(pairs[each.pair.key], each, seen) for each in silences if each.pair.key in pairs]


def _person(participant: Participant) -> Person:
    return Person(participant.name, participant.role_title, participant.user.email, participant.phone)


def _call(pair: Pair, silence: Watched, seen: set | None) -> Call:
    """`seen` are those whom the reader may see; None for everybody."""
    members = [member.participant for member in pair.everybody]
    people = [_person(member) if seen is None or member.pk in seen else None for member in members]
    names = in_a_row([person.name if person else ELSEWHERE for person in people])
    return Call(pair, names, [person for person in people if person], silence)


def attention(cohorts: Iterable[Cohort], on: date) -> Iterator[Attention]:
    """Pairs that need their lead, by cohort. One query, and one to each element."""
    by_key = {as_written(cohort.pk): cohort for cohort in cohorts}
    found = concerns(Pair.objects.all(), cohorts=by_key.values(), on=on)
    for label, seen, page, state, order in (
        ("pairs that have gone quiet", found.quiet, "quiet_list", "quiet", 36),
        ("pairs that have not met by the day for it", found.unmet, "quiet_list", "unmet", 38),
        ("pairs whose first meeting has no date", found.undated, "pair_list", "undated", 40),
    ):
        numbers = defaultdict(int)
        for each in seen:
            numbers[each.pair.cohort] += 1
        for key, number in numbers.items():
            address = f"{reverse(page, args=[by_key[key].pk])}?state={state}"
            yield Attention(by_key[key], label, number, address, order)
