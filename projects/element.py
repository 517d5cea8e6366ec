"""What the projects give the house."""

from datetime import timedelta

from django.urls import reverse

from elements import clock
from elements.contract import Element, Panel, Step
from elements.registry import register
from pairs.rules import is_partner
from projects.reading import open_actions, still_to_do

AHEAD = timedelta(days=7)  # what is due by then stands on the task list


class Projects(Element):
    app = slug = "projects"
    name = "Projects and agreed actions"

    def panels(self, *, pair, viewer):
        """What is still open between these partners."""
        if self.slug in pair.cohort.elements_off or not is_partner(viewer, pair):
            return
        if still := open_actions(pair, user=viewer):
            shown = {"still": still, "pair": pair, "reader": viewer, "today": clock.today()}
            yield Panel("projects/_agreed.html", shown, 40)

    def next_steps(self, *, participants, on):
        """Of each what is due within a week, or was."""
        known = {each.pk: each for each in participants if self.slug not in each.cohort.elements_off}
        for action in still_to_do(known, until=on + AHEAD) if known else ():
            url = reverse("action_list", args=[action.pair_id]) if action.pair_id else ""
            hint = "You said that you would do this. It is overdue." if action.is_overdue(on) else ""
            yield Step(known[action.owner_id], action.words, url, hint, due_on=action.due_on, order=40)


register(Projects())
