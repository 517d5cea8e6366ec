"""A row of the permission matrix: one URL name, and what each role meets there.

Each room keeps its rows in `<app>/tests/matrix.py`:

    ROWS = [Row(url="cohort_detail", ids={"cohort_id": "cohort"}, may={"lead"}, may_not={"doctor"})]
    OBJECTS = {"run": lambda world: find_pairs(cohort=world.cohort, by=world.lead)}

`OBJECTS` is optional: how the room makes the things that its rows name, each from the World that is there already
(see `tests/permissions/world.py`). A thing is made when a row first asks for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

ROLES = (
    "doctor",  # takes part in the cohort; `participant` is this person's row
    "manager",  # the doctor's partner
    "colleague",  # takes part in the same cohort, in another pair
    "facilitator",  # of the cohort
    "evaluator",  # of the cohort
    "sponsor",  # of the cohort
    "lead",  # of the cohort
    "programme_lead",  # of the programme, and so of all its cohorts
    "organisation_lead",  # of the cohort, for the people of `organisation` alone
    "other_lead",  # of another cohort of the same programme
    "far_lead",  # of a cohort in another trust
    "stranger",  # takes part in another cohort of the same programme
    "administrator",  # of the installation
)


@dataclass(frozen=True)
class Row:
    """What each role meets at a URL; whoever is in neither `may` nor `may_not` must get 404.

    `ids` maps a keyword of the address to the name of a thing in the World, whose primary key is put there; `fixed`
    maps a keyword to a plain value. `may` get 200 for GET, and 200 or a redirect for a POST of `post`; `may_not` get
    403. `post` and `query` are data, or a function that makes them from the World. A URL whose methods differ in
    who may use them has several rows. A row with `public=True` is for everybody, signed in or not, and says why.
    """

    url: str
    ids: Mapping[str, str] = field(default_factory=dict)
    may: frozenset[str] | set[str] = frozenset()
    may_not: frozenset[str] | set[str] = frozenset()
    methods: tuple[str, ...] = ("GET",)
    post: Mapping[str, Any] | str | Callable[[Any], Mapping[str, Any] | str] = field(default_factory=dict)  # text: JSON
    query: Mapping[str, Any] | Callable[[Any], Mapping[str, Any]] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    public: bool = False
    why: str = ""  # for a public row: the reason
    answers: int = 0  # for a public row: the only status, where it is not one of success

    def __post_init__(self) -> None:
        if unknown := (set(self.may) | set(self.may_not)) - set(ROLES):
            raise ValueError(f"{self.url}: no such role: {', '.join(sorted(unknown))}")
        if both := set(self.may) & set(self.may_not):
            raise ValueError(f"{self.url}: may and may not: {', '.join(sorted(both))}")
        if self.public and not self.why:
            raise ValueError(f"{self.url}: a public address says why.")
        if not self.public and not self.may:
            raise ValueError(f"{self.url}: nobody may use it, so the row would prove nothing.")


EVERYBODY = frozenset(ROLES)  # everybody who is signed in
