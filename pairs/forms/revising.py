"""Forms about a run."""

from django import forms

from cohorts.forms.yes import TYPE_ABOVE, CountField, MarkOfPage
from elements.clock import local
from elements.fields import FromList
from pairs.calling import called
from pairs.choices import RunState
from pairs.discretion import NOT_HERS, may_decide_about
from pairs.forms.living import FirstMove
from pairs.models import Run

CHOICES = ("initiator_side", "first_meeting_by")


class ProposalField(FromList):
    """One proposed pair of a run."""

    def __init__(self, proposals, *, label: str, choices: list[tuple]):
        super().__init__(proposals, label=label)
        self.choices = [("", "Choose a pair"), *choices]
        asked = f"Choose {label[:1].lower()}{label[1:]}"
        self.error_messages |= {"required": asked, "invalid_choice": f"{asked} from the list"}


def _named(proposals) -> list[tuple]:
    """Choices of proposals: the address of each, and its people with the score."""
    names = called(person for proposal in proposals for person in proposal.people)
    return [(each.pk, f"{names[each.a_id]} and {names[each.b_id]} ({each.score})") for each in proposals]


class SwapForm(forms.Form):
    """Two pairs that exchange partners."""

    override = forms.CharField(
        label="Why are these two pairs made all the same?",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, run: Run, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.cohort = user, run.cohort
        proposals = (
            run.proposals.filter(third=None)
            .exclude(a__user=user)
            .exclude(b__user=user)
            .select_related("a__user", "b__user", "third")
            .order_by("a__name")
        )
        choices = _named(proposals.with_names())
        self.fields["first"] = ProposalField(proposals, label="One pair", choices=choices)
        self.fields["second"] = ProposalField(proposals, label="The other pair", choices=choices)
        self.order_fields(["first", "second", "override"])

    def clean(self):
        """What a swap costs is not shown either to whom it may not be for to decide: the cost names rules."""
        super().clean()
        first, second = self.cleaned_data.get("first"), self.cleaned_data.get("second")
        if first and first == second:
            self.add_error("second", "Choose two different pairs")
        elif first and second and not may_decide_about(self.user, self.cohort, *first.people, *second.people):
            raise forms.ValidationError(NOT_HERS)


class TrioForm(forms.Form):
    """Somebody left over and the pair to join."""

    newcomer = forms.UUIDField()
    proposal = forms.UUIDField()


class DissolveForm(forms.Form):
    """A trio to take somebody out of."""

    proposal = forms.UUIDField()


class CompareForm(forms.Form):
    """Another run of the same cohort."""

    def __init__(self, *args, run: Run, **kwargs):
        super().__init__(*args, **kwargs)
        others = Run.objects.filter(cohort=run.cohort).exclude(pk=run.pk).without_workings()
        self.fields["other"] = FromList(
            others,
            label="Compare with",
            empty_label="Choose a run",
            error_messages={"required": "Choose a run", "invalid_choice": "Choose a run from the list"},
        )
        self.fields["other"].label_from_instance = lambda other: (
            f"{local(other.made_at):%-d %B %Y, %H:%M}: {other.get_aim_display().lower()}"
        )


class PublishForm(FirstMove):
    """Who begins, by when, and the number of messages typed where it is large; and which pairs were read.

    Without `is_yes` somebody only looks at the example, or tries it: nothing has to be confirmed for that.
    """

    def __init__(self, *args, run: Run, messages: int, shown: str, is_yes: bool = True, **kwargs):
        super().__init__(*args, cohort=run.cohort, **kwargs)
        self.fields["shown"] = MarkOfPage(initial=shown, required=False, max_length=64)
        self.run = run
        if messages > TYPE_ABOVE:
            self.fields["count"] = CountField(messages) if is_yes else CountField(messages, required=False)

    @property
    def choices(self) -> dict | None:
        """Who begins and by when, if both were chosen."""
        known = getattr(self, "cleaned_data", {})
        return {name: known[name] for name in CHOICES} if all(known.get(name) for name in CHOICES) else None

    @property
    def is_ready(self) -> bool:
        return self.run.state == RunState.REVIEW
