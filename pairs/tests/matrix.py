"""Who may use which address of the hall."""

from datetime import timedelta

from django.utils import timezone

from cohorts.tests.factories import ParticipantFactory
from pairs import actions
from pairs.agreements import accord_of
from pairs.choices import Point
from pairs.forms.free_time import sealed_shifts
from pairs.models import BusyTime, Pair
from pairs.tests.worlds import arranged, have_said, published, shift, shown, typed, week_typed
from tests.permissions.table import Row

LEADS = frozenset({"lead", "programme_lead"})  # without limit to an organisation
ANY_LEADS = LEADS | {"organisation_lead"}
PARTNERS = frozenset({"doctor", "manager"})
INSIDE = ANY_LEADS | PARTNERS | {"colleague", "facilitator", "evaluator", "sponsor"}  # who see the cohort
COHORT, RUN, PAIR = {"cohort_id": "cohort"}, {"run_id": "run"}, {"pair_id": "pair"}
PERSON = {**RUN, "participant_id": "participant"}
BOTH = ("GET", "POST")
FIRST_MOVE = {
    "initiator_side": "a",
    "first_meeting_by_0": "15",
    "first_meeting_by_1": "2",
    "first_meeting_by_2": "2027",
}


def run(world):
    return actions.find_pairs(cohort=world.cohort, by=world.lead)


def reviewed_run(world):
    return actions.review_run(run=run(world), by=world.lead)


def published_run(world):
    return published(world.cohort, world.lead)


def run_with_trio(world):
    """A draft whose first proposal is a trio."""
    made = run(world)
    shared = made.proposals.with_people()[0]
    placed = {person.pk for proposal in made.proposals.with_people() for person in proposal.people}
    third = ParticipantFactory(cohort=world.cohort, side="a")
    assert third.pk not in placed
    made.proposals.filter(pk=shared.pk).update(third=third)
    return made


def pair(world):
    """The doctor and the manager, who know of each other."""
    actions.lock(cohort=world.cohort, a=world.participant, b=world.partner, by=world.lead)
    shown(published(world.cohort, world.lead))
    return Pair.objects.with_members().get(memberships__participant=world.participant)


def exclusion(world):
    return actions.exclude(
        cohort=world.cohort, one=world.colleague_participant, other=world.second_participant, by=world.lead
    )


def lock(world):
    return actions.lock(cohort=world.cohort, a=world.participant, b=world.partner, by=world.lead)


def private_word(world):
    return actions.name_in_private(participant=world.participant, words="Alex Birch", by=world.doctor)


def more_private_words(world):
    for number in range(12):
        actions.name_in_private(participant=world.participant, words=f"Alex Birch {number}", by=world.doctor)


def pair_that_meets(world):
    """The doctor's pair, with a first meeting ahead."""
    return arranged(world.thing("pair"), world.doctor).pair


def busy_time(world):
    """A time of the doctor's."""
    return busy(world.participant, 1)


def busy(participant, hours):
    """An hour at which somebody cannot meet, some hours from now."""
    starts_at = timezone.now() + timedelta(hours=hours)
    by = participant.user
    actions.add_busy_time(
        participant=participant, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), by=by, now=timezone.now()
    )
    return BusyTime.objects.get(participant=participant, starts_at=starts_at)


def pair_with_hours(world):
    """The doctor's pair, both of whom have said when they can."""
    pair = world.thing("pair")
    for person in (world.participant, world.partner):
        have_said(person)
    return pair


def more_busy_times(world):
    for number in range(40):
        for person in (world.participant, world.partner):
            busy(person, 2 * number + 5)


def participant_with_times(world):
    """The doctor, who cannot meet at some time."""
    world.thing("busy_time")
    return world.participant


def kept_rota(world):
    return {"shifts": sealed_shifts(world.participant, [shift(3)]), "how": "add"}


TERMS = {"rhythm": "Every month", "goals": ["Understand beds", "Try one change"]}


def of(world):
    return Pair.objects.with_members().get(pk=world.thing("pair").pk)


def agreement(world):
    """Written by the doctor and signed by both: so the manager's signature, too, is asked of nobody."""
    found = actions.write_agreement(pair=of(world), by=world.doctor, now=timezone.now(), sign=True, **TERMS)
    actions.sign_agreement(pair=found.pair, by=world.manager, now=timezone.now())
    return found


def signed_pair(world):
    """The doctor's pair, with an agreement in force."""
    return world.thing("agreement").pair


def accord(world):
    world.thing("agreement")
    return accord_of(of(world))


def pulse(world):
    said = {"met_enough": 2, "works_for_me": 1, "wants_call": True, "is_not_working": True, "words": "Too far apart"}
    return actions.say_how_it_goes(pair=of(world), point=Point.MONTH, by=world.doctor, now=timezone.now(), **said)


def cohort_that_told(world):
    return world.thing("pulse").cohort


def cohort_of_pairs(world):
    return world.thing("pair").cohort


