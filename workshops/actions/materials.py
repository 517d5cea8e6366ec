"""What people read before and after a workshop: a file or a link."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import transaction

from accounts import audit
from elements import once
from workshops.actions.series import held
from workshops.models import Material, Workshop


@transaction.atomic
def add_link(
    *, workshop: Workshop, when: str, label: str, url: str, by, now: datetime, mark: UUID | None = None
) -> Material:
    """A page elsewhere; the same form sent twice (`mark`) adds one. Raises IsGone."""
    workshop = held(workshop)
    key = once.key(mark, str(workshop.pk), when, label, url)
    if key and (there := Material.objects.filter(workshop=workshop, pk=key).first()):
        return there
    material = Material.objects.create(
        pk=key or uuid4(), workshop=workshop, when=when, label=label, url=url, added_at=now
    )
    audit.record(by=by, did="added a material to a workshop", on=material, scope=workshop.cohort_id)
    return material


@transaction.atomic
def keep_file(
    *,
    workshop: Workshop,
    when: str,
    label: str,
    name: str,
    content_type: str,
    content: bytes,
    by,
    now: datetime,
    mark: UUID | None = None,
) -> Material:
    """A file, as it was checked by its form; the same form sent twice (`mark`) keeps one. Raises IsGone."""
    workshop = held(workshop)
    key = once.key(mark, str(workshop.pk), when, label, name, sha256(content).hexdigest())
    if key and (there := Material.objects.filter(workshop=workshop, pk=key).without_content().first()):
        return there
    material = Material.objects.create(
        pk=key or uuid4(),
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
