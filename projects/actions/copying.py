"""What next year's cohort begins with: where the organisation explains how it improves, and nothing of people."""

from django.db import transaction

from accounts import audit
from cohorts.models import Cohort
from projects.models import MethodLink


@transaction.atomic
def copy_method_links(*, source: Cohort, target: Cohort, by) -> None:
    """The links of one cohort, in their order, for another; those that it has already stay as they are."""
    there = MethodLink.objects.filter(cohort=target).values("url")
    links = [
        MethodLink(cohort=target, label=each.label, url=each.url, place=each.place)
        for each in MethodLink.objects.filter(cohort=source).exclude(url__in=there)
    ]
    if links:
        MethodLink.objects.bulk_create(links, ignore_conflicts=True)
        audit.record(by=by, did="copied the links to the way of improving", on=target, scope=target.pk)
