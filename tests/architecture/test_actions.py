"""Writes have one door: an action, by keyword, atomic, with who did it."""

from tests.architecture import house, syntax

# "app.function: what it lacks", each with its reason.
REASONED = {
    "accounts.make_first_person: no by=": "there is nobody yet",
    "accounts.keep_draft: no by=": "one's own text: the owner is the doer",
    "accounts.keep_sent: no by=": "one's own text: the owner is the doer",
    "accounts.keep_sent: not atomic": "one statement",
    "accounts.drop_draft: no by=": "one's own text: the owner is the doer",
    "accounts.drop_draft: not atomic": "one statement",
    "accounts.hand_in: no by=": "one's own text: the owner is the doer",
    "accounts.hand_in: not atomic": "one statement",
    "accounts.forget_drafts: no by=": "nobody does it: the time is over",
    "accounts.forget_drafts: not atomic": "one statement",
}


def loose() -> set[str]:
    """What is wrong with the actions of every room: all that actions.py defines, or what the package offers."""
    found = set()
    for path in house.in_layer("actions"):
        app = path.relative_to(house.ROOT).parts[0]
        package = house.ROOT / app / "actions" / "__init__.py"
        names = syntax.imported_names(house.tree(package)) if package.exists() else None
        found |= {f"{app}.{words}" for words in syntax.loose_actions(house.tree(path), names)}
    return found


def test_every_action_says_by_whom_and_is_whole_or_not_at_all():
    assert loose() - REASONED.keys() == set()


def test_no_reason_outlives_what_it_excuses():
    assert REASONED.keys() - loose() == set()
