"""What the pairing pages of a cohort show before a run."""

from django.db.models import Count, Q
from django.urls import reverse

from cohorts.exclusions import means, reader_of
from cohorts.models import Cohort, Meant, Participant
from elements.contract import Step
from pairs.discretion import concerns, own_keys
from pairs.gathering import to_pair
from pairs.going_out import going_out, is_waiting, leaving_at
from pairs.keeping_apart import EXCLUSION, Finding, findings, writers
from pairs.models import Exclusion, Lock, Pairing, Run
from pairs.querysets import count_in_cohort


def pairing_of(cohort: Cohort) -> Pairing:
    return Pairing.objects.filter(cohort=cohort).first() or Pairing(cohort=cohort)


def overview(*, cohort: Cohort, user) -> dict:
    """Counts per side, the steps of preparing a run, and the newest runs."""
    waiting = to_pair(cohort).aggregate(a=Count("pk", filter=Q(side="a")), b=Count("pk", filter=Q(side="b")))
    own = own_keys(user, cohort)
    read = readings(cohort=cohort, user=user, own=own)
    asked = _asked(read, own)
    open_questions = sum(finding.is_meant is None for finding in asked)
    counted = Cohort.objects.filter(pk=cohort.pk).values_list(
        count_in_cohort(Exclusion.objects.visible_to(user)), count_in_cohort(Lock.objects.all())
    )
    added, locks = counted.get()
    apart = added + sum(each.holds for each in read)
    runs = list(Run.objects.visible_to(user).filter(cohort=cohort).with_counts()[:5])
    any_waits = any(map(is_waiting, runs))
    chosen = pairing_of(cohort)
    return {
        "cohort": cohort,
        "waiting": waiting,
        "pairing": chosen,
        "going_out": [(run, leaving_at(run.published_at)) for run in going_out(cohort)] if any_waits else [],
        "can_find": waiting["a"] and waiting["b"],
        "steps": [
            Step(
                None,
                "What counts",
                reverse("weights_edit", args=[cohort.pk]),
                chosen.get_aim_display(),
                "done" if chosen.cohort_id and not chosen._state.adding else "to do",
            ),
            Step(
                None,
                "Who is kept apart",
                reverse("exclusion_list", args=[cohort.pk]),
                "Line managers and earlier partners are kept apart by themselves.",
                f"{apart} rule{'' if apart == 1 else 's'}",
            ),
            Step(
                None,
                "Is this who they mean?",
                reverse("question_list", args=[cohort.pk]),
                "Names that people wrote. A name counts until you say that it means somebody else.",
                f"{open_questions} open" if open_questions else "done",
            ),
            Step(
                None,
                "Who is locked together",
                reverse("lock_list", args=[cohort.pk]),
                "",
                f"{locks} lock{'' if locks == 1 else 's'}",
            ),
        ],
        "runs": runs,
    }


def readings(*, cohort: Cohort, user, own: frozenset[str]) -> list[Finding]:
    """What people wrote that fits somebody of the other side; no exclusion that may mean a reader who takes part.

    The words decide, not whom they fit: another person of her name would show her what was written.
    """
    people = writers(Participant.objects.filter(cohort=cohort).taking_part().order_by())  # the few findings are sorted
    reader = reader_of(user, cohort) if own else None
    found = [
        finding
        for finding in findings(people, Meant.objects.filter(participant__cohort=cohort))
        if finding.participant.side != finding.other.side
        and not (reader and finding.part == EXCLUSION and means(finding.words, reader))
    ]
    return sorted(found, key=_unanswered_first)


def _unanswered_first(finding: Finding) -> tuple:
    return finding.is_meant is not None, finding.participant.name, finding.participant.key, finding.other.name


def questions(*, cohort: Cohort, user) -> list[Finding]:
    """Those of the readings that are given by a name, but none about the reader: another lead answers it."""
    own = own_keys(user, cohort)
    return _asked(readings(cohort=cohort, user=user, own=own), own)


def _asked(read: list[Finding], own: frozenset[str]) -> list[Finding]:
    return [finding for finding in read if finding.is_question and not concerns(own, [str(finding.other.pk)])]


def rules_read(*, cohort: Cohort, user) -> list[Finding]:
    """Those of the readings that keep two people apart today."""
    own = own_keys(user, cohort)
    return [finding for finding in readings(cohort=cohort, user=user, own=own) if finding.holds]
