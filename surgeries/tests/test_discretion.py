"""Nothing that a surgery sends or shows to one who comes says who else does, unless the lead says names."""

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings import actions as places
from bookings.tests.overheard import others_in, told
from surgeries import actions
from surgeries.tests.worlds import ahead, booked, published, read

pytestmark = pytest.mark.django_db
BIRDS = ("Avocet", "Bittern", "Curlew", "Dunlin", "Egret", "Fulmar")
QUESTION = "Grouse in the {name}"


@pytest.fixture
def flock(others):
    """Six people whose names nothing else bears."""
    for person, name in zip(others, BIRDS, strict=False):
        person.name = person.user.name = f"Sam {name}"
        person.user.save()
        person.save()
    return others[: len(BIRDS)]


def happens_to(flock, lead, cohort, place="Room 9", **more):
    """Everything that can: booked, waiting, offered, cancelled, moved, called off. Returns the surgery."""
    now = timezone.now()
    surgery = published(cohort, lead, capacity=3, **more)
    bookings = [booked(surgery, each, words=QUESTION.format(name=each.name)) for each in flock]
    places.cancel_booking(booking=bookings[0], by=flock[0].user, now=now)
    places.accept_offer(booking=bookings[3], by=flock[3].user, now=now)
    same = {"link": "", "capacity": 3, "cut_off_hours": 0, "shows_names": more.get("shows_names", False)}
    actions.change_surgery(surgery=surgery, hosts=[lead], place=place, by=lead, now=now, **same)
    moved = {"starts_at": ahead(20), "ends_at": ahead(21)}
    actions.move_surgery(surgery=read(surgery), by=lead, now=now, **moved)
    return read(surgery)


def heard_by(person, surgery, client) -> dict[str, str]:
    """Every message to this person with its file, her calendar, and the pages that she can open."""
    mine = [each.booking for each in surgery.session.attendees.filter(participant=person)]
    pages = [surgery.get_absolute_url(), reverse("surgery_coming", args=[person.pk]), reverse("home")]
    return told(person.user, client, [*pages, *(reverse("place_detail", args=[each.pk]) for each in mine)])


def test_every_message_file_and_page_of_a_surgery_names_nobody_else(two, flock, client):
    lead, pair, *_ = two
    surgery = happens_to(flock, lead, pair.cohort)
    for is_off in (False, True):
        if is_off:
            actions.call_off_surgery(surgery=surgery, reason="The room is flooded", by=lead, now=timezone.now())
        for person in flock:
            heard = heard_by(person, surgery, client)
            said = "".join(heard.values())
            assert "Room 9" in said or "called off" in said.lower()
            assert others_in(heard, flock, but=person) == []
        # What hosts get by post goes through more hands than the page with what is asked.
        assert others_in(told(lead, client), flock) == []


def test_the_search_finds_a_name_and_an_address_that_are_planted_in_mail_file_and_page(two, flock, client):
    lead, pair, *_ = two
    planted, reader = flock[1:3]
    surgery = happens_to(flock, lead, pair.cohort, place=f"Ask {planted.name}, {planted.user.email}")
    found = others_in(heard_by(reader, surgery, client), flock, but=reader)
    for where in ("bookings.moved", "calendar", surgery.get_absolute_url()):
        assert {word for place, word in found if where in place} == {"Bittern", planted.user.email}
    assert others_in(told(lead, client), flock)


def test_names_are_shown_where_the_lead_says_so_and_questions_never_are(two, flock, client):
    lead, pair, *_ = two
    surgery = happens_to(flock, lead, pair.cohort, shows_names=True)
    client.force_login(flock[1].user)
    said = client.get(surgery.get_absolute_url()).content.decode()
    assert "Curlew" in said
    assert "Grouse" not in said


def test_names_are_shown_to_nobody_who_was_not_told_so(two, flock, client):
    lead, pair, *_ = two
    hidden, shown = published(pair.cohort, lead), published(pair.cohort, lead, starts_at=ahead(12), shows_names=True)
    mine = booked(hidden, flock[0])
    client.force_login(flock[1].user)
    for surgery, is_told in ((hidden, False), (shown, True)):
        said = client.get(reverse("surgery_book", args=[surgery.pk])).content.decode()
        assert ("see each other’s names" in said) is is_told
    client.force_login(flock[0].user)
    said = client.get(reverse("place_swap", args=[mine.pk])).content.decode()
    assert "see each other’s names" in said
    same = {"hosts": [lead], "place": "Room 9", "link": "", "capacity": 6, "cut_off_hours": 0, "by": lead}
    with pytest.raises(actions.NamesStayHidden):
        actions.change_surgery(surgery=hidden, shows_names=True, now=timezone.now(), **same)
    client.force_login(lead)
    page = reverse("surgery_change", args=[hidden.pk])
    assert "shows_names" not in client.get(page).context["form"].fields
    sent = {"hosts": [str(lead.pk)], "place": "Room 9", "capacity": "6", "cut_off": "24", "shows_names": "on"}
    assert "not told that names are shown" in client.post(page, sent).content.decode()
    assert not read(hidden).session.shows_names
    places.cancel_booking(booking=mine, by=lead, now=timezone.now())
    client.post(page, sent)
    assert read(hidden).session.shows_names
    booked(hidden, flock[0])
    client.post(page, {name: text for name, text in sent.items() if name != "shows_names"})
    assert not read(hidden).session.shows_names
