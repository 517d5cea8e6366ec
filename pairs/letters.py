"""What a published pair is told: one text for all members, built at sending from the pair as it stands then."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from cohorts.models import Cohort, Participant
from pairs.models import Pair, Proposal

FOLDER = "pairs/emails/pair_published"


@dataclass(frozen=True)
class Letter:
    """The message to the members of one pair, as the publish page shows it."""

    subject: str
    body: str


def written(
    *, cohort: Cohort, people: list[Participant], initiator: Participant, first_meeting_by: date, path: str
) -> dict:
    """What the templates need. The link asks for a code, so that it serves somebody who has no password yet."""
    return {
        "cohort": cohort,
        "people": people,
        "initiator": initiator,
        "first_meeting_by": first_meeting_by,
        "link": f"{settings.SITE_URL}{reverse('account_request_login_code')}?{urlencode({'next': path})}",
    }


def _pair(ref):
    return Pair.objects.with_members().filter(pk=ref["pair"]).first()


def is_wanted(ref, to) -> bool:
    """Whether the pair still stands and this person belongs to it."""
    pair = _pair(ref)
    return bool(
        pair and not pair.ended_on and any(member.user_id == getattr(to, "pk", None) for member in present(pair))
    )


def context(ref, to) -> dict:
    """The templates' context for a message of the outbox; the same for every member."""
    pair = _pair(ref)
    return written(
        cohort=pair.cohort,
        people=present(pair),
        initiator=pair.initiator,
        first_meeting_by=pair.first_meeting_by,
        path=pair.get_absolute_url(),
    )


def present(pair: Pair) -> list[Participant]:
    """Who belongs to a pair now, from its loaded members."""
    return [membership.participant for membership in pair.everybody if membership.until is None]


def initiator_of(proposal: Proposal, side: str) -> Participant:
    """Who makes the first move: the member of that side."""
    return next((person for person in proposal.people if person.side == side), proposal.a)


def example(*, cohort: Cohort, proposal: Proposal, initiator: Participant, first_meeting_by: date) -> Letter:
    """The message as it would go out for a proposal; its address leads nowhere before there is a pair."""
    about = written(
        cohort=cohort,
        people=proposal.people,
        initiator=initiator,
        first_meeting_by=first_meeting_by,
        path=reverse("pair_detail", args=[proposal.pk]),
    )
    return Letter(
        subject=" ".join(render_to_string(f"{FOLDER}/subject.txt", about).split()),
        body=render_to_string(f"{FOLDER}/body.txt", about),
    )
