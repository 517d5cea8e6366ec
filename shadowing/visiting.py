"""What visits give the house: doors, next steps, timeline, calendar, record, the lead's "needs you today"."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from django.db.models import F, Max, Min, Q
from django.urls import reverse
from django.utils import timezone

from elements import diary
from elements.clock import at, local
from elements.contract import Attention, Door, Entry, Event, Panel, RecordLine, Step
from elements.keys import day_of, written
from elements.links import links_to
from pairs.models import Pair
from shadowing.choices import AHEAD, OFF, TOOK_PLACE, Part, VisitState
from shadowing.forms.reciprocity import NONE, ONE_SIDED
from shadowing.models import Visit
from shadowing.reciprocity import SOMEBODY_HAS, SOMEBODY_HAS_NOT, going_on, meters, mid_point
from shadowing.visit_letters import event
from shadowing.visits_due import is_to_prepare

SLUG = "shadowing"
LEFT_TO_DO = sorted(AHEAD | {VisitState.DONE, VisitState.DEBRIEFED})
UNDATED_FIRST = F("starts_at").asc(nulls_first=True)  # an offer that waits for an answer, on every database
ON_A_LIST = 6  # of one person's task list; the rest stands on the page of visits


def is_used(cohort) -> bool:
    return SLUG not in cohort.elements_off


def doors(*, viewer, pair, cohort) -> Iterator[Door]:
    if pair is not None and is_used(pair.cohort) and viewer.has_perm("shadowing.arrange_visit", pair):
        hint = "See each other's work for an hour, a shift or a meeting"
        arrange = reverse("visit_create", args=[pair.pk])
        yield Door("Arrange a visit", arrange, "pair", hint, 30)
        yield Door("Arrange a visit", arrange, "free_time", hint, 30)
        yield Door("Your visits", reverse("visit_list", args=[pair.pk]), "pair", "Planned and past, each way", 32)
    if cohort is not None and viewer.has_perm("shadowing.see_reciprocity", cohort):
        url = reverse("reciprocity_list", args=[cohort.pk])
        yield Door("Visits each way", url, "cohort", "How many visits and hours each pair has had", 45)


def panels(*, pair, viewer) -> Iterator[Panel]:
    """Visits each way, of a pair read `with_members()`: numbers alone, so that leads may see them too."""
    if is_used(pair.cohort) and pair.ended_on is None:  # its members have left it: the timeline says what was
        yield Panel("shadowing/_reciprocity.html", {"meters": meters(pair, viewer=viewer), "pair": pair}, 60)


def next_steps(*, participants, on: date) -> Iterator[Step]:
    """What each of these people does next about a visit. One query."""
    participants = {each.pk: each for each in participants if is_used(each.cohort)}
    if not participants:
        return
    mine = Visit.objects.between_partners().filter(state__in=LEFT_TO_DO).order_by(UNDATED_FIRST, "pk")
    to_reflect_on = Q(state=VisitState.DEBRIEFED)  # which the host need not
    mine = mine.filter(Q(visitor__in=participants) | Q(host__in=participants) & ~to_reflect_on).with_people()
    told = Counter()
    # Each has something to do for one of them: of one person no more is read than is told.
    for visit in mine[:ON_A_LIST] if len(participants) == 1 else mine:
        for part, pk in ((Part.VISITOR, visit.visitor_id), (Part.HOST, visit.host_id)):
            if told[pk] < ON_A_LIST and pk in participants and (step := step_of(visit, part, participants[pk], on=on)):
                told[pk] += 1
                yield step


def step_of(visit: Visit, part: Part, participant, *, on: date) -> Step | None:
    """The one thing that this person does next about this visit; None if there is nothing."""
    mine = part == Part.VISITOR
    other = visit.host if mine else visit.visitor
    what = f"your visit to {other.name}" if mine else f"the visit of {other.name} to you"
    first, hint = f"{what[:1].upper()}{what[1:]}", f"{visit.where}. {visit.when}"

    def step(label: str, page: str, *, state: str = "to do", due_on: date | None = None, order: int = 30) -> Step:
        return Step(participant, label, reverse(page, args=[visit.pk]), hint, state, due_on, order)

    if visit.state == VisitState.OFFERED:
        if visit.proposed_by_id == participant.user_id:
            return step(f"{first}: waiting for an answer", "visit_detail", state="waiting", order=60)
        return step(f"Say yes or no to {what}", "visit_detail", order=15)
    if visit.state == VisitState.DONE:
        return step(f"Talk over {what}", "visit_debrief", due_on=visit.debrief_on, order=35)
    if visit.state == VisitState.DEBRIEFED:
        return step(f"Reflect on {what}", "visit_detail", order=40) if mine else None
    if visit.day < on or visit.ends_at <= timezone.now():
        return step(f"Say whether it took place: {what}", "visit_confirm", order=20)
    if is_to_prepare(visit, part):
        return step(f"Prepare {what}", "visit_prepare", due_on=visit.day, order=25)
    return step(first, "visit_detail", state="planned", order=28)


def timeline(*, pairs, viewer) -> Iterator[Entry]:
    """Visits that were agreed. Who is neither visitor nor host gets no address. One query."""
    pairs = {pair.pk: pair for pair in pairs if is_used(pair.cohort)}
    if not pairs:
        return
    agreed = Visit.objects.filter(pair__in=pairs, agreed_at__isnull=False, starts_at__isnull=False)
    if viewer is None:
        yield from _dates(agreed)
        return
    address = links_to("visit_detail")
    rows = agreed.order_by("starts_at", "pk").values_list(
        *DATES, "is_day_only", "pk", "setting__label", "visitor__user", "host__user"
    )
    for pair, starts_at, state, minutes, is_day_only, pk, setting, *people in rows:
        is_own = viewer.pk in people
        yield Entry(
            pair=pair,
            on=local(starts_at).date(),
            # Where somebody was is for the two: leads read that they met, and when.
            label=f"Visit: {setting}" if is_own and setting else "Visit",
            state=_told(state),
            is_contact=state in TOOK_PLACE,
            starts_at=None if is_day_only else starts_at,
            minutes=minutes,
            url=address(pk) if is_own else "",
        )


def _told(state: str) -> str:
    return "cancelled" if state in OFF else "done" if state in TOOK_PLACE else "planned"


DATES = ("pair_id", "starts_at", "state", "minutes")


def _dates(agreed) -> Iterator[Entry]:
    """For the house itself, which asks every minute for all pairs: values, and no objects made of them."""
    for pair, starts_at, state, minutes in agreed.order_by("starts_at", "pk").values_list(*DATES):
        on, is_contact = local(starts_at).date(), state in TOOK_PLACE
        yield Entry(pair, on, "Visit", _told(state), is_contact, starts_at=starts_at, minutes=minutes)


def contacts(*, pairs, on: date) -> Iterator[tuple]:
    """The same days, reckoned by the database: a line to each pair. One query."""
    begins, ends = at(on, time(0)), at(on + timedelta(days=1), time(0))
    made = Max("starts_at", filter=Q(state__in=sorted(TOOK_PLACE), starts_at__lt=ends))
    coming = Min("starts_at", filter=Q(state__in=sorted(AHEAD), starts_at__gte=begins))
    agreed = Visit.objects.filter(pair__in=pairs, agreed_at__isnull=False, starts_at__isnull=False).order_by()
    for pair, last, following in agreed.values_list(written("pair_id")).annotate(
        made=written(made), coming=written(coming)
    ):
        yield pair, last and day_of(last), following and day_of(following)


def calendar(*, users) -> Iterator[Event]:
    """Visits with hours that each of these people has agreed to and may see; one query."""
    users = {user.pk: user for user in users}

    def rows_of(user):
        mine = Visit.objects.visible_to(user).filter(agreed_at__isnull=False, is_day_only=False)
        return mine.exclude(state__in=sorted(OFF)).for_lines()

    for visit in diary.rows_of_each(users.values(), rows_of):
        if is_used(visit.cohort):
            yield replace(event(visit, users[visit.whose]), whose=visit.whose)


def record(*, participant) -> Iterator[RecordLine]:
    """Visits that took place, as visitor and as host; one query."""
    mine = Visit.objects.took_place().filter(Q(visitor=participant) | Q(host=participant))
    rows = mine.order_by("starts_at", "pk").values_list("starts_at", "setting__label", "visitor", "minutes")
    for starts_at, setting, visitor, minutes in rows:
        role = Part.VISITOR if visitor == participant.pk else Part.HOST
        yield RecordLine(
            element="Shadowing",
            on=local(starts_at).date(),
            label=setting or "Visit",
            role=role.label.lower(),
            minutes=minutes,
        )


def attention(*, cohorts, on: date) -> Iterator[Attention]:
    """Pairs past the middle of their cohort in which one direction is empty, or both are; one query."""
    past = {cohort.pk: cohort for cohort in cohorts if mid_point(cohort) <= on <= cohort.ends_on}
    if not past:
        return
    pairs = going_on(Pair.objects.filter(cohort__in=past)).order_by()
    marked = pairs.annotate(somebody_has=SOMEBODY_HAS, somebody_has_not=SOMEBODY_HAS_NOT)
    number = Counter(marked.values_list("cohort", "somebody_has", "somebody_has_not"))
    for cohort in past:
        one_sided, without = number[cohort, True, True], number[cohort, False, True]
        page = reverse("reciprocity_list", args=[cohort])
        words = "pairs in which one partner has made no visit yet and the other has"
        yield Attention(past[cohort], words, one_sided, f"{page}?state={ONE_SIDED}", 45)
        yield Attention(past[cohort], "pairs without a visit yet, either way", without, f"{page}?state={NONE}", 45)
