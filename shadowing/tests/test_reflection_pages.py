"""The pages of reflections, as their author, the partner and an evaluator meet them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.drafts import Seal
from accounts.models import AuditRecord, Draft
from cohorts.choices import RoleKind
from cohorts.models import Role
from cohorts.tests.factories import UserFactory
from elements import clock
from elements.tests.test_paper import text_of
from pairs.actions import end_pair
from pairs.models import Membership
from reminders.models import Message
from shadowing import actions
from shadowing.element import Shadowing
from shadowing.guides import GUIDES
from shadowing.models import Reflection
from shadowing.tests.reflecting import SECRET, offered, reflected, shared, visited

pytestmark = pytest.mark.django_db
NAMED = "Mr Ash, 943 476 5919, was told too late"


@pytest.fixture
def mine(two, client):
    """(client signed in as the doctor, her participant)."""
    _, _, doctor, _ = two
    client.force_login(doctor.user)
    return client, doctor


def mark_in(answer) -> str:
    return re.search('name="mark" value="([^"]+)"', answer.content.decode())[1]


def page(client, name, *ids, **more) -> str:
    return client.get(reverse(name, args=ids), **more).content.decode()


def test_writing_begins_with_two_boxes_and_says_who_reads_it(mine):
    client, doctor = mine
    shown = page(client, "reflection_create", doctor.pk)
    assert shown.index("What I take away") < shown.index("What I will try, and when")
    assert shown.count("<textarea") == 2
    assert "only you" in shown
    assert "data-draft" in shown
    assert "Leading with care" in shown
    assert "checked" not in shown  # nothing is ticked for anybody


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.code)
def test_each_way_to_write_has_its_boxes_and_saves(two, mine, guide):
    client, doctor = mine
    _, pair, _, manager = two
    visit = visited(pair, doctor, manager)
    url = f"{reverse('reflection_create', args=[doctor.pk, visit.pk])}?guide={guide.code}"
    assert client.get(url).content.decode().count("<textarea") == len(guide.boxes)
    words = {f"box_{code}": f"About {code}" for code, _ in guide.boxes}
    answer = client.post(url, {**words, "tags": ["leading-with-care"], "usefulness": "4"})
    made = Reflection.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.guide, made.usefulness, made.tags) == (guide.code, 4, ["leading-with-care"])
    assert made.answers == {code: f"About {code}" for code, _ in guide.boxes}
    assert (made.shared_at, made.offered_at, made.warned) == (None, None, False)
    shown = page(client, "reflection_detail", made.pk)
    assert all(label in shown for _, label in guide.boxes)
    assert "Leading with care" in shown
    assert "Only you" in shown


def test_how_useful_it_was_is_read_by_its_author_alone_also_when_it_is_shared(two, mine):
    client, doctor = mine
    _, pair, _, manager = two
    made = shared(doctor, visit=visited(pair, doctor, manager), usefulness=4)
    assert "4 of 5" in page(client, "reflection_detail", made.pk)
    client.force_login(manager.user)
    shown = page(client, "reflection_detail", made.pk)
    assert SECRET in shown
    assert "of 5" not in shown


def test_how_useful_it_was_is_asked_of_a_visit_alone(two, mine):
    client, doctor = mine
    _, pair, _, manager = two
    visit = visited(pair, doctor, manager)
    assert "How useful was it?" in page(client, "reflection_create", doctor.pk, visit.pk)
    assert "How useful was it?" in page(client, "reflection_edit", reflected(doctor, visit=visit).pk)
    made = reflected(doctor, usefulness=4)  # as it was asked before
    for shown in (page(client, "reflection_create", doctor.pk), page(client, "reflection_edit", made.pk)):
        assert "How useful was it?" not in shown
        assert "visitors" not in shown
        assert "belong in your organisation" in shown
    client.post(reverse("reflection_edit", args=[made.pk]), {"box_take": "Shorter", "usefulness": "2"})
    made.refresh_from_db()
    assert (made.answers, made.usefulness) == ({"take": "Shorter"}, 4)


def test_one_box_is_enough_and_none_is_asked_for_in_words(two, mine):
    client, doctor = mine
    _, pair, _, manager = two
    url = reverse("reflection_create", args=[doctor.pk, visited(pair, doctor, manager).pk])
    shown = client.post(url, {"box_take": " ", "usefulness": "9"}).content.decode()
    assert "Choose a number from 1 to 5" in shown
    shown = client.post(url, {"box_take": " "}).content.decode()
    assert "Enter a few words in one of the boxes" in shown
    client.post(url, {"box_next": "Ask at eight"})
    assert Reflection.objects.get().answers == {"next": "Ask at eight"}


def test_who_may_be_a_patient_is_asked_about_once_and_kept_nowhere(mine):
    client, doctor = mine
    url = reverse("reflection_create", args=[doctor.pk])
    shown = client.post(url, {"box_take": NAMED}).content.decode()
    assert "<mark>Mr Ash</mark>" in shown
    assert not Reflection.objects.exists()
    shown = client.post(url, {"box_take": NAMED, "patients": "replace", "patients_warned": "1"}).content.decode()
    assert "patient X, [NHS number], was told too late" in shown
    assert not Reflection.objects.exists()
    client.post(url, {"box_take": "patient X was told too late", "patients_warned": "1"})
    made = Reflection.objects.get()
    assert made.warned
    assert not any("Ash" in str(row) for row in [*AuditRecord.objects.values(), *Message.objects.values()])


def test_it_may_be_saved_as_it_is(mine):
    client, doctor = mine
    client.post(reverse("reflection_create", args=[doctor.pk]), {"box_take": NAMED, "patients": "keep"})
    made = Reflection.objects.get()
    assert (made.answers["take"], made.warned) == (NAMED, True)


def test_a_draft_comes_back_and_goes_when_it_is_saved(mine):
    client, doctor = mine
    url = reverse("reflection_create", args=[doctor.pk])
    Draft.objects.create(owner=doctor.user, page=url, texts={"box_take": "half a thought"})
    assert "half a thought" in client.get(url).content.decode()
    client.post(url, {"box_take": "a whole thought", "kept_for": str(Seal(doctor.user.pk, url))})
    assert not Draft.objects.exists()


def test_the_list_shows_ones_own_and_what_is_shared_with_one(two, mine):
    client, doctor = mine
    _, _, _, manager = two
    shown = page(client, "reflection_list", doctor.pk)
    assert "You have written none yet." in shown
    assert "Shared with you" not in shown
    reflected(doctor)
    reflected(manager, words="something private")
    theirs = shared(manager)
    shown = page(client, "reflection_list", doctor.pk)
    assert shown.count("nhsuk-task-list__item--with-link") == 1
    assert f"By {manager.name}" in shown
    assert theirs.get_absolute_url() in shown


def test_sharing_and_stopping_are_buttons_on_the_page(two, mine):
    client, doctor = mine
    _, _, _, manager = two
    made = reflected(doctor)
    assert f"Share with {manager.name}" in page(client, "reflection_detail", made.pk)
    shown = client.post(reverse("reflection_share", args=[made.pk]), follow=True).content.decode()
    assert f"You and {manager.name}" in shown
    client.force_login(manager.user)
    shown = page(client, "reflection_detail", made.pk)
    assert SECRET in shown
    assert f"By {doctor.name}" in shown
    assert "Change it" not in shown
    client.force_login(doctor.user)
    client.post(reverse("reflection_unshare", args=[made.pk]))
    client.force_login(manager.user)
    assert client.get(made.get_absolute_url()).status_code == 404


def test_the_partner_sees_nothing_of_what_its_author_may_do_or_offers(two, client):
    _, _, doctor, manager = two
    made = offered(doctor)
    actions.share_reflection(reflection=made, by=doctor.user, now=timezone.now())
    client.force_login(manager.user)
    shown = page(client, "reflection_detail", made.pk)
    assert "evaluat" not in shown
    assert "Delete" not in shown


def test_before_offering_the_page_says_that_what_is_published_stays(mine):
    client, doctor = mine
    made = reflected(doctor)
    assert "what has been published by then stays published" in page(client, "reflection_offer", made.pk)
    made.refresh_from_db()
    assert made.offered_at is None
    client.post(reverse("reflection_offer", args=[made.pk]), {"may_quote": "on"})
    made.refresh_from_db()
    assert made.offered_at
    assert made.may_quote
    shown = page(client, "reflection_detail", made.pk)
    assert "You and the evaluators, without your name" in shown
    client.post(reverse("reflection_offer", args=[made.pk]), {})
    made.refresh_from_db()
    assert not made.may_quote
    client.post(reverse("reflection_take_back", args=[made.pk]))
    made.refresh_from_db()
    assert made.offered_at is None


def test_changing_keeps_the_guide_and_says_who_reads_it(two, mine):
    client, doctor = mine
    _, _, _, manager = two
    made = shared(doctor)
    shown = page(client, "reflection_edit", made.pk)
    assert SECRET in shown
    assert f"You and {manager.name}" in shown
    client.post(reverse("reflection_edit", args=[made.pk]), {"box_take": "Shorter", "tags": ["sharing-the-vision"]})
    made.refresh_from_db()
    assert (made.answers, made.tags) == ({"take": "Shorter"}, ["sharing-the-vision"])


def test_the_text_may_be_removed_for_good_or_all_of_it(mine):
    client, doctor = mine
    made = reflected(doctor)
    assert "cannot be brought back" in page(client, "reflection_redact", made.pk)
    client.post(reverse("reflection_redact", args=[made.pk]))
    shown = page(client, "reflection_detail", made.pk)
    assert SECRET not in shown
    assert "The text was removed for good" in shown
    assert "Change it" not in shown
    client.post(reverse("reflection_edit", args=[made.pk]), {"box_take": "again"})
    made.refresh_from_db()
    assert made.answers == {}
    assert client.post(reverse("reflection_share", args=[made.pk]), follow=True).status_code == 200
    assert client.post(reverse("reflection_offer", args=[made.pk]), follow=True).status_code == 200
    assert "Delete this reflection?" in page(client, "reflection_delete", made.pk)
    client.post(reverse("reflection_delete", args=[made.pk]))
    assert not Reflection.objects.exists()


def test_an_author_takes_it_along_as_a_file(mine):
    client, doctor = mine
    made = reflected(doctor, tags=["leading-with-care"], usefulness=5)
    answer = client.get(reverse("reflection_export", args=[made.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    text = answer.content.decode()
    assert f"What I take away\n{SECRET}" in text
    assert "Leadership dimensions: Leading with care" in text
    assert "5 of 5" in text


def test_a_visit_is_reflected_upon_once_or_skipped(two, mine):
    client, doctor = mine
    _, pair, _, manager = two
    visit = visited(pair, doctor, manager)
    url = reverse("reflection_create", args=[doctor.pk, visit.pk])
    shown = client.get(url).content.decode()
    assert "Visit to bed meeting" in shown
    assert "Skip: I write nothing about it" in shown
    client.post(url, {"box_take": "Ten people on the telephone"})
    made = Reflection.objects.get()
    assert made.visit == visit
    assert client.get(url).url == made.get_absolute_url()
    other = visited(pair, doctor, manager)
    client.post(reverse("reflection_create", args=[doctor.pk, other.pk]), {"skip": "1"})
    other.refresh_from_db()
    assert other.state == "closed"
    assert Reflection.objects.count() == 1


def test_a_button_pressed_twice_writes_once_and_other_words_are_kept_too(mine):
    client, doctor = mine
    url = reverse("reflection_create", args=[doctor.pk])
    mark = mark_in(client.get(url))
    assert mark != mark_in(client.get(url))
    answers = [client.post(url, {"box_take": "Ten people", "mark": mark}).url for _ in range(2)]
    assert len(set(answers)) == 1
    client.post(url, {"box_take": "Twelve people", "mark": mark})
    client.post(url, {"box_take": "Ten people", "tags": ["leading-with-care"], "mark": mark})
    client.post(url, {"box_take": "Ten people", "mark": mark_in(client.get(url))})
    kept = [(each.answers["take"], each.tags) for each in Reflection.objects.order_by("written_at")]
    other = ("Ten people", ["leading-with-care"])
    assert kept == [("Ten people", []), ("Twelve people", []), other, ("Ten people", [])]


def test_a_page_keeps_its_mark_while_something_is_put_right_and_a_wrong_one_is_none(mine):
    client, doctor = mine
    url = reverse("reflection_create", args=[doctor.pk])
    mark = mark_in(client.get(url))
    assert mark_in(client.post(url, {"box_take": NAMED, "mark": mark})) == mark
    for _ in range(2):
        assert client.post(url, {"box_take": "Ten people", "mark": "' OR 1"}).status_code == 302
    assert Reflection.objects.count() == 2


def test_another_text_about_the_same_visit_is_not_saved_and_not_lost(two, mine):
    client, doctor = mine
    _, pair, _, manager = two
    url = reverse("reflection_create", args=[doctor.pk, visited(pair, doctor, manager).pk])
    sent = {"box_take": "Ten people", "mark": mark_in(client.get(url))}
    assert client.post(url, sent).url == client.post(url, sent).url
    made = Reflection.objects.get()
    shown = client.post(url, {**sent, "box_take": "Twelve people"}).content.decode()
    assert "You have written about this visit already" in shown
    assert made.get_absolute_url() in shown
    assert "Twelve people" in shown
    assert "Skip:" not in shown
    assert Reflection.objects.get() == made


def test_two_of_one_day_can_be_told_apart_by_their_author_and_by_whoever_reads_them(two, mine):
    client, doctor = mine
    _, pair, _, manager = two
    today = clock.in_full(clock.today())
    first, second = reflected(doctor), reflected(doctor, words="of bed meetings")
    visits = [reflected(doctor, visit=visited(pair, doctor, manager), words="again") for _ in range(2)]
    before = reflected(doctor)
    Reflection.objects.filter(pk=before.pk).update(written_at=timezone.now() - timedelta(days=1))
    yesterday = clock.in_full(clock.today() - timedelta(days=1))
    shown = page(client, "reflection_list", doctor.pk)
    for title in (f"Reflection of {today}, 1 of 2", f"Reflection of {today}, 2 of 2", "Visit to bed meeting, 1 of 2"):
        assert f">{title}</a>" in shown
    assert f">Reflection of {yesterday}</a>" in shown
    titles = {each.ref: each.title for each in Shadowing().record(participant=doctor) if each.ref}
    expected = {
        first: f"Reflection of {today}, 1 of 2",
        second: f"Reflection of {today}, 2 of 2",
        visits[0]: f"Visit to bed meeting, {today}, 1 of 2",
        visits[1]: f"Visit to bed meeting, {today}, 2 of 2",
        before: f"Reflection of {yesterday}",
    }
    assert titles == {f"reflection:{each.pk}": title for each, title in expected.items()}
    assert titles[f"reflection:{second.pk}"] in page(client, "record", doctor.pk)
    paper = client.post(reverse("record", args=[doctor.pk]), {"ticked": list(titles)})
    printed = " ".join(text_of(paper.content).split())
    assert all(printed.count(title) == 1 for title in expected.values() if title.endswith(" of 2"))
    # What was redacted keeps its number; a partner learns nothing of how many there are.
    actions.redact_reflection(reflection=first, by=doctor.user, now=timezone.now())
    assert titles[f"reflection:{second.pk}"] in page(client, "record", doctor.pk)
    actions.share_reflection(reflection=second, by=doctor.user, now=timezone.now())
    client.force_login(manager.user)
    assert f">Reflection of {today}</a>" in page(client, "reflection_list", manager.pk)
    both = shared(doctor)
    shown = page(client, "reflection_list", manager.pk)
    assert f'"{both.get_absolute_url()}">Reflection of {today}, 2 of 2</a>' in shown
    assert "of bed meetings" not in shown


def test_on_the_record_page_its_author_knows_each_by_its_first_words_and_nobody_else_reads_them(two, mine):
    client, doctor = mine
    lead, _, _, manager = two
    reflected(doctor, words=SECRET)
    reflected(doctor, words="Beds are <b>promised</b> twice, and the third promise is the one that nobody remembers")
    shown = page(client, "record", doctor.pk)
    assert SECRET in shown
    assert "Beds are &lt;b&gt;promised&lt;/b&gt; twice" in shown
    assert "nobody remembers" not in shown
    for other in (lead, manager.user):
        client.force_login(other)
        answer = client.get(reverse("record", args=[doctor.pk]))
        assert answer.status_code in {403, 404}
        assert SECRET not in answer.content.decode()


def test_the_host_is_not_offered_to_skip(two, client):
    _, pair, doctor, manager = two
    visit = visited(pair, doctor, manager)
    client.force_login(manager.user)
    assert "Skip:" not in page(client, "reflection_create", manager.pk, visit.pk)


def test_a_visit_of_others_is_not_there(two, mine):
    client, doctor = mine
    _, pair, _, _ = two
    others = Membership.objects.exclude(pair=pair).select_related("pair", "participant")
    visit = visited(others[0].pair, others[0].participant, others[1].participant)
    assert client.get(reverse("reflection_create", args=[doctor.pk, visit.pk])).status_code == 404


def test_where_shadowing_is_switched_off_what_was_written_stays_its_authors_alone(two, mine):
    client, doctor = mine
    _, _, _, manager = two
    made, theirs = shared(doctor), shared(manager)
    doctor.cohort.elements_off = ["shadowing"]
    doctor.cohort.save()
    for name, key in (("reflection_create", doctor), ("reflection_edit", made), ("reflection_detail", theirs)):
        assert client.get(reverse(name, args=[key.pk])).status_code == 404, name
    assert reverse("reflection_list", args=[doctor.pk]) in page(client, "record", doctor.pk)
    mine = page(client, "reflection_list", doctor.pk)
    assert made.get_absolute_url() in mine
    assert theirs.get_absolute_url() not in mine
    assert reverse("reflection_create", args=[doctor.pk]) not in mine
    one = page(client, "reflection_detail", made.pk)
    assert SECRET in one
    assert "Who can read it: Only you" in one
    links = set(re.findall(rf'(?:href|action)="(/reflections/{made.pk}/[^"]+)"', one))
    assert {link.split("/", 3)[3] for link in links} == {"share/stop/", "reflection.txt", "redact/", "delete/"}
    client.post(reverse("reflection_unshare", args=[made.pk]))
    assert Reflection.objects.get(pk=made.pk).shared_at is None
    client.post(reverse("reflection_delete", args=[made.pk]))
    assert not Reflection.objects.filter(pk=made.pk).exists()


def test_who_has_left_a_pair_finds_her_reflections_also_where_shadowing_is_off(two, mine):
    client, doctor = mine
    lead, pair, _, _ = two
    end_pair(pair=pair, kind="moved", on=clock.today(), by=lead)
    doctor.cohort.elements_off = ["shadowing"]
    doctor.cohort.save()
    assert reverse("reflection_list", args=[doctor.pk]) in page(client, "kept_list", doctor.pk)


def test_an_evaluator_reads_an_offered_text_without_its_author_and_may_remove_it(two, client):
    _, pair, doctor, _ = two
    evaluator = UserFactory(name="Eve Elm")
    Role.objects.create(user=evaluator, kind=RoleKind.EVALUATOR, cohort=pair.cohort)
    made = offered(doctor)
    client.force_login(evaluator)
    url = reverse("offered_redact", args=[made.pk])
    shown = client.get(url).content.decode()
    assert SECRET in shown
    assert "You may not quote from it" in shown
    assert doctor.name not in shown
    assert str(doctor.pk) not in shown
    client.post(url)
    made.refresh_from_db()
    assert made.answers == {}
    assert client.get(url).status_code == 404


def test_an_evaluator_is_told_the_truth_where_the_author_was_quicker(two, client, monkeypatch):
    _, pair, doctor, _ = two
    evaluator = UserFactory()
    Role.objects.create(user=evaluator, kind=RoleKind.EVALUATOR, cohort=pair.cohort)
    made = offered(doctor)
    remove = actions.redact_offered

    def taken_back_first(**given):
        actions.take_reflection_back(reflection=made, by=doctor.user)
        return remove(**given)

    monkeypatch.setattr(actions, "redact_offered", taken_back_first)
    client.force_login(evaluator)
    said = client.post(reverse("offered_redact", args=[made.pk]), follow=True).content.decode()
    assert "You removed nothing" in said
    assert "gone for good" not in said
    made.refresh_from_db()
    assert made.answers == {"take": SECRET}
    monkeypatch.setattr(actions, "redact_offered", remove)
    actions.offer_reflection(reflection=made, may_quote=False, by=doctor.user, now=timezone.now())
    said = client.post(reverse("offered_redact", args=[made.pk]), follow=True).content.decode()
    assert "The text is gone for good." in said


def test_a_partner_who_evaluates_reads_nothing_that_is_not_shared_with_her(two, client):
    _, pair, doctor, manager = two
    made = offered(doctor)
    for reader in (manager.user, doctor.user):
        Role.objects.create(user=reader, kind=RoleKind.EVALUATOR, cohort=pair.cohort)
        client.force_login(reader)
        assert client.get(reverse("offered_redact", args=[made.pk])).status_code == 404
    client.force_login(manager.user)
    assert client.get(reverse("reflection_detail", args=[made.pk])).status_code == 404


def test_a_reflection_written_with_script_is_shown_as_text(mine):
    client, doctor = mine
    made = reflected(doctor, words="<script>alert(1)</script>")
    assert "<script>alert" not in page(client, "reflection_detail", made.pk)
