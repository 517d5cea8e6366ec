"""Who is who: which number belongs to which name, and which letter each patient gets."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from elements.identifiers.look import NAME, Look
from elements.identifiers.seen import looks

LETTERS = "XYZWVUTSRQ"  # of several people in one text; of more than these, "X2" and so on
GIVEN = re.compile(r"(?<!\w)(?:patient|mrs?\.?|ms\.?|miss|mx\.?)[ \u00a0]([A-Z][0-9]{0,3})(?!\w)", re.IGNORECASE)
# What may stand between a name and a number of the same patient, and between two of her numbers.
BESIDE = re.compile(
    r"(?:['’]s?)?(?:[\s,;:()\[\]#=/\u2010-\u2014-]|(?<![\w.])(?:NHS|hospital|hosp\.?|unit|patient|record|case|number|nos?\.?|num\.?"
    r"|ID|MRN|CRN|is|born|d\.?o\.?b\.?|date|of|birth|aged?|[0-9]{1,3}|her|his|their|with|whose|phone|mobile|tel\.?"
    r"|telephone|postcode)(?!\w)){0,40}",
    re.IGNORECASE,
)
# The word goes with what it stands before: "patient 943 476 5919" becomes "patient X" and not "patient patient X".
PATIENT = re.compile(r"(?<!\w)(patient)[ \u00a0]{1,2}\Z", re.IGNORECASE)
APART = 40  # characters between them, at most


@dataclass
class People:
    """Who is who in the texts of one page: one patient has one letter, and two never have the same."""

    letters: dict[tuple[str, ...], str] = field(default_factory=dict)  # of names and of numbers
    numbers: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)  # (letter, kind) to the number
    firsts: set[str] = field(default_factory=set)  # letters of people whose first name is known
    taken: set[str] = field(default_factory=set)
    turn: int = 0  # of letters, so that many people take no longer each than few

    @classmethod
    def of(cls, texts: Iterable[str]) -> "People":
        """Everybody who is named in these texts, in their order."""
        texts, people = list(texts), cls()
        for text in texts:
            people.leave_given(text)
        for text in texts:
            lettered(text, people)
        return people

    def leave_given(self, text: str) -> None:
        """A letter that the writer gave to somebody is given to nobody else."""
        self.taken |= {found[1].upper() for found in GIVEN.finditer(text)}

    def letter(self, who: tuple[str, ...], numbers: list[tuple[str, ...]]) -> str:
        """Of somebody with this name, if any, and these numbers. Numbers say more than a name, which two may share."""
        known = [self.letters[number] for number in numbers if number in self.letters]
        letter = known[0] if known else self._called(who)
        if not known and any(self.numbers.get((letter, each[0]), each) != each for each in numbers):
            letter = ""
        letter = letter or self._free()
        for each in numbers:
            self.letters.setdefault(each, letter)
            self.numbers.setdefault((letter, each[0]), each)
        if who:
            self.letters.setdefault(who, letter)
            self.letters.setdefault((*who[:2], ""), letter)
            self.firsts |= {letter} if who[2] else set()
        return letter

    def _called(self, who: tuple[str, ...]) -> str:
        """The letter of a name; "Mrs Jones" is whoever of that name came first, "Mrs Eve Jones" is no Anna."""
        if not who or who in self.letters:
            return self.letters.get(who, "")
        letter = self.letters.get((*who[:2], ""), "")
        return "" if letter in self.firsts else letter

    def _free(self) -> str:
        letter = ""
        while not letter or letter in self.taken:
            letter = f"{LETTERS[self.turn % 10]}{self.turn // 10 + 1 if self.turn > 9 else ''}"
            self.turn += 1
        self.taken.add(letter)
        return letter


@dataclass(frozen=True)
class Finding:
    """Characters `start` to `end` of a text, what they look like, and what to write in their place."""

    start: int
    end: int
    kind: str
    instead: str


def lettered(text: str, people: People) -> list[Finding]:
    """With a letter for each patient: a number beside a name is that patient's, and is not one more."""
    seen = looks(text)
    named = _beside(seen, text)
    numbers: dict[int, list[tuple[str, ...]]] = {}
    for number, name in named.items():
        numbers.setdefault(name, []).append(seen[number].who)
    found = []
    for at, one in enumerate(seen):
        instead = one.instead
        if one.kind == NAME:
            instead = f"patient {people.letter(one.who, numbers.get(at, []))}"
        elif one.who and at not in named:
            before = seen[at - 1] if at and at - 1 not in named else None
            if before and before.who and before.kind not in {NAME, one.kind} and _is_near(before, one, text):
                people.letter((), [before.who, one.who])  # a hospital number beside an NHS number is no second patient
            else:
                instead = f"patient {people.letter((), [one.who])}"
        start = one.start
        if instead.startswith("patient ") and (word := PATIENT.search(text, max(0, start - 9), start)):
            start, instead = word.start(), f"{word[1]} {instead.partition(' ')[2]}"
        found.append(Finding(start, one.end, one.kind, instead))
    return found


def _beside(seen: list[Look], text: str) -> dict[int, int]:
    """{index of a number: index of the name beside it}, the nearest first.

    A name has one number of a kind: a second is another's.
    """
    near: list[tuple[int, int, int]] = []  # (how far apart, number, name)
    for name, one in enumerate(seen):
        if one.kind == NAME:
            near += [(seen[at].start - one.end, at, name) for at in _from(name, 1, seen, text)]
            near += [(one.start - seen[at].end, at, name) for at in _from(name, -1, seen, text)]
    named: dict[int, int] = {}
    has: set[tuple[int, str]] = set()
    for _, number, name in sorted(near):
        if number not in named and (name, seen[number].kind) not in has:
            named[number] = name
            has.add((name, seen[number].kind))
    return named


def _from(name: int, step: int, seen: list[Look], text: str) -> Iterator[int]:
    """The numbers that follow a name, or go before it, up to the next name or any other words."""
    at = name + step
    while 0 <= at < len(seen) and seen[at].kind != NAME:
        first, second = sorted((at, at - step))
        if not _is_near(seen[first], seen[second], text):
            return
        if seen[at].who:
            yield at
        at += step


def _is_near(one: Look, other: Look, text: str) -> bool:
    return other.start - one.end <= APART and bool(BESIDE.fullmatch(text, one.end, other.start))
