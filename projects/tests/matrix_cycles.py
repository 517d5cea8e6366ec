"""Who may use which address of cycles, reviews and requests for support."""

from datetime import date

from django.utils import timezone

from pairs.tests.matrix import ANY_LEADS, INSIDE, PARTNERS
from projects import actions
from projects.tests.worlds import begun, milestone_of, planned, request_of, reviewed
from tests.permissions.table import Row

BOTH = ("GET", "POST")
OWNER, FRIEND = frozenset({"doctor"}), frozenset({"manager"})
PROJECT, OWN = {"project_id": "project"}, {"project_id": "friend_project"}
CYCLE, OWN_CYCLE = {"cycle_id": "cycle"}, {"cycle_id": "own_cycle"}
MILESTONE, REVIEW = {"milestone_id": "friend_milestone"}, {"review_id": "review"}
SUPPORT, OWN_SUPPORT = {"support_id": "support"}, {"support_id": "own_support"}
PLAN = {
    "plan": "Ring the ward",
    "prediction": "Half of them answer",
    "starts_on_0": "1",
    "starts_on_1": "3",
    "starts_on_2": "2027",
}


def studied_cycle(world):
    """Whose act is open."""
    cycle = planned(world.thing("project"), world.participant, plan="Write to the ward")
    more = {"by": world.doctor, "now": timezone.now(), "on": date(2027, 3, 1)}
    actions.do_cycle(cycle=cycle, did="Wrote", **more)
    return actions.study_cycle(cycle=cycle, studied="It helps", **more)


def done_cycle(world):
    cycle = planned(world.thing("project"), world.participant, plan="Ask the ward")
    return actions.do_cycle(cycle=cycle, did="Asked", by=world.doctor, now=timezone.now(), on=date(2027, 3, 1))


def more_of_each(world):
    """In every state, for the lists."""
    for name in ("project", "friend_project"):
        if name not in vars(world):
            continue
        project, doctor = getattr(world, name), world.participant
        for number in range(8):
            planned(project, doctor, plan=f"Plan {number}")
            milestone = milestone_of(project, title=f"Milestone {number}")
            request_of(project, doctor, words=f"Help {number}")
            answered = request_of(project, doctor, words=f"Answered {number}")
            given = {"state": "answered", "answer": "Yes", "now": timezone.now()}
            actions.answer_support(support=answered, by=world.lead, **given)
            if name == "friend_project" and number % 2:
                reviewed(milestone, world.partner)
    if "pair" in vars(world) and "project" not in vars(world):
        for number in range(8):
            request_of(begun(world.pair, world.participant, title=f"Other {number}"), world.participant)


OBJECTS = {
    "cycle": lambda world: planned(world.thing("project"), world.participant),
    "own_cycle": lambda world: planned(world.thing("friend_project"), world.participant),
    "done_cycle": done_cycle,
    "tested_project": lambda world: planned(world.thing("project"), world.participant).project,
    "own_tested_project": lambda world: planned(world.thing("friend_project"), world.participant).project,
    "studied_cycle": studied_cycle,
    "friend_milestone": lambda world: milestone_of(world.thing("friend_project")),
    "review": lambda world: reviewed(milestone_of(world.thing("friend_project"), title="Reviewed"), world.partner),
    "support": lambda world: request_of(world.thing("project"), world.participant),
    "own_support": lambda world: request_of(world.thing("friend_project"), world.participant),
}
GROW = [more_of_each]

ROWS = [
    Row(url="cycle_list", ids={"project_id": "tested_project"}, may=PARTNERS, may_not=ANY_LEADS),
    Row(url="cycle_list", ids={"project_id": "own_tested_project"}, may=PARTNERS, may_not=ANY_LEADS),
    Row(url="cycle_create", ids=PROJECT, may=PARTNERS, may_not=ANY_LEADS, methods=BOTH, post=PLAN),
    Row(url="cycle_create", ids=OWN, may=OWNER, may_not=FRIEND | ANY_LEADS, methods=BOTH, post=PLAN),
    Row(url="cycle_detail", ids=CYCLE, may=PARTNERS),
    Row(url="cycle_detail", ids=OWN_CYCLE, may=PARTNERS),
    Row(url="cycle_edit", ids=CYCLE, may=PARTNERS, methods=BOTH, post=PLAN),
    Row(url="cycle_edit", ids=OWN_CYCLE, may=OWNER, may_not=FRIEND, methods=BOTH, post=PLAN),
    Row(url="cycle_do", ids=CYCLE, may=PARTNERS, methods=BOTH, post={"did": "Rang"}),
    Row(url="cycle_do", ids=OWN_CYCLE, may=OWNER, may_not=FRIEND, methods=BOTH, post={"did": "Rang"}),
    Row(url="cycle_study", ids={"cycle_id": "done_cycle"}, may=PARTNERS, methods=BOTH, post={"studied": "It helps"}),
    Row(url="cycle_study", ids=OWN_CYCLE, may=OWNER, may_not=FRIEND, methods=BOTH, post={"studied": "It helps"}),
    Row(url="cycle_act", ids={"cycle_id": "studied_cycle"}, may=PARTNERS, methods=BOTH, post={"act": "adapt"}),
    Row(url="cycle_act", ids=OWN_CYCLE, may=OWNER, may_not=FRIEND, methods=BOTH, post={"act": "adapt"}),
    Row(url="review_list", ids=PROJECT, may=PARTNERS, may_not=ANY_LEADS),
    Row(url="review_list", ids=OWN, may=PARTNERS, may_not=ANY_LEADS),
    Row(url="review_ask", ids=MILESTONE, may=OWNER, may_not=FRIEND, methods=BOTH),
    Row(url="review_create", ids=MILESTONE, may=FRIEND, may_not=OWNER, methods=BOTH, post={"strong": "The aim"}),
    Row(url="review_detail", ids=REVIEW, may=PARTNERS),
    Row(url="review_edit", ids=REVIEW, may=FRIEND, may_not=OWNER, methods=BOTH, post={"ask": "Who else?"}),
    Row(url="support_list", ids=PROJECT, may=PARTNERS | ANY_LEADS),
    Row(url="support_list", ids=OWN, may=PARTNERS | ANY_LEADS),
    Row(
        url="support_create",
        ids=PROJECT,
        may=PARTNERS,
        may_not=ANY_LEADS,
        methods=BOTH,
        post={"kind": "data", "words": "Figures of last year"},
    ),
    Row(
        url="support_create",
        ids=OWN,
        may=OWNER,
        may_not=FRIEND | ANY_LEADS,
        methods=BOTH,
        post={"kind": "data", "words": "Figures of last year"},
    ),
    Row(url="support_queue", ids={"cohort_id": "cohort"}, may=ANY_LEADS, may_not=INSIDE - ANY_LEADS),
    Row(url="support_detail", ids=SUPPORT, may=PARTNERS | ANY_LEADS),
    Row(url="support_detail", ids=OWN_SUPPORT, may=PARTNERS | ANY_LEADS),
    Row(
        url="support_answer",
        ids=SUPPORT,
        may=ANY_LEADS,
        may_not=PARTNERS,
        methods=BOTH,
        post={"state": "answered", "answer": "On Monday"},
    ),
    Row(url="support_close", ids=SUPPORT, may=PARTNERS, may_not=ANY_LEADS, methods=("POST",)),
    Row(url="support_close", ids=OWN_SUPPORT, may=OWNER, may_not=FRIEND | ANY_LEADS, methods=("POST",)),
]
