"""Partners write their learning agreement, change it, sign it, and look at their goals again."""

from datetime import date, datetime, timedelta

from django.db import transaction

from accounts import audit
from elements.refusals import Refusal
from pairs.actions.living import IsNoPartner, live
from pairs.agreements import TO_SIGN
from pairs.choices import GoalState, Point
from pairs.models import Agreement, GoalReview, Pair, Signature
from reminders import outbox

SETTLES = timedelta(minutes=10)  # changes made one after the other are told of once
TERMS = ("rhythm", "place", "first_move", "notice", "silence", "goals", "left_out", "between_us", "review_on")


class AgreementHasChanged(Refusal):
    """It is no longer what the reader of the page saw."""


class NothingToSign(Refusal):
    """There is no agreement yet."""


class NoSuchGoal(Refusal):
    """The agreement has no goal of that number."""


@transaction.atomic
def write_agreement(
    *,
    pair: Pair,
    rhythm: str,
    goals: list[str],
    by,
    now: datetime,
    place: str = "",
    first_move=None,
    notice: str = "",
    silence: str = "",
    left_out: str = "",
    between_us: str = "",
    review_on: date | None = None,
    sign: bool = False,
    seen: str = "",
) -> Agreement:
    """Write the first version, or a new one, which everybody signs again. The same words again are no new version.

    `sign` signs it for the writer at once; `seen` is the mark of what the page showed. Raises PairHasEnded,
    IsNoPartner, AgreementHasChanged.
    """
    pair, me = _own(pair, by, now)
    newest = pair.agreements.first()
    terms = {
        "rhythm": rhythm,
        "place": place,
        "first_move": first_move,
        "notice": notice,
        "silence": silence,
        "goals": list(goals),
        "left_out": left_out,
        "between_us": between_us,
        "review_on": review_on,
    }
    if newest is None or terms != {name: getattr(newest, name) for name in TERMS}:
        _refuse_another(newest, seen, "Read it below, and save again if you still want your words.")
        version = newest.version + 1 if newest else 1
        newest = Agreement.objects.create(pair=pair, version=version, written_by=by, written_at=now, **terms)
        did = "wrote a learning agreement" if version == 1 else "changed a learning agreement"
        audit.record(by=by, did=did, on=newest, scope=pair.cohort_id)
        _tell(newest, pair, by=by)
    if sign:
        _sign(newest, pair, me, by=by, now=now)
    return newest


@transaction.atomic
def sign_agreement(*, pair: Pair, by, now: datetime, seen: str = "") -> Agreement:
    """Sign the newest version; a second time nothing happens.

    Raises PairHasEnded, IsNoPartner, NothingToSign, AgreementHasChanged.
    """
    pair, me = _own(pair, by, now)
    newest = pair.agreements.first()
    if newest is None:
        raise NothingToSign("There is no agreement to sign yet.")
    _refuse_another(newest, seen, "Read it and sign it then.")
    _sign(newest, pair, me, by=by, now=now)
    return newest


@transaction.atomic
def mark_goals(*, agreement: Agreement, point: str, marks: dict[int, tuple[str, str]], by, now: datetime) -> None:
    """Say how far each goal has come: {number of the goal: (state, note)}, one word of both partners.

    Raises PairHasEnded, IsNoPartner, NoSuchGoal.
    """
    pair, _ = _own(agreement.pair, by, now)
    for number, (state, note) in marks.items():
        if not 1 <= number <= len(agreement.goals):
            raise NoSuchGoal("There is no such goal.")
        said = {"state": GoalState(state), "note": note, "marked_by": by, "marked_at": now}
        GoalReview.objects.update_or_create(agreement=agreement, point=Point(point), number=number, defaults=said)
    audit.record(by=by, did="looked at the goals of a learning agreement", on=agreement, scope=pair.cohort_id)


def _own(pair: Pair, by, now: datetime):
    """The pair under a row lock and the member of it that `by` is now."""
    pair = live(pair)
    mine = pair.memberships.live().filter(participant__user=by).select_related("participant").first()
    if mine is None or pair.shown_from > now:
        raise IsNoPartner("Only partners write and sign their learning agreement.")
    return pair, mine.participant


def _refuse_another(newest: Agreement | None, seen: str, then: str) -> None:
    """Who saw another version is told so."""
    version = str(newest.version if newest else 0)
    if seen and seen != version:
        writer = newest.written_by.name if newest and newest.written_by else "Your partner"
        raise AgreementHasChanged(f"{writer} changed your agreement while you had this page open. {then}")


def _sign(agreement: Agreement, pair: Pair, me, *, by, now: datetime) -> None:
    _, is_new = Signature.objects.get_or_create(agreement=agreement, participant=me, defaults={"signed_at": now})
    if is_new:
        audit.record(by=by, did="signed a learning agreement", on=agreement, scope=pair.cohort_id)
        _tell(agreement, pair, by=by)


def _tell(agreement: Agreement, pair: Pair, *, by) -> None:
    """One message about this version to each of the others who has yet to sign it, with how things stand by then."""
    signed = set(agreement.signatures.values_list("participant", flat=True))
    people = [each.participant for each in pair.memberships.live().select_related("participant__user")]
    letters = [
        outbox.Letter(
            to=person.user,
            key=f"{TO_SIGN}:{agreement.pk}:{person.pk}",
            ref={"agreement": str(agreement.pk), "pair": str(pair.pk)},
            reply_to=[other.user for other in people if other.pk != person.pk],
        )
        for person in people
        if person.user_id != by.pk and person.pk not in signed
    ]
    outbox.post_all(kind=TO_SIGN, letters=letters, scope=pair.cohort_id, not_before=SETTLES)
