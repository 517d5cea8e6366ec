"""What words mean in a cohort: its lists, their aliases, and the lead's ties."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from cohorts.choices import TermList
from cohorts.models import Cohort, Term, Tie
from cohorts.spreadsheets import fold

LONGEST = Tie._meta.get_field("words").max_length


def tied_as(words: str) -> str:
    """What a tie keeps of somebody's words: folded; of a long text the beginning and a digest of all of it."""
    folded = fold(words)
    if len(folded) <= LONGEST:
        return folded
    return f"{folded[: LONGEST - 65]} {hashlib.sha256(folded.encode()).hexdigest()}"


@dataclass(frozen=True)
class Meanings:
    """Folded words to rows of the lists, for one cohort. A tie of the lead's outranks a label or alias."""

    by_list: dict[str, dict[str, Term]] = field(default_factory=dict)
    known: dict[tuple[TermList, str], tuple[str, str]] = field(default_factory=dict)

    def term(self, kind: TermList, words: str) -> Term | None:
        return self.by_list.get(kind, {}).get(tied_as(words))

    def read(self, kind: TermList, words: str) -> tuple[str, str]:
        """(what is compared, what is shown): of the row that the words mean, else the words, folded and as they are.

        Kept, since a cohort of thousands says the same few things.
        """
        if (kind, words) not in self.known:
            term = self.term(kind, words)
            self.known[kind, words] = (f"{kind}:{term.pk}", term.label) if term else (fold(words), words)
        return self.known[kind, words]

    def key(self, kind: TermList, words: str) -> str:
        """What is compared."""
        return self.read(kind, words)[0]

    def label(self, kind: TermList, words: str) -> str:
        """What is shown."""
        return self.read(kind, words)[1]


def meanings(cohort: Cohort, kinds: Iterable[TermList] = TermList) -> Meanings:
    """Read the lists and ties of a cohort in two queries."""
    kinds = list(kinds)
    by_list: dict[str, dict[str, Term]] = {kind: {} for kind in kinds}
    for term in Term.objects.offered_to(cohort).filter(list__in=kinds):
        for words in (term.label, term.code, *term.aliases):
            by_list[term.list].setdefault(fold(words), term)
    for tie in Tie.objects.filter(cohort=cohort, list__in=kinds).select_related("term"):
        by_list[tie.list][tie.words] = tie.term
    return Meanings(by_list)


def ties_of(cohort: Cohort, kind: TermList) -> dict[str, int]:
    """What the lead has tied: {folded words: primary key of the row}."""
    return dict(Tie.objects.filter(cohort=cohort, list=kind).values_list("words", "term"))


def unmatched(written: Iterable[str], known: Meanings, kind: TermList) -> list[tuple[str, str, int]]:
    """Words that no row of the list matches, the commonest first: (as tied, as first written, how many people)."""
    first: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for words in written:
        folded = tied_as(words)
        if folded and known.term(kind, words) is None:
            first.setdefault(folded, words)
            counts[folded] += 1
    commonest = sorted(counts.items(), key=lambda found: (-found[1], fold(first[found[0]])))
    return [(folded, first[folded], count) for folded, count in commonest]
