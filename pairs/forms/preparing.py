"""Forms before the solve."""

from django import forms

from cohorts.choices import Side
from cohorts.models import Participant
from elements.widgets import Radios
from pairs.choices import AIM_SENTENCES, BOTH_WAYS, ONE_WAY, REVERSIBLE, Aim, Criterion
from pairs.forms.people import OfSide, PersonField
from pairs.gathering import to_pair
from pairs.models import Pairing


class WeightsForm(forms.Form):
    """What counts how much, in words, and what a run tries first."""

    aim = forms.ChoiceField(
        label="What should a run try first?",
        choices=Aim.choices,
        widget=Radios(hints=AIM_SENTENCES),
        error_messages={"required": "Choose what a run tries first"},
    )

    def __init__(self, *args, pairing: Pairing, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["aim"].initial = pairing.aim
        for criterion in Criterion:
            words = BOTH_WAYS if criterion in REVERSIBLE else ONE_WAY
            self.fields[criterion.value] = forms.TypedChoiceField(
                label=criterion.label,
                choices=sorted(words.items(), reverse=True),
                coerce=int,
                initial=pairing.weights.get(criterion, 0),
                error_messages={"required": f"Choose how much {criterion.label.lower()} counts"},
            )
        self.order_fields([*Criterion.values, "aim"])

    def weights(self) -> dict[str, int]:
        return {criterion: self.cleaned_data[criterion] for criterion in Criterion.values}


class AimForm(forms.Form):
    """What this one run tries first; nothing for the aim that the cohort has chosen."""

    aim = forms.ChoiceField(choices=Aim.choices, required=False)


class ExclusionForm(forms.Form):
    """Two people who must not be partners."""

    def __init__(self, *args, cohort, user, **kwargs):
        super().__init__(*args, **kwargs)
        people = Participant.objects.filter(cohort=cohort).taking_part().exclude(user=user)
        self.fields["one"] = PersonField(people, label="One person")
        self.fields["other"] = PersonField(people, label="The other person")
        self.fields["why"] = forms.CharField(
            label="Why", help_text="Only leads can read this.", required=False, max_length=300
        )

    def clean(self):
        super().clean()
        one, other = self.cleaned_data.get("one"), self.cleaned_data.get("other")
        if one and one == other:
            self.add_error("other", "Choose two different people")


class LockForm(forms.Form):
    """Two people whom a lead wants together."""

    def __init__(self, *args, cohort, user, **kwargs):
        super().__init__(*args, **kwargs)
        for side in Side.values:
            self.fields[side] = OfSide(cohort, side, to_pair(cohort).filter(side=side).exclude(user=user))
        self.fields["override"] = forms.CharField(
            label="Reason, if a rule forbids the two",
            help_text="Only needed where a rule keeps them apart. It is kept with the run.",
            required=False,
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 2}),
        )


class AnswerForm(forms.Form):
    """Yes or no to "is this who they mean?"; the people come from the question itself."""

    participant = forms.UUIDField()
    part = forms.ChoiceField(choices=[("manager", "line manager"), ("exclusion", "exclusion")])
    other = forms.UUIDField()
    is_meant = forms.TypedChoiceField(choices=[("yes", "Yes"), ("no", "No")], coerce=lambda answer: answer == "yes")