def more_pulses(world):
    """Of many other people of the cohort, where one has said it."""
    for number in range(12 if "pulse" in world.__dict__ else 0):
        someone = ParticipantFactory(cohort=world.cohort, side="a", user__name=f"Person {number:03}")
        other = Pair.objects.create(
            cohort=world.cohort,
            started_on=world.cohort.starts_on,
            shown_from=timezone.now(),
            initiator=someone,
            first_meeting_by=world.cohort.starts_on,
        )
        other.memberships.create(cohort=world.cohort, participant=someone, since=world.cohort.starts_on)
        said = {"met_enough": 2, "works_for_me": 1, "wants_call": True}
        actions.say_how_it_goes(pair=other, point=Point.MONTH, by=someone.user, now=timezone.now(), **said)


def more_versions(world):
    """Of the doctor's agreement, each signed by both, where there is one."""
    if "agreement" not in world.__dict__:
        return
    for number in range(12):
        goals = [f"Goal {number}", "Another", "A third"]
        given = {"pair": of(world), "now": timezone.now()}
        actions.write_agreement(by=world.doctor, rhythm="Every month", goals=goals, sign=True, **given)
        actions.sign_agreement(by=world.manager, **given)


def participant_who_left(world):
    """The doctor, with a pair that is over beside the one that the others here are about."""
    day, told = world.cohort.starts_on, {"shown_from": timezone.now() - timedelta(days=1)}
    place = {"cohort": world.cohort, "initiator": world.participant, "started_on": day, "first_meeting_by": day}
    over = Pair.objects.create(**place, **told, ended_on=day, end_kind="moved", ended_by=world.lead)
    for person in (world.participant, world.partner):
        over.memberships.create(cohort=world.cohort, participant=person, since=day, until=day)
    return world.participant


GROW = [more_private_words, more_busy_times, more_pulses, more_versions]
OBJECTS = {
    "private_word": private_word,
    "pair_that_meets": pair_that_meets,
    "run": run,
    "reviewed_run": reviewed_run,
    "published_run": published_run,
    "run_with_trio": run_with_trio,
    "pair": pair,
    "busy_time": busy_time,
    "exclusion": exclusion,
    "participant_with_times": participant_with_times,
    "pair_with_hours": pair_with_hours,
    "agreement": agreement,
    "signed_pair": signed_pair,
    "accord": accord,
    "pulse": pulse,
    "participant_who_left": participant_who_left,
    "cohort_that_told": cohort_that_told,
    "cohort_of_pairs": cohort_of_pairs,
    "pair_lock": lock,
}


def two_people(world):
    return {"a": world.participant.pk, "b": world.partner.pk}


def answer(world):
    ids = {"participant": world.participant.pk, "other": world.partner.pk}
    return {**ids, "part": "manager", "is_meant": "no"}


def swap(world):
    first, second = world.run.proposals.all()
    return {"first": first.pk, "second": second.pk}


def trio(world):
    return {"newcomer": world.participant.pk, "proposal": world.run.proposals.first().pk}


def third(world):
    return {"proposal": world.run_with_trio.proposals.exclude(third=None).get().pk}


