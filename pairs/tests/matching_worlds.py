"""Made-up cohorts for the tests of the bench: small random ones, and the 36 people of the example sheet."""

import csv
import datetime
from pathlib import Path

from hypothesis import strategies as st

from pairs import matching

STARTS_ON, ENDS_ON = datetime.date(2027, 2, 1), datetime.date(2027, 11, 1)
EVEN = dict.fromkeys(matching.CRITERIA, 1)
NOTHING = dict.fromkeys(matching.CRITERIA, 0)
EXAMPLE = Path(__file__).parents[2] / "docs/examples/applicants-semicolon.csv"
_DAYS = {
    "Full time": range(5),
    "Mon-Fri": range(5),
    "Mon to Thurs": range(4),
    "Not Fridays": range(4),
    "Mon Tue Thu": (0, 1, 3),
    "Tues, Wed, Thurs": (1, 2, 3),
    "M,T,W": (0, 1, 2),
}
_LEVELS = {"F2": 1, "ST3": 2, "ST4": 2, "ST5": 3, "ST6": 3, "ST7": 4, "6": 2, "7": 3, "8a": 4}


def someone(key, **answers):
    """A person whose side is the first letter of the key."""
    told = {"email": f"{key}@trust.example", "name": f"Dr {key.upper()}", "side": key[0]} | answers
    return matching.Person(key=key, **told)


def problem(people, **terms):
    """A problem of nine months with every criterion at weight 1, unless told otherwise."""
    told = {"starts_on": STARTS_ON, "ends_on": ENDS_ON, "weights": EVEN, "seed": "5eed"} | terms
    return matching.Problem(people=tuple(people), **told)


def by_levels(levels_a, levels_b, **terms):
    """A problem where only seniority counts, so that T is 100 - 25 |difference|."""
    people = [someone(f"a{i}", level=level) for i, level in enumerate(levels_a)]
    people += [someone(f"b{j}", level=level) for j, level in enumerate(levels_b)]
    return problem(people, **({"weights": NOTHING | {"seniority": 1}} | terms))


def barred(*pairs):
    """A bar for each pair of keys."""
    return tuple(matching.Bar(a, b, "excluded", f"{a} and {b} are kept apart") for a, b in pairs)


def _few(words, most=3):
    return st.lists(st.sampled_from(words), max_size=most, unique=True).map(tuple)


@st.composite
def people_of(draw, side, most):
    """Up to ``most`` people of a side, answers often missing and often tied."""
    return [
        someone(
            f"{side}{i}",
            level=draw(st.sampled_from([None, 1, 2, 5])),
            directorates=draw(_few("xy", 1)),
            sites=draw(_few("xyz", 2)),
            days=draw(_few([0, 1, 2, 6])),
            offers=draw(_few("klmn")),
            wants=draw(_few("klmn")),
            interests=draw(_few("pqr")),
            themes=draw(_few("tu", 1)),
            leaves_on=draw(st.sampled_from([None, None, None, datetime.date(2027, 3, 1)])),
        )
        for i in range(draw(st.integers(0, most)))
    ]


@st.composite
def problems(draw, most=6, locks=True):
    """Problems with up to ``most`` people a side, forbidden cells, locks (some by override) and ties."""
    a, b = draw(people_of("a", most)), draw(people_of("b", most))
    cells = [(x.key, y.key) for x in a for y in b]
    bars = barred(*draw(st.lists(st.sampled_from(cells), max_size=8))) if cells else ()
    held, taken = [], set()
    for x, y in draw(st.lists(st.sampled_from(cells), max_size=2)) if cells and locks else ():
        if not {x, y} & taken:
            taken |= {x, y}
            held.append(matching.Lock(x, y, override="they asked for it"))
    weights = {
        criterion: draw(st.integers(-3 if criterion in matching.REVERSIBLE else 0, 3))
        for criterion in matching.CRITERIA
    }
    return problem([*a, *b], bars=bars, locks=tuple(held), weights=weights, seed=draw(st.sampled_from("01")))


def example_people():
    """The example sheet, read naively: enough of it to score and pair the 36 people."""
    with EXAMPLE.open(encoding="cp1252", newline="") as sheet:
        rows = list(csv.reader(sheet, delimiter=";"))[1:]
    people = []
    for number, row in enumerate(rows):
        doctor = row[2].casefold() in ("clinician", "doctor", "dr")
        leaves = datetime.datetime.strptime(row[8], "%d/%m/%Y").date() if row[8] else None
        people.append(
            matching.Person(
                key=f"row {number}",
                email=row[1].casefold(),
                name=row[0],
                side="a" if doctor else "b",
                level=_LEVELS.get(row[4].strip().casefold().removeprefix("band ").removeprefix("b"))
                or _LEVELS.get(row[4].strip()),
                directorates=(row[5].casefold(),),
                sites=tuple(site for site in row[6].casefold().split(" / ") if site),
                days=tuple(_DAYS.get(row[7], ())),
                offers=tuple(row[11].casefold().split("; ")),
                wants=tuple(row[12].casefold().split(", ")),
                interests=tuple(row[13].casefold().split(", ")),
                themes=(row[14].casefold(),) if row[14] else (),
                leaves_on=leaves,
            )
        )
    return people
