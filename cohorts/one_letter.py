"""One message of a cohort, as its page explains it: where it stands, what can be done, how it reads now."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError
from django.urls import reverse
from django.utils.functional import cached_property

from accounts import audit
from cohorts.letters import COLOURS, Refusal, in_plain_words, label_of, moment, names_of, refusal_of, why_it_waits
from cohorts.models import Participant
from elements.contract import Kind
from elements.registry import kind_named
from reminders.choices import LIVE, MAY_BE_CANCELLED, MAY_BE_SENT_AGAIN, State
from reminders.composing import Letter, recipient_of, words_for, written
from reminders.models import Message
from reminders.wording import Wordings, Words

log = logging.getLogger(__name__)

MEANINGS = {
    State.QUEUED: "It goes out by itself when its time has come.",
    State.HELD: "It stays here until a lead releases it.",
    State.CLAIMED: "It is going out at this moment.",
    State.TRANSMITTING: "It is going out at this moment.",
    State.SENT: "The mail server took it. Whether it was read, nobody knows.",
    State.FAILED: "It did not go out, and nothing more is tried.",
    State.UNKNOWN: "The link to the mail server broke before it said whether it had taken the message.",
    State.CANCELLED: "It was not sent and will not be.",
}
POSSIBLE = {
    State.QUEUED: "Until then you can hold it back or cancel it",
    State.HELD: "You can release it or cancel it",
    State.CLAIMED: "Nothing can be changed any more. Look again in a minute",
    State.TRANSMITTING: "Nothing can be changed any more. Look again in a minute",
    State.SENT: "You can send it once more",
    State.FAILED: "Put right what went wrong, then send it again",
    State.UNKNOWN: "Ask whether it arrived, or send it again",
    State.CANCELLED: "It cannot be brought back",
}


@dataclass(frozen=True)
class Reading:
    """How a message reads now, or in one sentence why that cannot be shown. `is_wanted` is asked again at sending."""

    letter: Letter | None = None
    problem: str = ""
    is_wanted: bool = True


def read_now(message: Message, kind: Kind, words: Words | None = None) -> Reading:
    """The message with the facts of this moment. Whatever is wrong with it is a sentence, never a broken page."""
    try:
        is_wanted = kind.wanted(message.ref, recipient_of(message))
        letter = written(message, kind, words=words)
        f"{letter.subject}{letter.text}".encode()  # half a letter, which no page and no mail can carry, raises
        return Reading(letter, is_wanted=is_wanted)
    except DatabaseError:
        raise
    except Exception as problem:
        log.warning("Message %s cannot be shown: %s", message.pk, type(problem).__name__)
        return Reading(
            problem="It cannot be written at this moment: something that it names is no longer there, or cannot be put "
            "into a mail. If it is sent like this, it fails."
        )


class OneLetter:
    """What the page of a message shows. `letter` comes from `load_letter`, so that it is neither secret nor counted."""

    def __init__(self, *, cohort, letter: Message, user, now: datetime):
        self.letter, self.kind = letter, kind_named(letter.kind)
        self._cohort, self._now, self._user = cohort, now, user
        self.may_handle = user.has_perm("cohorts.handle_post", cohort)
        self.may_hold = self.may_handle and letter.state == State.QUEUED
        self.may_release = self.may_handle and letter.state == State.HELD
        self.may_cancel = self.may_handle and letter.state in MAY_BE_CANCELLED
        self.may_edit = self.may_cancel and self.kind.is_editable and not letter.is_test
        self.may_send_again = self.may_handle and letter.state in MAY_BE_SENT_AGAIN and not letter.is_test

    @property
    def title(self) -> str:
        return label_of(self.letter, self.kind)

    @cached_property
    def correct_at(self) -> str:
        """Where its address is corrected: the details of somebody who takes part, or the roles of the cohort."""
        people = Participant.objects.visible_to(self._user).filter(cohort=self._cohort, user=self.letter.recipient_id)
        person = people.select_related("cohort").first()
        if person and self._user.has_perm("cohorts.change_people", person):
            return reverse("participant_edit", args=[person.pk])
        may_name = person is None and self._user.has_perm("cohorts.name_lead", self._cohort)
        return reverse("role_list", args=[self._cohort.pk]) if may_name else ""

    @property
    def colour(self) -> str:
        return COLOURS.get(self.letter.state, "")

    @property
    def meaning(self) -> str:
        """What the state means and, for whoever may do something, what that is."""
        if self.letter.is_test:
            return f"{MEANINGS[self.letter.state]} It was a test: a lead sent it to herself, and nobody else gets it."
        possible = f" {POSSIBLE[self.letter.state]}{self._about_words}." if self.may_handle else ""
        return MEANINGS[self.letter.state] + possible

    @property
    def _about_words(self) -> str:
        if not self.may_cancel:
            return ""
        return ", or change its words" if self.kind.is_editable else ". Its words cannot be changed"

    @property
    def when(self) -> str:
        letter = self.letter
        if letter.sent_at:
            return f"Sent on {moment(letter.sent_at)}"
        if letter.state not in LIVE:
            return f"Written on {moment(letter.created_at)}, not sent"
        waits = why_it_waits(letter, self._now)
        return f"It waits: {waits[:1].lower()}{waits[1:]}" if waits else "It is being sent"

    @property
    def until(self) -> str:
        """After which it is of no use and will be dropped."""
        is_ahead = self.letter.expires_at and self.letter.state in MAY_BE_CANCELLED
        return moment(self.letter.expires_at) if is_ahead else ""

    @property
    def tries(self) -> str:
        return "Once" if self.letter.attempts == 1 else f"{self.letter.attempts} times"

    @property
    def trouble(self) -> str:
        return in_plain_words(self.letter)

    @property
    def is_to_be_dropped(self) -> bool:
        return not self.reading.is_wanted and self.letter.state in MAY_BE_CANCELLED

    @property
    def is_kept_from_reader(self) -> bool:
        """It is between partners; or it may name people of other organisations, who are not a limited lead's to see."""
        return self.kind.confided or not self.may_handle

    @cached_property
    def address(self) -> str:
        """Where it goes: the address that the person has today."""
        to = recipient_of(self.letter)
        return getattr(to, "email", to)

    @cached_property
    def refusal(self) -> Refusal | None:
        return refusal_of(self.address)

    @cached_property
    def reading(self) -> Reading:
        return self.read()

    def read(self, words: Words | None = None) -> Reading:
        """How it reads now; in these words, if somebody tries them out."""
        return read_now(self.letter, self.kind, words)

    @property
    def words(self) -> Words:
        """Its words as they are, with placeholders."""
        return words_for(self.letter, self.kind, Wordings())

    @property
    def why_no_words(self) -> str:
        """Why its words cannot be changed; empty if they can."""
        if not self.kind.is_editable:
            return "The words of such messages cannot be changed."
        if not self.may_edit:
            return "It does not wait any more, so that its words cannot be changed."
        return ""

    @cached_property
    def history(self) -> list[dict]:
        """What people did with it: what, who as this cohort knows them, and when."""
        lines = list(audit.lines_about(self.letter))
        names = names_of(self._cohort, {line.by_id for line in lines if line.by_id})
        return [{"did": line.did, "by": names.get(line.by_id, "a lead"), "at": moment(line.at)} for line in lines]
