"""Pages of the hall as their readers meet them."""

import re
from datetime import date

import pytest
from django.urls import reverse

from cohorts.tests.factories import LeadFactory
from pairs import actions, letters
from pairs.choices import RunState
from pairs.models import Pair, Run
from pairs.tests.worlds import cohort_of, published, shown
from reminders import delivery, outbox
from reminders.models import LocalLetter, Message

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    assert response.status_code == 200, response
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_lead_goes_from_what_counts_to_published_pairs(client):
    cohort, lead, doctors, managers = cohort_of(4, 3)
    client.force_login(lead)
    home = text_of(client.get(reverse("pairing", args=[cohort.pk])))
    assert "4 doctors and 3 managers are accepted and have no partner" in home
    weights = {"directorate": "-3", "site": "3", "days": "0", "wishes": "3", "interests": "0", "theme": "0"}
    saved = client.post(
        reverse("weights_edit", args=[cohort.pk]), {**weights, "seniority": "0", "aim": "fairest"}, follow=True
    )
    assert "What counts is saved" in text_of(saved)
    client.post(reverse("exclusion_list", args=[cohort.pk]), {"one": doctors[0].pk, "other": managers[0].pk})
    client.post(reverse("lock_list", args=[cohort.pk]), {"a": doctors[1].pk, "b": managers[1].pk})
    found = client.post(reverse("pairs_find", args=[cohort.pk]), follow=True)
    page = text_of(found)
    assert "3 pairs, 1 left over" in page
    assert "Locked" in page
    assert "one must wait" in page
    run = Run.objects.get()
    assert run.weights["directorate"] == -3
    assert (run.aim, run.state) == ("fairest", RunState.DRAFT)
    client.post(reverse("run_review", args=[run.pk]))
    publish = reverse("run_publish", args=[run.pk])
    preview = text_of(client.get(publish))
    assert "6 people get one message each" in preview
    assert all(doctor.user.email in preview for doctor in doctors if doctor.name in preview)
    assert "Enter the address that this message came to" in preview
    done = client.post(
        publish,
        {
            "shown": client.get(publish).context["form"]["shown"].value(),
            "initiator_side": "b",
            "first_meeting_by_0": "15",
            "first_meeting_by_1": "2",
            "first_meeting_by_2": "2027",
        },
        follow=True,
    )
    assert "3 pairs published" in text_of(done)
    assert {pair.initiator.side for pair in Pair.objects.all()} == {"b"}


def test_a_swap_shows_its_cost_before_it_is_made(client):
    cohort, lead, _, _ = cohort_of(4, 4)
    run = actions.find_pairs(cohort=cohort, by=lead)
    first, second = run.proposals.with_people().order_by("a__name")[:2]
    client.force_login(lead)
    url = reverse("run_swap", args=[run.pk])
    assert "all the same" not in text_of(client.get(url))
    assert "Choose two different pairs" in text_of(client.get(url, {"first": first.pk, "second": first.pk}))
    shown_first = text_of(client.get(url, {"first": first.pk, "second": second.pk}))
    assert f"Then: {first.a.name} and {second.b.name}" in shown_first
    assert run.proposals.filter(by_hand=True).count() == 0
    client.post(url, {"first": first.pk, "second": second.pk})
    assert run.proposals.get(a=first.a).b == second.b
    assert run.proposals.filter(by_hand=True).count() == 2


def test_a_swap_against_a_rule_asks_for_a_reason_on_the_page(client):
    cohort, lead, doctors, managers = cohort_of(2, 2)
    actions.exclude(cohort=cohort, one=doctors[0], other=managers[0], by=lead)
    run = actions.find_pairs(cohort=cohort, by=lead)
    first, second = run.proposals.all()
    client.force_login(lead)
    url, chosen = reverse("run_swap", args=[run.pk]), {"first": first.pk, "second": second.pk}
    assert "This breaks a rule" in text_of(client.get(url, chosen))
    assert "Write down why" in text_of(client.post(url, chosen))
    assert run.proposals.filter(by_hand=True).count() == 0
    client.post(url, {**chosen, "override": "Both asked for it"})
    assert run.proposals.filter(by_hand=True).count() == 2


def test_every_page_of_a_run_answers(client):
    cohort, lead, doctors, managers = cohort_of(4, 3)
    first = actions.find_pairs(cohort=cohort, by=lead)
    second = actions.find_pairs(cohort=cohort, by=lead, aim="total")
    client.force_login(lead)
    assert "Newest runs" in text_of(client.get(reverse("pairing", args=[cohort.pk])))
    assert "Fairest" in text_of(client.get(reverse("run_aims", args=[first.pk])))
    assert "must wait" in text_of(client.get(reverse("run_left_over", args=[first.pk])))
    for each in (*doctors, *managers):
        words = text_of(client.get(reverse("run_person", args=[first.pk, each.pk])))
        assert "The best other partner" in words or "There is no other partner" in words
    compared = text_of(client.get(reverse("run_compare", args=[first.pk]), {"other": second.pk}))
    assert "Both runs give the same pairs" in compared or "would have another partner" in compared
    assert "Best total" in text_of(client.get(reverse("run_list", args=[cohort.pk])))
    assert "Discard this run?" in text_of(client.get(reverse("run_discard", args=[first.pk])))


def test_partners_see_each_other_only_when_the_ten_minutes_are_over(client):
    cohort, lead, doctors, _ = cohort_of(2, 2)
    run = published(cohort, lead)
    pair = Pair.objects.filter(memberships__participant=doctors[0]).get()
    partner = pair.memberships.exclude(participant=doctors[0]).get().participant
    client.force_login(doctors[0].user)
    assert client.get(pair.get_absolute_url()).status_code == 404
    shown(run)
    page = text_of(client.get(pair.get_absolute_url()))
    assert partner.name in page
    assert partner.user.email in page
    assert "You make the first move" in page
    assert "Monday 15 February 2027" in page
    assert "of 100" not in page


def test_a_lead_pauses_resumes_and_ends_a_pair_and_pairs_anew(client):
    cohort, lead, doctors, managers = cohort_of(1, 2)
    shown(published(cohort, lead))
    pair = Pair.objects.get()
    client.force_login(lead)
    for name, state in (("pair_pause", "Paused"), ("pair_resume", "Live")):
        url = reverse(name, args=[pair.pk])
        assert "?" in text_of(client.get(url))
        assert state in text_of(client.post(url, follow=True))
    end = reverse("pair_end", args=[pair.pk])
    assert "Choose why this pair ends" in text_of(client.post(end, {}))
    why = {"kind": "moved", "reason": "New post in Leeds"}
    mark = client.post(end, why).context["yes"].mark
    assert Pair.objects.live().exists()
    ended = text_of(client.post(end, {**why, "send": "1", "shown": mark}, follow=True))
    assert "New post in Leeds" in ended
    free = next(each for each in managers if not pair.memberships.filter(participant=each).exists())
    given = {"a": doctors[0].pk, "b": free.pk, "initiator_side": "a"}
    given |= {"first_meeting_by_0": "1", "first_meeting_by_1": "3", "first_meeting_by_2": "2027"}
    assert "Paired." in text_of(client.post(reverse("pair_create", args=[cohort.pk]), given, follow=True))
    assert Pair.objects.live().count() == 1


def test_above_twenty_messages_their_number_must_be_typed(client):
    cohort, lead, _, _ = cohort_of(11, 11)
    run = actions.find_pairs(cohort=cohort, by=lead)
    actions.review_run(run=run, by=lead)
    client.force_login(lead)
    given = {"initiator_side": "a", "first_meeting_by_0": "15", "first_meeting_by_1": "2", "first_meeting_by_2": "2027"}
    url = reverse("run_publish", args=[run.pk])
    given["shown"] = client.get(url).context["form"]["shown"].value()
    for wrong in ("", "21", "twenty-two"):
        assert "Enter 22" in text_of(client.post(url, {**given, "count": wrong}))
    assert Pair.objects.count() == 0
    client.post(url, {**given, "count": "22"})
    assert Pair.objects.count() == 11


def test_pages_cost_the_same_queries_with_few_pairs_and_with_many(client, django_assert_max_num_queries):
    counts = {}
    for size in (3, 60):
        cohort, lead, doctors, _ = cohort_of(size, size - 1)
        reader = LeadFactory(cohort=cohort).user
        run = actions.find_pairs(cohort=cohort, by=lead)
        client.force_login(reader)
        urls = {
            name: reverse(name, args=[cohort.pk]) for name in ("pairing", "run_list", "exclusion_list", "lock_list")
        }
        urls |= {name: reverse(name, args=[run.pk]) for name in ("run_detail", "run_swap", "run_publish")}
        urls["run_person"] = reverse("run_person", args=[run.pk, doctors[0].pk])
        counts[size] = count(client, urls, django_assert_max_num_queries)
        shown(published(cohort, lead))
        live = {"pair_list": reverse("pair_list", args=[cohort.pk])}
        counts[size] |= count(client, live, django_assert_max_num_queries)
    assert counts[3] == counts[60]


