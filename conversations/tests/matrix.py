"""Who may use which address of conversations."""

from datetime import timedelta

from conversations.models import Conversation
from conversations.questions import token_of
from conversations.tests.factories import asked, held, planned, typed_today
from elements import clock
from pairs.tests.worlds import typed as typed_when
from tests.permissions.table import Row

LEADS = frozenset({"lead", "programme_lead"})  # without limit to an organisation
ANY_LEADS = LEADS | {"organisation_lead"}
PARTNERS = frozenset({"doctor", "manager"})
INSIDE = ANY_LEADS | PARTNERS | {"colleague", "facilitator", "evaluator", "sponsor"}
BOTH = ("GET", "POST")
PAIR, COHORT = {"pair_id": "pair"}, {"cohort_id": "cohort"}
PLANNED, HELD = {"conversation_id": "planned_conversation"}, {"conversation_id": "conversation"}


def planned_conversation(world):
    return planned(world.thing("pair"), world.doctor)


def conversation(world):
    given = {"prompts": ("week",), "summary": "We spoke of rotas", "note": "To myself", "minutes": 45}
    return held(world.thing("pair"), world.doctor, **given)


def pair_that_talks(world):
    world.thing("conversation")
    return world.thing("pair")


def conversation_to_confirm(world):
    """Planned for yesterday."""
    made = planned(world.thing("pair"), world.doctor)
    back = clock.at(clock.today() - timedelta(days=1))
    times = {"starts_at": back, "ends_at": back + timedelta(hours=1), "falls_on": clock.local(back).date()}
    Conversation.objects.filter(pk=made.pk).update(**times)
    made.refresh_from_db()
    return made


def meeting_question(world):
    return asked(world.thing("pair"), world.participant)


def meeting_token(world):
    return token_of(world.thing("meeting_question"))


def many_conversations(world):
    if "pair" not in vars(world):
        return  # a page that shows no pair shows no conversation, and the messages of a new pair would be news to it
    pair, today = world.thing("pair"), clock.today()
    for number in range(1, 13):
        held(pair, world.manager, today - timedelta(days=number))
        planned(pair, world.doctor, today + timedelta(days=100 + number))


GROW = [many_conversations]
OBJECTS = {
    "planned_conversation": planned_conversation,
    "conversation": conversation,
    "pair_that_talks": pair_that_talks,
    "conversation_to_confirm": conversation_to_confirm,
    "meeting_question": meeting_question,
    "meeting_token": meeting_token,
}


def met_today(world) -> dict[str, str]:
    return {**typed_today(), "minutes": "60"}


OWN = {"may": PARTNERS, "may_not": ANY_LEADS}
PROMPT = {"words": "What would you change tomorrow?", "month": "2"}
ROWS = [
    Row(url="conversation_list", ids={"pair_id": "pair_that_talks"}, **OWN),
    Row(url="conversation_plan", ids=PAIR, **OWN, methods=BOTH, post=typed_when()),
    Row(url="conversation_log", ids=PAIR, **OWN, methods=BOTH, post=met_today),
    Row(url="conversation_detail", ids=HELD, may=PARTNERS),
    Row(url="conversation_move", ids=PLANNED, may=PARTNERS, methods=BOTH, post=typed_when(hour="4pm")),
    Row(url="conversation_call_off", ids=PLANNED, may=PARTNERS, methods=BOTH),
    Row(url="conversation_edit", ids=HELD, may=PARTNERS, methods=BOTH, post=met_today),
    Row(
        url="conversation_edit",
        ids={"conversation_id": "conversation_to_confirm"},
        may=PARTNERS,
        methods=BOTH,
        post=met_today,
    ),
    Row(url="conversation_remove", ids=HELD, may=PARTNERS, methods=BOTH),
    Row(url="note_edit", ids=HELD, may=PARTNERS, methods=BOTH, post={"note": "For me"}),
    Row(
        url="we_met",
        ids={"question_id": "meeting_question", "token": "meeting_token"},
        public=True,
        why="the link of a message; it can only record that two met",
        methods=BOTH,
        post=met_today,
    ),
    *(
        Row(url=url, ids=COHORT, fixed=fixed, may=LEADS, may_not=INSIDE - LEADS, methods=methods, post=post)
        for url, fixed, methods, post in (
            ("prompt_list", {}, ("GET",), {}),
            ("prompt_create", {}, BOTH, PROMPT),
            ("prompt_reset", {}, BOTH, {}),
            ("prompt_edit", {"code": "week"}, BOTH, PROMPT),
            ("prompt_switch", {"code": "week"}, ("POST",), {}),
            ("prompt_move", {"code": "week"}, ("POST",), {"down": "1"}),
        )
    ),
]
