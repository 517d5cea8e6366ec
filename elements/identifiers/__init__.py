"""Finds in a text what may say who a patient is, and what to write instead.

A look and no proof: it knows the shapes of numbers, dates, postcodes and titled names, and nothing of people. What a
writer makes of it is the writer's decision. Every pattern repeats a bounded number of times, or characters that can be
read in one way only, so the time grows with the length of the text and not with its malice.
"""

from elements.identifiers.figures import is_nhs_number
from elements.identifiers.people import Finding, People, lettered

__all__ = ["Finding", "People", "find", "is_nhs_number", "replaced"]


def find(text: str, people: People | None = None) -> list[Finding]:
    """What may identify a patient, in the order of the text; nothing is found twice.

    `people` are those of all texts of the page, so that each keeps one letter in all of them.
    """
    if people is None:
        people = People()
        people.leave_given(text)
    return lettered(text, people)


def replaced(text: str, people: People | None = None) -> str:
    """The text with everything found replaced by what to write instead."""
    parts, upto = [], 0
    for one in find(text, people):
        parts += [text[upto : one.start], one.instead]
        upto = one.end
    return "".join([*parts, text[upto:]])
