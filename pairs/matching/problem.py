"""The question put to the bench: who takes part, what keeps people apart, what counts how much."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pairs.matching.refusals import ProblemRefused, UnknownPerson

CRITERIA = ("directorate", "site", "days", "wishes", "interests", "theme", "seniority")
AIMS = ("everyone", "total", "fairest")
REVERSIBLE = ("directorate", "site", "seniority")
HEAVIEST = 3
SENIOREST = 5


@dataclass(frozen=True)
class SideLabel:
    """The cohort's own word for a side, for one person and for many."""

    one: str
    many: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """One accepted participant. Empty tuples and None mean that the answer is missing.

    ``days`` counts 0 = Monday to 6 = Sunday; ``level`` is 1..5 by the cohort's table of grades and bands;
    ``words`` gives the words to show for a comparison key, and a key without words is shown itself; ``said`` the
    person's own words for an offer or wish, where they are others.
    """

    key: str
    email: str
    name: str
    side: str
    level: int | None = None
    directorates: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    offers: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    leaves_on: date | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Bar:
    """A hard rule between two people, in either order: its code and a sentence for the lead."""

    a: str
    b: str
    rule: str
    words: str


@dataclass(frozen=True)
class Lock:
    """A pair that the lead wants; ``override`` is her written reason where a rule forbids it.

    ``overridden`` are the codes of the rules that the reason was written against; None lets it stand against any.
    """

    a: str
    b: str
    override: str = ""
    overridden: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Everything a run depends on. Raises ProblemRefused or UnknownPerson when it contradicts itself.

    ``weeks`` is the least number of whole weeks in common; ``weights`` has exactly the keys of CRITERIA;
    ``labels`` are the words for side "a" and side "b".
    """

    people: tuple[Person, ...]
    starts_on: date
    ends_on: date
    weights: Mapping[str, int]
    seed: str
    weeks: int = 16
    bars: tuple[Bar, ...] = ()
    locks: tuple[Lock, ...] = ()
    labels: tuple[SideLabel, SideLabel] = (SideLabel("doctor", "doctors"), SideLabel("manager", "managers"))

    def __post_init__(self):
        _refuse_weights(self.weights)
        _refuse_people(self.people)
        known = {person.key for person in self.people}
        links: tuple[Bar | Lock, ...] = (*self.bars, *self.locks)
        for link in links:
            for key in (link.a, link.b):
                if key not in known:
                    raise UnknownPerson(f"A rule or lock names somebody who is not in this cohort: {key}.")


def _refuse_weights(weights):
    if set(weights) != set(CRITERIA):
        raise ProblemRefused("Give a weight to each of: " + ", ".join(CRITERIA) + ".")
    for criterion in CRITERIA:
        weight = weights[criterion]
        lightest = -HEAVIEST if criterion in REVERSIBLE else 0
        if type(weight) is not int or not lightest <= weight <= HEAVIEST:
            raise ProblemRefused(f"The weight of {criterion} must be a whole number from {lightest} to {HEAVIEST}.")


def _refuse_people(people):
    keys, emails = set(), set()
    for person in people:
        if not person.key:
            raise ProblemRefused(f"{person.name} has no key.")
        if person.side not in ("a", "b"):
            raise ProblemRefused(f"{person.name} stands on no side.")
        if person.key in keys or person.email in emails:
            raise ProblemRefused(f"{person.name} ({person.email}) takes part twice.")
        if person.level is not None and not 1 <= person.level <= SENIOREST:
            raise ProblemRefused(f"The level of {person.name} must be 1 to {SENIOREST}, or missing.")
        if any(not 0 <= day <= 6 for day in person.days):
            raise ProblemRefused(f"The working days of {person.name} must be 0 (Monday) to 6 (Sunday).")
        keys.add(person.key)
        emails.add(person.email)
