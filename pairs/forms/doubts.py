"""A form that says once what speaks against a time, and lets its writer go on."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

from django import forms

from elements.widgets import Checkboxes

GO_ON = "Plan it all the same"
ANSWER = "all_the_same"


class GoOnField(forms.MultipleChoiceField):
    """A box to tick. Its value is a mark of what was said, so that a tick answers nothing that was not read."""

    widget = Checkboxes

    def __init__(self, mark: str, label: str):
        super().__init__(label=label, choices=[(mark, GO_ON)], required=False)


class AsksOnceMore(forms.Form):
    """Warns of a time, and never refuses: the writer chooses another, or ticks that she goes on.

    1. `class PlanForm(AsksOnceMore, WhenForm): ...`, first among its bases: it looks at what the others made.
    2. `moments` are what was entered; `moments_before` are those of what is being moved, of which nobody is warned.
    3. The view gives `clashes(starts_at=…, ends_at=…)`, which returns sentences without a full stop; `doubts` may add.
    """

    moments: dict[str, datetime | None]
    question, another = "Is the time meant like this?", "another time"

    def __init__(self, *args, clashes: Callable[..., list[str]] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.clashes = clashes

    @property
    def moments_before(self) -> tuple[datetime | None, datetime | None]:
        return None, None

    def doubts(self, *, starts_at: datetime, ends_at: datetime) -> list[str]:
        return self.clashes(starts_at=starts_at, ends_at=ends_at) if self.clashes else []

    def clean(self):
        found = super().clean()
        # In UTC: of an hour that comes twice, Python calls a moment in London equal to no other.
        asked = tuple(moment.astimezone(UTC) for moment in self.moments.values() if moment)
        if len(asked) == 2 and asked != self.moments_before:
            self._ask(self.doubts(starts_at=asked[0], ends_at=asked[1]), asked)
        return found

    def _ask(self, doubts: list[str], asked: tuple[datetime, ...]) -> None:
        if not doubts:
            return
        said = "\n".join([*doubts, *(f"{moment.timestamp():.0f}" for moment in asked)])
        mark = hashlib.sha256(said.encode()).hexdigest()[:16]
        self.fields[ANSWER] = GoOnField(mark, self.question)
        key = self.add_prefix(ANSWER)
        ticked = self.fields[ANSWER].widget.value_from_datadict(self.data, self.files, key)
        if mark not in (ticked or ()):
            how = f"Choose {self.another}, or tick “{GO_ON}” and send it again"
            self.add_error(ANSWER, [f"{doubt}. {how}" if doubt == doubts[-1] else doubt for doubt in doubts])
