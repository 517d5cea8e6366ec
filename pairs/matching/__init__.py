"""The pairing bench: exact pairs of two sides, with reasons, what-ifs and proofs.

Pure Python with numpy and scipy. A ``Problem`` of ``Person``, ``Bar`` and ``Lock`` goes in; ``prepare`` makes
its ``Table``; ``solve`` gives a ``Solution`` that ``check`` verifies without a solver; the rest explains it.
Whole numbers, words, tuples and dataclasses come out; only a ``Table`` holds arrays.
"""

from pairs.matching.aims import AimResult, aims_side_by_side, wishes_met
from pairs.matching.alternatives import Change, WhyNot, why_not, why_nots
from pairs.matching.checking import Verified, check
from pairs.matching.explaining import Explanation, Part, explain
from pairs.matching.keeping import from_json, to_json
from pairs.matching.problem import AIMS, CRITERIA, REVERSIBLE, Bar, Lock, Person, Problem, SideLabel
from pairs.matching.refusals import (
    LockBreaksRule,
    LockedTwice,
    MatchingError,
    ProblemRefused,
    ProofRefused,
    UnknownPerson,
)
from pairs.matching.revising import Comparison, Move, SwapCost, compare, swap_cost
from pairs.matching.rules import weeks_available
from pairs.matching.solution import Objective, Pairing, Proof, Solution, Stage
from pairs.matching.solving import VERSIONS, solve
from pairs.matching.table import Table, prepare, refusal
from pairs.matching.trios import TrioProposal, trios
from pairs.matching.waiting import Shortage, left_over_reason, left_over_reasons
from pairs.matching.wording import points

__all__ = [
    "AIMS",
    "CRITERIA",
    "REVERSIBLE",
    "VERSIONS",
    "AimResult",
    "Bar",
    "Change",
    "Comparison",
    "Explanation",
    "Lock",
    "LockBreaksRule",
    "LockedTwice",
    "MatchingError",
    "Move",
    "Objective",
    "Pairing",
    "Part",
    "Person",
    "Problem",
    "ProblemRefused",
    "Proof",
    "ProofRefused",
    "Shortage",
    "SideLabel",
    "Solution",
    "Stage",
    "SwapCost",
    "Table",
    "TrioProposal",
    "UnknownPerson",
    "Verified",
    "WhyNot",
    "aims_side_by_side",
    "check",
    "compare",
    "explain",
    "from_json",
    "left_over_reason",
    "left_over_reasons",
    "points",
    "prepare",
    "refusal",
    "solve",
    "swap_cost",
    "to_json",
    "trios",
    "weeks_available",
    "why_not",
    "why_nots",
    "wishes_met",
]
