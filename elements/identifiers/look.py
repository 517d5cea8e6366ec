"""A place in a text that may say who a patient is, before anybody is given a letter."""

from dataclasses import dataclass

NAME, NHS_NUMBER, HOSPITAL_NUMBER = "the name of a patient", "an NHS number", "a hospital number"


@dataclass(frozen=True)
class Look:
    """The same before anybody is given a letter. `who` is what tells people apart: a name, a number; else ()."""

    start: int
    end: int
    kind: str
    instead: str = ""  # of a number that stands beside a name: whose it is, the name says
    who: tuple[str, ...] = ()