def count(client, urls, guard):
    found = {}
    for name, url in urls.items():
        client.get(url)
        with guard(12) as queries:
            assert client.get(url).status_code == 200
        found[name] = len(queries)
    return found


def chosen_in(client, run, **given):
    return client.post(reverse("run_publish", args=[run.pk]), {"initiator_side": "b", **MEET_LATER, **given})


MEET_LATER = {"first_meeting_by_0": "8", "first_meeting_by_1": "3", "first_meeting_by_2": "2027"}


@pytest.fixture
def in_review(client):
    """(lead, run): a run of eleven pairs that can be published, its lead signed in."""
    cohort, lead, _, _ = cohort_of(11, 11)
    run = actions.find_pairs(cohort=cohort, by=lead)
    actions.review_run(run=run, by=lead)
    client.force_login(lead)
    return lead, run


def test_the_example_follows_what_is_chosen_and_nothing_is_published_by_looking(client, in_review):
    _, run = in_review
    first = run.proposals.with_people().first()
    answer = chosen_in(client, run, show="1")
    shown = text_of(answer)
    assert "Monday 8 March 2027" in answer.context["example"].body
    assert letters.initiator_of(first, "b").name in answer.context["example"].body
    assert 'value="8"' in answer.content.decode(), "what was typed is kept"
    assert "There is a problem" not in shown
    assert not Pair.objects.exists()


def test_a_test_of_the_publication_goes_to_oneself_alone(client, in_review):
    lead, run = in_review
    assert "Nobody else gets it" in text_of(chosen_in(client, run, test="1"))
    assert not Pair.objects.exists()
    delivery.send_round()
    letter = LocalLetter.objects.get()
    assert (letter.to_addr, letter.subject.split(":")[0]) == (lead.email, "Test")
    assert "Monday 8 March 2027" in letter.text
    message = Message.objects.get()
    assert (message.sealed, message.is_test) == ("", True), "what it said is not kept"
    with pytest.raises(outbox.CannotMove):
        outbox.send_again(message=message, by=lead)
    listed = text_of(client.get(reverse("post_list", args=[run.cohort_id])))
    assert "Test: Your paired learning partner" in listed
    page = reverse("post_detail", args=[run.cohort_id, message.pk])
    assert "What a test says is not kept" in text_of(client.get(page))


def test_a_wrong_choice_is_said_and_sends_no_test(client, in_review):
    _, run = in_review
    assert "There is a problem" in text_of(
        chosen_in(client, run, test="1", first_meeting_by_0="31", first_meeting_by_1="2")
    )
    assert not Message.objects.exists()


def test_after_undo_the_page_offers_what_was_chosen_last(client, in_review):
    lead, run = in_review
    actions.publish_run(run=run, initiator_side="b", first_meeting_by=date(2027, 3, 8), by=lead)
    actions.undo_publication(run=run, by=lead)
    form = client.get(reverse("run_publish", args=[run.pk])).context["form"]
    assert (form["initiator_side"].value(), form["first_meeting_by"].value()) == ("b", date(2027, 3, 8))


def test_keeping_two_apart_who_are_locked_says_so_and_leads_to_the_lock(client):
    cohort, lead, doctors, managers = cohort_of(2, 2)
    lock = actions.lock(cohort=cohort, a=doctors[0], b=managers[0], by=lead)
    client.force_login(lead)
    url = reverse("exclusion_list", args=[cohort.pk])
    said = client.post(url, {"one": managers[0].pk, "other": doctors[0].pk}, follow=True).content.decode()
    assert f'both cannot be. <a class="nhsuk-link" href="{reverse("lock_lift", args=[lock.pk])}">' in said
    said = client.post(url, {"one": managers[1].pk, "other": doctors[1].pk}, follow=True).content.decode()
    assert "locked together as well" not in said


def test_ending_a_pair_that_was_never_told_promises_no_word_to_anybody(client):
    cohort, lead, _, _ = cohort_of(1, 1)
    run = published(cohort, lead)
    pair = Pair.objects.get()
    client.force_login(lead)
    url = reverse("pair_end", args=[pair.pk])
    assert "They have not been told yet that they are partners" in text_of(client.get(url))
    shown(run)
    assert "please write to both before you end it" in text_of(client.get(url))
