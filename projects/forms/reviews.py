"""A critical friend's review: four boxes, of which one is enough."""

from cohorts.forms.words import Text
from elements.second_look import LooksForPatients
from projects.actions.reviews import BOXES
from projects.models import Review


class ReviewForm(LooksForPatients):
    """At least one box holds something."""

    strong = Text(label="What is strong? (optional)", max_length=2000)
    worries = Text(label="What worries me? (optional)", help_text="Said to help, not to judge", max_length=2000)
    ask = Text(label="What would I ask? (optional)", max_length=2000)
    next_words = Text(label="What next? (optional)", max_length=2000)

    def clean(self):
        found = super().clean()
        if not self.errors and not any(found.get(name) for name in BOXES):
            self.add_error("strong", "Enter a few words in at least one of the boxes")
        return found


def as_written(review: Review) -> dict:
    """First values of the form about this review."""
    return {name: getattr(review, name) for name in BOXES}
