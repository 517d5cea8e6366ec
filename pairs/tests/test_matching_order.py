"""The order of the sheet and the run of the interpreter decide nothing; the seed decides among equals."""

import json
import os
import random
import subprocess
import sys

from pairs import matching
from pairs.tests.matching_worlds import NOTHING, by_levels, example_people, problem

_SOLVE = """
import json, sys
from pairs import matching
asked = matching.from_json(json.load(sys.stdin))
table = matching.prepare(asked)
print(json.dumps({aim: matching.solve(table, aim).pairs for aim in matching.AIMS}))
"""


def test_36_people_shuffled_50_times_give_the_same_pairs():
    people = example_people()
    for weights in (NOTHING, NOTHING | {"site": 1}, dict.fromkeys(matching.CRITERIA, 1)):
        found = set()
        for number in range(50):
            shuffled = random.Random(number).sample(people, len(people))  # noqa: S311 - a fixed shuffle
            table = matching.prepare(problem(shuffled, weights=weights))
            found.add(tuple(matching.solve(table, aim).pairs for aim in matching.AIMS))
        assert len(found) == 1


def test_the_hash_seed_of_the_interpreter_decides_nothing():
    kept = json.dumps(matching.to_json(problem(example_people(), weights=NOTHING | {"days": 1})))
    found = {_solved(kept, hash_seed) for hash_seed in ("0", "1", "4242")}
    assert len(found) == 1


def test_the_seed_draws_among_equals():
    draws = {matching.solve(matching.prepare(by_levels([1] * 5, [1] * 5, seed=s)), "everyone").pairs for s in "abcd"}
    assert len(draws) > 1


def _solved(kept, hash_seed):
    run = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", _SOLVE],
        input=kept,
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout
