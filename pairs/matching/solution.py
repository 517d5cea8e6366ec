"""What a run gives back: the pairs, who is left over, the figures, and the proof."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Pairing:
    """One pair: keys, T, S (0..100), its band floor(S / 10), whether the lead locked it and why, if forbidden."""

    a: str
    b: str
    total: int
    score: int
    band: int
    locked: bool = False
    override: str = ""


@dataclass(frozen=True)
class Objective:
    """The figures an aim orders: number of pairs, bands from the worst upwards, sum of T; worst S or None."""

    pairs: int
    bands: tuple[int, ...]
    total: int
    worst: int | None

    def ordered(self, aim):
        """The tuple by which an aim prefers the greater."""
        return {
            "everyone": (self.pairs, self.total),
            "total": (self.total, self.pairs),
            "fairest": (self.pairs, self.bands, self.total),
        }[aim]


@dataclass(frozen=True)
class Stage:
    """The proof of one stage: its levels, the cost of the assignment, potentials of rows and columns."""

    levels: tuple[str, ...]
    cost: int
    u: tuple[int, ...]
    v: tuple[int, ...]

    @property
    def statement(self):
        """What the potentials show, as an equation."""
        return f"u_i + v_j <= c_ij in every cell, and sum u + sum v = {sum(self.u) + sum(self.v)} = the cost"


@dataclass(frozen=True)
class Proof:
    """Row i (``rows[i]``, a person's key) stands in column ``assignment[i]``; short sides end in dummies."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    assignment: tuple[int, ...]
    stages: tuple[Stage, ...]


@dataclass(frozen=True)
class Solution:
    """The pairs of one run under one aim; ``left_over`` are keys in drawn order, side a first."""

    aim: str
    seed: str
    pairings: tuple[Pairing, ...]
    left_over: tuple[str, ...]
    objective: Objective
    proof: Proof
    versions: tuple[tuple[str, str], ...]

    @property
    def pairs(self):
        """The pairs as (key of side a, key of side b)."""
        return tuple((pairing.a, pairing.b) for pairing in self.pairings)

    @property
    def partners(self):
        """Each paired key with the key of the partner."""
        return dict(self.pairs) | {b: a for a, b in self.pairs}

    @property
    def total(self):
        """The sum of T over all pairs."""
        return self.objective.total


def pairings(table, locked, cells):
    """The Pairings of locked and solved cells, in drawn order of side a."""
    held = {(cell.i, cell.j): cell.override for cell in locked}
    return tuple(
        Pairing(
            a=table.a[i].key,
            b=table.b[j].key,
            total=(total := int(table.totals[i, j])),
            score=(points := table.score(total)),
            band=points // 10,
            locked=(i, j) in held,
            override=held.get((i, j), ""),
        )
        for i, j in sorted([*held, *cells])
    )


def objective(found):
    """The Objective of some Pairings."""
    return Objective(
        pairs=len(found),
        bands=tuple(sorted(pairing.band for pairing in found)),
        total=sum(pairing.total for pairing in found),
        worst=min((pairing.score for pairing in found), default=None),
    )


def left_over(table, found):
    """The keys in none of the Pairings, in drawn order, side a first."""
    paired = {key for pairing in found for key in (pairing.a, pairing.b)}
    return tuple(person.key for person in (*table.a, *table.b) if person.key not in paired)


def chosen_cells(field, assignment):
    """The cells (i, j) of the drawn order that an assignment of the field really pairs."""
    columns = np.asarray(assignment, dtype=np.intp)[: len(field.rows)]
    rows = np.arange(len(columns))
    real = columns < len(field.columns)
    rows, columns = rows[real], columns[real]
    keep = field.allowed[rows, columns]
    found_rows, found_columns = field.rows[rows[keep]], field.columns[columns[keep]]
    return list(zip(found_rows.tolist(), found_columns.tolist(), strict=True))
