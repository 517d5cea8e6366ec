"""What a participant names in private keeps two people apart, and is read by the leads alone."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditRecord
from cohorts.choices import Side
from cohorts.models import Meant
from cohorts.tests.factories import LeadFactory, ParticipantFactory
from elements.registry import all_elements
from pairs import actions, matching
from pairs.actions.naming import MOST
from pairs.gathering import gather
from pairs.models import Membership, Pairing, PrivateWord
from pairs.overview import questions
from pairs.tests.test_views import text_of
from pairs.tests.worlds import cohort_of, person, published, shown

pytestmark = pytest.mark.django_db
CANARY = "Quillfeather Moss"


def page_of(participant):
    return reverse("private_word_list", args=[participant.pk])


def say(participant, words):
    return actions.name_in_private(participant=participant, words=words, by=participant.user)


def are_kept_apart(cohort, one, other):
    problem = gather(cohort).problem(weights=Pairing().weights, seed="x")
    return bool(matching.refusal(matching.prepare(problem), str(one.pk), str(other.pk)))


def test_she_comes_from_home_names_somebody_and_takes_it_back(client):
    cohort, lead, [doctor], [manager] = cohort_of(1, 1)
    client.force_login(doctor.user)
    assert page_of(doctor) in client.get(reverse("home")).content.decode()
    before = text_of(client.get(page_of(doctor)))
    assert "the leads who make the pairs, and nobody else" in before
    assert "A lead who takes part too never sees that you named them" in before
    saved = client.post(page_of(doctor), {"words": f"Dr {manager.name}"}, follow=True)
    assert f"Saved. You named Dr {manager.name}." in text_of(saved)
    assert are_kept_apart(cohort, doctor, manager)
    assert actions.find_pairs(cohort=cohort, by=lead).proposals.count() == 0
    word = PrivateWord.objects.get()
    back = client.post(reverse("private_word_take_back", args=[word.pk]), follow=True)
    assert "Nobody." in text_of(back)
    assert not are_kept_apart(cohort, doctor, manager)


def test_home_asks_for_nobody_once_they_are_paired(client, two):
    _, pair, doctor, _ = two
    for is_paired in (True, False):
        Membership.objects.filter(pair=pair).update(until=None if is_paired else timezone.localdate())
        client.force_login(doctor.user)
        home = client.get(reverse("home")).content.decode()
        assert ("Who you should not be paired with" in home) is not is_paired
    assert client.get(page_of(doctor)).status_code == 200


@pytest.mark.parametrize("written", ["{name}", "{email}", "<{email}>", "mailto:{email}"])
def test_a_name_or_an_address_keeps_apart_however_it_is_written(client, written):
    cohort, _lead, [doctor], [manager] = cohort_of(1, 1, name="Cohort")
    client.force_login(doctor.user)
    words = written.format(name=manager.name.upper(), email=manager.user.email.upper())
    assert client.post(page_of(doctor), {"words": words}).status_code == 302
    assert are_kept_apart(cohort, doctor, manager)


def test_the_page_answers_alike_whether_or_not_somebody_takes_part(client):
    _cohort, _lead, [doctor], [manager] = cohort_of(1, 1)
    client.force_login(doctor.user)
    for here, nowhere in ((manager.name, "Elsewhere 0000"), (manager.user.email, "nobody@elsewhere.example")):
        pages = []
        for words in (here, nowhere):
            answer = client.post(page_of(doctor), {"words": words}, follow=True)
            pages.append(text_of(answer).replace(words, "…"))
            PrivateWord.objects.all().delete()
        assert pages[0] == pages[1]


def test_a_word_counts_for_whoever_joins_later():
    cohort, _lead, [doctor], _ = cohort_of(1, 0)
    say(doctor, CANARY)
    late = person(cohort, Side.B, 1, user__name=CANARY)
    assert are_kept_apart(cohort, doctor, late)


def test_a_name_that_fits_several_keeps_them_all_apart_until_a_lead_says_who_is_meant(client):
    cohort, lead, [doctor], _ = cohort_of(1, 0)
    twins = [person(cohort, Side.B, number, user__name=CANARY) for number in (1, 2)]
    word = say(doctor, CANARY)
    assert all(are_kept_apart(cohort, doctor, twin) for twin in twins)
    client.force_login(lead)
    assert f"{doctor.name} wrote “{CANARY}” as somebody not to be paired with, in private" in text_of(
        client.get(reverse("question_list", args=[cohort.pk]))
    )
    actions.answer_question(participant=doctor, part="exclusion", other=twins[0], is_meant=False, by=lead)
    assert [are_kept_apart(cohort, doctor, twin) for twin in twins] == [False, True]
    actions.take_back(word=word, by=doctor.user)
    say(doctor, CANARY)
    assert all(are_kept_apart(cohort, doctor, twin) for twin in twins), "named anew, and so asked anew"
    assert Meant.objects.count() == 0
    assert len(questions(cohort=cohort, user=lead)) == 2


def test_an_answer_about_another_name_stands():
    cohort, lead, [doctor], _ = cohort_of(1, 0)
    manager = person(cohort, Side.B, 1, user__name=CANARY)
    say(doctor, CANARY)
    actions.answer_question(participant=doctor, part="exclusion", other=manager, is_meant=False, by=lead)
    say(doctor, "Fern Ash")
    assert not are_kept_apart(cohort, doctor, manager)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Enter a name or an email address"),
        ("Sam", "Enter the first and the last name, or an email address"),
        ("Dr Ash", "Enter the first and the last name, or an email address"),
        ("Sam Ash at sam@trust.example", "Enter the email address alone, like name@example.com"),
        ("sam@", "Enter the email address alone, like name@example.com"),
        (f"{'a' * 150} {'b' * 60}", "Name or email address must be 200 characters or fewer. It has 211"),
    ],
)
def test_what_would_fit_nobody_is_asked_for_again_and_stays_as_typed(client, words, said):
    _cohort, _lead, [doctor], _ = cohort_of(1, 0)
    client.force_login(doctor.user)
    answer = client.post(page_of(doctor), {"words": words})
    assert answer.context["form"].errors["words"] == [said]
    page = answer.content.decode()
    assert page.count(said) == 2, "next to the field and in the summary"
    assert f'value="{words}"' in page or not words
    assert PrivateWord.objects.count() == 0


def test_said_twice_is_said_once_and_there_is_an_end_to_it(client):
    _cohort, _lead, [doctor], _ = cohort_of(1, 0)
    assert say(doctor, "Fern Ash") == say(doctor, "fern  ASH")
    for number in range(MOST - 1):
        say(doctor, f"Fern {number}")
    client.force_login(doctor.user)
    assert "You have named 20 people" in text_of(client.post(page_of(doctor), {"words": "Fern Oak"}))
    assert PrivateWord.objects.count() == MOST


def test_the_record_says_it_to_no_lead_and_without_the_name():
    _cohort, _lead, [doctor], _ = cohort_of(1, 0)
    actions.take_back(word=say(doctor, CANARY), by=doctor.user)
    lines = list(AuditRecord.objects.order_by("pk").values("did", "subject_kind", "subject_ref", "scope", "by"))
    assert [line["did"] for line in lines] == ["named somebody in private", "took back what was named in private"]
    assert {line["scope"] for line in lines} == {None}
    assert "Quill" not in str(lines)


def test_leads_read_it_and_the_partner_the_named_one_and_files_never_do(client):
    cohort, lead, doctors, managers = cohort_of(2, 2)
    named = person(cohort, Side.B, 7, user__name=CANARY, user__email="quill@trust.example")
    say(doctors[0], CANARY)
    say(doctors[0], "Quillfether Moss")
    client.force_login(lead)
    page = text_of(client.get(reverse("exclusion_list", args=[cohort.pk])))
    assert f"{doctors[0].name} should not be paired with {CANARY} (said in private)" in page
    assert f"{doctors[0].name} named “Quillfether Moss”" in page
    own = [export for element in all_elements() for export in element.exports]
    assert len(own) >= 2
    for export in own:
        rows = str(list(export.rows(lead, cohort, QueryDict())))
        assert doctors[0].name in rows or export.name in {"pairs", "visits", "portfolio", "surgeries"}
        assert "Quillf" not in rows.replace(f"'{CANARY}'", "").replace("quill@trust.example", "")
    shown(published(cohort, lead))
    for reader in (named, *managers, doctors[1]):  # her partner is one of them
        client.force_login(reader.user)
        pages = [client.get(reverse("home"))]
        pages += [client.get(step.url) for part in pages[0].context["parts"] for step in part["steps"] if step.url]
        assert {each.status_code for each in pages} == {200}
        assert "Quillfether" not in "".join(each.content.decode() for each in pages)
        assert client.get(page_of(doctors[0])).status_code == 404


def test_a_lead_who_takes_part_reads_neither_her_name_nor_a_slip_of_it(client):
    cohort, lead, [doctor], _ = cohort_of(1, 0)
    self_lead = LeadFactory(cohort=cohort).user
    ParticipantFactory(cohort=cohort, side=Side.B, user=self_lead, name="Hazel Lead")
    for words in ("Hazel Lead", "Hazle Lead"):
        say(doctor, words)
    read = {}
    for reader in (lead, self_lead):
        client.force_login(reader)
        read[reader] = text_of(client.get(reverse("exclusion_list", args=[cohort.pk])))
    assert "should not be paired with Hazel Lead" in read[lead]
    assert "Hazle Lead" in read[lead]
    assert "should not be paired with" not in read[self_lead]
    assert "Hazle" not in read[self_lead]
