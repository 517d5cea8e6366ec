"""What the lead's list of projects is cut down to, and the links that stand on every project's page."""

from django import forms

from cohorts.forms.words import Line
from elements.links import is_address
from projects.choices import EndKind, Stage
from projects.models import MethodLink

LATE, STUCK, NO_AIM = "late", "stuck", "no-aim"
TAGS = [
    ("", "All projects"),
    (LATE, "Late: a milestone is overdue"),
    (STUCK, "Stuck: nothing changed for six weeks"),
    (NO_AIM, "No aim yet"),
]
STATES = [("", "Any state"), *Stage.choices, *EndKind.choices]


class PortfolioFilter(forms.Form):
    """All projects, or those that need a lead for one reason, or that are in one state."""

    show = forms.ChoiceField(label="Show", required=False, choices=TAGS)
    state = forms.ChoiceField(label="State", required=False, choices=STATES)


class MethodLinkForm(forms.Form):
    """What a link is called, and where it leads."""

    label = Line(label="What the link says", needed="Enter what the link says", max_length=120)
    url = Line(
        label="Address",
        help_text="Like https://trust.example/course",
        needed="Enter the address, like https://trust.example/course",
        max_length=300,
    )

    def __init__(self, *args, link: MethodLink | None = None, **kwargs):
        super().__init__(*args, initial={"label": link.label, "url": link.url} if link else {}, **kwargs)

    def clean_url(self) -> str:
        url = self.cleaned_data["url"]
        url = url if "://" in url else f"https://{url}"
        try:
            forms.URLField(max_length=300, assume_scheme="https").clean(url)
        except forms.ValidationError:
            url = ""
        if not is_address(url):
            raise forms.ValidationError("Enter a full address, like https://trust.example/course")
        return url
