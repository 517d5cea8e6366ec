"""One process of a rush: `people N` fills a database of its own, `serve PORT WORKERS` is the server as it is deployed.

With `--unlocked` that is the twin: it reads a session without its lock, in no transaction, and the database promises
nothing. It shows that there is a race to lose, on either engine.
"""

import json
import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pairedlearning.settings")

import django

from tests import environment  # noqa: F401 - values that the settings need

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import QuerySet  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bookings.models import Booking, Seat, Session  # noqa: E402
from bookings.querysets import SessionQuerySet  # noqa: E402
from cohorts.models import Cohort, Participant  # noqa: E402
from cohorts.tests.factories import CohortFactory, LeadFactory, ParticipantFactory  # noqa: E402
from reminders import outbox  # noqa: E402
from surgeries.actions import publish_surgeries  # noqa: E402
from surgeries.hosting import leads_of  # noqa: E402
from surgeries.tests.worlds import HOUR, ahead  # noqa: E402

PROMISES = {Seat: {"seat_once"}, Booking: {"booking_one_to_a_line"}, Session: {"session_not_overbooked"}}


def people(number: int) -> dict:
    """So many people who take part, each with the cookie of a browser that is signed in; and the cohort."""
    cohort = CohortFactory(starts_on=timezone.localdate(), ends_on=timezone.localdate() + timedelta(days=200))
    LeadFactory(cohort=cohort)
    browsers = []
    for _ in range(number):
        person = ParticipantFactory(cohort=cohort)
        client = Client()
        client.force_login(person.user)
        browsers.append((str(person.pk), client.session.session_key))
    return {
        "cohort": str(cohort.pk),
        "cookies": [settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME],
        "browsers": browsers,
    }


def surgery(cohort: str, places: int) -> dict:
    """The next surgery of so many places; the one before it is over, so that everybody may book again."""
    Session.objects.update(starts_at=timezone.now() - 3 * HOUR, ends_at=timezone.now() - HOUR)
    found = Cohort.objects.get(pk=cohort)
    [lead] = leads_of(found)
    [made] = publish_surgeries(
        cohort=found,
        times=[(ahead(), ahead() + HOUR)],
        hosts=[lead],
        place="Seminar room 2",
        capacity=places,
        by=lead,
        now=timezone.now(),
    )
    return {"surgery": str(made.pk)}


def outcome(key: str) -> dict:
    """How the surgery stands: its bookings in the order of asking, as (person, state, number of places)."""
    rows = Booking.objects.filter(session=key).order_by("line").prefetch_related("attendees", "seats")
    told = [[str(each.attendees.all()[0].participant_id), each.state, len(each.seats.all())] for each in rows]
    session = Session.objects.get(pk=key)
    return {"bookings": told, "taken": session.taken, "people": Participant.objects.count()}


def break_promises() -> None:
    """The database takes what it should refuse."""
    for model, names in PROMISES.items():
        dropped = [each for each in model._meta.constraints if each.name in names]
        # SQLite makes the table anew from what the model says.
        model._meta.constraints = [each for each in model._meta.constraints if each.name not in names]
        for constraint in dropped:
            with connection.schema_editor() as editor:
                editor.remove_constraint(model, constraint)


def unlock() -> None:
    """Every statement by itself, and the session read as it happens to stand."""
    SessionQuerySet.locked = lambda self, pk: self.filter(pk=pk).first()
    transaction.Atomic.__enter__ = lambda self: None
    transaction.Atomic.__exit__ = lambda self, *raised: None
    outbox.assert_in_transaction = lambda: None
    QuerySet.select_for_update = lambda self, *args, **kwargs: self


if __name__ == "__main__":
    what, *words = sys.argv[1:]
    if what == "serve":
        if "--unlocked" in words:
            unlock()
        call_command("serve", port=int(words[0]), workers=int(words[1]), no_scheduler=True)
    elif what == "unlocked":
        break_promises()
    else:
        made = {"people": people, "surgery": surgery, "outcome": outcome}[what]
        said = [int(word) if word.isdecimal() else word for word in words]
        sys.stdout.write(f"{json.dumps(made(*said))}\n")
