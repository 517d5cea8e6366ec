"""A lead who takes part, and somebody called as she is: whatever she opens or tries, no exclusion that names her shows.

The other lead does the same in the same cohort and finds every secret, so that there is something to hide.
"""

import re

import pytest
from django.http import QueryDict
from django.urls import reverse

from cohorts.choices import Side
from cohorts.tests.factories import LeadFactory, ParticipantFactory
from elements.registry import all_elements
from pairs import actions
from pairs.discretion import HELD_BACK, NO_PAIRS_FOUND, NOT_HERS
from pairs.models import Exclusion, Lock, PrivateWord
from pairs.tests.test_views import text_of
from pairs.tests.worlds import cohort_of, person

pytestmark = pytest.mark.django_db
CANARY = "Quillfeather"
FIRST_MOVE = {
    "initiator_side": "a",
    "first_meeting_by_0": "15",
    "first_meeting_by_1": "2",
    "first_meeting_by_2": "2027",
}
LINK = re.compile(r'href="(/[^"#]*)')
# What shows that an exclusion exists, or why; none is about anybody but Hazel Lead and her namesake.
SECRETS = (
    CANARY,
    "kept apart by an exclusion",
    "Against a rule (kept apart)",
    "should not be paired with Hazel Lead",
    "as somebody not to be paired with",
    "Hazle",
)


class Led:
    """A cohort with two leads, one of whom takes part; a namesake of hers, and somebody who shares her address."""

    def __init__(self) -> None:
        self.cohort, self.other_lead, self.doctors, self.managers = cohort_of(5, 2)
        self.self_lead = LeadFactory(cohort=self.cohort, user__name="Hazel Lead").user
        self.herself = self.enrol(user=self.self_lead, name="Hazel Lead", second_email="home@house.example")
        self.namesake = person(self.cohort, Side.B, 7, user__name="Dr Hazel Lead", second_email="other@house.example")
        self.spouse = person(self.cohort, Side.B, 8, user__name="Rowan Fell", second_email="home@house.example")

    def enrol(self, **more):
        return ParticipantFactory(cohort=self.cohort, side=Side.B, sites=["North"], **more)

    def keep_apart(self) -> None:
        """By private words, an application and another lead, each of them about her."""
        doctors = self.doctors
        for doctor, words in ((0, "Hazel Lead"), (1, "home@house.example"), (2, "Hazle Lead")):
            actions.name_in_private(participant=doctors[doctor], words=words, by=doctors[doctor].user)
        doctors[3].kept_apart_from = ["Hazel Lead"]
        doctors[3].save()
        self.herself.kept_apart_from = [f"{CANARY} Fern", doctors[4].name]  # another lead wrote that
        self.herself.save()
        actions.exclude(cohort=self.cohort, one=self.herself, other=doctors[0], by=self.other_lead, why=CANARY)

    def let_together(self) -> None:
        Exclusion.objects.all().delete()
        PrivateWord.objects.all().delete()
        self.cohort.participants.update(kept_apart_from=[])

    def hers(self):
        return {"herself": self.herself, "namesake": self.namesake, "spouse": self.spouse}


@pytest.fixture
def led():
    return Led()


def everything(client, reader, start="/"):
    """{address: text} of every page that links lead to, from home."""
    client.force_login(reader)
    found, waiting = {}, [start]
    while waiting:
        url = waiting.pop().replace("&amp;", "&")
        if url in found or url.startswith(("/static/", "/accounts/", "/mailbox")):
            continue
        answer = client.get(url)
        found[url] = ""
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            body = b"".join(answer) if answer.streaming else answer.content
            found[url] = body.decode("utf-8", "replace")
            continue
        page = answer.content.decode()
        found[url] = text_of(answer)
        waiting += LINK.findall(page)
    return found


