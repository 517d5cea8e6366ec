"""The pairing bench: exact pairs of two sides, with reasons, what-ifs and proofs.

Pure Python with numpy and scipy. A ``Problem`` of ``Person``, ``Bar`` and ``Lock`` goes in; ``prepare`` makes
its ``Table``; ``solve`` gives a ``Solution`` that ``check`` verifies without a solver; the rest explains it.
Whole numbers, words, tuples and dataclasses come out; only a ``Table`` holds arrays. Each name is loaded when it is
first used, so that importing the bench loads neither numpy nor scipy.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    from pairs.matching.revising import SwapCost, swap_cost
    from pairs.matching.rules import OPPOSITE_SIDES, weeks_available
    from pairs.matching.sharing import TrioProposal, trios
    from pairs.matching.solution import Objective, Pairing, Proof, Solution, Stage
    from pairs.matching.solving import VERSIONS, solve
    from pairs.matching.table import Table, forbidding, prepare, refusal
    from pairs.matching.waiting import Shortage, left_over_reason, left_over_reasons
    from pairs.matching.wording import points

_HOMES = {
    "aims": (
        "AimResult",
        "aims_side_by_side",
        "wishes_met",
    ),
    "alternatives": (
        "Change",
        "WhyNot",
        "why_not",
        "why_nots",
    ),
    "checking": (
        "Verified",
        "check",
    ),
    "explaining": (
        "Explanation",
        "Part",
        "explain",
    ),
    "keeping": (
        "from_json",
        "to_json",
    ),
    "problem": (
        "AIMS",
        "Bar",
        "CRITERIA",
        "Lock",
        "Person",
        "Problem",
        "REVERSIBLE",
        "SideLabel",
    ),
    "refusals": (
        "LockBreaksRule",
        "LockedTwice",
        "MatchingError",
        "ProblemRefused",
        "ProofRefused",
        "UnknownPerson",
    ),
    "revising": (
        "SwapCost",
        "swap_cost",
    ),
    "rules": (
        "OPPOSITE_SIDES",
        "weeks_available",
    ),
    "solution": (
        "Objective",
        "Pairing",
        "Proof",
        "Solution",
        "Stage",
    ),
    "solving": (
        "VERSIONS",
        "solve",
    ),
    "table": (
        "Table",
        "forbidding",
        "prepare",
        "refusal",
    ),
    "sharing": (
        "TrioProposal",
        "trios",
    ),
    "waiting": (
        "Shortage",
        "left_over_reason",
        "left_over_reasons",
    ),
    "wording": ("points",),
}

_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "AIMS",
    "CRITERIA",
    "OPPOSITE_SIDES",
    "REVERSIBLE",
    "VERSIONS",
    "AimResult",
    "Bar",
    "Change",
    "Explanation",
    "Lock",
    "LockBreaksRule",
    "LockedTwice",
    "MatchingError",
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
    "explain",
    "forbidding",
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


def __getattr__(name):
    """The name from its module (PEP 562), kept here from then on."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    return found
