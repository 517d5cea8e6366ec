"""Forms about a conversation that is planned."""

from datetime import datetime

from django import forms

from cohorts.forms.yes import MarkOfPage
from conversations.actions.planning import mark
from conversations.choices import Way
from conversations.models import Conversation
from elements.widgets import Radios
from pairs.forms.doubts import AsksOnceMore
from pairs.forms.when import WhenForm, as_typed
from pairs.models import Pair


class WayField(forms.ChoiceField):
    """In person, by phone or by video; nobody has to say."""

    widget = Radios

    def __init__(self, **kwargs):
        sentence = {"invalid_choice": "Choose how you talk, or leave it open"}
        super().__init__(choices=Way.choices, required=False, error_messages=sentence, **kwargs)


class PlanForm(AsksOnceMore, WhenForm):
    """When, for how long, how and where; an hour unless somebody says otherwise."""

    def __init__(self, *args, pair: Pair, now: datetime | None = None, **kwargs):
        kwargs.setdefault("initial", {"minutes": 60})
        super().__init__(*args, cohort=pair.cohort, now=now, **kwargs)
        self.fields["way"] = WayField(label="How? (optional)")
        self.order_fields(["day", "hour", "minutes", "way", "place"])

    @property
    def chosen(self) -> dict:
        """The arguments of the action, of a form that is valid."""
        found = self.cleaned_data
        return {**self.moments, "place": found.get("place", ""), "way": found.get("way", "")}


class MoveForm(PlanForm):
    """Another time or place of what the page showed."""

    def __init__(self, *args, conversation: Conversation, now: datetime | None = None, **kwargs):
        shown = {**as_typed(conversation), "way": conversation.way} if conversation.starts_at else {"minutes": 60}
        super().__init__(*args, pair=conversation.pair, now=now, initial=shown, **kwargs)
        self.conversation = conversation
        self.fields["seen"] = MarkOfPage(initial=mark(conversation), required=False)

    @property
    def moments_before(self):
        return self.conversation.starts_at, self.conversation.ends_at

    @property
    def chosen(self) -> dict:
        return {**super().chosen, "seen": self.cleaned_data.get("seen", "")}


class SeenForm(forms.Form):
    """Yes to what the page showed."""

    def __init__(self, *args, conversation: Conversation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"] = MarkOfPage(initial=mark(conversation), required=False)
