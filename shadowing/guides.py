"""Ways to write a reflection: the boxes of each, in the order of the page. The wording is our own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Guide:
    """One way: a code, what it is called, for whom it is, and (code, label) of each box."""

    code: str
    name: str
    hint: str
    boxes: tuple[tuple[str, str], ...]


# The structures are known as what/so what/now what (Rolfe), the templates of the Academy of Medical Royal Colleges,
# Gibbs 1988 and Kolb 1984; the first is ours, and asks for what was learnt and nothing else.
GUIDES = (
    Guide(
        "short",
        "Short",
        "Two boxes: what you take away, and what you will try",
        (("take", "What I take away"), ("next", "What I will try, and when")),
    ),
    Guide(
        "what3",
        "What, so what, now what",
        "Three boxes, for something that made you think",
        (
            ("what", "What happened, in outline?"),
            ("so_what", "Why does it matter to me and to the other side?"),
            ("now_what", "What will change?"),
        ),
    ),
    Guide(
        "four",
        "Four steps",
        "For an appraisal or a portfolio",
        (
            ("place", "What took place"),
            ("did", "What I did or saw done"),
            ("learnt", "What I learnt"),
            ("follows", "What follows"),
        ),
    ),
    Guide(
        "six",
        "Six steps",
        "With how it felt, for something that stays with you",
        (
            ("situation", "The situation"),
            ("felt", "How it felt"),
            ("well", "What went well and badly"),
            ("explains", "What explains it"),
            ("conclude", "What I conclude"),
            ("plan", "My plan"),
        ),
    ),
    Guide(
        "cycle",
        "Try it out",
        "For an idea that you want to test",
        (
            ("experienced", "What I experienced"),
            ("noticed", "What I noticed"),
            ("idea", "The idea I draw from it"),
            ("test", "How I will test it"),
        ),
    ),
    Guide("free", "In your own way", "One box without questions", (("words", "My reflection"),)),
)
SHORT = GUIDES[0]
BY_CODE = {guide.code: guide for guide in GUIDES}


def guide_named(code: str | None) -> Guide:
    """The guide of that code; the short one for anything else."""
    return BY_CODE.get(code or "", SHORT)
