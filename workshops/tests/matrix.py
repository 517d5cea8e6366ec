"""Who may use which address of workshops."""

from datetime import timedelta

from django.utils import timezone

from bookings.models import Attendee
from cohorts.choices import Side
from cohorts.tests.factories import ParticipantFactory, UserFactory
from elements import clock
from pairs.tests.matrix import ANY_LEADS, INSIDE, LEADS, PARTNERS
from projects.tests.decks import PDF, uploaded
from tests.permissions.table import EVERYBODY, Row
from workshops import actions, room_code
from workshops.forms.dates import day_field
from workshops.models import Feedback, Material, Meeting, Need, ProposedDate, TimeGiven, Workshop
from workshops.tests.worlds import answered, attended, booked, day_before, one, planned, planned_today

BOTH = ("GET", "POST")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TAKES_PART = PARTNERS | {"colleague"}
HERE = ANY_LEADS | TAKES_PART | {"facilitator"}  # who see workshops of the cohort
HOSTS = LEADS | {"facilitator"}  # who look after a date that the facilitator hosts
COHORT, WORKSHOP, MATERIAL = {"cohort_id": "cohort"}, {"workshop_id": "workshop"}, {"material_id": "material"}
SERIES = {"cohort_id": "cohort_with_series"}
AHEAD, TODAY, PAST = {"meeting_id": "meeting"}, {"meeting_id": "meeting_today"}, {"meeting_id": "meeting_over"}


def workshop(world) -> Workshop:
    """With a date in seven weeks."""
    made = one(world.cohort, world.lead, aims="Name who decides what", needs_until=clock.today() + 7 * DAY)
    planned(made, world.lead, starts_at=clock.at(clock.today() + 49 * DAY), now=timezone.now())
    return made


def hosted_workshop(world) -> Workshop:
    """The facilitator hosts its dates, and so looks after what is read for it."""
    return one(world.cohort, world.lead, title="Hosted")


def cohort_with_series(world):
    """With one workshop that has a date, and one that has none."""
    world.thing("workshop")
    world.thing("bare_workshop")
    return world.cohort


def bare_workshop(world) -> Workshop:
    return one(world.cohort, world.lead, title="Nothing hangs on it")


def material(world) -> Material:
    given = {"name": "slides.pdf", "content_type": "application/pdf", "content": PDF}
    known = {"workshop": world.thing("workshop"), "by": world.lead, "now": timezone.now()}
    actions.add_link(when="before", label="Reading", url="https://trust.example/reading", **known)
    return actions.keep_file(when="after", label="Slides", **given, **known)


def _meeting(world, starts_at, now=None, capacity=30, **more) -> Meeting:
    given = {"hosts": [world.facilitator], "starts_at": starts_at, "now": now or timezone.now(), "capacity": capacity}
    return planned(world.thing("hosted_workshop"), world.lead, **{**given, **more})


def meeting(world) -> Meeting:
    """In three weeks; the doctor has a place."""
    made = _meeting(world, clock.at(clock.today() + 21 * DAY))
    booked(made, world.participant, now=timezone.now())
    return made


def booked_meeting(world) -> Meeting:
    """In five weeks, of another workshop; all three have a place."""
    of, now = one(world.cohort, world.lead, title="Booked by all"), timezone.now()
    made = planned(of, world.lead, starts_at=clock.at(clock.today() + 35 * DAY), now=now)
    booked(made, world.participant, world.partner, world.colleague_participant, now=now)
    return made


def other_meeting(world) -> Meeting:
    """In four weeks, with a place for everybody."""
    return _meeting(world, clock.at(clock.today() + 28 * DAY))


def meeting_today(world) -> Meeting:
    """It lasts the whole of today; all three have a place."""
    of = one(world.cohort, world.lead, title="Today")
    made = planned_today(of, world.lead, hosts=[world.facilitator])
    now = day_before(made.session.starts_at)
    booked(made, world.participant, world.partner, world.colleague_participant, now=now)
    return made


