"""What may be done with a reflection, and who reads it: its author, and whom the author lets."""

import inspect
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditRecord
from cohorts.choices import RoleKind, Side
from cohorts.models import Role
from cohorts.tests.factories import AdministratorFactory, ParticipantFactory, UserFactory
from elements import clock, registry
from pairs.models import Membership, Pair
from reminders.models import Message
from shadowing import actions, guides
from shadowing import reflected as room
from shadowing.choices import VisitState
from shadowing.element import Shadowing
from shadowing.models import Reflection, Visit
from shadowing.tests.reflecting import SECRET, offered, reflected, shared, visited

pytestmark = pytest.mark.django_db


def reads(user, reflection) -> bool:
    return Reflection.objects.visible_to(user).filter(pk=reflection.pk).exists()


def leave(person, *, days_ago=0) -> None:
    Membership.objects.filter(participant=person).update(
        since=timezone.localdate() - timedelta(days=90), until=timezone.localdate() - timedelta(days=days_ago)
    )


def everybody_else(pair, lead) -> list:
    """Whoever has a role, and the administrator."""
    others = [lead, AdministratorFactory()]
    for kind in RoleKind:
        others.append(UserFactory())
        Role.objects.create(user=others[-1], kind=kind, cohort=pair.cohort)
    return others


def test_a_private_reflection_has_one_reader(two):
    lead, pair, doctor, manager = two
    made = reflected(doctor)
    assert reads(doctor.user, made)
    assert [user for user in [manager.user, *everybody_else(pair, lead)] if reads(user, made)] == []
    assert made.pair_id == pair.pk
    assert Message.objects.filter(kind__startswith="shadowing").count() == 0
    record = AuditRecord.objects.get(subject_ref=str(made.pk))
    assert (record.did, record.scope) == ("wrote a reflection", None)  # leads read the audit of their cohort


def test_the_partner_reads_what_is_shared_and_nobody_else(two):
    lead, pair, doctor, manager = two
    made = shared(doctor)
    assert reads(manager.user, made)
    assert [user for user in everybody_else(pair, lead) if reads(user, made)] == []
    actions.unshare_reflection(reflection=made, by=doctor.user)
    assert not reads(manager.user, made)


def test_who_leaves_the_pair_loses_what_is_dated_after(two):
    _, pair, doctor, manager = two
    third = ParticipantFactory(cohort=pair.cohort, side=Side.B)
    Membership.objects.create(cohort=pair.cohort, pair=pair, participant=third, since=timezone.localdate())
    now = timezone.now()
    before, changed = shared(doctor), shared(doctor)
    Reflection.objects.update(shared_at=now - timedelta(days=20), changed_at=now - timedelta(days=20))
    Reflection.objects.filter(pk=changed.pk).update(changed_at=now - timedelta(days=5))
    after = shared(doctor)
    leave(manager, days_ago=10)
    assert [reads(manager.user, each) for each in (before, changed, after)] == [True, False, False]
    # Who has come since reads nothing of before.
    assert [reads(third.user, each) for each in (before, after)] == [False, True]
    # What somebody wrote stays the author's.
    own = reflected(manager)
    leave(doctor)
    assert reads(manager.user, own)
    assert reads(doctor.user, after)


def test_a_new_partner_reads_nothing_of_the_old_pair(two):
    _, pair, doctor, manager = two
    made = shared(doctor)
    leave(doctor)
    leave(manager)
    other = ParticipantFactory(cohort=pair.cohort, side=Side.B)
    later = Pair.objects.create(
        cohort=pair.cohort,
        started_on=timezone.localdate(),
        shown_from=timezone.now(),
        initiator=doctor,
        first_meeting_by=timezone.localdate(),
    )
    for person in (doctor, other):
        Membership.objects.create(cohort=pair.cohort, pair=later, participant=person, since=timezone.localdate())
    assert not reads(other.user, made)
    fresh = shared(doctor)
    assert reads(other.user, fresh)
    assert not reads(manager.user, fresh)


def test_a_pair_that_was_not_told_yet_shares_nothing(two):
    _, pair, doctor, manager = two
    made = shared(doctor)
    Pair.objects.filter(pk=pair.pk).update(shown_from=timezone.now() + timedelta(minutes=5))
    assert not reads(manager.user, made)


