"""What the projects give the house."""

from itertools import chain

from django.urls import reverse

from elements import clock
from elements.contract import Element, Step
from elements.registry import register
from projects import actions, checks, due, glance, kinds, portfolio, replies, to_do, told, written


class Projects(Element):
    app = slug = "projects"
    name = written.ELEMENT
    messages = kinds.KINDS
    exports = (portfolio.EXPORT,)

    def doors(self, *, viewer, pair=None, cohort=None):
        theirs = chain(portfolio.doors(viewer=viewer, cohort=cohort), replies.doors(viewer=viewer, cohort=cohort))
        return chain(glance.doors(viewer=viewer, pair=pair), theirs)

    def attention(self, *, cohorts, on, viewer):
        """What needs a lead: requests that wait, and projects that are late, stuck or without an aim."""
        asked = replies.attention(cohorts=cohorts, on=on, viewer=viewer)
        return chain(asked, portfolio.attention(cohorts=cohorts, on=on, viewer=viewer))

    def reminders(self, *, on, until=None):
        return due.reminders(on=on, until=until or on)

    def panels(self, *, pair, viewer):
        return glance.panels(pair=pair, viewer=viewer)

    def next_steps(self, *, participants, on):
        """Of each what is due within a week, or was; and of owners, what became of a project after the programme."""
        known = [each for each in participants if self.slug not in each.cohort.elements_off]
        for each in checks.asked(known, on):
            url = reverse("project_check", args=[each.project.pk, each.months])
            hint = f"It is {each.months} months since the programme ended. Two taps are enough."
            yield Step(each.owner, f"Does “{each.project.title}” still go on?", url, hint, order=45)
        yield from to_do.next_steps(participants=known, on=on)

    def timeline(self, *, pairs, viewer):
        return told.timeline(pairs=pairs, viewer=viewer)

    def contacts(self, *, pairs, on):
        """None: who works on a project need not have met."""
        return ()

    def let_go(self, *, participant=None, pair=None, by):
        actions.let_projects_go(participant=participant, pair=pair, by=by, on=clock.today())

    def measures(self, *, cohorts):
        return told.measures(cohorts=cohorts)

    def everything_about(self, *, user):
        return written.everything_about(user=user)

    def forget(self, *, user, by):
        actions.forget_person(user=user, by=by, on=clock.today())

    def copy(self, *, source, target, moved, by):
        actions.copy_method_links(source=source, target=target, by=by)


register(Projects())