def meeting_over(world) -> Meeting:
    """It was yesterday; everybody was there and may answer, and the doctor has."""
    now = timezone.now()
    made = _past(world, now - DAY)
    attended(made, world.lead, now)
    made.refresh_from_db()
    return made


def _past(world, starts_at) -> Meeting:
    now = starts_at - 20 * DAY
    of = one(world.cohort, world.lead, title="It was")
    made = planned(of, world.lead, hosts=[world.facilitator], starts_at=starts_at, now=now)
    booked(made, world.participant, world.partner, world.colleague_participant, now=now)
    return made


def meeting_unmarked(world) -> Meeting:
    """It was yesterday, and nobody has said who was there."""
    return _past(world, timezone.now() - DAY)


def offered_meeting(world) -> Meeting:
    """One place, which a third had and gave back: it is offered to the doctor."""
    of = one(world.cohort, world.lead, title="In demand")
    now = timezone.now()
    made = planned(of, world.lead, hosts=[], starts_at=clock.at(clock.today() + 35 * DAY), now=now, capacity=1)
    booked(made, world.second_participant, world.participant, now=now)
    first = Attendee.objects.get(session=made.pk, participant=world.second_participant).booking
    actions.give_place_back(booking=first, by=world.second, now=now)
    return made


def attendee(world) -> Attendee:
    return Attendee.objects.get(session=world.thing("meeting_today").pk, participant=world.participant, is_live=True)


def attendee_ahead(world) -> Attendee:
    return Attendee.objects.get(session=world.thing("meeting").pk, participant=world.participant, is_live=True)


def missed_workshop(world) -> Workshop:
    """It took place without any of these three."""
    of, now = one(world.cohort, world.lead, title="Missed"), timezone.now()
    planned(of, world.lead, hosts=[world.facilitator], starts_at=now - DAY, now=now - 20 * DAY)
    return of


def told_workshop(world) -> Workshop:
    """With answers that are shown."""
    now = timezone.now()
    made = _past(world, now - 30 * DAY)
    more = [ParticipantFactory(cohort=world.cohort, side=Side.A) for _ in range(4)]
    booked(made, *more, now=now - 40 * DAY)
    attended(made, world.lead, now - 29 * DAY)
    for number, each in enumerate(more):
        said = {"keep": "Keep the break", "change": "Shorter", "action": "Ask again"}
        answered(made, each, now=now - 28 * DAY, relevant=1 + number % 5, **said)
    answered(made, world.participant, now=now - 28 * DAY, keep="Keep the room", change="Less", action="Ask")
    actions.close_feedback(meeting=made, now=now)
    _answered_by_one(world, made.workshop)
    return made.workshop


def _answered_by_one(world, of: Workshop) -> None:
    """Another date, of which one answer waits until there are more."""
    now = timezone.now()
    made = planned(of, world.lead, hosts=[world.facilitator], starts_at=now - 25 * DAY, now=now - 40 * DAY)
    booked(made, world.second_participant, now=now - 40 * DAY)
    attended(made, world.lead, now - 24 * DAY)
    answered(made, world.second_participant, now=now - 23 * DAY)
    actions.close_feedback(meeting=made, now=now)


def need(world) -> Need:
    of = one(world.cohort, world.lead, title="Wanted", needs_until=clock.today() + 7 * DAY)
    said = {"workshop": of, "participant": world.participant, "by": world.doctor, "on": clock.today()}
    actions.say_need(confidence=3, words="More practice", **said)
    return Need.objects.get(workshop=of)


def wanted_workshop(world) -> Workshop:
    return world.thing("need").workshop


def time_given(world) -> TimeGiven:
    """Hours that a lead added, beside a session that took place."""
    world.thing("meeting_over")
    day = clock.today()
    return actions.add_time(cohort=world.cohort, what="Preparing", spent_on=day, minutes=90, by=world.lead)


