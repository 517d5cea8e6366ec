"""From the rows of a cohort to the problem of the bench, in the same number of queries whatever its size."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Exists, OuterRef, Subquery

from cohorts.choices import TermList
from cohorts.models import Cohort, Meant, Participant, Rung
from cohorts.vocabulary import Meanings, meanings
from pairs import matching
from pairs.keeping_apart import Finding, bars, findings
from pairs.models import Exclusion, Lock, Membership, PrivateWord

COMPARED = (TermList.SETTING, TermList.INTEREST, TermList.THEME, TermList.DIRECTORATE, TermList.SITE)


@dataclass(frozen=True)
class Gathered:
    """A cohort as the bench needs it: who is to be paired, what was found about them, and the locks."""

    cohort: Cohort
    people: tuple[Participant, ...]
    findings: tuple[Finding, ...]
    exclusions: tuple[Exclusion, ...]
    locks: tuple[Lock, ...]
    earlier_partners: tuple[tuple[Participant, Participant], ...]
    meanings: Meanings

    def problem(self, *, weights: dict[str, int], seed: str, locks: bool = True):
        """The bench's Problem, with or without the locks. Raises matching.MatchingError in words for the lead."""
        cohort = self.cohort
        return matching.Problem(
            people=tuple(_person(person, self.meanings) for person in self.people),
            starts_on=cohort.starts_on,
            ends_on=cohort.ends_on,
            weeks=cohort.minimum_weeks,
            weights=weights,
            seed=seed,
            bars=bars(self.findings, self.exclusions, self.earlier_partners),
            locks=tuple(
                matching.Lock(str(lock.a_id), str(lock.b_id), lock.override, tuple(lock.overridden))
                for lock in self.locks
                if locks
            ),
            labels=(
                matching.SideLabel(cohort.label_a, cohort.plural_a),
                matching.SideLabel(cohort.label_b, cohort.plural_b),
            ),
        )


def to_pair(cohort: Cohort):
    """The accepted people of a cohort who have no partner at present."""
    live = Membership.objects.live().filter(participant=OuterRef("pk"))
    return Participant.objects.filter(cohort=cohort).taking_part().exclude(Exists(live))


def gather(cohort: Cohort) -> Gathered:
    """Read everything that pairing this cohort depends on: nine queries."""
    level = Rung.objects.filter(cohort=cohort, term=OuterRef("grade")).values("level")[:1]
    people = tuple(to_pair(cohort).select_related("user").annotate(level=Subquery(level)))
    here = {person.pk for person in people}
    locks = Lock.objects.filter(cohort=cohort)
    return Gathered(
        cohort=cohort,
        people=people,
        findings=tuple(
            findings(people, Meant.objects.filter(participant__cohort=cohort), PrivateWord.objects.said_in(cohort))
        ),
        exclusions=tuple(
            exclusion
            for exclusion in Exclusion.objects.filter(cohort=cohort).select_related("one", "other")
            if exclusion.one_id in here and exclusion.other_id in here
        ),
        locks=tuple(lock for lock in locks if lock.a_id in here and lock.b_id in here),
        earlier_partners=tuple(_earlier_partners(cohort, people)),
        meanings=meanings(cohort, COMPARED),
    )


def _earlier_partners(cohort: Cohort, people: Iterable[Participant]):
    """Pairs of these people who were partners in any cohort, as the same two persons, and had been told so."""
    here = {person.user_id: person for person in people}
    together = defaultdict(set)
    taking_part = Participant.objects.filter(cohort=cohort).taking_part().values("user")
    earlier = Membership.objects.filter(participant__user__in=taking_part, told=True)
    for pair, user in earlier.values_list("pair", "participant__user").order_by("pair"):
        if user in here:
            together[pair].add(user)
    seen = {frozenset(two) for users in together.values() for two in combinations(sorted(users), 2)}
    for two in sorted(seen, key=sorted):
        one, other = sorted(two)
        yield here[one], here[other]


def _keys(known: Meanings, which: TermList, entries: Iterable[str], words: dict[str, str]) -> tuple[str, ...]:
    """The comparison keys of somebody's entries, once each; `words` collects what to show for each."""
    keys = []
    for entry in entries:
        key, label = known.read(which, entry)
        if key:
            words.setdefault(key, label)
            keys.append(key)
    return tuple(dict.fromkeys(keys))


def _own_words(person: Participant, known: Meanings, words: dict[str, str]) -> dict[str, str]:
    """What somebody wrote for each key of an offer or wish, where `words` shows it in others; offers first."""
    said: dict[str, str] = {}
    for entry in (*person.offers, *person.wants):
        said.setdefault(known.key(TermList.SETTING, entry), entry)
    return {key: entry for key, entry in said.items() if words.get(key, entry) != entry}


def _person(person: Participant, known: Meanings):
    words: dict[str, str] = {}
    return matching.Person(
        key=str(person.pk),
        email=person.user.email,
        name=person.name,
        side=person.side,
        level=person.level,
        directorates=_keys(known, TermList.DIRECTORATE, person.directorates, words),
        sites=_keys(known, TermList.SITE, person.sites, words),
        days=tuple(sorted({int(day) for day in person.days if day in "0123456"})),
        offers=_keys(known, TermList.SETTING, person.offers, words),
        wants=_keys(known, TermList.SETTING, person.wants, words),
        interests=_keys(known, TermList.INTEREST, person.interests, words),
        themes=_keys(known, TermList.THEME, [person.idea] if person.idea else [], words),
        leaves_on=person.leaves_on,
        words=words,
        said=_own_words(person, known, words),
    )
