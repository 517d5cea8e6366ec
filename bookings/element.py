"""What the sessions give the house; their pages are the rooms'."""

from django.utils import timezone

from bookings import actions, coming, kinds, pages, written
from elements.contract import Door, Element
from elements.registry import register


class Bookings(Element):
    app = slug = "bookings"
    name = written.ELEMENT
    optional = False
    messages = kinds.KINDS

    def doors(self, *, viewer, pair=None, cohort=None):
        """From here and not from the room that counts the hours: a cohort may have switched off that one alone."""
        if cohort is None or not viewer.has_perm("bookings.count_hours", cohort):
            return
        if url := pages.path_of_hours(cohort):
            yield Door("What it cost in hours", url, "cohort", "Of those who ran sessions, and what you add", 56)

    def next_steps(self, *, participants, on):
        return coming.steps(participants, on)

    def calendar(self, *, users):
        return coming.events_of(users)

    def reminders(self, *, on, until=None):
        return coming.reminders(on=on, until=until or on)

    def let_go(self, *, participant=None, pair=None, by):
        """A pair is for the rooms to say: down here there is a party, whoever they are to each other."""
        if participant is not None:
            actions.let_go(participant=participant, by=by, now=timezone.now())

    def everything_about(self, *, user):
        return written.everything_about(user=user)

    def forget(self, *, user, by):
        actions.forget_person(user=user, by=by)


register(Bookings())