def cohort_with_time(world):
    world.thing("time_given")
    return world.cohort


def many_hours(world):
    if "time_given" in vars(world):
        for number in range(8):
            known = {"cohort": world.cohort, "spent_on": clock.today(), "minutes": 30, "by": world.lead}
            actions.add_time(what=f"Thing {number}", **known)
            planned(
                world.meeting_over.workshop,
                world.lead,
                hosts=[world.facilitator, world.lead],
                starts_at=timezone.now() - (2 + number) * DAY,
                now=timezone.now() - 30 * DAY,
            )


def many_workshops(world):
    """Many of everything that a page of this room lists; a page that shows none of it is left alone."""
    now, made = timezone.now(), vars(world)
    if not {"workshop", "meeting_today"} & made.keys():
        return
    people = [ParticipantFactory(cohort=world.cohort) for _ in range(6)]
    for number in range(6 if "workshop" in made else 0):
        known = {"by": world.lead, "now": now, "url": f"https://trust.example/{number}"}
        actions.add_link(workshop=world.workshop, when="after", label=f"Page {number}", **known)
        planned(world.workshop, world.lead, starts_at=clock.at(clock.today() + (60 + number) * DAY), now=now)
    for name in ("meeting", "meeting_today"):
        if name in vars(world):
            date = world.thing(name)
            booked(date, *people, now=min(now, day_before(date.session.starts_at)))
            for _ in range(6):
                date.session.hosts.create(user=UserFactory())
    if "cohort_with_series" in vars(world):
        for number in range(8):
            of = one(world.cohort, world.lead, title=f"Workshop {number}")
            if number % 2:
                planned(of, world.lead, starts_at=clock.at(clock.today() + (30 + number) * DAY), now=now)


def many_answers(world):
    if "told_workshop" in vars(world):
        for _ in range(6):
            numbers = dict.fromkeys(("met_aims", "relevant", "facilitated", "confident"), 3)
            told = {"is_shown": True, "tells_keep": True, "tells_relevant": True}
            Feedback.objects.create(workshop=world.told_workshop, keep="More", **told, **numbers)


def proposed(world) -> ProposedDate:
    """For a workshop without a date, after one of another."""
    meeting = world.thing("meeting")
    known = {"workshop": world.thing("bare_workshop"), "cohort": world.cohort, "like": meeting}
    return ProposedDate.objects.create(falls_on=clock.today() + 300 * DAY, **known)


def cohort_with_proposed(world):
    world.thing("proposed")
    return world.cohort


def many_proposed(world):
    if "proposed" in vars(world):
        for number in range(6):
            of, starts_at = one(world.cohort, world.lead, title=f"Last {number}"), clock.at(clock.today() + 40 * DAY)
            like = planned(of, world.lead, hosts=[world.facilitator], starts_at=starts_at, now=timezone.now())
            day = clock.today() + (310 + number) * DAY
            ProposedDate.objects.create(workshop=world.bare_workshop, cohort=world.cohort, like=like, falls_on=day)


OBJECTS = {
    "workshop": workshop,
    "bare_workshop": bare_workshop,
    "hosted_workshop": hosted_workshop,
    "cohort_with_series": cohort_with_series,
    "material": material,
    "meeting": meeting,
    "booked_meeting": booked_meeting,
    "other_meeting": other_meeting,
    "meeting_today": meeting_today,
    "meeting_over": meeting_over,
    "meeting_unmarked": meeting_unmarked,
    "offered_meeting": offered_meeting,
    "attendee": attendee,
    "attendee_ahead": attendee_ahead,
    "missed_workshop": missed_workshop,
    "told_workshop": told_workshop,
    "need": need,
    "wanted_workshop": wanted_workshop,
    "time_given": time_given,
    "cohort_with_time": cohort_with_time,
    "proposed": proposed,
    "cohort_with_proposed": cohort_with_proposed,
    "workshops": lambda world: [world.thing("bare_workshop")],
    "host_choices": lambda world: [(str(world.facilitator.pk), "Kim Elm")],
}
GROW = [many_workshops, many_answers, many_hours, many_proposed]


