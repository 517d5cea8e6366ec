"""What partners agreed to do: who may say so, who reads it, and when it is asked for."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AuditRecord
from elements import clock
from elements.contract import Step
from elements.refusals import IsGone
from pairs import actions as pair_actions
from pairs.models import Pair
from pairs.tests.test_views import text_of
from pairs.tests.worlds import cohort_of
from projects import actions
from projects.element import Projects
from projects.models import Action
from projects.reading import agreed_by, open_actions
from projects.tests.factories import SAID_ON, agreed

pytestmark = pytest.mark.django_db
DUE = date(2027, 2, 10)
NOW = clock.at(DUE)


def read(response) -> str:
    return text_of(response)


def ended(pair, lead, on=DUE):
    pair_actions.end_pair(pair=pair, kind="other", on=on, by=lead)


def test_it_is_kept_with_owner_day_and_place(two):
    _, pair, doctor, manager = two
    action = agreed(pair, manager, due_on=DUE, by=doctor.user, said_in=pair.pk)
    kept = Action.objects.get()
    assert (kept, kept.owner, kept.cohort, kept.due_on) == (action, manager, pair.cohort, DUE)
    assert (kept.said_on, kept.said_in) == (SAID_ON, pair.pk)


def test_only_partners_say_so_and_only_partners_do_it(two):
    lead, pair, doctor, _ = two
    other = Pair.objects.exclude(pk=pair.pk).get().memberships.first().participant
    for owner, by in ((other, doctor.user), (doctor, lead), (doctor, other.user)):
        with pytest.raises(actions.OwnerIsNoPartner):
            agreed(pair, owner, by=by)
    assert not Action.objects.exists()


def test_a_pair_that_has_ended_agrees_on_nothing(two):
    lead, pair, doctor, _ = two
    ended(pair, lead)
    with pytest.raises(pair_actions.PairHasEnded):
        agreed(pair, doctor)


def test_a_tick_counts_once_and_can_be_taken_away(two):
    _, pair, doctor, manager = two
    action = agreed(pair, doctor)
    before = AuditRecord.objects.count()
    for day in (DUE, DUE + timedelta(1)):
        actions.finish_action(action=action, on=day, by=manager.user, now=NOW)
    assert (Action.objects.get().done_on, AuditRecord.objects.count()) == (DUE, before + 1)
    actions.reopen_action(action=action, by=doctor.user, now=NOW)
    assert Action.objects.get().done_on is None


def test_what_is_dropped_is_gone_and_the_record_does_not_say_what_it_was(two):
    _, pair, doctor, _ = two
    action = agreed(pair, doctor, "Quillfeather")
    for _ in range(2):
        actions.drop_action(action=action, by=doctor.user, now=NOW)
    assert not Action.objects.exists()
    with pytest.raises(IsGone):
        actions.finish_action(action=action, on=DUE, by=doctor.user, now=NOW)
    assert "Quillfeather" not in "".join(AuditRecord.objects.values_list("did", flat=True))


def test_a_former_partner_keeps_her_own_and_no_other(two):
    lead, pair, doctor, manager = two
    mine, theirs = agreed(pair, doctor), agreed(pair, manager)
    assert set(Action.objects.visible_to(doctor.user)) == {mine, theirs}
    ended(pair, lead)
    assert list(Action.objects.visible_to(doctor.user)) == [mine]
    assert list(Action.objects.visible_to(lead)) == []


def test_the_page_of_a_pair_shows_what_is_open_with_a_tick(two, client):
    _, pair, doctor, manager = two
    action = agreed(pair, manager, due_on=DUE)
    client.force_login(doctor.user)
    page = read(client.get(pair.get_absolute_url()))
    assert "What you agreed to do Send the rota" in page
    assert f"{manager.name}, by Wednesday 10 February 2027" in page
    answer = client.post(reverse("action_finish", args=[action.pk]), follow=True)
    assert answer.redirect_chain[0][0] == reverse("action_list", args=[pair.pk])
    assert Action.objects.get().done_on is not None
    assert "What you agreed to do" not in read(client.get(pair.get_absolute_url()))


def test_a_lead_reads_no_action_on_the_page_of_a_pair(two, client):
    lead, pair, doctor, _ = two
    agreed(pair, doctor, "Quillfeather")
    client.force_login(lead)
    assert "Quillfeather" not in read(client.get(pair.get_absolute_url()))


def test_a_former_owner_ticks_and_is_led_home(two, client):
    lead, pair, doctor, _ = two
    action = agreed(pair, doctor)
    ended(pair, lead)
    client.force_login(doctor.user)
    assert client.post(reverse("action_finish", args=[action.pk]))["Location"] == reverse("home")
    assert client.get(reverse("action_drop", args=[action.pk])).status_code == 200


@pytest.mark.parametrize("number", [0, 3, 30])
def test_the_list_asks_as_often_for_few_as_for_many(number, two, client, django_assert_num_queries):
    _, pair, doctor, manager = two
    for count in range(number):
        agreed(pair, manager, f"Task {count}")
    client.force_login(doctor.user)
    address = reverse("action_list", args=[pair.pk])
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)


def test_lists_of_actions_come_to_an_end(two):
    _, pair, doctor, _ = two
    for count in range(30):
        agreed(pair, doctor, f"Task {count}", due_on=DUE)
    shown = agreed_by(pair, user=doctor.user)
    assert (len(shown.still), shown.is_cut) == (25, True)
    assert len(open_actions(pair, user=doctor.user)) == 5
    assert len(steps([doctor], DUE)) == 6


def steps(participants, on) -> list[Step]:
    return list(Projects().next_steps(participants=participants, on=on))


def test_the_owner_is_reminded_a_week_ahead_and_when_it_is_overdue(two, django_assert_num_queries):
    _, pair, doctor, manager = two
    agreed(pair, doctor, due_on=DUE)
    agreed(pair, doctor, "No day")
    assert steps([doctor], DUE - timedelta(8)) == []
    [ahead] = steps([doctor], DUE - timedelta(7))
    assert (ahead.label, ahead.hint, ahead.due_on) == ("Send the rota", "", DUE)
    assert ahead.url == reverse("action_list", args=[pair.pk])
    with django_assert_num_queries(1):  # and one for cycles
        [late] = steps([doctor, manager], DUE + timedelta(1))
    assert late.hint == "You said that you would do this. It is overdue."
    assert steps([manager], DUE) == []


def test_nobody_is_reminded_of_what_is_done_or_was_said_to_a_former_partner(two):
    lead, pair, doctor, _ = two
    done = agreed(pair, doctor, due_on=DUE)
    actions.finish_action(action=done, on=DUE, by=doctor.user, now=NOW)
    agreed(pair, doctor, "Left over", due_on=DUE)
    assert [each.label for each in steps([doctor], DUE)] == ["Left over"]
    ended(pair, lead)
    assert steps([doctor], DUE) == []


def test_a_cohort_that_has_switched_it_off_shows_nothing(two):
    _, pair, doctor, _ = two
    agreed(pair, doctor, due_on=DUE)
    pair = Pair.objects.with_members().get(pk=pair.pk)
    assert list(Projects().panels(pair=pair, viewer=doctor.user))
    pair.cohort.elements_off = doctor.cohort.elements_off = ["projects"]
    assert list(Projects().panels(pair=pair, viewer=doctor.user)) == []
    assert steps([doctor], DUE) == []


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_an_owner_of_another_cohort_and_no_words():
    cohort, _, (doctor,), _ = cohort_of(1, 1)
    _, _, (stranger,), _ = cohort_of(1, 1)
    given = {"cohort": cohort, "owner": doctor, "words": "Send it", "said_on": SAID_ON}
    Action.objects.create(**given)
    for wrong in ({"owner": stranger}, {"words": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Action.objects.create(**given | wrong)
