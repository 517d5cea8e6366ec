"""What reflections give the house: links, lines of one's own record, what is offered to the evaluation, one message.

Nothing of them is in a timeline, a reminder or a count: that somebody reflects is nobody's to know. Of what is shared
the partner alone is told, by one message and for two weeks on her own list of next steps.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from cohorts.models import Participant
from elements.clock import at
from elements.contract import Door, Kind, OfferedText, Placeholder, RecordLine, Step
from pairs.letters import by_code
from pairs.partners import parting, partnership
from shadowing.actions.reflections import SHARED
from shadowing.models import Reflection
from shadowing.readers import partners_now

ELEMENT = "Shadowing"
NEWS = timedelta(days=14)  # nobody records whether she has opened it


def doors(*, viewer, pair) -> Iterator[Door]:
    """On a partner's page of the pair, read `with_members()`."""
    seen = partnership(pair, viewer) if pair is not None else None
    if seen and "shadowing" not in pair.cohort.elements_off:
        write, mine = (reverse(name, args=[seen.me.pk]) for name in ("reflection_create", "reflection_list"))
        hint = "Only you can read it, until you share it"
        yield Door("Write a reflection", write, "pair", hint, 60, says_who_reads=True)
        yield Door("Your reflections", mine, "pair", "And what your partner has shared with you", 62)
    elif pair is not None and (left := parting(pair, viewer)):
        # What she wrote stays hers, also where the cohort has switched this off since.
        yield Door("Your reflections", reverse("reflection_list", args=[left.me.pk]), "kept", "", 62)


def next_steps(*, participants, on: date, now: datetime) -> Iterator[Step]:
    """What a partner has shared lately; a list where it is more than one. One query."""
    readers = {each.pk: each for each in participants if "shadowing" not in each.cohort.elements_off}
    if not readers:
        return
    lately = Reflection.objects.shared_lately_with(list(readers), since=at(on - NEWS, time(0)), now=now)
    told = defaultdict(list)
    for pk, reader, *author in lately.values_list("pk", "reader", "author", "author__name").order_by("shared_at", "pk"):
        told[reader, *author].append(pk)
    for (reader, _, name), found in told.items():
        if len(found) == 1:
            label, url = f"{name} shared a reflection with you", reverse("reflection_detail", args=found)
        else:
            label, url = f"{name} shared {len(found)} reflections with you", reverse("reflection_list", args=[reader])
        yield Step(readers[reader], label, url, "To read when you have a minute", state="optional", order=38)


def record_lines(*, participant) -> Iterator[RecordLine]:
    """One's own reflections, to be ticked for the record."""
    for reflection in Reflection.objects.of(participant).numbered().for_record():
        if reflection.redacted_at:  # counted, so that each bears the number that it has in one's list
            continue
        yield RecordLine(
            element=ELEMENT,
            on=reflection.day,
            label="Reflection",
            ref=f"reflection:{reflection.pk}",
            title=reflection.full_title,
            text=reflection.text,
            url=reverse("reflection_list", args=[participant.pk]),
            begins=next((text for _, text in reflection.boxes), ""),
        )


def offered(*, cohorts) -> Iterator[OfferedText]:
    """What is offered, by its key: an order of time would tell who wrote it."""
    used = [cohort for cohort in cohorts if "shadowing" not in cohort.elements_off]
    found = Reflection.objects.offered().filter(author__cohort__in=used).select_related("author").order_by("pk")
    for reflection in found:
        yield OfferedText(
            cohort=reflection.author.cohort_id,
            ref=str(reflection.pk),
            text=reflection.text,
            may_quote=reflection.may_quote,
            redact_url=reverse("offered_redact", args=[reflection.pk]),
        )


def _shared(ref, to) -> Reflection | None:
    """The reflection, where this reader is a present partner with whom it is shared."""
    found = Reflection.objects.filter(pk=ref["reflection"], shared_at__isnull=False).with_what_it_is_about().first()
    people = partners_now(found, now=timezone.now()) if found else []
    return found if any(person.user_id == getattr(to, "pk", None) for person in people) else None


def shared_is_wanted(ref, to) -> bool:
    """Whether it is still shared, with somebody who is still the partner."""
    return _shared(ref, to) is not None


def shared_context(ref, to) -> dict[str, str]:
    reflection = Reflection.objects.with_what_it_is_about().get(pk=ref["reflection"])
    me = Participant.objects.filter(user=to, cohort=reflection.author.cohort_id).first()
    return {
        "name": (me.preferred_name or me.name) if me else to.name,
        "partner": reflection.author.name,
        "link": by_code(reflection.get_absolute_url()),
    }


KINDS = (
    Kind(
        name=SHARED,
        label="A reflection shared with you",
        why="Sent to the partner when somebody shares a reflection; it says that there is one, and nothing of it",
        context=shared_context,
        wanted=shared_is_wanted,
        optional=True,
        confided=True,
        unlisted=True,
        placeholders=(
            Placeholder("name", "what the reader is called", "Sam"),
            Placeholder("partner", "who shared it", "Alex Birch", must_stay=True),
            Placeholder("link", "the page with it", "https://pairs.example/reflections/1/", must_stay=True),
        ),
    ),
)
