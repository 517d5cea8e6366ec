"""What conversations give the house."""

from django.urls import reverse
from django.utils import timezone

from conversations import talks_due, upcoming
from conversations.actions.news import drop_ahead
from conversations.letters import KINDS
from conversations.reading import glance
from elements.contract import Door, Element, Panel
from elements.registry import register
from pairs.models import Membership
from pairs.rules import is_partner


class Conversations(Element):
    """They are the heart of the programme: no cohort switches them off."""

    app = slug = "conversations"
    name = "Conversations"
    optional = False
    messages = KINDS

    def doors(self, *, viewer, pair=None, cohort=None):
        if pair is not None and is_partner(viewer, pair):
            plan = reverse("conversation_plan", args=[pair.pk])
            yield Door("Plan a conversation", plan, "pair", order=20)
            yield Door("Plan a conversation", plan, "free_time", order=20)
            yield Door("Log a conversation", reverse("conversation_log", args=[pair.pk]), "pair", order=21)
            yield Door("Your conversations", reverse("conversation_list", args=[pair.pk]), "pair", order=22)
        if cohort is not None and viewer.has_perm("conversations.edit_prompts", cohort):
            url = reverse("prompt_list", args=[cohort.pk])
            yield Door("Questions to begin with", url, "cohort", "What partners may talk about, by month", 56)

    def panels(self, *, pair, viewer):
        if is_partner(viewer, pair):
            shown = {"glance": glance(pair, user=viewer, now=timezone.now()), "pair": pair}
            yield Panel("conversations/_glance.html", shown, 20)

    def next_steps(self, *, participants, on):
        return upcoming.steps(participants, on)

    def timeline(self, *, pairs, viewer):
        return upcoming.entries(pairs, viewer)

    def contacts(self, *, pairs, on):
        return upcoming.contacts(pairs, on=on)

    def record(self, *, participant):
        return upcoming.record(participant)

    def calendar(self, *, users):
        return upcoming.events_of(users)

    def reminders(self, *, on, until=None):
        return talks_due.reminders(on=on, until=until or on)

    def let_go(self, *, participant=None, pair=None, by):
        """What is planned is called off, and everybody who was in the pair until now hears of it."""
        now = timezone.now()
        if pair is not None:
            until_now = Membership.objects.filter(pair=pair, until=pair.ended_on) | Membership.objects.live().filter(
                pair=pair
            )
            people = [each.participant for each in until_now.select_related("participant__user")]
            drop_ahead(pair=pair, by=by, now=now, people=people)
        if participant is not None:
            for each in Membership.objects.live().filter(participant=participant).select_related("pair"):
                drop_ahead(pair=each.pair, by=by, now=now)


register(Conversations())
