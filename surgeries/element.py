"""What design surgeries give the house. Calendar, places to answer for and their messages come from one floor lower."""

from django.utils import timezone

from bookings.pages import register as show_sessions
from elements.contract import Element
from elements.registry import register
from surgeries import actions, due, glance, letters, listing, told, written
from surgeries.models import KIND

NOUN = "design surgery"


class Surgeries(Element):
    app = slug = KIND
    name = written.ELEMENT
    messages = letters.KINDS
    exports = (listing.EXPORT,)

    def doors(self, *, viewer, pair=None, cohort=None):
        return glance.doors(viewer=viewer, pair=pair, cohort=cohort)

    def panels(self, *, pair, viewer):
        return glance.panels(pair=pair, viewer=viewer, now=timezone.now())

    def next_steps(self, *, participants, on):
        return glance.next_steps(participants=participants, on=on)

    def attention(self, *, cohorts, on, viewer):
        return due.attention(cohorts=cohorts, on=on, viewer=viewer)

    def timeline(self, *, pairs, viewer):
        return told.timeline(pairs=pairs, viewer=viewer)

    def contacts(self, *, pairs, on):
        return told.contacts(pairs=pairs, on=on)

    def reminders(self, *, on, until=None):
        return due.reminders(on=on, until=until or on)

    def measures(self, *, cohorts):
        return told.measures(cohorts=cohorts)

    def record(self, *, participant):
        return told.record(participant=participant)

    def let_go(self, *, participant=None, pair=None, by):
        """Who withdraws is out of every session one floor lower; only what partners booked together is said here."""
        if pair is not None:
            actions.let_surgeries_go(pair=pair, by=by, now=timezone.now())

    def copy(self, *, source, target, moved, by):
        actions.copy_surgeries(source=source, target=target, moved=moved, by=by, now=timezone.now())

    def everything_about(self, *, user):
        return written.everything_about(user=user)

    def forget(self, *, user, by):
        actions.forget_person(user=user, by=by)


show_sessions(KIND, url_name="surgery_detail", noun=NOUN)
register(Surgeries())
