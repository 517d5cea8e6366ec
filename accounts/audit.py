"""The audit record: written by actions, inside their transaction."""

from django.apps import apps

from accounts.models import AuditRecord


def record(*, by, did: str, on, scope=None) -> AuditRecord:
    """Write that `by` did something to the model instance `on`.

    `did` is a plain phrase in the past tense and never repeats what somebody confided. `scope` is the uuid of the
    cohort concerned, so that its leads can read the line.
    """
    return AuditRecord.objects.create(
        by=by, did=did, subject_kind=on._meta.label_lower, subject_ref=str(on.pk), scope=scope
    )


def lines_about(on):
    """What was done to the model instance `on`, the latest first."""
    return AuditRecord.objects.filter(subject_kind=on._meta.label_lower, subject_ref=str(on.pk))


def confided_kinds() -> list[str]:
    """The models of which it is nobody's to know that somebody wrote a row: each says so by `is_confided`."""
    return [model._meta.label_lower for model in apps.get_models() if getattr(model, "is_confided", False)]
