"""What this room gives the house. Calendar, places booked and their messages the sessions give (`bookings`).

No timeline and no contact: that a partner was at a workshop is a line of the register, which is hers alone.
"""

from django.utils import timezone

from bookings import pages
from elements import clock
from elements.contract import Element
from elements.registry import register
from workshops import actions, due, letters, told
from workshops.choices import KIND


class Workshops(Element):
    app = slug = KIND
    name = told.ELEMENT
    messages = letters.KINDS

    def doors(self, *, viewer, pair=None, cohort=None):
        return told.doors(viewer=viewer, pair=pair, cohort=cohort)

    def next_steps(self, *, participants, on):
        return told.next_steps(participants=participants, on=on, now=timezone.now())

    def attention(self, *, cohorts, on, viewer):
        return told.attention(cohorts=cohorts, on=on)

    def stages(self, *, cohort, on):
        return told.stages(cohort=cohort, on=on)

    def contacts(self, *, pairs, on):
        return ()

    def reminders(self, *, on, until=None):
        return due.reminders(on=on, until=until or on)

    def record(self, *, participant):
        return told.record(participant=participant, now=timezone.now())

    def measures(self, *, cohorts):
        return told.measures(cohorts=cohorts)

    def everything_about(self, *, user):
        return told.everything_about(user=user)

    def forget(self, *, user, by):
        actions.forget_person(user=user, by=by, on=clock.today())

    def copy(self, *, source, target, moved, by):
        actions.copy_series(source=source, target=target, moved=moved, by=by, now=timezone.now())


pages.register(KIND, url_name="meeting_detail", noun="workshop", hours="time_given_list")
register(Workshops())
