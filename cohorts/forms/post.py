"""What the list of messages can be narrowed to."""

from django import forms
from django.utils.functional import cached_property

from cohorts.models import Participant
from elements.registry import kinds
from reminders.choices import State


class PostFilter(forms.Form):
    """A GET form. An unknown state or kind shows everything, an unknown person nobody's messages."""

    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    state = forms.ChoiceField(label="State", required=False, choices=[("", "Any"), *State.choices])
    kind = forms.ChoiceField(label="Kind of message", required=False)

    def __init__(self, *args, cohort, user, **kwargs):
        super().__init__(*args, **kwargs)
        self._cohort, self._user = cohort, user
        is_of_one = bool(self.data.get("person") or self.initial.get("person"))
        # To ask for what no lead is shown would read as if there were none.
        offered = [kind for kind in kinds() if not (kind.counted or kind.unlisted or (is_of_one and kind.secret))]
        self.fields["kind"].choices = [("", "Any"), *((kind.name, kind.label) for kind in offered)]

    @cached_property
    def asked(self) -> dict:
        """What `PostBook` takes."""
        self.is_valid()
        found = {name: self.cleaned_data.get(name, "") for name in ("state", "kind")}
        if self.data.get("person"):
            people = Participant.objects.visible_to(self._user).filter(cohort=self._cohort)
            person = people.filter(pk=self.cleaned_data.get("person")).first()
            found |= {"person": person, "is_nobody": person is None}
        return found

    def understood(self) -> "PostFilter":
        """The form as it is shown: with what was asked for, and without what made no sense."""
        asked = {**self.asked, "person": getattr(self.asked.get("person"), "pk", None)}
        return PostFilter(cohort=self._cohort, user=self._user, initial=asked)
