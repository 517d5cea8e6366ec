"""What partners agree on, and how far their goals have come."""

from datetime import date

from django import forms

from cohorts.forms.words import Line, Text
from elements import clock
from elements.fields import DayField
from elements.rereading import Standing, standing
from elements.second_look import LooksForPatients
from elements.widgets import Radios
from pairs.agreements import Accord
from pairs.choices import GoalState
from pairs.forms.revising import MarkOfPage
from pairs.looking_back import middle_of

MOST = 300
GOALS = 3
NOTICE = "Two days if we can. If work gets in the way on the day, a short message is enough."
SILENCE = "If a message has no answer within a week, we ring. After two weeks either of us may ask the leads to help."
BETWEEN_US = "What we tell each other stays between us, unless both of us agree to share it."
PLACE = "In person the first time, then in person or by video."


class GoalField(Line):
    """A goal, seen whole also on a phone: two lines high, and still one line of text."""

    def __init__(self, **kwargs):
        super().__init__(max_length=MOST, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def to_python(self, value) -> str:
        return " ".join(super().to_python(value).split())


class AgreementForm(LooksForPatients):
    """The terms of one version; suggestions stand in the boxes of the first."""

    looked_at = ("rhythm", "goal_1", "goal_2", "goal_3")
    standing: list[Standing] = []

    rhythm = Line(
        label="How often do you meet, and for how long?",
        max_length=MOST,
        needed="Enter how often you meet, like every four weeks for an hour",
    )
    goal_1 = GoalField(
        label="First goal",
        help_text="What do you want to have learnt or changed together? For example: understand how beds are "
        "allocated, and try one change on our ward",
        needed="Enter your first goal",
    )
    goal_2 = GoalField(label="Second goal", needed="Enter your second goal")
    goal_3 = GoalField(label="Third goal (optional)")
    place = Text(label="Where do you meet? (optional)", rows=2, max_length=MOST)
    first_move = forms.ChoiceField(
        label="Who makes the next move? (optional)",
        required=False,
        widget=Radios,
        error_messages={"invalid_choice": "Choose one of you"},
    )
    notice = Text(label="What if one of you has to call off? (optional)", rows=3, max_length=MOST)
    silence = Text(label="What if there is no answer? (optional)", rows=3, max_length=MOST)
    left_out = Text(
        label="What do you leave out? (optional)",
        help_text="For example: appraisal, complaints, decisions about a colleague",
        rows=2,
        max_length=1000,
    )
    between_us = Text(label="What stays between you? (optional)", rows=2, max_length=1000)
    review_on = DayField(
        label="When do you look at it again? (optional)",
        help_text="We write to you on that day. For example, 6 1 2027",
        name="day to look at it again",
        required=False,
    )

    def __init__(self, *args, accord: Accord, initial=None, **kwargs):
        self.accord = accord
        super().__init__(*args, initial={**_shown(accord), **(initial or {})}, **kwargs)
        self.people = {str(person.pk): person for person in accord.members}
        self.fields["first_move"].choices = [(pk, person.name) for pk, person in self.people.items()]
        self.fields["seen"] = MarkOfPage(initial=accord.mark, required=False, max_length=64)

    def clean_review_on(self):
        day, newest = self.cleaned_data["review_on"], self.accord.newest
        if day is None or (newest and day == newest.review_on):
            return day  # what is agreed already may be past
        last = self.accord.pair.cohort.ends_on
        if day <= clock.today():
            raise forms.ValidationError("Enter a day that is still to come")
        if day > last:
            raise forms.ValidationError(f"Enter a day up to {clock.in_full(last)}, when the cohort ends")
        return day

    def clean(self):
        """`terms` are what an action takes."""
        found = super().clean()
        goals = [found.get(f"goal_{number}", "") for number in range(1, GOALS + 1)]
        self.terms = {name: value for name, value in found.items() if not name.startswith("goal_")}
        self.terms["goals"] = list(dict.fromkeys(goal for goal in goals if goal))
        self.terms["first_move"] = self.people.get(found.get("first_move", ""))

    def look_again(self, accord: Accord, refusal: Exception) -> None:
        """Shows what a partner wrote meanwhile, and carries its mark: saving again replaces what was read."""
        stands = _shown(accord)

        def words(name: str) -> str:
            value = stands[name]
            if isinstance(value, date):
                return clock.in_full(value)
            return self.people[value].name if name == "first_move" and value in self.people else str(value or "")

        self.standing = standing(self, stands, words)
        self.fields["seen"].initial = accord.mark
        self.add_error(None, str(refusal))


def _shown(accord: Accord) -> dict:
    """What the boxes hold at first: the newest version, or suggestions."""
    newest = accord.newest
    if newest:
        boxes = ("place", "notice", "silence", "left_out", "between_us", "review_on")
        goals = {f"goal_{number}": "" for number in range(1, GOALS + 1)}
        goals |= {f"goal_{number}": goal for number, goal in enumerate(newest.goals, 1)}
        first = str(newest.first_move_id) if newest.first_move_id else ""
        return (
            {"rhythm": newest.rhythm, **goals} | {name: getattr(newest, name) for name in boxes} | {"first_move": first}
        )
    cohort = accord.pair.cohort
    middle = middle_of(cohort)
    return {
        "rhythm": f"{_every(cohort.meets_every)}, for an hour",
        "place": PLACE,
        "first_move": str(accord.pair.initiator_id),
        "notice": NOTICE,
        "silence": SILENCE,
        "between_us": BETWEEN_US,
        "review_on": middle if middle > clock.today() else None,
    }


def _every(days: int) -> str:
    """ "Every week", "Every 4 weeks", "Every 10 days"."""
    number, unit = (days // 7, "week") if days % 7 == 0 else (days, "day")
    return f"Every {unit}" if number == 1 else f"Every {number} {unit}s"


class GoalsForm(LooksForPatients):
    """One word and a note for each goal of the agreement in force."""

    def __init__(self, *args, accord: Accord, **kwargs):
        super().__init__(*args, **kwargs)
        goals = accord.in_force.goals if accord.in_force else []
        self.numbers = range(1, len(goals) + 1)
        for number, goal in enumerate(goals, 1):
            self.fields[f"state_{number}"] = forms.ChoiceField(
                label=goal,
                choices=GoalState.choices,
                widget=Radios,
                error_messages={
                    "required": f"Choose how far goal {number} has come",
                    "invalid_choice": f"Choose how far goal {number} has come",
                },
            )
            self.fields[f"note_{number}"] = Text(
                label=f"Note on goal {number} (optional)",
                help_text="You and your partner read it",
                rows=2,
                max_length=1000,
            )

    def clean(self):
        """`marks` are what an action takes."""
        found = super().clean()
        self.marks = {
            number: (found[f"state_{number}"], found.get(f"note_{number}", ""))
            for number in self.numbers
            if f"state_{number}" in found
        }
