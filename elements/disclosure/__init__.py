"""Small numbers: which figures may be shown so that nobody can be recognised in them.

A bench: plain Python, groups in, verdicts out. Source of the rule: `domain.md` 17.2. The staff survey of the NHS hides
teams with fewer than 10 answers; the GP Patient Survey hides results under 10 respondents *and* the next-lowest one, so
that the hidden figure cannot be worked out from a total. Ours: *the threshold counts the people behind a figure* (its
base), not the size of the figure: 5 on pages, more where something is published, and it can only be raised.

Rule 1, `listed`: *independent counts*. Each group stands for itself and is shown if enough different people stand
behind it. What is suppressed is left out altogether, and no total is given, of figures or of groups: with a total, one
hidden figure would be the difference between it and the sum of what is shown, and of two hidden figures their sum. So
that the verdicts cannot be used in that way either, `Listing` offers what is shown and whether anything was held back,
and never how many or how much. Where groups share people, as settings that one person has seen do, no sum or difference
of shown groups gives a hidden one, because a hidden group is part of no figure that is shown.

What rule 1 does not guard against is time: who reads the list before and after something is added to it sees the
difference. Callers feed it what changes seldom and in lumps, such as cohorts that have ended.

Rule 2, `distribution` and `breakdown`: *items with a scale*. An item is shown with its whole distribution or not at
all: not below the threshold, and not where all people gave the same answer. By group it is shown only if every group
may be shown by itself; else the total alone. `texts` shows what people wrote from the threshold on, by the alphabet.

Shown, suppressed, zero and missing are four different things.
"""

from elements.disclosure.counts import LEAST, Group, Listing, Standing, ThresholdTooLow, Verdict, listed
from elements.disclosure.scales import TOO_ALIKE, Breakdown, Distribution, breakdown, distribution, texts

__all__ = [
    "LEAST",
    "TOO_ALIKE",
    "Breakdown",
    "Distribution",
    "Group",
    "Listing",
    "Standing",
    "ThresholdTooLow",
    "Verdict",
    "breakdown",
    "distribution",
    "listed",
    "texts",
]
