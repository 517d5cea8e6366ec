"""What this room gives the house: visits and reflections, each from its own modules."""

from itertools import chain

from django.utils import timezone

from elements.contract import Element
from elements.registry import register
from shadowing import actions, listing, reflected, visit_letters, visiting, visits_due


class Shadowing(Element):
    app = slug = "shadowing"
    name = "Shadowing"
    messages = (*visit_letters.KINDS, *reflected.KINDS)
    exports = (listing.EXPORT,)

    def doors(self, *, viewer, pair=None, cohort=None):
        return chain(visiting.doors(viewer=viewer, pair=pair, cohort=cohort), reflected.doors(viewer=viewer, pair=pair))

    def panels(self, *, pair, viewer):
        return visiting.panels(pair=pair, viewer=viewer)

    def next_steps(self, *, participants, on):
        """Two queries: visits, and reflections, which are no part of them."""
        participants = list(participants)
        shared = reflected.next_steps(participants=participants, on=on, now=timezone.now())
        return chain(visiting.next_steps(participants=participants, on=on), shared)

    def attention(self, *, cohorts, on, viewer):
        return visiting.attention(cohorts=cohorts, on=on)

    def timeline(self, *, pairs, viewer):
        return visiting.timeline(pairs=pairs, viewer=viewer)

    def contacts(self, *, pairs, on):
        return visiting.contacts(pairs=pairs, on=on)

    def calendar(self, *, users):
        return visiting.calendar(users=users)

    def reminders(self, *, on, until=None):
        return visits_due.reminders(on=on, until=until or on)

    def record(self, *, participant):
        return chain(visiting.record(participant=participant), reflected.record_lines(participant=participant))

    def offered(self, *, cohorts):
        return reflected.offered(cohorts=cohorts)

    def let_go(self, *, participant=None, pair=None, by):
        actions.let_visits_go(participant=participant, pair=pair, by=by, now=timezone.now())


register(Shadowing())
