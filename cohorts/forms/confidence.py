"""The form of a word in confidence."""

from cohorts.forms.words import Text
from elements.once import MarkOfSending
from elements.second_look import LooksForPatients


class WordForm(LooksForPatients):
    """What somebody wants to tell the leads."""

    words = Text(
        label="What is on your mind?",
        help_text="A sentence is enough. Say whether they may ring you.",
        required=True,
        rows=6,
        error_messages={"required": "Enter what you want the leads to know"},
    )
    mark = MarkOfSending()
