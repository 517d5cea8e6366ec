"""The partner as a participant sees the partner: role, offers, wants, how to reach, why, what is next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cohorts.models import Participant
from cohorts.spreadsheets import fold
from elements.phrases import in_a_row
from pairs.letters import present
from pairs.models import Membership, Pair


@dataclass(frozen=True)
class Card:
    """One partner, with what this person offers and would like to see: what the reasons speak of comes first."""

    person: Participant
    offers: list[str]
    wants: list[str]


@dataclass(frozen=True)
class Partnership:
    """A pair from one member's side: `me` and the `partners` (two in some trios)."""

    pair: Pair
    me: Participant
    partners: tuple[Participant, ...]

    @property
    def cards(self) -> list[Card]:
        told = " ".join(self.pair.reasons)
        return [
            Card(partner, _entries(partner.offers, told), _entries(partner.wants, told)) for partner in self.partners
        ]

    @property
    def partner_users(self) -> list:
        return [partner.user for partner in self.partners]

    @property
    def names(self) -> str:
        return in_a_row([partner.name for partner in self.partners])

    @property
    def off_in_words(self) -> str:
        """What calling off their first meeting means."""
        day = self.pair.meeting.when
        told = "Whoever was told of it gets an email that takes it out of the calendar."
        return f"You are to meet {self.names} on {day}. {told}"

    @property
    def reasons(self) -> list[str]:
        """Why this pair, as sentences that `me` reads: "You offer …" where I do."""
        # By a name that both have nobody could say who is meant.
        is_namesake = any(partner.name == self.me.name for partner in self.partners)
        return [f"{reason if is_namesake else _turned(reason, self.me.name)}." for reason in self.pair.reasons]


@dataclass(frozen=True)
class Parting:
    """A pair that `me` belonged to until a day, with those who were there then."""

    pair: Pair
    me: Participant
    partners: tuple[Participant, ...]
    until: date

    @property
    def names(self) -> str:
        return in_a_row([partner.name for partner in self.partners])


def parting(pair: Pair, user) -> Parting | None:
    """The pair as `user` left it, read `with_members()`; None for whoever is in it or never knew of it. No queries."""
    mine = [each for each in pair.everybody if each.participant.user_id == user.pk]
    if any(each.until is None for each in mine):
        return None
    last = max((each for each in mine if each.told), key=lambda each: each.until, default=None)
    if last is None:
        return None
    others = [each for each in pair.everybody if each.participant_id != last.participant_id]
    there = tuple(each.participant for each in others if each.until is None or each.until >= last.until)
    return Parting(pair, last.participant, there, last.until)


def _entries(written: Iterable[str], told: str) -> list[str]:
    """As a list shows what somebody wrote: once each, those first that are told in quotes, with a capital letter."""
    once: dict[str, str] = {}
    for entry in written:
        once.setdefault(fold(entry), entry)
    return [_begun(entry) for entry in sorted(once.values(), key=lambda entry: f"“{entry}”" not in told)]


def _begun(entry: str) -> str:
    """With a capital letter, unless the first word has one of its own: "eConsult"."""
    return f"{entry[:1].upper()}{entry[1:]}" if entry.split(" ")[0].islower() else entry


def _turned(reason: str, name: str) -> str:
    """A reason of the bench as the person of this name reads it."""
    offers, wishes, wish = f"{name} offers ", f", which {name} would like to see", f"; {name} would like to see “"
    if reason.startswith(offers):
        return f"You offer {reason.removeprefix(offers)}"
    if reason.endswith(wishes):
        return f"{reason.removesuffix(wishes)}, which you would like to see"
    return reason.replace(wish, "; you would like to see “")


def partnership(pair: Pair, user) -> Partnership | None:
    """The pair as `user` sees it; None for somebody who does not belong to it now. No queries."""
    people = present(pair)
    me = next((person for person in people if person.user_id == user.pk), None)
    if me is None:
        return None
    others = tuple(person for person in people if person.pk != me.pk)
    return Partnership(pair=pair, me=me, partners=others)


def was_there(member: Membership, pair: Pair, day: date) -> bool:
    """Whether somebody belonged to the pair by this day; its founders also of days before, which they may log."""
    return member.since <= max(day, pair.started_on)
