"""A pair's learning agreement as it stands: which version is in force, and who has yet to sign the newest."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse

from cohorts.models import Participant
from elements import clock
from elements.contract import Reminder, Step
from elements.phrases import in_a_row
from pairs.looking_back import asked_at, goal_points, told_on
from pairs.models import Agreement, GoalReview, Pair

TO_SIGN, REVIEW, MISSING, GOALS = (
    f"pairs.{name}" for name in ("agreement_to_sign", "agreement_review", "agreement_missing", "goals_again")
)
MISSING_AFTER = timedelta(days=14)  # from the day on which they were told
REVIEW_LASTS = timedelta(days=14)


@dataclass(frozen=True)
class Accord:
    """The versions of a pair, the newest first, and those who sign: its members, or who were until it ended."""

    pair: Pair
    members: list[Participant]
    versions: list[Agreement] = field(default_factory=list)

    @property
    def newest(self) -> Agreement | None:
        return self.versions[0] if self.versions else None

    @property
    def in_force(self) -> Agreement | None:
        """The newest that everybody has signed."""
        return next((each for each in self.versions if not self.unsigned(each)), None)

    @property
    def earlier(self) -> list[Agreement]:
        """Signed versions before the newest, which stay to be read."""
        return [each for each in self.versions[1:] if not self.unsigned(each)]

    @property
    def waits_for(self) -> str:
        """Who has yet to sign the newest version: "Sam Ash and Alex Birch", or ""."""
        return in_a_row([person.name for person in self.unsigned(self.newest)]) if self.newest else ""

    def waits_in_words(self, reader: Participant) -> str:
        """The same for one of its members: "you", "you and Alex Birch", or ""."""
        unsigned = self.unsigned(self.newest) if self.newest else []
        others = [person.name for person in unsigned if person != reader]
        return in_a_row(["you", *others] if reader in unsigned else others)

    def signature_in_words(self, reader: Participant) -> str:
        """Whose signature is waited for, for one of its members: "your signature", or ""."""
        unsigned = self.unsigned(self.newest) if self.newest else []
        others = in_a_row([person.name for person in unsigned if person != reader])
        if reader in unsigned:
            return f"your signature and that of {others}" if others else "your signature"
        return f"the signature of {others}" if others else ""

    @property
    def mark(self) -> str:
        """A mark of what a page shows."""
        return str(self.newest.version if self.newest else 0)

    @property
    def signed_on(self) -> date | None:
        """The day of the last signature under what is in force."""
        return self.day_of(self.in_force) if self.in_force else None

    def unsigned(self, agreement: Agreement) -> list[Participant]:
        signed = {each.participant_id for each in agreement.signatures.all()}
        return [person for person in self.members if person.pk not in signed]

    def must_sign(self, person: Participant) -> bool:
        return self.newest is not None and person in self.unsigned(self.newest)

    @staticmethod
    def day_of(agreement: Agreement) -> date:
        return clock.local(max(each.signed_at for each in agreement.signatures.all())).date()


def accords(pairs: Iterable[Pair]) -> dict:
    """{primary key: Accord} of pairs read with their members. Two queries."""
    pairs = {pair.pk: pair for pair in pairs}
    versions = defaultdict(list)
    for agreement in Agreement.objects.of_pairs(pairs.keys()):
        versions[agreement.pair_id].append(agreement)
    return {pk: Accord(pair, members_of(pair), versions[pk]) for pk, pair in pairs.items()}


def accord_of(pair: Pair) -> Accord:
    return accords([pair])[pair.pk]


def members_of(pair: Pair) -> list[Participant]:
    stayed = (each for each in pair.everybody if each.until == pair.ended_on)  # both None while the pair goes on
    return [each.participant for each in stayed]


def reviewed(found: Iterable[Agreement]) -> dict:
    """{(primary key of an agreement, point): how many of its goals are marked}; one query."""
    numbers = defaultdict(int)
    for each in GoalReview.objects.filter(agreement__in=[each.pk for each in found]).values_list("agreement", "point"):
        numbers[each] += 1
    return numbers


@dataclass(frozen=True)
class LookedAt:
    """The agreements of pairs, and which goals were looked at again when."""

    accords: dict
    marked: dict


def looked_at(pairs: Iterable[Pair]) -> LookedAt:
    """Of pairs read with their members. Three queries."""
    return looked_again(accords(pairs))


def looked_again(found: dict) -> LookedAt:
    """Of agreements read already. One query, none where no agreement is in force."""
    in_force = [each.in_force for each in found.values() if each.in_force]
    return LookedAt(found, reviewed(in_force) if in_force else defaultdict(int))


def steps(people: dict, found: LookedAt, *, on: date) -> Iterable[Step]:
    """Lines of task lists; `people` is {participant: pair read with its members}. No queries."""
    for person, pair in people.items():
        if pair.paused_on:
            continue
        accord = found.accords[pair.pk]
        yield _step(person, accord)
        if accord.in_force and (point := asked_at(goal_points(pair, person.cohort), person.cohort, on)):
            is_done = found.marked[accord.in_force.pk, point] >= len(accord.in_force.goals)
            url = reverse("goals_review", args=[pair.pk])
            yield Step(person, "Look at your goals again", url, state="done" if is_done else "to do", order=25)


def _step(person: Participant, accord: Accord) -> Step:
    url = reverse("agreement_detail", args=[accord.pair.pk])
    if accord.newest is None:
        edit = reverse("agreement_edit", args=[accord.pair.pk])
        return Step(person, "Write your learning agreement", edit, "Ten minutes, best together", order=20)
    if accord.must_sign(person):
        return Step(person, "Sign your learning agreement", url, order=20)
    if accord.waits_for:
        hint = f"Waits for {accord.waits_for}"
        return Step(person, "Your learning agreement", url, hint, state="waiting", order=20)
    return Step(person, "Your learning agreement", url, "Signed", state="done", order=20)


def reminders(pairs: Iterable[Pair], found: LookedAt, *, on: date) -> Iterable[Reminder]:
    """Of pairs that go on, read with cohort and members. No queries."""
    marked = found.marked
    for accord in (found.accords[pair.pk] for pair in pairs):
        pair, current = accord.pair, accord.in_force
        if current is None:
            if told_on(pair) + MISSING_AFTER <= on:
                waits = [each for each in accord.members if not accord.newest or accord.must_sign(each)]
                yield from _to(waits, pair, MISSING, str(pair.pk), on, order=40)
            continue
        if current.review_on and current.review_on <= on < current.review_on + REVIEW_LASTS:
            about = f"{current.pk}:{current.review_on}"
            yield from _to(accord.members, pair, REVIEW, about, current.review_on, agreement=str(current.pk))
        point = asked_at(goal_points(pair, pair.cohort), pair.cohort, on)
        if point and marked[current.pk, point] < len(current.goals):
            yield from _to(accord.members, pair, GOALS, f"{pair.pk}:{point}", on, order=35, point=str(point))


def _to(people: Iterable[Participant], pair: Pair, kind: str, about: str, day: date, *, order=50, **ref):
    for person in people:
        yield Reminder(
            kind=kind,
            to=person.user,
            about=about,
            at=clock.at(day),
            ref={"pair": str(pair.pk), **ref},
            scope=pair.cohort_id,
            order=order,
        )
