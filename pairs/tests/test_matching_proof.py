"""The proof: accepted as made, refused after any single change, and checked without a solver."""

import ast
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from pairs import matching
from pairs.matching import checking, stages
from pairs.matching import solution as parts
from pairs.matching.locks import locked_cells
from pairs.tests.matching_worlds import example_people, problem, problems


@pytest.fixture(scope="module")
def asked():
    people = example_people()
    lock = matching.Lock(people[0].key, people[1].key)
    return problem(people, locks=(lock,))


@pytest.fixture(scope="module", params=matching.AIMS)
def solution(request, asked):
    return matching.solve(matching.prepare(asked), request.param)


def test_the_proof_is_accepted_and_says_what_was_proved(asked, solution):
    verified = matching.check(asked, solution)
    assert verified.stages == len(solution.proof.stages)
    assert "no other way of pairing" in verified.words
    assert "with 1 locked" in verified.words


def test_any_one_changed_potential_is_refused(asked, solution):
    for number, stage in enumerate(solution.proof.stages):
        for name in ("u", "v"):
            for place in range(len(stage.u)):
                for change in (-1, 1):
                    values = list(getattr(stage, name))
                    values[place] += change
                    _refused(asked, _with_stage(solution, number, **{name: tuple(values)}))


@pytest.mark.parametrize("by", [(1, -1), (-1, 1)])
def test_potentials_that_still_add_up_but_are_too_great_are_refused(asked, solution, by):
    """The sum stays right: only u_i + v_j <= c_ij can refuse, at a cell that the assignment does not use."""
    stage = solution.proof.stages[-1]
    u = list(stage.u)
    u[0], u[1] = u[0] + by[0] * 10**6, u[1] + by[1] * 10**6
    _refused(asked, _with_stage(solution, len(solution.proof.stages) - 1, u=tuple(u)), match="exceed")


def test_a_changed_cost_or_stage_is_refused(asked, solution):
    for number, stage in enumerate(solution.proof.stages):
        _refused(asked, _with_stage(solution, number, cost=stage.cost + 1), match="stored cost")
        _refused(asked, _with_stage(solution, number, cost=float(stage.cost)), match="stored cost")
        _refused(asked, _with_stage(solution, number, levels=("pairs",)), match="other stages")
        _refused(asked, _with_stage(solution, number, u=stage.u[1:]), match="whole number")
    proof = replace(solution.proof, stages=solution.proof.stages[:-1])
    _refused(asked, replace(solution, proof=proof), match="other stages")


def test_changed_pairings_and_figures_are_refused(asked, solution):
    first, *rest = solution.pairings
    for change in (
        {"total": first.total + 1},
        {"score": first.score - 1},
        {"band": first.band + 1},
        {"locked": not first.locked},
        {"override": "because"},
    ):
        _refused(asked, replace(solution, pairings=(replace(first, **change), *rest)), match="scores")
    figures = solution.objective
    for change in (
        {"pairs": figures.pairs + 1},
        {"total": figures.total + 1},
        {"worst": figures.worst + 1},
        {"bands": figures.bands[1:]},
    ):
        _refused(asked, replace(solution, objective=replace(figures, **change)), match="figures")
    _refused(asked, replace(solution, left_over=solution.left_over[:1]))
    _refused(asked, replace(solution, seed="other"), match="draw")
    _refused(asked, replace(solution, aim="total" if solution.aim != "total" else "fairest"))


def test_an_assignment_of_another_value_is_refused(asked, solution):
    """Everything that hangs on the assignment is changed with it: only the proof stands in the way."""
    table = matching.prepare(asked)
    dealt = random.Random(1)  # noqa: S311 - a fixed draw
    others = 0
    for _ in range(200):
        one, two = dealt.sample(range(len(solution.proof.assignment)), 2)
        other = _with_swapped(table, asked, solution, one, two)
        if other.objective.ordered(solution.aim) != solution.objective.ordered(solution.aim):
            others += 1
            _refused(asked, other)
        else:
            assert matching.check(asked, other).aim == solution.aim
    assert others > 50


