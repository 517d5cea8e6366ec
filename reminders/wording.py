"""The words of messages that a lead may change: plain text with {{ placeholders }}, replaced once, never evaluated."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from django.template.loader import get_template

from elements.contract import Kind
from reminders.models import Wording

PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]{1,40})\s*\}\}")
BRACES = re.compile(r"\{[{%#]|[#%}]\}")
SUBJECT_LENGTH, BODY_LENGTH = 200, 6_000


@dataclass(frozen=True)
class Words:
    """Subject and text of a message, with placeholders or without."""

    subject: str
    body: str

    def filled(self, facts: Mapping[str, str]) -> "Words":
        return Words(fill(self.subject, facts), fill(self.body, facts))


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Put facts in place of their names, in one pass: what a fact itself holds is never looked at again."""
    return PLACEHOLDER.sub(lambda found: str(facts[found[1]]), text)


@cache
def standard(kind: Kind) -> Words:
    """The words that a kind comes with."""
    app, _, what = kind.name.partition(".")
    folder = f"{app}/emails/{what}"
    subject, body = (get_template(f"{folder}/{name}.txt").template.source for name in ("subject", "body"))
    return Words(" ".join(subject.split()), body.strip())


def words_of(kind: Kind, scope) -> Words:
    """How messages of this kind read in a cohort: in its lead's words, else in the standard ones."""
    own = Wording.objects.filter(scope=scope, kind=kind.name).first() if scope and kind.has_wording else None
    return Words(own.subject, own.body) if own else standard(kind)


class Wordings:
    """The words of each kind and cohort, read once: for one round of sending, which is short."""

    def __init__(self) -> None:
        self._known: dict[tuple, Words] = {}

    def of(self, kind: Kind, scope) -> Words:
        key = kind.name, scope
        if key not in self._known:
            self._known[key] = words_of(kind, scope)
        return self._known[key]


def own_words(scope) -> dict[str, Words]:
    """{name of a kind: words} for whatever a cohort says in words of its own."""
    rows = Wording.objects.filter(scope=scope).values_list("kind", "subject", "body")
    return {kind: Words(subject, body) for kind, subject, body in rows}


def example(kind: Kind) -> dict[str, str]:
    """Made-up facts, for a preview."""
    return {placeholder.name: placeholder.example for placeholder in kind.placeholders}


def problems(kind: Kind, words: Words) -> Iterator[tuple[str, str]]:
    """(field, sentence) for what cannot be saved: unknown placeholders, missing facts, stray braces."""
    known = {placeholder.name for placeholder in kind.placeholders}
    for field, text in (("subject", words.subject), ("body", words.body)):
        for name in dict.fromkeys(PLACEHOLDER.findall(text)):
            if name not in known:
                yield field, f"{{{{ {name} }}}} is not one of the placeholders of this message. Take it out"
        if BRACES.search(PLACEHOLDER.sub("", text)):
            yield field, "Write placeholders like {{ name }}, and no other curly brackets"
    present = set(PLACEHOLDER.findall(words.body))
    for placeholder in kind.placeholders:
        if placeholder.must_stay and placeholder.name not in present:
            yield "body", f"The text must keep {{{{ {placeholder.name} }}}}: {placeholder.meaning}"
