"""The learning agreement: written, signed by everybody, changed, and asked for; and its goals, looked at again."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditRecord
from cohorts.models import Cohort
from elements import clock
from elements.registry import kind_named
from pairs import actions
from pairs.agreement_paper import FIXED, paper_of
from pairs.agreements import GOALS, MISSING, REVIEW, TO_SIGN, accord_of
from pairs.choices import Point
from pairs.element import Hall
from pairs.looking_back import goal_points, middle_of
from pairs.models import Agreement, GoalReview, Membership, Pair, Signature
from pairs.tests.test_views import text_of
from pairs.tests.worlds import cohort_of, person, published, shown
from reminders.composing import compose
from reminders.models import Message

pytestmark = pytest.mark.django_db
TOLD = date(2027, 2, 10)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
SECRET = "Quillfeather"
TERMS = {"rhythm": "Every month", "goals": [f"Understand {SECRET}", "Try one change"]}
TYPED = {"rhythm": "Every month", "goal_1": f"Understand {SECRET}", "goal_2": "Try one change"}


def read(pair) -> Pair:
    return Pair.objects.with_members().get(pk=pair.pk)


def write(pair, by, **more) -> Agreement:
    return actions.write_agreement(pair=pair, by=by.user, now=timezone.now(), **{**TERMS, **more})


def sign(pair, by) -> Agreement:
    return actions.sign_agreement(pair=pair, by=by.user, now=timezone.now())


def signed(pair, *people, **more) -> Agreement:
    found = write(pair, people[0], sign=True, **more)
    for each in people[1:]:
        sign(pair, each)
    return found


def page(name, pair) -> str:
    return reverse(name, args=[pair.pk])


# Written and signed


def test_it_counts_when_both_have_signed_and_the_other_is_asked(two):
    _, pair, doctor, manager = two
    found = write(pair, doctor, sign=True)
    accord = accord_of(read(pair))
    assert (accord.in_force, accord.waits_for, accord.signed_on) == (None, manager.name, None)
    [message] = Message.objects.filter(kind=TO_SIGN)
    assert (message.recipient, message.scope) == (manager.user, pair.cohort_id)
    assert message.ref == {"agreement": str(found.pk), "pair": str(pair.pk)}
    sign(pair, manager)
    accord = accord_of(read(pair))
    assert (accord.in_force, accord.waits_for, accord.signed_on) == (found, "", clock.today())
    assert not kind_named(TO_SIGN).wanted(message.ref, manager.user)


def test_a_change_is_a_new_version_signed_anew_and_the_earlier_one_stays(two):
    _, pair, doctor, manager = two
    first = signed(pair, doctor, manager)
    second = write(pair, manager, rhythm="Every week")
    accord = accord_of(read(pair))
    assert (accord.newest, accord.in_force, second.version) == (second, first, 2)
    assert accord.waits_for == f"{doctor.name} and {manager.name}"
    sign(pair, doctor)
    sign(pair, manager)
    accord = accord_of(read(pair))
    assert (accord.in_force, accord.earlier) == (second, [first])


def test_the_same_words_again_are_no_new_version_and_signing_twice_is_signing_once(two):
    _, pair, doctor, _ = two
    assert write(pair, doctor) == write(pair, doctor, sign=True)
    sign(pair, doctor)
    assert (Agreement.objects.count(), Signature.objects.count()) == (1, 1)
    said = AuditRecord.objects.filter(did__contains="agreement").order_by("pk").values_list("did", flat=True)
    assert list(said) == ["wrote a learning agreement", "signed a learning agreement"]


def test_a_trio_needs_three_signatures_and_goes_on_with_those_of_two(two):
    lead, pair, doctor, manager = two
    third = person(pair.cohort, "a", 9)
    Membership.objects.create(cohort=pair.cohort, pair=pair, participant=third, since=pair.started_on)
    found = signed(pair, doctor, manager)
    assert accord_of(read(pair)).waits_for == third.name
    assert {message.recipient for message in Message.objects.filter(kind=TO_SIGN)} == {manager.user, third.user}
    actions.leave_pair(participant=third, on=clock.today(), by=lead)
    assert accord_of(read(pair)).in_force == found


def test_of_a_pair_that_has_ended_the_leads_still_read_when_it_was_signed(two):
    lead, pair, doctor, manager = two
    found = signed(pair, doctor, manager)
    actions.end_pair(pair=pair, kind="moved", on=clock.today(), by=lead)
    assert accord_of(read(pair)).in_force == found
    write_again = pytest.raises(actions.PairHasEnded)
    with write_again:
        write(pair, doctor, rhythm="Never")


def test_only_present_partners_write_sign_and_mark(two):
    lead, pair, doctor, manager = two
    found = signed(pair, doctor, manager)
    Membership.objects.filter(participant=manager).update(until=clock.today())
    given = {"by": manager.user, "now": timezone.now()}
    for write_something in (
        lambda: actions.write_agreement(pair=pair, **TERMS, **given),
        lambda: actions.sign_agreement(pair=pair, **given),
        lambda: actions.mark_goals(agreement=found, point="middle", marks={1: ("reached", "")}, **given),
        lambda: actions.sign_agreement(pair=pair, by=lead, now=timezone.now()),
    ):
        with pytest.raises(actions.IsNoPartner):
            write_something()


def test_who_saw_another_version_neither_overwrites_nor_signs_it_unread(two):
    _, pair, doctor, manager = two
    write(pair, doctor)
    given = {"pair": pair, "by": manager.user, "now": timezone.now()}
    with pytest.raises(actions.AgreementHasChanged, match=f"{doctor.user.name} changed your agreement"):
        actions.write_agreement(**TERMS | {"rhythm": "Never"}, **given, seen="0")
    with pytest.raises(actions.AgreementHasChanged):
        actions.sign_agreement(**given, seen="0")
    assert actions.sign_agreement(**given, seen="1").version == 1


def test_there_is_nothing_to_sign_before_it_is_written(two):
    _, pair, doctor, _ = two
    with pytest.raises(actions.NothingToSign):
        sign(pair, doctor)


# On pages


def test_one_writes_it_the_other_signs_and_both_read_it(client, two):
    _, pair, doctor, manager = two
    client.force_login(doctor.user)
    assert "Write your agreement" in text_of(client.get(pair.get_absolute_url()))
    edit = client.get(page("agreement_edit", pair))
    assert "Every 4 weeks, for an hour" in edit.content.decode()
    done = text_of(client.post(page("agreement_edit", pair), TYPED, follow=True))
    assert "Saved and signed. Your partner is asked to sign too." in done
    assert f"It waits for {manager.name}." in done
    assert all(line.replace("'", "&#x27;") in done for line in FIXED)
    client.force_login(manager.user)
    assert "Sign your learning agreement" in text_of(client.get("/"))
    here = client.get(page("agreement_detail", pair))
    assert "It waits for you. Please read it, and sign it below." in text_of(here)
    assert "Sign this agreement" in text_of(here)
    seen = here.context["accord"].mark
    assert "Signed on" in text_of(client.post(page("agreement_sign", pair), {"seen": seen}, follow=True))
    text = text_of(client.get(pair.get_absolute_url()))
    assert f"Signed on {clock.in_full(clock.today())}. Your agreement Understand {SECRET}" in text


def test_saving_without_signing_leaves_it_to_be_signed_by_both(client, two):
    _, pair, doctor, manager = two
    client.force_login(doctor.user)
    done = text_of(client.post(page("agreement_edit", pair), {**TYPED, "only_save": "1"}, follow=True))
    assert f"It waits for you and {manager.name}." in done


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"rhythm": ""}, "Enter how often you meet, like every four weeks for an hour"),
        ({"goal_1": ""}, "Enter your first goal"),
        ({"goal_2": ""}, "Enter your second goal"),
        ({"goal_3": "x" * 301}, "Third goal must be 300 characters or fewer. It has 301"),
        ({"first_move": "somebody"}, "Choose one of you"),
        ({"review_on_0": "1", "review_on_1": "3", "review_on_2": "1999"}, "Enter a day that is still to come"),
        ({"review_on_0": "1", "review_on_1": "11", "review_on_2": "2027"}, "Enter a day up to Sunday 31 October 2027"),
        ({"review_on_0": "31", "review_on_1": "2", "review_on_2": "2027"}, "must be a real date"),
        ({"left_out": "x" * 1001}, "Your answer must be 1,000 characters or fewer"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_what_was_typed_stays(given, said, client, two):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    answer = client.post(page("agreement_edit", pair), {**TYPED, "notice": "Two days", **given})
    assert said in text_of(answer)
    assert answer.context["form"]["notice"].value() == "Two days"
    assert not Agreement.objects.exists()


def test_a_goal_has_two_lines_to_be_seen_whole_and_is_kept_as_one(client, two):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    boxes = client.get(page("agreement_edit", pair)).context["form"]
    assert all(
        "<textarea" in str(boxes[name]) and 'rows="2"' in str(boxes[name]) for name in ("goal_1", "goal_2", "goal_3")
    )
    typed = {**TYPED, "goal_1": "Understand how beds are \r\n allocated\n", "goal_2": " Try one\n\nchange "}
    assert client.post(page("agreement_edit", pair), typed).status_code == 302
    assert accord_of(read(pair)).newest.goals == ["Understand how beds are allocated", "Try one change"]


def test_of_two_who_save_at_once_the_later_is_told_and_may_save_again(client, two):
    _, pair, doctor, manager = two
    client.force_login(manager.user)
    seen = client.get(page("agreement_edit", pair)).context["form"]["seen"].value()
    write(pair, doctor, rhythm="Every week")
    refused = client.post(page("agreement_edit", pair), TYPED | {"seen": seen})
    assert f"{doctor.user.name} changed your agreement while you had this page open" in text_of(refused)
    assert next((each.label, each.words) for each in refused.context["form"].standing) == (
        "How often do you meet, and for how long?",
        "Every week",
    ), "what would be replaced is read first"
    assert "What it says now" in text_of(refused)
    assert "Every week" in text_of(refused)
    again = TYPED | {"seen": refused.context["form"]["seen"].value()}
    assert client.post(page("agreement_edit", pair), again).status_code == 302
    assert accord_of(read(pair)).newest.rhythm == "Every month"


def test_the_pairs_page_says_whose_signature_is_missing_and_shows_the_goals_that_hold(client, two):
    _, pair, doctor, manager = two
    write(pair, doctor, sign=True)
    for reader, said in ((doctor, f"It waits for the signature of {manager.name}."), (manager, "for your signature.")):
        client.force_login(reader.user)
        here = text_of(client.get(pair.get_absolute_url()))
        assert said in here
        assert f"Goals, not signed yet: Understand {SECRET}" in here
    sign(pair, manager)
    write(pair, manager, goals=["Another goal"])
    here = text_of(client.get(pair.get_absolute_url()))
    assert f"A change waits for your signature and that of {doctor.name}." in here
    assert f"Until then these goals hold, signed on {clock.in_full(clock.today())}: Understand {SECRET}" in here
    assert "Another goal" not in here


def test_a_lead_reads_whether_it_is_signed_and_the_day_and_not_a_word(client, two):
    lead, pair, doctor, manager = two
    client.force_login(lead)
    write(pair, doctor, sign=True)
    assert "Learning agreement Not signed yet" in text_of(client.get(pair.get_absolute_url()))
    sign(pair, manager)
    answer = client.get(pair.get_absolute_url())
    assert f"Learning agreement Signed on {clock.in_full(clock.today())}" in text_of(answer)
    assert SECRET not in answer.content.decode()
    assert SECRET not in str(list(AuditRecord.objects.values())) + str(list(Message.objects.values()))


def test_a_former_partner_reads_what_she_signed_and_nothing_newer(client, two):
    _, pair, doctor, manager = two
    first = signed(pair, doctor, manager)
    Membership.objects.filter(participant=manager).update(until=clock.today())
    second = write(pair, doctor, rhythm="Every week")
    client.force_login(manager.user)
    statuses = [client.get(each.get_absolute_url()).status_code for each in (first, second)]
    assert [*statuses, client.get(page("agreement_detail", pair)).status_code] == [200, 404, 404]


def test_what_paper_needs_is_read_at_once(two):
    _, pair, doctor, manager = two
    found = signed(pair, doctor, manager, first_move=manager, left_out="Appraisal\nComplaints", review_on=TOLD)
    sheet = paper_of(found)
    assert sheet.names == (doctor.name, manager.name)
    assert sheet.goals == tuple(TERMS["goals"])
    assert [section.heading for section in sheet.sections] == [
        "How often we meet",
        "Who makes the next move",
        "What we leave out",
        "We look at this agreement again",
    ]
    assert sheet.sections[2].lines == ("Appraisal", "Complaints")
    assert {each.day for each in sheet.signed} == {clock.in_full(clock.today())}


# Goals


@pytest.fixture
def agreed(two):
    _, pair, doctor, manager = two
    return pair, doctor, manager, signed(pair, doctor, manager)


def test_partners_mark_their_goals_together(client, agreed):
    pair, doctor, manager, found = agreed
    client.force_login(doctor.user)
    early, due = text_of(client.get(page("goals_review", pair))), goal_points(pair, pair.cohort)[Point.MIDDLE]
    assert f"We remind you of this on {clock.in_full(due)}." in early
    assert "Half way" not in early
    assert "Choose how far goal 2 has come" in text_of(client.post(page("goals_review", pair), {"state_1": "reached"}))
    assert not GoalReview.objects.exists()
    marks = {"state_1": "reached", "note_1": SECRET, "state_2": "on_the_way"}
    done = text_of(client.post(page("goals_review", pair), marks, follow=True))
    assert f"On {clock.in_full(clock.today())}: Reached {SECRET}" in done
    client.force_login(manager.user)
    form = client.get(page("goals_review", pair)).context["form"]
    assert (form["state_1"].value(), form["note_1"].value()) == ("reached", SECRET)
    client.post(page("goals_review", pair), {**marks, "state_2": "dropped"})
    states = GoalReview.objects.order_by("number").values_list("agreement", "point", "state")
    assert list(states) == [(found.pk, "middle", "reached"), (found.pk, "middle", "dropped")]


def test_a_goal_that_is_not_there_cannot_be_marked(agreed):
    _, doctor, _, found = agreed
    with pytest.raises(actions.NoSuchGoal):
        actions.mark_goals(
            agreement=found, point="middle", marks={3: ("reached", "")}, by=doctor.user, now=timezone.now()
        )


def test_without_a_signed_agreement_there_are_no_goals_to_mark(client, two):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    assert "no signed agreement" in text_of(client.get(page("goals_review", pair), follow=True))


# Asked for


@pytest.fixture
def told(two):
    """The two alone, told on 10 February."""
    lead, pair, doctor, manager = two
    Pair.objects.exclude(pk=pair.pk).delete()
    Pair.objects.update(shown_from=clock.at(TOLD))
    pair.refresh_from_db()
    return lead, pair, doctor, manager


def then(pair, *people, **more) -> Agreement:
    """Written and signed on the day after they were told."""
    given = {"pair": pair, "now": clock.at(TOLD + DAY)}
    found = actions.write_agreement(by=people[0].user, sign=True, **given, **{**TERMS, **more})
    for each in people[1:]:
        actions.sign_agreement(by=each.user, **given)
    return found


def asked(kind, on) -> list[str]:
    return sorted(each.to.name for each in Hall().reminders(on=on) if each.kind == kind)


def test_two_weeks_after_they_were_told_those_who_have_not_signed_are_asked(told):
    _, pair, doctor, manager = told
    day = TOLD + 2 * WEEK
    assert [len(asked(MISSING, on)) for on in (day - DAY, day)] == [0, 2]
    then(pair, doctor)
    assert asked(MISSING, day) == [manager.name]
    actions.sign_agreement(pair=pair, by=manager.user, now=clock.at(day))
    assert asked(MISSING, day) == []


@pytest.mark.parametrize("change", ["paused", "ended", "over"])
def test_nobody_is_asked_of_a_pair_that_is_paused_or_over(told, change):
    lead, pair, _, _ = told
    day = TOLD + 2 * WEEK
    if change == "paused":
        actions.pause_pair(pair=pair, on=day, by=lead)
    elif change == "ended":
        actions.end_pair(pair=pair, kind="moved", on=day, by=lead)
    else:
        Cohort.objects.update(ends_on=day - DAY)
    assert asked(MISSING, day) == []


def test_on_the_day_that_they_chose_both_are_reminded_for_two_weeks_unless_it_changed(told):
    _, pair, doctor, manager = told
    day = TOLD + 10 * WEEK
    found = then(pair, doctor, manager, review_on=day)
    days = [day - DAY, day, day + 13 * DAY, day + 14 * DAY]
    assert [len(asked(REVIEW, on)) for on in days] == [0, 2, 2, 0]
    ref = {"agreement": str(found.pk), "pair": str(pair.pk)}
    assert kind_named(REVIEW).wanted(ref, doctor.user)
    then(pair, doctor, manager, review_on=day + WEEK)
    assert asked(REVIEW, day) == []
    assert not kind_named(REVIEW).wanted(ref, doctor.user)


def test_goals_are_asked_about_half_way_and_two_weeks_before_the_end_until_marked(told, monkeypatch):
    _, pair, doctor, manager = told
    found = then(pair, doctor, manager)
    middle, near_end = middle_of(pair.cohort), pair.cohort.ends_on - 2 * WEEK
    assert middle == date(2027, 6, 17)
    days = [middle - DAY, middle, middle + 41 * DAY, middle + 42 * DAY, near_end - DAY, near_end, pair.cohort.ends_on]
    assert [len(asked(GOALS, on)) for on in [*days, pair.cohort.ends_on + DAY]] == [0, 2, 2, 0, 0, 2, 2, 0]
    monkeypatch.setattr(clock, "today", lambda: middle)
    ref = {"pair": str(pair.pk), "point": "middle"}
    assert kind_named(GOALS).wanted(ref, manager.user)
    marks = {1: ("reached", ""), 2: ("dropped", "")}
    actions.mark_goals(agreement=found, point="middle", marks=marks, by=doctor.user, now=clock.at(middle))
    assert asked(GOALS, middle) == []
    assert not kind_named(GOALS).wanted(ref, manager.user)
    assert len(asked(GOALS, near_end)) == 2


def test_a_pair_made_after_half_way_looks_back_near_the_end_alone(told):
    _, pair, _, _ = told
    pair.shown_from = clock.at(middle_of(pair.cohort))
    assert list(goal_points(pair, pair.cohort)) == ["end"]


def test_messages_say_what_to_do_and_nothing_of_the_words(told, monkeypatch):
    _, pair, doctor, manager = told
    found = then(pair, doctor)
    monkeypatch.setattr(clock, "today", lambda: middle_of(pair.cohort))
    refs = {
        TO_SIGN: {"agreement": str(found.pk), "pair": str(pair.pk)},
        REVIEW: {"agreement": str(found.pk), "pair": str(pair.pk)},
        MISSING: {"pair": str(pair.pk)},
        GOALS: {"pair": str(pair.pk), "point": "middle"},
    }
    subjects = {}
    for kind, ref in refs.items():
        message = Message(pk=uuid.uuid4(), kind=kind, key=kind, recipient=manager.user, ref=ref, scope=pair.cohort_id)
        email = compose(message, kind_named(kind)).email
        assert SECRET not in f"{email.subject}{email.body}"
        assert "You need no password" in email.body
        subjects[kind] = email.subject
    assert subjects == {
        TO_SIGN: f"{doctor.name} has signed your learning agreement. Please read it and sign it",
        REVIEW: f"Your learning agreement with {doctor.name}: today is the day to look at it again",
        MISSING: f"Sign your learning agreement with {doctor.name}",
        GOALS: f"Look at your goals again with {doctor.name}",
    }


def test_reminders_and_steps_cost_the_same_queries_for_few_pairs_and_for_many(client, django_assert_max_num_queries):
    numbers = []
    for size in (2, 20):
        cohort, lead, doctors, _ = cohort_of(size, size)
        shown(published(cohort, lead))
        for doctor in doctors[::2]:
            pair = Pair.objects.get(memberships__participant=doctor)
            signed(pair, *(each.participant for each in pair.memberships.all()))
        Pair.objects.filter(cohort=cohort).update(shown_from=clock.at(TOLD))
        with django_assert_max_num_queries(13) as queries:
            found = list(Hall().reminders(on=middle_of(cohort)))
        Pair.objects.filter(cohort=cohort).update(shown_from=timezone.now() - DAY)
        with django_assert_max_num_queries(10) as of_steps:
            steps = list(Hall().next_steps(participants=doctors, on=clock.today()))
        numbers.append((len(queries), len(of_steps)))
        assert {each.kind for each in found} >= {MISSING, GOALS}
        assert sum(step.label == "Your learning agreement" for step in steps) == size / 2
    assert numbers[0] == numbers[1]


# The database


@pytest.mark.django_db(transaction=True)
def test_what_must_never_be_the_database_refuses(two):
    _, pair, doctor, manager = two
    found = signed(pair, doctor, manager)
    now = timezone.now()
    agreement = {"pair": pair, "rhythm": "Every month", "goals": [], "written_at": now}
    review = {"agreement": found, "state": "reached", "marked_at": now}
    for refused in (
        lambda: Agreement.objects.create(**agreement, version=1),
        lambda: Agreement.objects.create(**agreement, version=0),
        lambda: Agreement.objects.create(**agreement | {"rhythm": ""}, version=2),
        lambda: Signature.objects.create(agreement=found, participant=doctor, signed_at=now),
        lambda: GoalReview.objects.create(**review, point="middle", number=0),
        lambda: GoalReview.objects.create(**review, point="middle", number=4),
        lambda: GoalReview.objects.create(**review, point="month", number=1),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused()
    GoalReview.objects.create(**review, point="middle", number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        GoalReview.objects.create(**review, point="middle", number=1)
