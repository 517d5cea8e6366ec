"""Who may use which address of this room."""

from datetime import timedelta

from django.utils import timezone

from bookings import actions as places
from bookings.models import Booking
from pairs.tests.matrix import ANY_LEADS
from projects.tests.worlds import begun as begun_project
from surgeries import actions
from surgeries.actions.noting import Deed
from surgeries.tests.worlds import ahead, begun, booked, published, typed
from tests.permissions.table import Row

BOTH = ("GET", "POST")
PEOPLE = frozenset({"doctor", "manager", "colleague"})  # who take part in the cohort
LEADS = frozenset({"lead", "programme_lead"})  # without limit to an organisation; the lead is host
ONE, PLACE = {"surgery_id": "surgery"}, {"booking_id": "place"}
INSIDE = PEOPLE | {"facilitator", "evaluator", "sponsor"}
TIME = ("day_0", "day_1", "day_2", "starts", "ends")
ORGANISATION = frozenset({"organisation_lead"})


def surgery(world):
    """With a place taken by somebody who asks nothing of any page here."""
    found = published(world.cohort, world.lead)
    booked(found, world.second_participant)
    return found


def place(world) -> Booking:
    """The doctor's, with her question and project."""
    project = begun_project(world.thing("pair"), world.participant, title="Letters for a surgery")
    return booked(world.thing("surgery"), world.participant, project=project)


def other_surgery(world):
    return published(world.cohort, world.lead, starts_at=ahead(12))


def begun_surgery(world):
    """One that began this minute, with the doctor in it."""
    found = published(world.cohort, world.lead, starts_at=ahead(3))
    world.thing("pair")
    world.begun_place = booked(found, world.participant)
    found, deed = begun(found), Deed(world.participant, "Ask the ward for last year's figures")
    given = {"words": "Begin with the letters", "deeds": [deed], "by": world.lead, "now": timezone.now()}
    actions.write_note(booking=world.begun_place, **given)
    return found


def empty_surgery(world):
    """One that nobody books."""
    return published(world.cohort, world.lead, starts_at=ahead(5))


def begun_place(world) -> Booking:
    world.thing("begun_surgery")
    return world.begun_place


def offered_place(world) -> Booking:
    """The doctor waited, and the one place came free."""
    found = published(world.cohort, world.lead, starts_at=ahead(14), capacity=1)
    first = booked(found, world.colleague_participant)
    mine = booked(found, world.participant)
    places.cancel_booking(booking=first, by=world.colleague, now=timezone.now())
    return mine


def gathering_place(world) -> Booking:
    """The doctor and the manager need two places, and one is free."""
    found = published(world.cohort, world.lead, starts_at=ahead(16), capacity=2)
    first = booked(found, world.colleague_participant)
    booked(found, world.second_participant)
    mine = booked(found, world.participant, pair=world.thing("pair"))
    places.cancel_booking(booking=first, by=world.colleague, now=timezone.now())
    return mine


def allowed(world) -> None:
    """More than one each, so that the rows of one world do not hinder each other."""
    actions.set_allowance(cohort=world.cohort, open_bookings=10, by=world.lead)


def with_room(make):
    def made(world):
        allowed(world)
        return make(world)

    return made


def more_surgeries(world) -> None:
    """Ahead, over and booked by many."""
    if "surgery" not in vars(world):
        return  # pages of other rooms ask once more as soon as there is any message about a session, however many
    allowed(world)
    for number in range(6):
        found = published(world.cohort, world.lead, starts_at=ahead(20 + number))
        for person in (world.participant, world.second_participant, world.colleague_participant):
            booked(found, person)
        if number % 2:
            begun(found, ago=timedelta(days=3 + number))
    for each in ("surgery", "begun_surgery"):
        if each in vars(world):
            for person in (world.second_participant, world.colleague_participant):
                if each == "surgery":
                    booked(vars(world)[each], person)
                else:
                    places.walk_in(session=vars(world)[each].session, party=[person], by=world.lead, now=timezone.now())


OBJECTS = {
    "surgery": with_room(surgery),
    "place": place,
    "other_surgery": with_room(other_surgery),
    "begun_surgery": with_room(begun_surgery),
    "empty_surgery": with_room(empty_surgery),
    "begun_place": begun_place,
    "offered_place": with_room(offered_place),
    "gathering_place": with_room(gathering_place),
}
GROW = [more_surgeries]


