"""What must never be, the database itself refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cohorts.models import Cohort
from pairs.models import Exclusion, Lock, Membership, Pair, Pairing, Run
from pairs.tests.worlds import cohort_of

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2027, 2, 1)


def refused(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def pair_of(cohort, first):
    return Pair.objects.create(
        cohort=cohort, started_on=DAY, shown_from="2027-02-01T00:00Z", initiator=first, first_meeting_by=DAY
    )


def join(pair, participant, **more):
    return Membership.objects.create(
        **{"cohort": pair.cohort, "pair": pair, "participant": participant, "since": DAY, **more}
    )


def test_nobody_is_in_two_live_pairs_of_a_cohort_nor_with_themselves():
    cohort, _, doctors, managers = cohort_of(2, 2)
    pair, other = pair_of(cohort, doctors[0]), pair_of(cohort, doctors[1])
    join(pair, doctors[0])
    join(pair, managers[0])
    refused(lambda: join(pair, doctors[0]))
    refused(lambda: join(other, doctors[0]))
    refused(lambda: join(other, managers[0]))
    Membership.objects.filter(pair=pair).update(until=DAY)
    join(other, doctors[0])


def test_a_pair_never_joins_two_cohorts():
    cohort, _, doctors, _ = cohort_of(1, 1)
    elsewhere, _, _, managers = cohort_of(1, 1)
    pair = pair_of(cohort, doctors[0])
    refused(lambda: join(pair, managers[0]))
    refused(lambda: join(pair, managers[0], cohort=elsewhere))
    refused(lambda: Lock.objects.create(cohort=cohort, a=doctors[0], b=managers[0]))
    refused(lambda: Exclusion.objects.create(cohort=cohort, one=doctors[0], other=managers[0]))


def test_an_exclusion_and_a_lock_are_of_two_people_and_stand_once():
    cohort, _, doctors, managers = cohort_of(2, 2)
    refused(lambda: Exclusion.objects.create(cohort=cohort, one=doctors[0], other=doctors[0]))
    Lock.objects.create(cohort=cohort, a=doctors[0], b=managers[0])
    refused(lambda: Lock.objects.create(cohort=cohort, a=doctors[0], b=managers[1]))
    refused(lambda: Lock.objects.create(cohort=cohort, a=doctors[1], b=managers[0]))


def test_a_pair_ends_with_a_kind_and_not_before_it_began():
    cohort, _, doctors, _ = cohort_of(1, 1)
    pair = pair_of(cohort, doctors[0])
    refused(lambda: Pair.objects.filter(pk=pair.pk).update(ended_on=DAY))
    refused(lambda: Pair.objects.filter(pk=pair.pk).update(ended_on=date(2027, 1, 1), end_kind="other"))
    refused(lambda: Pair.objects.filter(pk=pair.pk).update(end_reason="said too early"))


def test_a_published_run_has_its_moment():
    cohort, _, _, _ = cohort_of(1, 1)
    given = {"cohort": cohort, "aim": "total", "seed": "0", "weights": {}, "inputs": {}, "result": {}}
    refused(lambda: Run.objects.create(**given, state="published"))


def test_the_settings_of_pairing_stand_once_for_a_cohort():
    cohort, _, _, _ = cohort_of(1, 1)
    Pairing.objects.create(cohort=cohort)
    refused(lambda: Pairing.objects.create(cohort=Cohort.objects.get(pk=cohort.pk)))