def test_a_permutation_and_the_drawn_order_are_asked_for(asked, solution):
    twice = (solution.proof.assignment[1], *solution.proof.assignment[1:])
    _refused(asked, replace(solution, proof=replace(solution.proof, assignment=twice)), match="two partners")
    rows = solution.proof.rows[::-1]
    _refused(asked, replace(solution, proof=replace(solution.proof, rows=rows)), match="drawn order")


def test_another_problem_refuses_the_proof(asked, solution):
    heavier = replace(asked, weights=asked.weights | {"site": 3})
    _refused(heavier, solution)


@given(problems(locks=False))
def test_each_stage_uses_exactly_the_tight_cells_of_the_stage_before(asked):
    """With one level to a stage the figures and the proof stay right: stages may be cut anywhere."""
    table = matching.prepare(asked)
    whole = matching.solve(table, "fairest")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stages, "_exact", lambda stage, size: len(stage) == 1)
        cut = matching.solve(table, "fairest")
        assert all(len(stage.levels) == 1 for stage in cut.proof.stages)
        assert cut.objective.ordered("fairest") == whole.objective.ordered("fairest")
        assert matching.check(asked, cut).stages == len(cut.proof.stages)


def test_costs_are_exact_in_double_precision(asked):
    table = matching.prepare(asked)
    field = stages.free_field(table, ())
    for aim in matching.AIMS:
        for stage in stages.grouped(stages.levels(aim, field), field.size):
            cost = stages.stage_cost(stage, field.size, dtype=object)
            assert sum(abs(value) for value in cost.flat) < 2**53
            assert (cost == stages.stage_cost(stage, field.size)).all()


def test_too_many_people_for_exact_costs_are_refused():
    with pytest.raises(OverflowError, match="too many"):
        stages.grouped((stages.Level("total", None, 2100),), 10**7)


def test_the_checker_imports_no_solver():
    """Neither itself nor through what it imports: followed through the source of the bench."""
    seen, waiting = set(), ["pairs.matching.checking"]
    while waiting:
        name = waiting.pop()
        seen.add(name)
        source = Path(checking.__file__).parent / (name.rsplit(".", 1)[1] + ".py")
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module, "absolute imports only"
                found = [node.module]
            elif isinstance(node, ast.Import):
                found = [alias.name for alias in node.names]
            else:
                continue
            assert not [module for module in found if module.split(".")[0] == "scipy"], name
            waiting += [m for m in found if m.startswith("pairs.matching.") and m not in seen]
    assert "pairs.matching.stages" in seen
    assert not seen & {"pairs.matching.solving", "pairs.matching.potentials"}


def test_importing_the_bench_loads_neither_django_nor_the_solver():
    code = "import sys, pairs.matching; print(sorted({'django', 'scipy.optimize', 'scipy.stats'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter
    assert run.stdout.strip() == "[]"


def _refused(asked, solution, match=None):
    with pytest.raises(matching.ProofRefused, match=match):
        matching.check(asked, solution)


def _with_stage(solution, number, **change):
    kept = list(solution.proof.stages)
    kept[number] = replace(kept[number], **change)
    return replace(solution, proof=replace(solution.proof, stages=tuple(kept)))


def _with_swapped(table, asked, solution, one, two):
    assignment = list(solution.proof.assignment)
    assignment[one], assignment[two] = assignment[two], assignment[one]
    locked = locked_cells(table, asked.locks)
    field = stages.free_field(table, locked)
    found = parts.pairings(table, locked, parts.chosen_cells(field, assignment))
    kept = []
    for levels, stage in zip(
        stages.grouped(stages.levels(solution.aim, field), field.size), solution.proof.stages, strict=True
    ):
        cost = stages.stage_cost(levels, field.size)
        kept.append(replace(stage, cost=int(sum(cost[i, j] for i, j in enumerate(assignment)))))
    proof = replace(solution.proof, assignment=tuple(assignment), stages=tuple(kept))
    return replace(
        solution,
        pairings=found,
        left_over=parts.left_over(table, found),
        objective=parts.objective(found),
        proof=proof,
    )
