"""Who may use which address of this room."""

from datetime import timedelta

from django.utils import timezone

from pairs.partners import partnership
from pairs.tests.matrix import ANY_LEADS, INSIDE, PARTNERS
from shadowing.tests import matrix_reflections
from shadowing.tests.worlds import agreed, begun, log, logged, offered, took_place, typed
from tests.permissions.table import Row

BOTH = ("GET", "POST")
PAIR, VISIT = {"pair_id": "pair"}, {"visit_id": "visit"}
TIME = {"day_0": "9", "day_1": "3", "day_2": "2027", "starts": "2pm", "ends": "4pm"}

# Visits


def parties(world):
    return world.thing("pair"), world.participant, world.partner


def visit(world):
    return agreed(*parties(world))


def visited_pair(world):
    """The doctor's pair, with a visit in its list."""
    return agreed(*parties(world)).pair


def more_visits(world):
    """Visits in every state, each way."""
    if "pair" not in world.__dict__:
        return  # a world of its own kind: nobody is paired there
    pair, doctor, manager = parties(world)
    for _ in range(6):
        agreed(pair, manager, doctor)
        offered(pair, doctor, manager)
        took_place(pair, doctor, manager)
        took_place(pair, manager, doctor, on_the_spot=True)


VISITS = {
    "visit": visit,
    "visited_pair": visited_pair,
    "offered_visit": lambda world: offered(*parties(world)),
    "begun_visit": lambda world: begun(agreed(*parties(world))),
    "logged_visit": lambda world: log(*parties(world), day=timezone.localdate() - timedelta(days=10)),
    "done_visit": lambda world: took_place(*parties(world)),
    "debriefed_visit": lambda world: took_place(*parties(world), on_the_spot=True),
    "partnership": lambda world: partnership(
        type(world.thing("pair")).objects.with_members().get(pk=world.thing("pair").pk), world.doctor
    ),
}
VISIT_ROWS = [
    Row(url="setting_list", ids={"participant_id": "participant"}, may={"doctor"} | ANY_LEADS),
    Row(url="visit_list", ids={"pair_id": "visited_pair"}, may=PARTNERS, may_not=ANY_LEADS),
    Row(
        url="visit_create",
        ids=PAIR,
        may=PARTNERS,
        may_not=ANY_LEADS,
        methods=BOTH,
        post=lambda world: typed(world.partner),
    ),
    Row(
        url="visit_log",
        ids=PAIR,
        may=PARTNERS,
        may_not=ANY_LEADS,
        methods=BOTH,
        post=lambda world: logged(world.thing("pair"), world.partner),
    ),
    Row(url="visit_minutes", ids={"visit_id": "done_visit"}, may=PARTNERS, methods=BOTH, post={"minutes_1": "90"}),
    Row(url="visit_remove", ids={"visit_id": "logged_visit"}, may=PARTNERS, methods=BOTH),
    Row(url="visit_detail", ids=VISIT, may=PARTNERS),
    Row(url="visit_accept", ids={"visit_id": "offered_visit"}, may=PARTNERS, methods=BOTH),
    Row(
        url="visit_edit",
        ids=VISIT,
        may=PARTNERS,
        methods=BOTH,
        post=lambda world: typed(world.partner, day="9 3 2027"),
    ),
    Row(url="visit_prepare", ids=VISIT, may=PARTNERS, methods=BOTH, post={"objectives": "How a list is kept on time"}),
    Row(url="visit_sheet", ids=VISIT, may=PARTNERS),
    Row(url="visit_sheet_pdf", ids=VISIT, may=PARTNERS),
    Row(url="visit_call_off", ids=VISIT, may=PARTNERS, methods=BOTH, post={"reason": "rota"}),
    Row(url="visit_put_off", ids=VISIT, may=PARTNERS, methods=BOTH, post={"reason": "rota", **TIME}),
    Row(
        url="visit_confirm",
        ids={"visit_id": "begun_visit"},
        may=PARTNERS,
        methods=BOTH,
        post={"minutes_1": "120", "talked": "no"},
    ),
    Row(url="visit_missed", ids={"visit_id": "begun_visit"}, may=PARTNERS),
    Row(
        url="visit_debrief",
        ids={"visit_id": "done_visit"},
        may=PARTNERS,
        methods=BOTH,
        post=lambda world: {
            f"debrief_on_{number}": part for number, part in enumerate(reversed(str(world.done_visit.day).split("-")))
        },
    ),
    Row(url="visit_close", ids={"visit_id": "debriefed_visit"}, may=PARTNERS, methods=("POST",)),
    Row(url="reciprocity_list", ids={"cohort_id": "cohort"}, may=ANY_LEADS, may_not=INSIDE - ANY_LEADS),
]

GROW = [more_visits, *matrix_reflections.GROW]
OBJECTS = {**VISITS, **matrix_reflections.OBJECTS}
ROWS = [*VISIT_ROWS, *matrix_reflections.ROWS]
