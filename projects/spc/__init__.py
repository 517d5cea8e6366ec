"""Bench: run charts and XmR charts (statistical process control).

Points in the order of time in, a chart with its phases and signals out: the run chart with the rules of Anhøj & Olesen
(2014), Wheeler's XmR chart with the four rules of NHS England's "Making Data Count", and for each one sentence that
says what it shows. Pure Python and numpy; what leaves is dataclasses of Python's own numbers. Each name is loaded when
it is first used, so that importing the bench does not load numpy.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from projects.spc.limits import ENOUGH, Limits
    from projects.spc.phases import LEAST_POINTS, Baseline, FirstPoints, Phase, Rebase
    from projects.spc.refusals import (
        BaselineTooShort,
        BelowZero,
        DatesOutOfOrder,
        DayTwice,
        NoDay,
        NoNumber,
        NotFinite,
        PhaseWithoutPoints,
        RebaseOutside,
        RebasesOutOfOrder,
        SpcError,
        TooLarge,
    )
    from projects.spc.runs import ENOUGH_USEFUL, RunChart, RunPhase, run_chart
    from projects.spc.signals import Direction, Good, Meaning, Rule, Signal
    from projects.spc.wording import run_chart_in_words, xmr_in_words
    from projects.spc.xmr import Assurance, XmR, XmRPhase, xmr_chart

_HOMES = {
    "limits": ("ENOUGH", "Limits"),
    "phases": ("LEAST_POINTS", "Baseline", "FirstPoints", "Phase", "Rebase"),
    "refusals": (
        "BaselineTooShort",
        "BelowZero",
        "DatesOutOfOrder",
        "DayTwice",
        "NoDay",
        "NoNumber",
        "NotFinite",
        "PhaseWithoutPoints",
        "RebaseOutside",
        "RebasesOutOfOrder",
        "SpcError",
        "TooLarge",
    ),
    "runs": ("ENOUGH_USEFUL", "RunChart", "RunPhase", "run_chart"),
    "signals": ("Direction", "Good", "Meaning", "Rule", "Signal"),
    "wording": ("run_chart_in_words", "xmr_in_words"),
    "xmr": ("Assurance", "XmR", "XmRPhase", "xmr_chart"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ENOUGH",
    "ENOUGH_USEFUL",
    "LEAST_POINTS",
    "Assurance",
    "Baseline",
    "BaselineTooShort",
    "BelowZero",
    "DatesOutOfOrder",
    "DayTwice",
    "Direction",
    "FirstPoints",
    "Good",
    "Limits",
    "Meaning",
    "NoDay",
    "NoNumber",
    "NotFinite",
    "Phase",
    "PhaseWithoutPoints",
    "Rebase",
    "RebaseOutside",
    "RebasesOutOfOrder",
    "Rule",
    "RunChart",
    "RunPhase",
    "Signal",
    "SpcError",
    "TooLarge",
    "XmR",
    "XmRPhase",
    "run_chart",
    "run_chart_in_words",
    "xmr_chart",
    "xmr_in_words",
]


def __getattr__(name: str):
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value