def workshop_sent(world) -> dict:
    return {"title": "One more", "topic": "change", "aims": "Try something", "asks_feedback": "on"}


def time_sent(days: int = 50) -> dict:
    day = clock.today() + days * DAY
    return {"day_0": str(day.day), "day_1": str(day.month), "day_2": str(day.year), "starts": "2pm", "ends": "5pm"}


def place_sent(world) -> dict:
    return {"place": "Room 7", "link": "", "capacity": "20", "hosts": [str(world.facilitator.pk)]}


def dates_sent(world) -> dict:
    day, field = time_sent(), day_field(world.thing("bare_workshop"))
    return {
        f"{field}_0": day["day_0"],
        f"{field}_1": day["day_1"],
        f"{field}_2": day["day_2"],
        "starts": "2pm",
        "ends": "5pm",
        **place_sent(world),
    }


ANSWER = {
    "met_aims": "4",
    "relevant": "5",
    "facilitated": "3",
    "confident": "4",
    "keep": "",
    "change": "",
    "action": "",
}
MATERIALS = {"label": "Handout", "when": "before", "kind": "file"}

ROWS = [
    Row(url="workshop_list", ids=SERIES, may=HERE, may_not={"evaluator", "sponsor"}),
    Row(url="workshop_set_up", ids=COHORT, may=LEADS, may_not=INSIDE - LEADS, methods=("POST",)),
    Row(url="workshop_create", ids=COHORT, may=LEADS, may_not=INSIDE - LEADS, methods=BOTH, post=workshop_sent),
    Row(url="workshop_dates", ids=SERIES, may=LEADS, may_not=INSIDE - LEADS, methods=BOTH, post=dates_sent),
    Row(
        url="proposed_list",
        ids={"cohort_id": "cohort_with_proposed"},
        may=LEADS,
        may_not=INSIDE - LEADS,
        methods=BOTH,
        post=lambda world: {"dates": [str(world.thing("proposed").pk)]},
    ),
    Row(url="feedback_list", ids=SERIES, may=LEADS, may_not=INSIDE - LEADS),
    Row(
        url="time_given_list",
        ids={"cohort_id": "cohort_with_time"},
        may=LEADS,
        may_not=INSIDE - LEADS,
        methods=BOTH,
        post={
            "what": "Preparing",
            "spent_on_0": "3",
            "spent_on_1": "3",
            "spent_on_2": "2026",
            "minutes_0": "2",
            "minutes_1": "",
        },
    ),
    Row(url="time_given_remove", ids={"time_given_id": "time_given"}, may=LEADS, methods=("POST",)),
    Row(url="hosted_list", may=EVERYBODY),
    Row(url="workshop_detail", ids=WORKSHOP, may=HERE),
    Row(url="workshop_edit", ids=WORKSHOP, may=LEADS, may_not=HERE - LEADS, methods=BOTH, post=workshop_sent),
    Row(
        url="workshop_remove",
        ids={"workshop_id": "bare_workshop"},
        may=LEADS,
        may_not=HERE - LEADS,
        methods=BOTH,
    ),
    Row(url="workshop_move", ids=WORKSHOP, may=LEADS, may_not=HERE - LEADS, methods=("POST",), post={"up": "1"}),
    Row(
        url="material_create",
        ids=WORKSHOP,
        may=LEADS,
        may_not=HERE - LEADS,
        methods=BOTH,
        post=lambda world: {**MATERIALS, "file": uploaded("handout.pdf", PDF)},
    ),
    Row(url="material_download", ids=MATERIAL, may=HERE),
    Row(url="material_remove", ids=MATERIAL, may=LEADS, may_not=HERE - LEADS, methods=BOTH),
    Row(
        url="need_say",
        ids={"workshop_id": "wanted_workshop"},
        may=TAKES_PART,
        may_not=HERE - TAKES_PART,
        methods=BOTH,
        post={"confidence": "3", "words": "More practice"},
    ),
    Row(url="need_list", ids={"workshop_id": "wanted_workshop"}, may=LEADS, may_not=HERE - LEADS),
    Row(
        url="meeting_create",
        ids=WORKSHOP,
        may=LEADS,
        may_not=HERE - LEADS,
        methods=BOTH,
        post=lambda world: {**time_sent(), **place_sent(world)},
    ),
    Row(url="feedback_detail", ids={"workshop_id": "told_workshop"}, may=HOSTS, may_not=HERE - HOSTS),
    Row(
        url="workshop_catch_up",
        ids={"workshop_id": "missed_workshop"},
        may=TAKES_PART,
        may_not=HERE - TAKES_PART,
        methods=BOTH,
    ),
    Row(url="meeting_detail", ids=AHEAD, may=HERE),
    Row(url="meeting_move", ids=AHEAD, may=LEADS, may_not=HERE - LEADS, methods=BOTH, post=lambda _: time_sent()),
    Row(url="meeting_change", ids=AHEAD, may=LEADS, may_not=HERE - LEADS, methods=BOTH, post=place_sent),
    Row(url="meeting_call_it_off", ids=AHEAD, may=LEADS, may_not=HERE - LEADS, methods=BOTH, post={"reason": "Snow"}),
    Row(
        url="meeting_book",
        ids={"meeting_id": "other_meeting"},
        may=TAKES_PART,
        may_not=HERE - TAKES_PART,
        methods=("POST",),
    ),
    Row(
        url="meeting_take",
        ids={"meeting_id": "offered_meeting"},
        may={"doctor"},
        methods=("POST",),
    ),
    Row(
        url="meeting_let_go",
        ids={"meeting_id": "offered_meeting"},
        may={"doctor"},
        methods=("POST",),
    ),
    Row(url="meeting_cancel", ids={"meeting_id": "booked_meeting"}, may=TAKES_PART, methods=BOTH),
    Row(url="meeting_register", ids=TODAY, may=HOSTS, may_not=HERE - HOSTS),
    Row(url="meeting_all_present", ids=TODAY, may=HOSTS, may_not=HERE - HOSTS, methods=("POST",)),
    Row(
        url="meeting_walk_in",
        ids=TODAY,
        may=HOSTS,
        may_not=HERE - HOSTS,
        methods=BOTH,
        post=lambda world: {"person": str(world.second_participant.pk)},
    ),
    Row(
        url="register_mark",
        ids={"attendee_id": "attendee"},
        may=HOSTS,
        may_not={"doctor", "organisation_lead"},
        methods=BOTH,
        post={"attendance": "late", "late_0": "", "late_1": "30"},
    ),
    Row(
        url="register_give_back",
        ids={"attendee_id": "attendee_ahead"},
        may=HOSTS,
        may_not={"doctor", "organisation_lead"},
        methods=BOTH,
    ),
    Row(url="meeting_code", ids=TODAY, may=HOSTS, may_not=HERE - HOSTS),
    Row(
        url="meeting_check_in",
        ids=TODAY,
        may=TAKES_PART,
        may_not=HERE - TAKES_PART,
        methods=BOTH,
        post=lambda world: {"code": room_code.code_of(world.thing("meeting_today"), timezone.now())},
    ),
    Row(url="feedback_give", ids=PAST, may=TAKES_PART, may_not=HERE - TAKES_PART, methods=BOTH, post=ANSWER),
    Row(
        url="workshop_certificate",
        ids={"participant_id": "participant"},
        may={"doctor", *ANY_LEADS},
    ),
]
