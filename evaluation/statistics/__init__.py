"""Bench: what changed between questionnaires, with tests and intervals that suit a few dozen people.

Counts of people in, dataclasses of Python's own numbers out. Every figure of an item follows from how many people gave
each pair of answers (before, after), so that no row of anybody is read. Methods and their sources stand in the modules;
the choice of them is that of `domain.md` 17.4: two-sided, zeros dropped and counted, exact with ties as far as it goes,
and the method always named. Each name is loaded when it is first used, so that importing the bench loads no scipy.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaluation.statistics.consistency import Alpha, Kappa, alpha, kappa
    from evaluation.statistics.intervals import Interval, PairedShares, Share, newcombe, share, wilson
    from evaluation.statistics.mann_whitney import RankSum, rank_sum
    from evaluation.statistics.many import holm
    from evaluation.statistics.paired import Change, Spread, change, linked, spread
    from evaluation.statistics.refusals import NotAProbability, NotAShare, StatisticsError
    from evaluation.statistics.tables import ChiSquare, chi_square, fisher, mcnemar
    from evaluation.statistics.wilcoxon import SignedRank, signed_rank

_HOMES = {
    "paired": ("Change", "Spread", "change", "linked", "spread"),
    "consistency": ("Alpha", "Kappa", "alpha", "kappa"),
    "intervals": ("Interval", "PairedShares", "Share", "newcombe", "share", "wilson"),
    "many": ("holm",),
    "mann_whitney": ("RankSum", "rank_sum"),
    "refusals": ("NotAProbability", "NotAShare", "StatisticsError"),
    "wilcoxon": ("SignedRank", "signed_rank"),
    "tables": ("ChiSquare", "chi_square", "fisher", "mcnemar"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Alpha",
    "Change",
    "ChiSquare",
    "Interval",
    "Kappa",
    "NotAProbability",
    "NotAShare",
    "PairedShares",
    "RankSum",
    "Share",
    "SignedRank",
    "Spread",
    "StatisticsError",
    "alpha",
    "change",
    "chi_square",
    "fisher",
    "holm",
    "kappa",
    "linked",
    "mcnemar",
    "newcombe",
    "rank_sum",
    "share",
    "signed_rank",
    "spread",
    "wilson",
]


def __getattr__(name: str):
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value
