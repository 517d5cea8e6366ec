"""Why not: for each person the best-scoring partner who is not theirs, and what stands between them."""

from dataclasses import dataclass

import numpy as np

from pairs.matching.locks import Locked, locked_cells
from pairs.matching.solution import Objective, objective
from pairs.matching.solving import resolve
from pairs.matching.table import refusal
from pairs.matching.wording import difference


@dataclass(frozen=True)
class Change:
    """Somebody who would change partner; None means waiting without one."""

    key: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class WhyNot:
    """Why ``person`` is not with ``other``, the best-scoring partner who is not theirs.

    ``kind``: "rule" (``rules`` forbid it), "loss" (the cohort would lose), "drawn" (equally good),
    "gain" (the lead's own hand, a lock or a swap, stands in the way), "nobody" (there is no other partner).
    ``before`` and ``after`` are the cohort's figures, ``changes`` the other people who would change; ``words`` is
    a sentence for the lead.
    """

    person: str
    other: str | None
    kind: str
    score: int | None
    words: str
    rules: tuple[str, ...] = ()
    before: Objective | None = None
    after: Objective | None = None
    changes: tuple[Change, ...] = ()


def why_not(table, solution, person):
    """The WhyNot of one person (key). Raises UnknownPerson."""
    return _Question(table, solution).answer(person)


def why_nots(table, solution):
    """The WhyNot of each person, by key in drawn order. Two people who ask for each other are solved once."""
    question = _Question(table, solution)
    return {person.key: question.answer(person.key) for person in (*table.a, *table.b)}


def changes_between(table, before, after, *, without=()):
    """The Changes of everybody whose partner differs between two mappings key -> partner's key."""
    return tuple(
        Change(person.key, before.get(person.key), after.get(person.key))
        for person in (*table.a, *table.b)
        if person.key not in without and before.get(person.key) != after.get(person.key)
    )


class _Question:
    """The what-ifs of one solution: each lock is solved at most once."""

    def __init__(self, table, solution):
        self.table, self.solution = table, solution
        self.partners = solution.partners
        self.locked = locked_cells(table, table.problem.locks)
        self.cells = [table.cell(a, b) for a, b in solution.pairs]
        # Twice T, plus one where allowed: among equal totals a partner whom no rule forbids comes first.
        self.appeal = 2 * table.totals + table.allowed
        self.solved = {}

    def answer(self, person):
        cell = self._best_other(person)
        names = self.table.names
        if cell is None:
            return WhyNot(person, None, "nobody", None, f"There is no other partner for {names[person]}.")
        a, b = self.table.a[cell[0]].key, self.table.b[cell[1]].key
        other = b if person == a else a
        score = self.table.score(int(self.table.totals[cell]))
        start = f"The best other partner for {names[person]} is {names[other]} ({score} of 100)"
        if not self.table.allowed[cell]:
            rules = refusal(self.table, a, b)
            return WhyNot(person, other, "rule", score, f"{start}, but {'; '.join(rules)}.", rules)
        if cell not in self.solved:
            self.solved[cell] = self._locked_in(cell)
        kind, after, changes, words = self.solved[cell]
        return WhyNot(person, other, kind, score, f"{start}. {words}", (), self.solution.objective, after, changes)

    def _best_other(self, person):
        side, place = self.table.place(person)
        appeal = (self.appeal[place] if side == "a" else self.appeal[:, place]).copy()
        if person in self.partners:
            appeal[self.table.place(self.partners[person])[1]] = -1
        if not len(appeal) or appeal.max() < 0:
            return None
        best = int(np.argmax(appeal))
        return (place, best) if side == "a" else (best, place)

    def _locked_in(self, cell):
        """(kind, figures, changes, words) when this cell is locked and the cohort solved again."""
        table, before = self.table, self.solution.objective
        others = [lock for lock in self.locked if lock.i != cell[0] and lock.j != cell[1]]
        lifted = len(others) < len(self.locked)
        found = resolve(table, self.solution.aim, locked=(*others, Locked(*cell)), keep=self.cells)
        after = objective(found)
        partners = {p.a: p.b for p in found} | {p.b: p.a for p in found}
        both = (table.a[cell[0]].key, table.b[cell[1]].key)
        changes = changes_between(table, self.partners, partners, without=both)
        old, new = before.ordered(self.solution.aim), after.ordered(self.solution.aim)
        kind = "drawn" if old == new else "loss" if new < old else "gain"
        words = _words(table, self.solution.aim, kind, before, after, changes, lifted)
        return kind, after, changes, words


def _words(table, aim, kind, before, after, changes, lifted):
    start = "Without the lock that now stands in the way" if lifted else "If they were paired"
    if kind == "drawn":
        words = f"{start} the cohort would do equally well: this was drawn."
    else:
        words = f"{start}, {difference(aim, before, after, table.weight_sum)}."
    moved = [
        f"{table.names[change.key]} would be with {table.names[change.after]}"
        if change.after
        else f"{table.names[change.key]} would wait"
        for change in changes
        if change.after is None or table.place(change.key)[0] == "a" or change.before is None
    ]
    return words + (" " + "; ".join(moved) + "." if moved else "")