def test_sharing_tells_the_partner_that_there_is_something_and_no_word_of_it(two):
    _, _, doctor, manager = two
    made = shared(doctor)
    [message] = Message.objects.filter(kind="shadowing.reflection_shared")
    assert message.recipient == manager.user
    kind = registry.kind_named("shadowing.reflection_shared")
    said = kind.context(message.ref, manager.user)
    assert set(said) == {place.name for place in kind.placeholders}
    assert SECRET not in str(said) + str(message.ref)
    assert kind.wanted(message.ref, manager.user)
    assert kind.confided
    assert (message.scope, kind.unlisted) == (None, True)
    actions.share_reflection(reflection=made, by=doctor.user, now=timezone.now())  # a second time nothing happens
    assert Message.objects.filter(kind=kind.name).count() == 1
    actions.unshare_reflection(reflection=made, by=doctor.user)
    assert not kind.wanted(message.ref, manager.user)


def test_who_stops_and_shares_again_within_the_hour_sends_one_message(two):
    _, _, doctor, manager = two
    begun = timezone.now()
    made = shared(doctor)
    messages = Message.objects.filter(kind="shadowing.reflection_shared", recipient=manager.user)

    def again(now):
        actions.unshare_reflection(reflection=made, by=doctor.user)
        actions.share_reflection(reflection=made, by=doctor.user, now=now)
        return messages.count()

    assert again(begun + timedelta(minutes=1)) == 1, "the one that waits says so"
    messages.update(state="sent", sent_at=begun)
    assert again(begun + timedelta(minutes=59)) == 1
    assert again(begun + timedelta(minutes=61)) == 2
    messages.update(state="cancelled", sent_at=None)
    assert again(begun + timedelta(minutes=62)) == 3, "what was cancelled was never read"


@pytest.mark.parametrize("change", ["leave", "delete", "redact"])
def test_the_message_is_not_sent_where_there_is_nothing_to_read_any_more(two, change):
    _, _, doctor, manager = two
    made = shared(doctor)
    [message] = Message.objects.filter(kind="shadowing.reflection_shared")
    wanted = registry.kind_named(message.kind).wanted
    assert not wanted(message.ref, doctor.user)
    if change == "leave":
        leave(manager)
    elif change == "delete":
        actions.delete_reflection(reflection=made, by=doctor.user)
    else:
        actions.redact_reflection(reflection=made, by=doctor.user, now=timezone.now())
    assert not wanted(message.ref, manager.user)


def test_without_a_partner_nothing_is_shared(two):
    _, pair, doctor, manager = two
    made = reflected(doctor)
    leave(manager)
    with pytest.raises(actions.NobodyToShareWith):
        actions.share_reflection(reflection=made, by=doctor.user, now=timezone.now())
    alone = ParticipantFactory(cohort=pair.cohort)
    made = reflected(alone)
    assert made.pair is None
    with pytest.raises(actions.NobodyToShareWith):
        actions.share_reflection(reflection=made, by=alone.user, now=timezone.now())


def test_what_is_offered_is_handed_down_without_name_day_or_order(two):
    _, pair, doctor, manager = two
    texts = [offered(doctor, words=f"words {number}", may_quote=number == 2) for number in range(4)]
    shared(doctor)
    reflected(manager)
    found = list(Shadowing().offered(cohorts=[pair.cohort]))
    assert [each.ref for each in found] == sorted((str(each.pk) for each in texts), key=lambda pk: pk.replace("-", ""))
    assert {each.text for each in found} == {f"What I take away\nwords {number}" for number in range(4)}
    assert [each.text[-1] for each in found if each.may_quote] == ["2"]
    assert doctor.name not in str(found)
    assert str(doctor.pk) not in str(found)
    pair.cohort.elements_off = ["shadowing"]
    assert list(Shadowing().offered(cohorts=[pair.cohort])) == []


def test_offered_is_not_shared_and_can_be_taken_back(two):
    lead, pair, doctor, manager = two
    evaluator = UserFactory()
    Role.objects.create(user=evaluator, kind=RoleKind.EVALUATOR, cohort=pair.cohort)
    made = offered(doctor, may_quote=True)
    assert not reads(manager.user, made)
    assert not reads(evaluator, made)
    assert Reflection.objects.offered_to(evaluator).get() == made
    assert not Reflection.objects.offered_to(lead).exists()
    back = actions.take_reflection_back(reflection=made, by=doctor.user)
    assert (back.offered_at, back.may_quote) == (None, False)
    assert not Reflection.objects.offered_to(evaluator).exists()


