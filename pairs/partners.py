"""The partner as a participant sees the partner: role, offers, wants, how to reach, why, what is next."""

from dataclasses import dataclass

from cohorts.models import Participant
from pairs.letters import in_a_row, present
from pairs.models import Pair


@dataclass(frozen=True)
class Partnership:
    """A pair from one member's side: `me` and the `partners` (two in some trios)."""

    pair: Pair
    me: Participant
    partners: tuple[Participant, ...]

    @property
    def i_begin(self) -> bool:
        return self.pair.initiator_id == self.me.pk

    @property
    def names(self) -> str:
        return in_a_row([partner.name for partner in self.partners])

    @property
    def off_in_words(self) -> str:
        """What calling off their first meeting means."""
        day = self.pair.meeting.when
        return f"You are to meet {self.names} on {day}. Each of you gets an email that takes it out of the calendar."

    @property
    def reasons(self) -> list[str]:
        """Why this pair, as `me` reads it: "You offer …" where I do."""
        if any(partner.name == self.me.name for partner in self.partners):
            return self.pair.reasons  # by the name alone nobody could say who is meant
        return [_turned(reason, self.me.name) for reason in self.pair.reasons]


def _turned(reason: str, name: str) -> str:
    """A reason of the bench as the person of this name reads it."""
    offers, wishes = f"{name} offers ", f", which {name} would like to see"
    if reason.startswith(offers):
        return f"You offer {reason.removeprefix(offers)}"
    if reason.endswith(wishes):
        return f"{reason.removesuffix(wishes)}, which you would like to see"
    return reason


def partnership(pair: Pair, user) -> Partnership | None:
    """The pair as `user` sees it; None for somebody who does not belong to it now. No queries."""
    people = present(pair)
    me = next((person for person in people if person.user_id == user.pk), None)
    if me is None:
        return None
    others = tuple(person for person in people if person.pk != me.pk)
    return Partnership(pair=pair, me=me, partners=others)