def test_every_page_and_file_she_can_reach_is_without_what_the_other_lead_reads(client, led):
    led.keep_apart()
    for place, (doctor, manager) in enumerate(((led.doctors[0], led.namesake), (led.doctors[1], led.spouse))):
        actions.lock(cohort=led.cohort, a=doctor, b=manager, by=led.other_lead, override=f"{CANARY} {place}")
    run = actions.find_pairs(cohort=led.cohort, by=led.other_lead)
    read = {reader: everything(client, reader) for reader in (led.other_lead, led.self_lead)}
    reached = {reader: set(pages) for reader, pages in read.items()}
    assert run.get_absolute_url() in reached[led.self_lead]
    assert reverse("export", args=[led.cohort.pk, "participants", "csv"]) in reached[led.self_lead]
    assert reverse("run_person", args=[run.pk, led.namesake.pk]) in reached[led.self_lead]
    assert len(reached[led.self_lead]) > 40
    for export in (export for element in all_elements() for export in element.exports):
        for reader, pages in read.items():
            pages[export.name] = str(list(export.rows(reader, led.cohort, QueryDict())))
    every = {reader: " ".join(pages.values()) for reader, pages in read.items()}
    lacking = [words for words in SECRETS if words not in every[led.other_lead]]
    assert lacking == []
    told = [(url, words) for url, page in read[led.self_lead].items() for words in SECRETS if words in page]
    assert told == []


@pytest.mark.parametrize("who", ["namesake", "spouse"])
def test_hands_are_refused_alike_whether_or_not_there_is_an_exclusion(client, led, who):
    """By lock, by hand, by swap and its cost, and by trio; with a reason against the rule and without."""
    other = led.hers()[who]
    for doctor in led.doctors[:2]:
        said = {}
        for arranged in (led.keep_apart, led.let_together):
            arranged()
            said[arranged.__name__] = answers_to(client, led, led.self_lead, doctor, other)
        assert said["keep_apart"] == said["let_together"]
        assert [NOT_HERS in page for page in said["keep_apart"]] == [True] * len(said["keep_apart"])
    assert Lock.objects.count() == 0


def answers_to(client, led, reader, doctor, other) -> list[str]:
    """What each hand on these two is told, without ids."""
    client.force_login(reader)
    two = {"a": doctor.pk, "b": other.pk}
    found = []
    for reason in ("", "They have talked"):
        for name, data in (("lock_list", {}), ("pair_create", FIRST_MOVE)):
            found.append(client.post(reverse(name, args=[led.cohort.pk]), {**two, **data, "override": reason}))
    # A run in which the namesake and somebody else's pair stand ready for a swap, made before anybody said anything.
    run = actions.find_pairs(cohort=led.cohort, by=led.other_lead, seed="5" * 32)
    run.proposals.all().delete()
    mine = run.proposals.create(a=led.doctors[4], b=other, score=50, reasons={"sentence": "", "positive": []})
    theirs = run.proposals.create(a=doctor, b=led.managers[0], score=50, reasons={"sentence": "", "positive": []})
    swap, pairs = reverse("run_swap", args=[run.pk]), {"first": mine.pk, "second": theirs.pk}
    found.append(client.get(swap, pairs))
    found += [client.post(swap, {**pairs, "override": reason}) for reason in ("", "They have talked")]
    trio = {"newcomer": doctor.pk, "proposal": mine.pk}
    theirs.delete()
    found.append(client.post(reverse("run_trio", args=[run.pk]), trio, follow=True))
    assert run.proposals.get().b_id == other.pk
    [message] = map(str, found.pop().context["messages"])  # the run itself is another run with an exclusion
    run.delete()
    return [*(re.sub(r"[0-9]{1,2}:[0-9]{2}", "", text_of(answer)) for answer in found), message]


def test_the_other_lead_is_told_the_rule_by_each_hand(client, led):
    led.keep_apart()
    client.force_login(led.other_lead)
    two = {"a": led.doctors[0].pk, "b": led.namesake.pk, **FIRST_MOVE}
    for name in ("lock_list", "pair_create"):
        answer = client.post(reverse(name, args=[led.cohort.pk]), two)
        assert "kept apart by an exclusion" in answer.context["form"].errors["override"][0]


