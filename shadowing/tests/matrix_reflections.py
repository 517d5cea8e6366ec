"""Who may use which address of reflections."""

from pairs.models import Pair
from shadowing.tests.reflecting import offered, reflected, shared, visited
from tests.permissions.table import Row

ANY_LEADS = frozenset({"lead", "programme_lead", "organisation_lead"})
AUTHOR, PARTNER = frozenset({"doctor"}), frozenset({"manager"})
MINE, BOTH = {"participant_id": "participant"}, ("GET", "POST")
PRIVATE, SHARED = {"reflection_id": "reflection"}, {"reflection_id": "shared_reflection"}
OFFERED = {"reflection_id": "offered_reflection"}
WORDS = {"box_take": "Beds are found by ten people on the telephone", "box_next": "Ask at eight"}


def in_pair(world):
    """The doctor, who is in the pair with the manager."""
    world.thing("pair")
    return world.participant


def visit_to_reflect_on(world):
    pair = Pair.objects.get(pk=world.thing("pair").pk)
    return visited(pair, world.participant, world.partner)


def author_with_partner_who_shares(world):
    """The doctor's own row, with a reflection of hers and one that her partner shares."""
    reflected(in_pair(world))
    shared(world.partner)
    return world.participant


def more_reflections(world):
    """Shared ones too where there is a pair already: making one would grow other pages from nothing."""
    for number in range(12):
        reflected(world.participant, words=f"Words {number}")
        offered(world.partner, words=f"Words {number}")
        if "pair" in vars(world):
            shared(world.partner, words=f"Words {number}")


OBJECTS = {
    "reflection": lambda world: reflected(in_pair(world)),
    "shared_reflection": lambda world: shared(in_pair(world)),
    "offered_reflection": lambda world: offered(in_pair(world)),
    "author": author_with_partner_who_shares,
    "visit_to_reflect_on": visit_to_reflect_on,
}
GROW = [more_reflections]
ROWS = [
    Row(url="reflection_list", ids={"participant_id": "author"}, may=AUTHOR, may_not=ANY_LEADS),
    Row(url="reflection_create", ids=MINE, may=AUTHOR, may_not=ANY_LEADS, methods=BOTH, post=WORDS),
    Row(
        url="reflection_create",
        ids={**MINE, "visit_id": "visit_to_reflect_on"},
        may=AUTHOR,
        methods=BOTH,
        post=WORDS,
    ),
    Row(url="reflection_detail", ids=PRIVATE, may=AUTHOR),
    Row(url="reflection_detail", ids=SHARED, may=AUTHOR | PARTNER),
    Row(url="reflection_detail", ids=OFFERED, may=AUTHOR),
    *(
        row
        for url, methods, post in (
            ("reflection_edit", BOTH, WORDS),
            ("reflection_share", ("POST",), {}),
            ("reflection_unshare", ("POST",), {}),
            ("reflection_offer", BOTH, {"may_quote": "on"}),
            ("reflection_take_back", ("POST",), {}),
            ("reflection_redact", BOTH, {}),
            ("reflection_delete", BOTH, {}),
            ("reflection_export", ("GET",), {}),
        )
        for row in (
            Row(url=url, ids=PRIVATE, may=AUTHOR, methods=methods, post=post),
            Row(url=url, ids=SHARED, may=AUTHOR, may_not=PARTNER, methods=methods, post=post),
        )
    ),
    Row(url="offered_redact", ids=OFFERED, may={"evaluator"}, methods=BOTH),
]
