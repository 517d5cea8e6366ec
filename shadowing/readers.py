"""Who can read a reflection."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from cohorts.choices import TermList
from cohorts.models import Cohort, Participant, Term
from elements import clock
from elements.house import is_switched_off
from elements.phrases import in_a_row
from pairs.models import Membership
from shadowing.models import Reflection, Visit


def partners_now(reflection: Reflection, *, now: datetime) -> list[Participant]:
    """Who is in the pair of a reflection at present, beside its author; nobody where the author is not in it."""
    live = Membership.objects.live().filter(
        pair=reflection.pair_id, pair__ended_on=None, pair__shown_from__lte=now, told=True
    )
    people = [each.participant for each in live.select_related("participant__user")]
    others = [person for person in people if person.pk != reflection.author_id]
    return others if len(others) < len(people) else []


def readers_of(reflection: Reflection, *, now: datetime) -> list[Membership]:
    """By which belonging to the pair others can open what is shared; the same as `visible_to` lets them."""
    if not reflection.shared_at or reflection.redacted_at:
        return []
    shared, changed = (clock.local(day).date() for day in (reflection.shared_at, reflection.changed_at))
    found = (
        Membership.objects.filter(pair=reflection.pair_id, pair__shown_from__lte=now, since__lte=shared, told=True)
        .filter(Q(until=None) | (Q(until__gt=shared) & Q(until__gt=changed)))
        .exclude(participant=reflection.author_id)
        .order_by(F("until").asc(nulls_last=True), "participant__name")
        .select_related("participant")
    )
    return list({each.participant_id: each for each in found}.values())  # of one who came back, as she is there now


@dataclass(frozen=True)
class ReflectionPage:
    """What the page of a reflection shows to this reader."""

    reflection: Reflection
    is_own: bool
    partners: list[Participant]
    tags: list[str]
    readers: list[Membership]
    now: datetime

    @property
    def partner_names(self) -> str:
        return in_a_row([partner.name for partner in self.partners]) if self.partners else "your partner"

    @property
    def is_off(self) -> bool:
        """Whether the cohort has switched reflections off: then it is its author's alone, to keep or to remove."""
        return is_switched_off("shadowing", self.reflection)

    @property
    def reader_names(self) -> str:
        """With whom it is shared, as far as they can still open it."""
        return in_a_row([each.participant.name for each in self.readers])

    @property
    def lost_by_a_change(self) -> str:
        """Who reads it as it is, and would not read what is changed now."""
        today = clock.local(self.now).date()
        return in_a_row([each.participant.name for each in self.readers if each.until and each.until <= today])

    @property
    def who(self) -> str:
        """Who can read it, as its author reads it."""
        if self.is_off:
            return "Only you"
        here = {partner.pk for partner in self.partners}
        others = [each.participant.name for each in self.readers if each.participant_id in here]
        others += ["the evaluators, without your name"] if self.reflection.offered_at else []
        gone = [each.participant.name for each in self.readers if each.participant_id not in here]
        if gone:
            were = "who was your partner" if len(gone) == 1 else "who were your partners"
            return f"{in_a_row(['You', *others])}, and {in_a_row(gone)}, {were}"
        return in_a_row(["You", *others]) if others else self._only

    @property
    def _only(self) -> str:
        if not self.reflection.shared_at:
            return "Only you"
        return "Only you now: the pair has ended" if self.reflection.pair.ended_on else "Only you now"

    @property
    def as_plain_words(self) -> str:
        """For a file of one's own."""
        about = self.reflection
        lines = [about.title, about.text or "The text was removed for good."]
        lines += [f"Leadership dimensions: {', '.join(self.tags)}"] if self.tags else []
        lines += [f"How useful it was: {about.usefulness} of 5"] if about.usefulness else []
        return "\n\n".join(lines) + "\n"


def reflection_page(reflection: Reflection, *, user, now: datetime) -> ReflectionPage:
    """The page as its author or the partner sees it: three queries."""
    is_own = reflection.author.user_id == user.pk
    return ReflectionPage(
        reflection,
        is_own,
        partners_now(reflection, now=now) if is_own else [],
        tag_names(reflection.tags),
        readers_of(reflection, now=now) if is_own else [],
        now,
    )


def tag_names(codes: list[str]) -> list[str]:
    """The names of leadership dimensions, in the order of the list; a name that was switched off stays readable."""
    terms = Term.objects.filter(list=TermList.LEADERSHIP, code__in=codes).order_by("sort_order", "label")
    return list(dict.fromkeys(terms.values_list("label", flat=True)))


def dimensions(cohort: Cohort, kept: list[str] = ()) -> list[Term]:
    """The leadership dimensions that may be ticked, and those that are although they were switched off."""
    found = Term.objects.in_list_of(cohort, TermList.LEADERSHIP)
    return list(found.filter(Q(active=True) | Q(code__in=kept)).distinct().order_by("sort_order", "label"))


def written_about(visit: Visit | None, author: Participant) -> Reflection | None:
    """What somebody wrote about this visit; one reflection at most."""
    return Reflection.objects.filter(visit=visit, author=author).first() if visit else None