def test_she_herself_is_on_no_list_to_choose_from_and_no_action_takes_her(client, led):
    led.keep_apart()
    client.force_login(led.self_lead)
    for name in ("lock_list", "pair_create", "exclusion_list"):
        page = client.get(reverse(name, args=[led.cohort.pk])).content.decode()
        assert str(led.namesake.pk) in page
        assert str(led.herself.pk) not in page
    with pytest.raises(actions.LockRefused) as refusal:
        actions.lock(cohort=led.cohort, a=led.doctors[0], b=led.herself, by=led.self_lead, override="x")
    assert str(refusal.value) == NOT_HERS


def test_a_namesake_left_over_says_nothing_of_what_was_written_about_her(client, led):
    """She has no part in this run: what fits her fits her namesake, and is held back there."""
    led.let_together()
    led.cohort.participants.exclude(pk__in=[led.doctors[0].pk, led.namesake.pk]).update(state="reserve")
    actions.name_in_private(participant=led.doctors[0], words="Hazel Lead", by=led.doctors[0].user)
    run = actions.find_pairs(cohort=led.cohort, by=led.other_lead)
    urls = [run.get_absolute_url(), reverse("run_left_over", args=[run.pk])]
    urls += [reverse("run_person", args=[run.pk, each.pk]) for each in (led.namesake, led.doctors[0])]
    read = {}
    for reader in (led.other_lead, led.self_lead):
        client.force_login(reader)
        read[reader] = [text_of(client.get(url)) for url in urls]
    words = "kept apart by an exclusion", "Rules or locks leave no doctor for Dr Hazel Lead"
    assert [any(each in page for page in read[led.other_lead]) for each in words] == [True, True]
    assert [any(each in page for page in read[led.self_lead]) for each in words] == [False, False]
    assert [HELD_BACK in page for page in read[led.self_lead]] == [True] * 4


def test_when_no_pairs_are_found_she_reads_one_sentence_for_every_cause(client, led):
    actions.lock(cohort=led.cohort, a=led.doctors[0], b=led.herself, by=led.other_lead)
    led.keep_apart()
    for reader, expected in ((led.self_lead, NO_PAIRS_FOUND), (led.other_lead, "Hazel Lead")):
        client.force_login(reader)
        page = client.post(reverse("pairs_find", args=[led.cohort.pk]), follow=True)
        [said] = map(str, page.context["messages"])
        assert expected in said
    assert "exclusion" not in NO_PAIRS_FOUND


def test_what_another_lead_wrote_into_her_application_stays_when_she_saves_it(client, led):
    led.keep_apart()
    client.force_login(led.self_lead)
    edit = reverse("participant_edit", args=[led.herself.pk])
    assert CANARY not in client.get(edit).content.decode()
    sent = {"name": "Hazel Lead", "side": "b", "organisation": led.herself.organisation_id, "kept_apart_from": ""}
    assert client.post(edit, sent).status_code == 302
    led.herself.refresh_from_db()
    assert led.herself.kept_apart_from == [f"{CANARY} Fern", led.doctors[4].name]


@pytest.mark.parametrize("place", ["in the pair", "left over"])
def test_she_is_offered_no_trio_with_a_namesake(client, led, place):
    """Which trio is offered follows from who may be paired with whom, and so would tell of a rule."""
    people = (
        [*led.doctors[:2], led.namesake] if place == "in the pair" else [led.doctors[0], led.managers[0], led.namesake]
    )
    led.cohort.participants.exclude(pk__in=[each.pk for each in people]).update(state="reserve")
    if place == "left over":
        actions.lock(cohort=led.cohort, a=led.doctors[0], b=led.managers[0], by=led.other_lead)
    run = actions.find_pairs(cohort=led.cohort, by=led.other_lead)
    offered = {}
    for reader in (led.other_lead, led.self_lead):
        client.force_login(reader)
        offered[reader] = "Trios you may confirm" in text_of(client.get(run.get_absolute_url()))
    assert offered == {led.other_lead: True, led.self_lead: False}
