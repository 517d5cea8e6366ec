"""Reflections and a visit to write about, for tests."""

from datetime import timedelta

from django.utils import timezone

from shadowing import actions
from shadowing.choices import VisitState
from shadowing.models import Reflection, Visit

SECRET = "violets in the linen cupboard"


def reflected(author, words=SECRET, **more) -> Reflection:
    """A private reflection of the short kind."""
    given = {"guide": "short", "answers": {"take": words}, "now": timezone.now()}
    return actions.write_reflection(author=author, by=author.user, **{**given, **more})


def shared(author, **more) -> Reflection:
    return actions.share_reflection(reflection=reflected(author, **more), by=author.user, now=timezone.now())


def offered(author, *, may_quote=False, **more) -> Reflection:
    return actions.offer_reflection(
        reflection=reflected(author, **more), may_quote=may_quote, by=author.user, now=timezone.now()
    )


def visited(pair, visitor, host, state=VisitState.DEBRIEFED) -> Visit:
    """A visit of the day before yesterday, talked over yesterday."""
    now = timezone.now()
    began = now - timedelta(days=2)
    row = {
        "cohort": pair.cohort,
        "pair": pair,
        "visitor": visitor,
        "host": host,
        "state": state,
        "setting_words": "bed meeting",
        "starts_at": began,
        "ends_at": began + timedelta(hours=2),
        "agreed_at": began - timedelta(days=7),
        "minutes": 120,
        "debrief_on": timezone.localdate() - timedelta(days=1),
        "changed_at": now,
    }
    columns = {field.name for field in Visit._meta.fields}
    return Visit.objects.create(**{name: value for name, value in row.items() if name in columns})
