"""Somebody tells the leads how the pairing goes, and a lead says that it was heard."""

from datetime import datetime

from django.db import transaction

from accounts import audit
from pairs.actions.living import IsNoPartner, live
from pairs.choices import Point
from pairs.models import Pair, Pulse


@transaction.atomic
def say_how_it_goes(
    *,
    pair: Pair,
    point: str,
    met_enough: int,
    works_for_me: int,
    by,
    now: datetime,
    wants_call: bool = False,
    is_not_working: bool = False,
    words: str = "",
) -> Pulse:
    """Answer at a point, or answer anew. The same answer again leaves it heard. Raises PairHasEnded, IsNoPartner."""
    pair = live(pair)
    mine = pair.memberships.live().filter(participant__user=by).first()
    if mine is None or pair.shown_from > now:
        raise IsNoPartner("Only partners say how their pairing goes.")
    said = {
        "met_enough": met_enough,
        "works_for_me": works_for_me,
        "wants_call": wants_call,
        "is_not_working": is_not_working,
        "words": words,
    }
    place = {"pair": pair, "participant_id": mine.participant_id, "point": Point(point)}
    pulse = Pulse.objects.filter(**place).first()
    if pulse and {name: getattr(pulse, name) for name in said} == said:
        return pulse
    anew = {**said, "cohort": pair.cohort, "said_at": now, "heard_at": None, "heard_by": None}
    pulse, _ = Pulse.objects.update_or_create(**place, defaults=anew)
    audit.record(by=by, did="said how a pairing goes", on=pulse, scope=pair.cohort_id)
    return pulse


@transaction.atomic
def hear_pulse(*, pulse: Pulse, by, now: datetime) -> Pulse:
    """A lead has been in touch about it."""
    pulse = Pulse.objects.select_for_update(of=("self",)).get(pk=pulse.pk)
    if pulse.heard_at is None:
        pulse.heard_at, pulse.heard_by = now, by
        pulse.save(update_fields=["heard_at", "heard_by"])
        audit.record(by=by, did="was in touch about a pairing", on=pulse, scope=pulse.cohort_id)
    return pulse
