"""A lead says where her cohort's people find the organisation's way of improving."""

from django.db import transaction
from django.db.models import Max

from accounts import audit
from cohorts.actions.turns import take_turn
from cohorts.models import Cohort
from elements.refusals import IsGone, Refusal
from projects.models import MethodLink


class LinkIsThere(Refusal):
    """The cohort has another link to the same address."""

    unsaid = "This address is in the list already. Change that link, or enter another address."


@transaction.atomic
def add_method_link(*, cohort: Cohort, label: str, url: str, by) -> MethodLink:
    """One more link, at the end. Raises LinkIsThere."""
    take_turn(cohort)
    there = MethodLink.objects.filter(cohort=cohort)
    _refuse_twice(there, url)
    last = there.aggregate(last=Max("place"))["last"]
    link = MethodLink.objects.create(cohort=cohort, label=label, url=url, place=0 if last is None else last + 1)
    audit.record(by=by, did="added a link to the method", on=link, scope=cohort.pk)
    return link


@transaction.atomic
def change_method_link(*, link: MethodLink, label: str, url: str, by) -> MethodLink:
    """Other words, another address. Raises IsGone, LinkIsThere."""
    link = _held(link)
    _refuse_twice(MethodLink.objects.filter(cohort=link.cohort_id).exclude(pk=link.pk), url)
    link.label, link.url = label, url
    link.save(update_fields=["label", "url"])
    audit.record(by=by, did="changed a link to the method", on=link, scope=link.cohort_id)
    return link


@transaction.atomic
def remove_method_link(*, link: MethodLink, by) -> None:
    """It stands on no page any more. Raises IsGone."""
    link = _held(link)
    audit.record(by=by, did="removed a link to the method", on=link, scope=link.cohort_id)
    link.delete()


def _held(link: MethodLink) -> MethodLink:
    """The link as it is now, in its cohort's turn."""
    take_turn(link.cohort)
    found = MethodLink.objects.filter(pk=link.pk).first()
    if found is None:
        raise IsGone
    return found


def _refuse_twice(others, url: str) -> None:
    if others.filter(url=url).exists():
        raise LinkIsThere
