"""What people read before and after a workshop: a file or a link."""

from datetime import datetime

from django.db import transaction

from accounts import audit
from workshops.actions.series import held
from workshops.models import Material, Workshop


@transaction.atomic
def add_link(*, workshop: Workshop, when: str, label: str, url: str, by, now: datetime) -> Material:
    """A page elsewhere. Raises IsGone."""
    workshop = held(workshop)
    material = Material.objects.create(workshop=workshop, when=when, label=label, url=url, added_at=now)
    audit.record(by=by, did="added a material to a workshop", on=material, scope=workshop.cohort_id)
    return material


@transaction.atomic
def keep_file(
    *, workshop: Workshop, when: str, label: str, name: str, content_type: str, content: bytes, by, now: datetime
) -> Material:
    """A file, as it was checked by its form. Raises IsGone."""
    workshop = held(workshop)
    material = Material.objects.create(
        workshop=workshop,
        when=when,
        label=label,
        name=name,
        content_type=content_type,
        size=len(content),
        content=content,
        added_at=now,
    )
    audit.record(by=by, did="added a material to a workshop", on=material, scope=workshop.cohort_id)
    return material


@transaction.atomic
def remove_material(*, material: Material, by) -> None:
    """It stands on no page any more; a second time nothing happens."""
    held(material.workshop)
    if Material.objects.filter(pk=material.pk).exists():
        audit.record(by=by, did="removed a material of a workshop", on=material, scope=material.cohort.pk)
        Material.objects.filter(pk=material.pk).delete()
