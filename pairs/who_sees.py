"""Who can see what of a pair, said to partners and to leads in the same words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """What of a pair, and who sees it."""

    what: str
    who: str


WHO_SEES = (
    Said(
        "That you meet: dates, times, how long, and hours of visits each way",
        "The partners and the leads. Leads get no link to what was said.",
    ),
    Said("The place of a meeting", "The partners"),
    Said("The learning agreement, and goals", "The partners. Leads see whether it is signed, and the day."),
    Said("Shared summaries, agreed actions, reflections that somebody shares", "The partners"),
    Said("Private notes and reflections", "Whoever wrote them, and nobody else: no partner, no lead, no administrator"),
    Said(
        "How it is going (three questions after a month and half way)",
        "The leads, with the name. No partner sees it, and no lead who is one of the pair.",
    ),
    Said("Contact details", "The partners and the leads"),
    Said("Any of this", "No facilitator, evaluator or sponsor, unless the author offers a text to the evaluation"),
)
