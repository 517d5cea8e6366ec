"""The four steps of a cycle in order, and what is open next."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from projects.models import Cycle, Project
from projects.rules import is_owner

A_PAGE = 25
NAMES = {"plan": "Plan", "do": "Do", "study": "Study", "act": "Act"}
PAGES = {"plan": "cycle_edit", "do": "cycle_do", "study": "cycle_study", "act": "cycle_act"}
ASKS = {
    "do": "Next: do it, and write what you did and saw.",
    "study": "Next: study it. Compare what you saw with your prediction.",
    "act": "Next: act on it. Keep the change, change it and test again, or try something else.",
}
BUTTONS = {"do": "Write what was done", "study": "Write what it shows", "act": "Decide what follows"}


@dataclass(frozen=True)
class StepOfCycle:
    """One of the four: what was written, when, and where it is written or changed."""

    name: str
    words: list[tuple[str, str]]
    on: date | None
    url: str = ""

    @property
    def label(self) -> str:
        return NAMES[self.name]

    @property
    def is_done(self) -> bool:
        return bool(self.words)

    @property
    def day_words(self) -> str:
        return "Starts on" if self.name == "plan" else "Written on"


def open_of(cycle: Cycle) -> str:
    """The name of the step that is open; "" where all four are done."""
    written = {"do": cycle.did, "study": cycle.studied, "act": cycle.act}
    return next((name for name, words in written.items() if not words), "")


def state_of(cycle: Cycle) -> str:
    """ "Next: do", or what followed."""
    name = open_of(cycle)
    return f"Next: {name}" if name else cycle.get_act_display().partition(":")[0]


@dataclass(frozen=True)
class CyclePage:
    """What one reader sees of a cycle, read with its project and people."""

    cycle: Cycle
    reader: object

    @property
    def is_owner(self) -> bool:
        return is_owner(self.reader, self.cycle)

    @property
    def open(self) -> str:
        return open_of(self.cycle)

    @property
    def asks(self) -> str:
        return ASKS.get(self.open, "") if self.is_owner else ""

    @property
    def button(self) -> tuple[str, str] | None:
        """(words, address) of what is next."""
        if not self.is_owner:
            return None
        if self.open:
            return BUTTONS[self.open], reverse(PAGES[self.open], args=[self.cycle.pk])
        if self.offers_next:
            page = reverse("cycle_create", args=[self.cycle.project_id])
            return "Begin the next cycle", f"{page}?after={self.cycle.number}"
        return None

    @property
    def offers_next(self) -> bool:
        return self.cycle.act == "adapt" and self.cycle.project.ended_on is None

    @property
    def steps(self) -> list[StepOfCycle]:
        cycle = self.cycle
        plan = [("What is tried", cycle.plan), ("What we think will happen", cycle.prediction)]
        if cycle.idea_id:
            plan.insert(0, ("The idea it tests", cycle.idea.words))
        act = [("What follows", cycle.get_act_display())] if cycle.act else []
        found = [
            ("plan", plan, cycle.starts_on),
            ("do", [("What was done and seen", cycle.did)], cycle.done_on),
            ("study", [("What it shows", cycle.studied)], cycle.studied_on),
            ("act", [*act, ("What is next, and why", cycle.act_words)], cycle.acted_on),
        ]
        return [
            StepOfCycle(name, [row for row in words if row[1]], on, self._change(name)) for name, words, on in found
        ]

    def _change(self, name: str) -> str:
        """The address where what is written is changed: the plan only until something is done."""
        written = {"plan": not self.cycle.did, "do": self.cycle.did, "study": self.cycle.studied, "act": self.cycle.act}
        return reverse(PAGES[name], args=[self.cycle.pk]) if self.is_owner and written[name] else ""


def before(project: Project, asked: str) -> Cycle | None:
    """The cycle of this number, whose plan the next one begins with."""
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 5):
        return None
    return Cycle.objects.filter(project=project, number=int(asked)).first()
