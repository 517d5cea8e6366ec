"""What the pairing pages of a cohort show before a run."""

from django.db.models import Count
from django.urls import reverse

from cohorts.choices import Side
from cohorts.exclusions import means
from cohorts.models import Cohort, Meant, Participant
from elements.contract import Step
from pairs.discretion import OwnPart, concerns, own_part
from pairs.gathering import to_pair
from pairs.going_out import going_out, is_waiting, leaving_at
from pairs.keeping_apart import EXCLUSION, Finding, findings, writers
from pairs.models import Exclusion, Lock, Pairing, PrivateWord, Run
from pairs.querysets import count_in_cohort


def pairing_of(cohort: Cohort) -> Pairing:
    return Pairing.objects.filter(cohort=cohort).first() or Pairing(cohort=cohort)


def overview(*, cohort: Cohort, user) -> dict:
    """Counts per side, the steps of preparing a run, and the newest runs."""
    own = own_part(user, cohort)
    read = readings(cohort=cohort, own=own)
    asked = _asked(read, own)
    open_questions = sum(finding.is_meant is None for finding in asked)
    sides = to_pair(cohort).order_by().values_list("side").annotate(Count("pk"))
    waiting = dict.fromkeys(Side.values, 0) | dict(sides)
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


def readings(*, cohort: Cohort, own: OwnPart) -> list[Finding]:
    """What people wrote that fits somebody of the other side; no exclusion that may mean a reader who takes part.

    The words decide, not whom they fit: another person of her name would show her what was written.
    """
    return _readable(_written_in(cohort)[0], own)


def _written_in(cohort: Cohort) -> tuple[list[Finding], list[tuple[str, str]]]:
    """(what people wrote that fits somebody, what they named in private that fits nobody: the writer's name, words)."""
    people = writers(Participant.objects.filter(cohort=cohort).taking_part().order_by())  # the few findings are sorted
    said = PrivateWord.objects.said_in(cohort)
    found = findings(people, Meant.objects.filter(participant__cohort=cohort), said)
    if not said:
        return found, []
    fitting = {(finding.participant.pk, finding.words) for finding in found if finding.in_private}
    return found, sorted(
        (person.name, words)
        for person in people
        for words in said.get(person.pk, ())
        if (person.pk, words) not in fitting
    )


def _readable(found: list[Finding], own: OwnPart) -> list[Finding]:
    read = [
        finding
        for finding in found
        if finding.participant.side != finding.other.side
        and not (own.reader and finding.part == EXCLUSION and _may_name(finding, own))
    ]
    return sorted(read, key=_unanswered_first)


def _unanswered_first(finding: Finding) -> tuple:
    return finding.is_meant is not None, finding.participant.name, finding.participant.key, finding.other.name


def _may_name(finding: Finding, own: OwnPart) -> bool:
    """Whether an exclusion may mean the reader, or is in her own application, where another lead may have put it."""
    return means(finding.words, own.reader) or concerns(own.keys, [str(finding.participant.pk)])


def questions(*, cohort: Cohort, user) -> list[Finding]:
    """Those of the readings that are given by a name, but none about the reader: another lead answers it."""
    own = own_part(user, cohort)
    return _asked(readings(cohort=cohort, own=own), own)


def _asked(read: list[Finding], own: OwnPart) -> list[Finding]:
    return [finding for finding in read if finding.is_question and not concerns(own.keys, [str(finding.other.pk)])]


def rules_read(*, cohort: Cohort, user) -> tuple[list[Finding], list[tuple[str, str]]]:
    """Those of the readings that keep two people apart today, and what was named in private and fits nobody.

    The latter is (the writer's name, words), and nothing for a reader who takes part: a name with a slip may be hers.
    """
    own = own_part(user, cohort)
    found, unfitting = _written_in(cohort)
    read = _readable(found, own)
    return [finding for finding in read if finding.holds], [] if own.keys else unfitting