def test_an_evaluator_of_another_cohort_reads_nothing(two):
    _, _, doctor, _ = two
    offered(doctor)
    other = ParticipantFactory()
    stranger = UserFactory()
    Role.objects.create(user=stranger, kind=RoleKind.EVALUATOR, cohort=other.cohort)
    assert not Reflection.objects.offered_to(stranger).exists()
    of_programme = UserFactory()
    Role.objects.create(user=of_programme, kind=RoleKind.EVALUATOR, programme=doctor.cohort.programme)
    assert Reflection.objects.offered_to(of_programme).exists()


def test_what_is_redacted_leaves_everywhere_and_its_audit_says_nothing_of_it(two):
    _, pair, doctor, manager = two
    evaluator = UserFactory()
    Role.objects.create(user=evaluator, kind=RoleKind.EVALUATOR, cohort=pair.cohort)
    made = offered(doctor)
    actions.share_reflection(reflection=made, by=doctor.user, now=timezone.now())
    actions.redact_offered(reflection=made, by=evaluator, now=timezone.now())
    made.refresh_from_db()
    assert (made.answers, made.shared_at, made.offered_at, made.text) == ({}, None, None, "")
    assert not reads(manager.user, made)
    assert list(Shadowing().offered(cohorts=[pair.cohort])) == []
    assert list(Shadowing().record(participant=doctor)) == []
    line = AuditRecord.objects.get(did="redacted a reflection")
    assert (line.by, line.scope) == (evaluator, pair.cohort_id)
    with pytest.raises(actions.IsRedacted):
        actions.share_reflection(reflection=made, by=doctor.user, now=timezone.now())
    with pytest.raises(actions.IsRedacted):
        actions.offer_reflection(reflection=made, may_quote=True, by=doctor.user, now=timezone.now())


def test_an_evaluator_redacts_nothing_that_is_not_offered(two):
    _, pair, doctor, _ = two
    evaluator = UserFactory()
    Role.objects.create(user=evaluator, kind=RoleKind.EVALUATOR, cohort=pair.cohort)
    made = offered(doctor)
    actions.take_reflection_back(reflection=made, by=doctor.user)
    assert actions.redact_offered(reflection=made, by=evaluator, now=timezone.now()) is None
    made.refresh_from_db()
    assert made.answers == {"take": SECRET}


@pytest.mark.parametrize(
    "act",
    [
        actions.change_reflection,
        actions.share_reflection,
        actions.unshare_reflection,
        actions.offer_reflection,
        actions.take_reflection_back,
        actions.redact_reflection,
        actions.delete_reflection,
    ],
)
def test_nobody_but_the_author_does_anything_with_it(two, act):
    _, _, doctor, manager = two
    made = shared(doctor)
    given = {"now": timezone.now(), "answers": {"take": "other"}, "may_quote": True}
    needed = inspect.signature(act).parameters
    with pytest.raises(actions.IsNotTheAuthor):
        act(reflection=made, by=manager.user, **{name: value for name, value in given.items() if name in needed})


def test_nobody_writes_for_another(two):
    _, _, doctor, manager = two
    with pytest.raises(actions.IsNotTheAuthor):
        actions.write_reflection(
            author=doctor, guide="short", answers={"take": "x"}, by=manager.user, now=timezone.now()
        )


def test_that_somebody_was_warned_stays_known_and_nothing_else(two):
    _, _, doctor, _ = two
    made = reflected(doctor, warned=True)
    changed = actions.change_reflection(
        reflection=made, answers={"take": "new"}, by=doctor.user, now=timezone.now(), warned=False
    )
    assert changed.warned
    assert {field.name for field in Reflection._meta.fields if "warn" in field.name} == {"warned"}


# About a visit


def test_a_reflection_closes_the_visit_of_its_visitor_and_there_is_one_of_each(two):
    _, pair, doctor, manager = two
    visit = visited(pair, doctor, manager)
    reflected(manager, visit=visit)
    visit.refresh_from_db()
    assert visit.state == VisitState.DEBRIEFED  # the host may reflect too, which closes nothing
    made = reflected(doctor, visit=visit)
    visit.refresh_from_db()
    assert visit.state == VisitState.CLOSED
    assert made.about == "Visit to bed meeting"
    with pytest.raises(actions.ReflectedAlready):
        reflected(doctor, visit=visit)


