"""Owners ask their leads for support, and leads answer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from cohorts.models import Participant
from elements import once
from elements.refusals import IsGone, Refusal
from projects.actions.in_hand import NotYours, going_on, held, noted
from projects.choices import CLOSED, Part, SupportKind, SupportState
from projects.leads import leads_asked
from projects.models import Project, SupportRequest
from reminders import outbox

ASKED, ANSWERED = "projects.support_asked", "projects.support_answered"


class IsSettled(Refusal):
    """What is closed stays closed; whoever needs more asks anew."""

    unsaid = "This request was settled while you wrote, so it takes no answer. What you wrote is still here to copy."


class AnsweredMeanwhile(Refusal):
    """Another lead was faster, and her words are not overwritten unread."""

    unsaid = "Somebody has answered this while you wrote. Read that answer first; yours is still here."


class NeedsAnswer(Refusal):
    """Whoever asked gets words, and a refusal has its reason."""

    unsaid = "Enter what you answer, or why it is not possible."


@transaction.atomic
def ask_for_support(
    *, project: Project, kind: str, words: str, by, now: datetime, mark: UUID | None = None
) -> SupportRequest:
    """A request to the leads who have no part in the project; the same page sent twice asks once.

    Raises IsGone, NotYours, ProjectHasEnded.
    """
    project, owner = held(project, by=by)
    return asked(going_on(project), owner, kind=kind, words=words, by=by, now=now, mark=mark)


def asked(
    project: Project, owner: Participant, *, kind: str, words: str, by, now: datetime, mark: UUID | None = None
) -> SupportRequest:
    """The request in the name of this owner, for a project that is locked and goes on."""
    key = once.key(mark, str(by.pk), kind, words)
    if key and (there := SupportRequest.objects.filter(project=project, once=key).first()):
        return there
    support = SupportRequest.objects.create(
        project=project,
        cohort_id=project.cohort_id,
        kind=SupportKind(kind),
        words=words,
        asked_by=owner,
        asked_at=now,
        once=key,
    )
    noted(project, by=by, now=now, did="asked for support", on=support)
    ref = {"support": support.pk, "project": project.pk}
    leads = leads_asked([project])[project.pk]
    letters = [outbox.Letter(to=lead, key=f"{ASKED}:{support.pk}:{lead.pk}", ref=ref) for lead in leads]
    outbox.post_all(kind=ASKED, letters=letters, scope=project.cohort_id)
    return support


@transaction.atomic
def answer_support(
    *, support: SupportRequest, state: str, answer: str, by, now: datetime, seen: UUID | None = None
) -> SupportRequest:
    """A lead's answer, of which the owners are told that there is one. Reply time counts to the first.

    `seen` is `answer_key` of the request as the page showed it. Raises IsGone, NotYours, IsSettled, AnsweredMeanwhile,
    NeedsAnswer.
    """
    project, support = _held(support)
    if not SupportRequest.objects.led_by(by).filter(pk=support.pk).exists():
        raise NotYours("Only leads who have no part in the project answer.")
    if support.state in CLOSED:
        raise IsSettled
    if seen is not None and seen != support.answer_key:
        raise AnsweredMeanwhile
    state = SupportState(state)
    if state == SupportState.OPEN or not (answer or state == SupportState.DONE):
        raise NeedsAnswer
    support.state, support.answer, support.answered_by = state, answer, by
    support.answered_at = support.answered_at or now
    support.closed_at = now if state in CLOSED else None
    support.save(update_fields=["state", "answer", "answered_by", "answered_at", "closed_at"])
    noted(project, by=by, now=now, did="answered a request for support", on=support)
    ref = {"support": support.pk, "project": project.pk}
    letters = [
        outbox.Letter(
            to=each.participant.user,
            key=f"{ANSWERED}:{support.pk}:{now.timestamp():.6f}:{each.participant_id}",
            ref=ref,
            reply_to=[by],
        )
        for each in project.everybody
        if each.part == Part.OWNER
    ]
    outbox.post_all(kind=ANSWERED, letters=letters, scope=project.cohort_id)
    return support


@transaction.atomic
def close_support(*, support: SupportRequest, by, now: datetime) -> SupportRequest:
    """An owner says that it is settled; a second time nothing happens. Raises IsGone, NotYours."""
    held(support.project, by=by)
    project, support = _held(support)
    if support.state in CLOSED:
        return support
    support.state, support.closed_at = SupportState.DONE, now
    support.answered_at = support.answered_at or now  # without `answered_by`: nobody replied
    support.save(update_fields=["state", "closed_at", "answered_at"])
    noted(project, by=by, now=now, did="settled a request for support", on=support)
    return support


def _held(support: SupportRequest) -> tuple[Project, SupportRequest]:
    project = Project.objects.locked(support.project)
    found = SupportRequest.objects.filter(pk=support.pk).first()
    if project is None or found is None:
        raise IsGone
    found.project = project
    return project, found
