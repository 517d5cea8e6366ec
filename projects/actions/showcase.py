"""A lead puts the programme of the showcase together; owners write what is told there and bring a file."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import audit
from cohorts.actions.turns import take_turn
from cohorts.models import Cohort
from elements.refusals import IsGone
from projects.actions.in_hand import held, noted
from projects.actions.rereading import refuse_unread
from projects.choices import Part
from projects.models import Deck, Involvement, Project
from reminders import outbox
from reminders.choices import MAY_BE_CANCELLED
from reminders.models import Message

PRESENTS = "projects.put_on_showcase"


@transaction.atomic
def add_to_showcase(*, project: Project, by) -> None:
    """It presents, after all others, and its owners are told; a second time nothing happens. Raises IsGone."""
    rows = _programme(project.cohort)
    if project.pk in rows:
        return
    if not Project.objects.filter(pk=project.pk).exists():
        raise IsGone
    _number([*rows, project.pk])
    turn = audit.record(by=by, did="put a project on the showcase", on=project, scope=project.cohort_id)
    owners = Involvement.objects.filter(project=project, part=Part.OWNER, until=None).exclude(participant__user=by)
    letters = [
        outbox.Letter(
            to=each.participant.user,
            key=f"{PRESENTS}:{project.pk}:{each.pk}:{turn.pk}",  # put on again, it is news again
            ref={"project": project.pk},
            reply_to=[by],
        )
        for each in owners.select_related("participant__user")
    ]
    outbox.post_all(kind=PRESENTS, letters=letters, scope=project.cohort_id)


@transaction.atomic
def take_out_of_showcase(*, project: Project, by) -> None:
    """It does not present, and no message that waits says that it does; a second time nothing happens.

    What its owners wrote for it stays theirs.
    """
    rows = _programme(project.cohort)
    if project.pk not in rows:
        return
    Project.objects.filter(pk=project.pk).update(place=None)
    _number([each for each in rows if each != project.pk])
    audit.record(by=by, did="took a project out of the showcase", on=project, scope=project.cohort_id)
    _call_off(project, by=by)


def _call_off(project: Project, *, by) -> None:
    """Messages that wait are cancelled: put on again meanwhile, its owners would hear twice."""
    waiting = Message.objects.filter(
        scope=project.cohort_id, kind=PRESENTS, state__in=MAY_BE_CANCELLED, ref__project=str(project.pk)
    )
    for letter in waiting:
        with suppress(outbox.CannotMove):  # a sender was faster
            outbox.cancel(message=letter, by=by)


@transaction.atomic
def move_in_showcase(*, project: Project, up: bool, by) -> None:
    """One turn earlier or later; at the end, or out of the programme, nothing happens."""
    rows = _programme(project.cohort)
    if project.pk not in rows:
        return
    at = rows.index(project.pk)
    other = at - 1 if up else at + 1
    if 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]
        _number(rows)
        audit.record(by=by, did="moved a project in the showcase", on=project, scope=project.cohort_id)


@transaction.atomic
def write_for_showcase(
    *,
    project: Project,
    abstract: str,
    gain_patients: str,
    gain_service: str,
    by,
    now: datetime,
    seen: UUID | None = None,
) -> Project:
    """What is told of the project at the showcase, and read by the leads once it presents.

    Raises IsGone, NotYours, ChangedMeanwhile.
    """
    project, _ = held(project, by=by)
    refuse_unread(project, {"abstract": abstract, "gain_patients": gain_patients, "gain_service": gain_service}, seen)
    project.abstract, project.gain_patients, project.gain_service = abstract, gain_patients, gain_service
    project.save(update_fields=["abstract", "gain_patients", "gain_service"])
    noted(project, by=by, now=now, did="wrote for the showcase")
    return project


@transaction.atomic
def keep_deck(*, project: Project, name: str, content_type: str, content: bytes, by, now: datetime) -> None:
    """The slides or the poster, in place of what was there. Raises IsGone, NotYours."""
    project, _ = held(project, by=by)
    Deck.objects.filter(project=project).delete()
    Deck.objects.create(
        project=project, name=name, content_type=content_type, size=len(content), content=content, added_at=now
    )
    noted(project, by=by, now=now, did="kept a file for the showcase")


@transaction.atomic
def remove_deck(*, project: Project, by, now: datetime) -> None:
    """There is no file any more; a second time nothing happens. Raises IsGone, NotYours."""
    project, _ = held(project, by=by)
    if Deck.objects.filter(project=project).delete()[0]:
        noted(project, by=by, now=now, did="removed a file for the showcase")


def _programme(cohort: Cohort) -> list:
    """The keys of what presents, in order, in the cohort's turn."""
    take_turn(cohort)
    return list(
        Project.objects.filter(cohort=cohort, place__isnull=False).order_by("place", "pk").values_list("pk", flat=True)
    )


def _number(keys: list) -> None:
    """Turns from 1 on; the columns that owners write are left alone."""
    known = Project.objects.in_bulk(keys)
    for place, key in enumerate(keys, start=1):
        known[key].place = place
    Project.objects.bulk_update(known.values(), ["place"])
