"""Which side somebody is on, in the words people use for themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cohorts.spreadsheets.folding import fold, fold_loosely

DOCTORS = (
    "doctor|doctors|dr|dr.|clinician|clinicians|consultant|consultants|registrar|registrars|medic|medical|physician|"
    "surgeon|resident doctor|resident|junior doctor|trainee doctor|doctor in training|gp|specialty doctor|"
    "medical and dental|clinical fellow|foundation doctor|sas doctor|d|clinical|trainee|specialist registrar"
)
MANAGERS = (
    "manager|managers|mgr|mgr.|general manager|service manager|operational manager|operations manager|"
    "managerial|management|assistant service manager|deputy general manager|business manager|nhs manager|"
    "m|administrative and clerical|non-clinical manager|management trainee|man|gm|admin|senior manager"
)
SIDE_WORDS: Mapping[str, str] = {
    **dict.fromkeys(map(fold, DOCTORS.split("|")), "a"),
    **dict.fromkeys(map(fold, MANAGERS.split("|")), "b"),
}
TELLING = {
    **dict.fromkeys(("doctor", "dr", "clinician", "consultant", "registrar", "physician", "surgeon", "medic"), "a"),
    **dict.fromkeys(("manager", "mgr", "managers", "management"), "b"),
}
WORD = re.compile(r"[^\W\d_]+")


def side_words(label_a: str, label_b: str) -> dict[str, str]:
    """The default words and the cohort's own two labels, which win; singular and simple plural."""
    words = dict(SIDE_WORDS)
    for label, side in ((label_a, "a"), (label_b, "b")):
        folded = fold(label)
        if folded:
            words[folded] = side
            words[folded.removesuffix("s") if folded.endswith("s") else f"{folded}s"] = side
    return words


def side_of(text: str, words: Mapping[str, str]) -> tuple[str | None, bool]:
    """(side or None, whether it is sure). Unsure: only one word of a longer answer tells."""
    folded = fold(text)
    side = words.get(folded) or words.get(fold_loosely(text)) or SIDE_WORDS.get(folded)
    if side:
        return side, True
    told = {TELLING[word] for word in WORD.findall(folded) if word in TELLING}
    return (told.pop(), False) if len(told) == 1 else (None, False)
