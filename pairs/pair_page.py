"""The page of one pair: its partners see each other, leads see dates and state."""

from dataclasses import dataclass
from datetime import date

from cohorts.contacts import leads_for
from cohorts.models import Participant, Role
from cohorts.rules import is_whole_lead
from elements import house
from elements.contract import Door, Panel, Step
from pairs import agreements, first_meetings, pulses
from pairs.agreements import Accord, accord_of
from pairs.discretion import readable_texts
from pairs.history import FIRST, History, Line, history
from pairs.models import Membership, Pair, Proposal
from pairs.partners import Partnership, partnership
from pairs.who_sees import WHO_SEES, Said

CARD = "pairs/_partner.html"  # the partner's own card is the page itself


@dataclass(frozen=True)
class PartnersPage:
    """What a partner sees."""

    seen: Partnership
    steps: list[Step]  # what is left to do
    history: History
    accord: Accord
    doors: list[Door]
    panels: list[Panel]
    leads: list[Role]  # whom to ask
    who_sees: tuple[Said, ...] = WHO_SEES
    template: str = "pair_partner.html"

    @property
    def next(self) -> Line | None:
        """What is planned next, unless it is the first meeting, which has its own words."""
        line = self.history.next
        return line if line and line.label != FIRST else None

    @property
    def signature(self) -> str:
        """For whose signature the agreement waits, as this partner reads it."""
        return self.accord.signature_in_words(self.seen.me)

    @property
    def shows_first_meeting(self) -> bool:
        """While it is ahead, and afterwards until anything says that they met."""
        meeting = self.seen.pair.meeting
        return bool(meeting) and (meeting.is_to_come or not self.history.is_beyond_first)


@dataclass(frozen=True)
class LeadsPage:
    """What a lead sees; why the pair ended is nothing for one of its own people, nor where it names the reader."""

    members: list[Membership]
    hidden: int  # members of another organisation than the reader leads
    may_change: bool
    history: History
    accord: Accord
    panels: list[Panel]
    end_kind: str
    end_reason: str
    leads: tuple = ()  # a lead asks nobody here
    sentence: str = ""  # of the proposal that the pair came from
    who_sees: tuple[Said, ...] = WHO_SEES
    template: str = "pair_detail.html"


def pair_page(pair: Pair, *, user, on: date, number: str | None = None) -> PartnersPage | LeadsPage:
    """The page as this reader may see it: somebody who belongs to the pair is a partner first.

    `number` is the page of what is past; without it partners see the nearest few, below what they can do.
    """
    seen = partnership(pair, user)
    told = history(pair, viewer=user, on=on, number=number if seen else number or "1", with_links=seen is not None)
    accord = accord_of(pair)
    if seen:
        seen.me.cohort = pair.cohort  # known already
        steps = _left_to_do(seen, accord, told, on)
        asked = {step.url for step in steps}
        doors = house.doors(viewer=user, where="pair", pair=pair, cohort=pair.cohort)
        return PartnersPage(
            seen,
            steps=steps,
            history=told,
            accord=accord,
            doors=[door for door in doors if door.url not in asked],  # what is asked for stands above already
            panels=_panels(pair, user),
            leads=leads_for([seen.me])[seen.me.pk],
        )
    whole = is_whole_lead(user, pair)
    was_in_it = any(membership.participant.user_id == user.pk for membership in pair.everybody)
    may_read_end = whole and not was_in_it
    [end_reason] = readable_texts([pair.end_reason if may_read_end else ""], user=user, cohort=pair.cohort)
    members = pair.everybody
    if not whole:
        seen = set(Participant.objects.visible_to(user).filter(cohort=pair.cohort_id).values_list("pk", flat=True))
        members = [membership for membership in pair.everybody if membership.participant_id in seen]
    hidden = len(pair.everybody) - len(members)
    sentence = _sentence(pair) if whole and not was_in_it else ""
    pair.everybody = members  # no panel names whom this reader may not see
    return LeadsPage(
        members=members,
        hidden=hidden,
        may_change=whole and not pair.ended_on,
        history=told,
        accord=accord,
        panels=_panels(pair, user),
        end_kind=pair.get_end_kind_display() if may_read_end else "",
        end_reason=end_reason,
        sentence=sentence,
    )


def _panels(pair: Pair, user) -> list:
    return [each for each in house.panels(pair=pair, viewer=user) if each.template != CARD]


def _left_to_do(seen: Partnership, accord: Accord, told: History, on: date) -> list[Step]:
    """The steps of this member that are left, without what this page says by itself.

    Those of the hall follow from what the page has read already.
    """
    here, people = seen.pair.get_absolute_url(), {seen.me: seen.pair}
    steps = house.next_steps(participants=[seen.me], on=on, but_of="pairs")
    steps += agreements.steps(people, agreements.looked_again({seen.pair.pk: accord}), on=on)
    steps += pulses.steps(people, on)
    if first_meetings.is_a_step(seen.pair, {seen.pair.pk} if _is_past_asking(seen.pair, told) else ()):
        steps.append(first_meetings.step(seen.me, seen.pair, seen.names))
    left = [step for step in steps if step.state in {"to do", "waiting"} and step.url != here]
    return house.in_order_of_steps(left, on=on)


def _is_past_asking(pair: Pair, told: History) -> bool:
    """Whether no first meeting is ahead and none need be: the same as on home."""
    return told.is_beyond_first and not (pair.meeting and pair.meeting.is_to_come)


def _sentence(pair: Pair) -> str:
    """Why the run proposed this pair, for its leads; "" for a pair made by hand. One query."""
    if pair.run_id is None:
        return ""
    people = [membership.participant_id for membership in pair.everybody]
    proposals = Proposal.objects.filter(run=pair.run_id, a__in=people, b__in=people)
    return next(iter(proposals.values_list("reasons__sentence", flat=True)[:1]), "") or ""
