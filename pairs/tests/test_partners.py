"""The partner as a participant reads the partner: own words, labels and reasons side by side."""

import pytest

from cohorts.choices import Side, TermList
from cohorts.models import Term
from pairs import actions
from pairs.models import Pair
from pairs.partners import Partnership
from pairs.tests.test_views import text_of
from pairs.tests.worlds import cohort_of, person, published, shown

pytestmark = pytest.mark.django_db


def test_reasons_speak_to_the_person_who_reads_them():
    _, _, [doctor], [manager] = cohort_of(1, 1)
    told = [f"{doctor.name} offers “clinics”, which {manager.name} would like to see"]
    told += [f"{manager.name} offers “beds”; {doctor.name} would like to see “bed meeting”", "You both work at A"]
    of = {me: reasons(told, me, other) for me, other in ((doctor, manager), (manager, doctor))}
    assert of[doctor] == [
        f"You offer “clinics”, which {manager.name} would like to see.",
        f"{manager.name} offers “beds”; you would like to see “bed meeting”.",
        "You both work at A.",
    ]
    assert of[manager] == [
        f"{doctor.name} offers “clinics”, which you would like to see.",
        f"You offer “beds”; {doctor.name} would like to see “bed meeting”.",
        "You both work at A.",
    ]
    manager.name = doctor.name
    assert reasons(told, doctor, manager) == [f"{reason}." for reason in told]


def reasons(told, me, other):
    return Partnership(Pair(reasons=told), me, (other,)).reasons


def test_what_the_reasons_speak_of_comes_first_once_and_with_a_capital():
    _, _, [doctor], [manager] = cohort_of(1, 1)
    manager.offers = ["eRoster drop-in", "bed meeting", "Operating theatre", "Bed  meeting", "MDT meeting"]
    manager.wants = []
    pair = Pair(
        reasons=[f"{manager.name} offers “MDT meeting” and “bed meeting”, which {doctor.name} would like to see"]
    )
    [card] = Partnership(pair, doctor, (manager,)).cards
    assert card.offers == ["Bed meeting", "MDT meeting", "eRoster drop-in", "Operating theatre"]
    assert card.wants == []


def test_reasons_use_the_words_that_the_partners_wrote_and_the_lead_reads_the_list(client):
    cohort, lead, _, _ = cohort_of(0, 0)
    theatre = Term.objects.offered_to(cohort).get(list=TermList.SETTING, label="Operating theatre")
    assert "a list in theatre" in theatre.aliases
    answers = {"sites": [], "days": "", "offers": [], "wants": []}
    doctor = person(cohort, Side.A, 1, **answers | {"offers": ["a list in theatre", "Labour ward handover"]})
    manager = person(cohort, Side.B, 1, **answers | {"wants": ["labour ward handover", "operating theatre"]})
    run = actions.find_pairs(cohort=cohort, by=lead)
    assert (
        "2 of 2 wishes of Manager 0001 (Labour ward handover and Operating theatre)"
        in run.proposals.get().reasons["sentence"]
    )
    shown(published(cohort, lead))
    client.force_login(manager.user)
    page = text_of(client.get(Pair.objects.get().get_absolute_url()))
    assert f"{doctor.name} offers “Labour ward handover”, which you would like to see." in page
    assert f"{doctor.name} offers “a list in theatre”; you would like to see “operating theatre”." in page
    assert "Can show you A list in theatre Labour ward handover" in page