ROWS = [
    Row(url="surgery_coming", ids={"participant_id": "participant"}, may={"doctor"}, may_not=ANY_LEADS),
    Row(
        url="surgery_list",
        ids={"cohort_id": "cohort"},
        may=ANY_LEADS,
        may_not=PEOPLE | {"facilitator", "evaluator", "sponsor"},
    ),
    Row(
        url="surgery_publish",
        ids={"cohort_id": "cohort"},
        may=LEADS,
        may_not=ORGANISATION | INSIDE,
        methods=BOTH,
        post=lambda world: typed(world.lead),
    ),
    Row(
        url="allowance_edit",
        ids={"cohort_id": "cohort"},
        may=LEADS,
        may_not=ORGANISATION | INSIDE,
        methods=BOTH,
        post={"open_bookings": "2"},
    ),
    Row(url="surgery_detail", ids=ONE, may=PEOPLE | ANY_LEADS),
    Row(
        url="surgery_book",
        ids={"surgery_id": "other_surgery"},
        may=PEOPLE,
        may_not=ANY_LEADS,
        methods=BOTH,
        post={"words": "Where to begin?"},
    ),
    Row(
        url="surgery_change",
        ids=ONE,
        may=LEADS,
        may_not=PEOPLE | ORGANISATION,
        methods=BOTH,
        post=lambda world: {"hosts": [str(world.lead.pk)], "place": "Room 9", "capacity": "6", "cut_off": "24"},
    ),
    Row(
        url="surgery_move",
        ids=ONE,
        may=LEADS,
        may_not=PEOPLE | ORGANISATION,
        methods=BOTH,
        post=lambda world: {
            name: typed(world.lead, days=11)[name] for name in ("day_0", "day_1", "day_2", "starts", "ends")
        },
    ),
    Row(
        url="surgery_call_off",
        ids={"surgery_id": "empty_surgery"},
        may=LEADS,
        may_not=PEOPLE | ORGANISATION,
        methods=BOTH,
        post={"reason": "The lead is on leave"},
    ),
    Row(url="surgery_questions", ids=ONE, may=LEADS, may_not=PEOPLE | ORGANISATION),
    Row(
        url="surgery_register",
        ids={"surgery_id": "begun_surgery"},
        may=LEADS,
        may_not=PEOPLE | ORGANISATION,
        methods=BOTH,
        post={"all": "1"},
    ),
    Row(
        url="surgery_walk_in",
        ids={"surgery_id": "begun_surgery"},
        may=LEADS,
        may_not=PEOPLE | ORGANISATION,
        methods=BOTH,
        post=lambda world: {"person": str(world.colleague_participant.pk)},
    ),
    Row(url="place_detail", ids=PLACE, may={"doctor"} | LEADS, may_not=ORGANISATION),
    Row(url="place_detail", ids={"booking_id": "begun_place"}, may={"doctor"} | LEADS, may_not=ORGANISATION),
    Row(
        url="place_detail",
        ids={"booking_id": "gathering_place"},
        may={"doctor", "manager"} | LEADS,
        may_not=ORGANISATION,
    ),
    Row(
        url="place_question",
        ids=PLACE,
        may={"doctor"},
        may_not=ANY_LEADS,
        methods=BOTH,
        post={"project": "none", "words": "Another question"},
    ),
    Row(url="place_take", ids={"booking_id": "offered_place"}, may={"doctor"}, may_not=ANY_LEADS, methods=("POST",)),
    Row(url="place_let_go", ids={"booking_id": "offered_place"}, may={"doctor"}, may_not=ANY_LEADS, methods=BOTH),
    Row(url="place_cancel", ids=PLACE, may={"doctor"} | LEADS, may_not=ORGANISATION, methods=BOTH),
    Row(
        url="place_swap",
        ids=PLACE,
        may={"doctor"},
        may_not=ANY_LEADS,
        methods=BOTH,
        post=lambda world: {"into": f"{world.thing('other_surgery').pk}:"},
    ),
    Row(
        url="place_note",
        ids={"booking_id": "begun_place"},
        may=LEADS,
        may_not=ORGANISATION | {"doctor"},
        methods=BOTH,
        post={"words": "They begin with the letters", "deeds-TOTAL_FORMS": "0", "deeds-INITIAL_FORMS": "0"},
    ),
    Row(
        url="place_pass_over",
        ids={"booking_id": "gathering_place"},
        may=LEADS,
        may_not=ORGANISATION | {"doctor", "manager"},
        methods=("POST",),
    ),
]