WRITTEN = {"rhythm": "Every month", "goal_1": "Understand beds", "goal_2": "Try one change"}
MARKED = {"state_1": "reached", "state_2": "on_the_way", "note_2": "Half done"}
SAID = {"met_enough": "4", "works_for_me": "5", "wants_call": "no"}
WEIGHTS = dict.fromkeys(("directorate", "site", "days", "wishes", "interests", "theme", "seniority"), "1")
OF_COHORT = [
    ("pairing", ("GET",), {}),
    ("weights_edit", BOTH, {**WEIGHTS, "aim": "total"}),
    ("exclusion_list", BOTH, lambda world: {"one": world.participant.pk, "other": world.partner.pk}),
    ("question_list", BOTH, answer),
    ("lock_list", BOTH, two_people),
    ("pairs_find", ("POST",), {}),
    ("run_list", ("GET",), {}),
    ("pair_create", BOTH, lambda world: {**two_people(world), **FIRST_MOVE}),
]
OF_RUN = [
    ("run_detail", ("GET",), {}),
    ("run_left_over", ("GET",), {}),
    ("run_aims", ("GET",), {}),
    ("run_swap", BOTH, swap),
    ("run_trio", ("POST",), trio),
    ("run_compare", ("GET",), {}),
    ("run_review", ("POST",), {}),
    ("run_reopen", ("POST",), {}),
    ("run_discard", BOTH, {}),
]
ROWS = [
    *(
        Row(url=url, ids=COHORT, may=LEADS, may_not=INSIDE - LEADS, methods=methods, post=post)
        for url, methods, post in OF_COHORT
    ),
    *(Row(url=url, ids=RUN, may=LEADS, methods=methods, post=post) for url, methods, post in OF_RUN),
    Row(url="run_person", ids=PERSON, may=LEADS),
    Row(url="run_reserve", ids=PERSON, may=LEADS, methods=BOTH),
    Row(url="run_dissolve", ids={"run_id": "run_with_trio"}, may=LEADS, methods=("POST",), post=third),
    Row(url="run_publish", ids={"run_id": "reviewed_run"}, may=LEADS, methods=BOTH, post=FIRST_MOVE),
    Row(url="run_published", ids={"run_id": "published_run"}, may=LEADS),
    Row(url="run_undo", ids={"run_id": "published_run"}, may=LEADS, methods=("POST",)),
    Row(
        url="private_word_list",
        ids={"participant_id": "participant"},
        may={"doctor"},
        may_not=ANY_LEADS,
        methods=BOTH,
        post={"words": "Robin Cedar"},
    ),
    *(
        Row(
            url=url,
            ids={"participant_id": "participant_with_times"},
            may={"doctor"},
            may_not=ANY_LEADS,
            methods=methods,
            post=post,
        )
        for url, methods, post in (
            ("when_you_can", BOTH, {"day_0": "1", "day_1": "1", "day_2": "2027", "starts": "2pm", "ends": "3pm"}),
            ("usual_hours_edit", BOTH, week_typed()),
            ("rota_read", BOTH, {"text": "BEGIN:VCALENDAR"}),
            ("rota_keep", ("POST",), kept_rota),
            ("rota_drop", ("POST",), {}),
        )
    ),
    Row(url="busy_time_remove", ids={"busy_id": "busy_time"}, may={"doctor"}, methods=("POST",)),
    Row(url="free_time", ids=PAIR, may=PARTNERS, may_not=ANY_LEADS),
    Row(url="free_time", ids={"pair_id": "pair_with_hours"}, may=PARTNERS, may_not=ANY_LEADS),
    Row(url="free_time_ask", ids=PAIR, may=PARTNERS, may_not=ANY_LEADS, methods=("POST",)),
    Row(url="private_word_take_back", ids={"word_id": "private_word"}, may={"doctor"}, methods=("POST",)),
    Row(url="exclusion_lift", ids={"exclusion_id": "exclusion"}, may=LEADS, methods=BOTH),
    Row(url="lock_lift", ids={"lock_id": "pair_lock"}, may=LEADS, methods=BOTH),
    Row(url="pair_list", ids=COHORT, may=ANY_LEADS, may_not=INSIDE - ANY_LEADS),
    Row(url="quiet_list", ids={"cohort_id": "cohort_of_pairs"}, may=ANY_LEADS, may_not=INSIDE - ANY_LEADS),
    Row(url="pair_detail", ids=PAIR, may=ANY_LEADS | PARTNERS),
    Row(url="kept_list", ids={"participant_id": "participant_who_left"}, may={"doctor"}, may_not=ANY_LEADS),
    Row(url="meeting_edit", ids=PAIR, may=PARTNERS, may_not=ANY_LEADS, methods=BOTH, post=typed()),
    Row(
        url="meeting_call_off",
        ids={"pair_id": "pair_that_meets"},
        may=PARTNERS,
        may_not=ANY_LEADS,
        methods=BOTH,
    ),
    Row(url="agreement_detail", ids={"pair_id": "signed_pair"}, may=PARTNERS, may_not=ANY_LEADS),
    Row(
        url="agreement_edit",
        ids={"pair_id": "signed_pair"},
        may=PARTNERS,
        may_not=ANY_LEADS,
        methods=BOTH,
        post=WRITTEN,
    ),
    Row(url="agreement_sign", ids={"pair_id": "signed_pair"}, may=PARTNERS, may_not=ANY_LEADS, methods=("POST",)),
    Row(url="agreement_version", ids={"agreement_id": "agreement"}, may=PARTNERS),
    Row(url="agreement_pdf", ids={"agreement_id": "agreement"}, may=PARTNERS),
    Row(
        url="goals_review",
        ids={"pair_id": "signed_pair"},
        may=PARTNERS,
        may_not=ANY_LEADS,
        methods=BOTH,
        post=MARKED,
    ),
    Row(url="pulse_edit", ids=PAIR, may=PARTNERS, may_not=ANY_LEADS, methods=BOTH, post=SAID),
    Row(url="pulse_list", ids={"cohort_id": "cohort_that_told"}, may=ANY_LEADS, may_not=INSIDE - ANY_LEADS),
    Row(url="pulse_detail", ids={"pulse_id": "pulse"}, may=ANY_LEADS),
    Row(url="pulse_hear", ids={"pulse_id": "pulse"}, may=ANY_LEADS, methods=("POST",)),
    *(
        Row(
            url=url,
            ids=PAIR,
            may=LEADS,
            may_not=PARTNERS | {"organisation_lead"},
            methods=BOTH,
            post={"kind": "moved"},
        )
        for url in ("pair_pause", "pair_resume", "pair_end")
    ),
]
