"""Writes about organisations, programmes and cohorts."""

from django.db import IntegrityError, transaction

from accounts import audit
from cohorts import spreadsheets
from cohorts.actions.launches import EndsBeforeLaunch, LaunchIsSet
from cohorts.actions.refusals import NameIsTaken
from cohorts.actions.turns import take_turn
from cohorts.choices import TermList
from cohorts.models import Cohort, Launch, Organisation, Programme, Rung, Term
from cohorts.presets import LEVELS, PRESETS
from reminders.actions import copy_wordings


@transaction.atomic
def make_organisation(*, name: str, by) -> Organisation:
    """Add a trust or other employer. Raises NameIsTaken."""
    _refuse_same_words(name, Organisation.objects.all())
    organisation = _named_once(lambda: Organisation.objects.create(name=name), name)
    audit.record(by=by, did="made an organisation", on=organisation)
    return organisation


@transaction.atomic
def change_organisation(*, organisation: Organisation, name: str, by) -> Organisation:
    """Give an organisation another name. Raises NameIsTaken."""
    _refuse_same_words(name, Organisation.objects.exclude(pk=organisation.pk))
    organisation.name = name
    _named_once(lambda: organisation.save(update_fields=["name"]), name)
    audit.record(by=by, did="renamed an organisation", on=organisation)
    return organisation


@transaction.atomic
def make_programme(*, name: str, organisations, by) -> Programme:
    """Add a programme that runs in these organisations."""
    programme = Programme.objects.create(name=name)
    programme.organisations.set(organisations)
    audit.record(by=by, did="made a programme", on=programme)
    return programme


@transaction.atomic
def change_programme(*, programme: Programme, name: str, organisations, by) -> Programme:
    """Change the name of a programme or where it runs."""
    programme.name = name
    programme.save(update_fields=["name"])
    programme.organisations.set(organisations)
    audit.record(by=by, did="changed a programme", on=programme)
    return programme


@transaction.atomic
def make_cohort(*, programme: Programme, preset: str, by, **values) -> Cohort:
    """Make a cohort of a programme from a preset's values, some of them replaced by `values`.

    `values` are columns of Cohort: at least `name`, `starts_on` and `ends_on`. Its table of grades and bands is filled
    from the preset, and its messages read as those of the programme's latest cohort. Raises KeyError for an unknown
    preset, NameIsTaken.
    """
    start = PRESETS[preset]
    cohort = Cohort(programme=programme, preset=preset, **{**start.values(), **values})
    _named_once(cohort.save, cohort.name)
    terms = Term.objects.offered_to(cohort).filter(list__in=[TermList.GRADE, TermList.BAND])
    Rung.objects.bulk_create(
        Rung(
            cohort=cohort,
            term=term,
            level=LEVELS.get(term.code),
            eligible_a=term.code in start.eligible_a,
            eligible_b=term.code in start.eligible_b,
        )
        for term in terms
    )
    audit.record(by=by, did="made a cohort", on=cohort, scope=cohort.pk)
    if before := Cohort.objects.filter(programme=programme).exclude(pk=cohort.pk).order_by("-starts_on", "pk").first():
        copy_wordings(source=before.pk, target=cohort.pk, by=by)
    return cohort


@transaction.atomic
def change_cohort(*, cohort: Cohort, by, **values) -> Cohort:
    """Change columns of a cohort; its first day only until there is a launch, which people are told of.

    Raises NameIsTaken, EndsBeforeLaunch, LaunchIsSet.
    """
    take_turn(cohort)
    began, ended = Cohort.objects.values_list("starts_on", "ends_on").get(pk=cohort.pk)
    begins = values.get("starts_on", began)
    if values.get("ends_on", ended) <= begins:
        raise EndsBeforeLaunch
    if begins != began and Launch.objects.filter(cohort=cohort).exists():
        raise LaunchIsSet
    for column, value in values.items():
        setattr(cohort, column, value)
    _named_once(lambda: cohort.save(update_fields=list(values)), cohort.name)
    audit.record(by=by, did="changed the cohort", on=cohort, scope=cohort.pk)
    return cohort


@transaction.atomic
def change_rungs(*, cohort: Cohort, rungs: dict[int, dict], by) -> None:
    """Set what grades and bands mean: {id of rung: {"level": 1..5 or None, "eligible_a": bool, "eligible_b": bool}}."""
    mine = list(Rung.objects.filter(cohort=cohort, pk__in=rungs))
    for rung in mine:
        for column, value in rungs[rung.pk].items():
            setattr(rung, column, value)
    Rung.objects.bulk_update(mine, ["level", "eligible_a", "eligible_b"])
    audit.record(by=by, did="changed who is eligible and the levels of seniority", on=cohort, scope=cohort.pk)


def _refuse_same_words(name: str, others) -> None:
    """Names that differ in capitals or spaces alone: a sheet could not tell these organisations apart."""
    for other in others.values_list("name", flat=True):
        if spreadsheets.fold(other) == spreadsheets.fold(name):
            raise NameIsTaken(other)


def _named_once(write, name: str):
    """Write in a savepoint: where the database knows the name already, say so in words."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as problem:
        raise NameIsTaken(name) from problem
