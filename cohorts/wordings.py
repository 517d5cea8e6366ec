"""The words of a cohort's messages, as its lead reads and changes them."""

from dataclasses import dataclass
from functools import wraps

from django.http import Http404

from elements.contract import Kind
from elements.house import used_by
from reminders.composing import Letter, fold, in_both_forms
from reminders.wording import Words, example, own_words, standard


@dataclass(frozen=True)
class Wording:
    """How a kind of message reads in a cohort, and whether in words of its own."""

    kind: Kind
    words: Words
    is_own: bool


def wordings_of(cohort) -> list[Wording]:
    """Every kind whose words a lead may change: one query."""
    own = own_words(cohort.pk)
    return [Wording(kind, own.get(kind.name) or standard(kind), kind.name in own) for kind in _kinds_of(cohort)]


def _kinds_of(cohort) -> list[Kind]:
    return [kind for element in used_by(cohort) for kind in element.messages if kind.has_wording]


def load_wording(view):
    """Turn `kind_name` into the wording of the cohort that a loader above has found; everything else is a 404."""

    @wraps(view)
    def loaded(request, cohort, kind_name, **kwargs):
        wording = next((each for each in wordings_of(cohort) if each.kind.name == kind_name), None)
        if wording is None:
            raise Http404
        return view(request, cohort=cohort, wording=wording, **kwargs)

    return loaded


def with_examples(kind: Kind, words: Words) -> Letter:
    """The words with made-up facts, as they would go out."""
    filled = words.filled(example(kind))
    text, html = in_both_forms(filled.body, kind)
    return Letter(fold(filled.subject), text, html)


def placeholders_of(kind: Kind) -> list[dict]:
    """What the panel beside the boxes says: each as it is typed, what it means, an example, whether it must stay."""
    return [
        {
            "typed": f"{{{{ {each.name} }}}}",
            "meaning": each.meaning,
            "example": each.example,
            "must_stay": each.must_stay,
        }
        for each in kind.placeholders
    ]