def test_skipping_closes_the_visit_and_writes_nothing(two):
    _, pair, doctor, manager = two
    visit = visited(pair, doctor, manager)
    actions.skip_reflection(visit=visit, by=doctor.user, now=timezone.now())
    assert Visit.objects.get().state == VisitState.CLOSED
    assert not Reflection.objects.exists()


# What the room gives the house


def test_the_record_lists_what_somebody_wrote_with_the_words_to_tick(two):
    _, _, doctor, manager = two
    made, _ = reflected(doctor), reflected(manager)
    [line] = Shadowing().record(participant=doctor)
    assert line.ref == f"reflection:{made.pk}"
    assert line.text == f"What I take away\n{SECRET}"
    assert line.on == clock.local(made.written_at).date()


def test_no_time_line_tells_that_somebody_reflects(two):
    lead, pair, doctor, manager = two
    shared(doctor)
    for viewer in (lead, manager.user, doctor.user, None):
        assert not [entry for entry in Shadowing().timeline(pairs=[pair], viewer=viewer) if "eflect" in entry.label]


def test_the_doors_are_for_partners_alone_and_ask_nothing(two, django_assert_num_queries):
    lead, pair, doctor, _ = two
    pair = Pair.objects.with_members().get(pk=pair.pk)
    with django_assert_num_queries(0):
        mine = list(Shadowing().doors(viewer=doctor.user, pair=pair))
        assert [door.label for door in mine if "eflection" in door.label] == ["Write a reflection", "Your reflections"]
        assert not [door for door in Shadowing().doors(viewer=lead, pair=pair) if "eflection" in door.label]
        pair.cohort.elements_off = ["shadowing"]
        assert not [door for door in Shadowing().doors(viewer=doctor.user, pair=pair) if "eflection" in door.label]


@pytest.mark.parametrize("number", [1, 12])
def test_each_part_asks_as_many_questions_for_one_as_for_many(two, number, django_assert_num_queries):
    _, pair, doctor, manager = two
    cohort = pair.cohort
    for count in range(number):
        offered(doctor, words=str(count))
        offered(manager, words=str(count))
    with django_assert_num_queries(1):
        assert len(list(Shadowing().offered(cohorts=[cohort]))) == 2 * number
    with django_assert_num_queries(1):
        assert len(list(room.record_lines(participant=doctor))) == number


# What the database refuses


@pytest.mark.parametrize(
    "wrong",
    [
        {"usefulness": 6},
        {"usefulness": 0},
        {"may_quote": True},
        {"redacted_at": clock.at(clock.today()), "shared_at": clock.at(clock.today())},
        {"redacted_at": clock.at(clock.today()), "offered_at": clock.at(clock.today())},
        {"shared_at": clock.at(clock.today()), "pair": None},
    ],
)
def test_the_database_refuses_what_must_never_be(two, wrong):
    _, _, doctor, _ = two
    made = reflected(doctor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reflection.objects.filter(pk=made.pk).update(**wrong)


def test_one_reflection_of_each_person_about_a_visit(two):
    _, pair, doctor, manager = two
    visit = visited(pair, doctor, manager)
    reflected(doctor, visit=visit)
    other = reflected(doctor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reflection.objects.filter(pk=other.pk).update(visit=visit)


def test_every_guide_has_boxes_of_its_own_and_the_short_one_is_the_first():
    assert guides.SHORT.code == "short"
    assert guides.guide_named("nothing") is guides.SHORT
    assert guides.guide_named(None) is guides.SHORT
    for guide in guides.GUIDES:
        codes = [code for code, _ in guide.boxes]
        assert len(set(codes)) == len(codes)


def test_the_database_refuses_the_same_reflection_sent_twice_and_takes_many_without_a_mark(two):
    _, _, doctor, _ = two
    reflected(doctor)
    reflected(doctor)
    mark = uuid4()
    now = timezone.now()
    reflected(doctor, mark=mark)
    key = Reflection.objects.exclude(once=None).get().once
    row = {"author": doctor, "guide": "short", "answers": {"take": "x"}, "written_at": now, "changed_at": now}
    with pytest.raises(IntegrityError), transaction.atomic():
        Reflection.objects.create(**row, once=key)
    assert mark != key  # with it anybody could try out words against the key
