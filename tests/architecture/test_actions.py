"""Writes have one door: an action, by keyword, atomic, with who did it."""

from tests.architecture import house, syntax

# "app.function: what it lacks", each with its reason.
REASONED = {
    "accounts.make_first_person: no by=": "there is nobody yet",
    "accounts.keep_draft: no by=": "one's own text: the owner is the doer",
    "accounts.keep_draft: not atomic": "one statement",
    "accounts.drop_draft: no by=": "one's own text: the owner is the doer",
    "accounts.drop_draft: not atomic": "one statement",
}


def test_every_action_says_by_whom_and_is_whole_or_not_at_all():
    wrong = [
        f"{path.relative_to(house.ROOT).parts[0]}.{words}"
        for path in house.in_layer("actions")
        for words in syntax.loose_actions(house.tree(path))
    ]
    assert sorted(set(wrong) - REASONED.keys()) == []


def test_no_reason_outlives_what_it_excuses():
    there = {
        f"{path.relative_to(house.ROOT).parts[0]}.{words}"
        for path in house.in_layer("actions")
        for words in syntax.loose_actions(house.tree(path))
    }
    assert REASONED.keys() - there == set()
