"""The bench's answers: those that are known, and those that a slow reading gives by going through everything."""

from collections import Counter
from fractions import Fraction
from itertools import combinations, product
from math import comb
from statistics import stdev

import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from evaluation.statistics import (
    NotAProbability,
    NotAShare,
    PairedShares,
    StatisticsError,
    alpha,
    change,
    chi_square,
    fisher,
    holm,
    kappa,
    linked,
    mcnemar,
    newcombe,
    rank_sum,
    share,
    signed_rank,
    spread,
    wilson,
)

ANSWERS = st.integers(1, 5)
ONE = "2 3 2 3 1 4 2 3 3 2 2 3", "4 4 3 3 3 4 4 4 3 4 3 5"
TWO = "3 3 4 2 3 4 3 2 3 4 3 2 3 4 3 3 2", "4 3 3 4 4 5 3 3 2 4 5 3 4 3 4 4 3"


def numbers(words: str) -> list[int]:
    return [int(word) for word in words.split()]


def changed(before: str, after: str):
    return change(linked(zip(numbers(before), numbers(after), strict=True)))


# ── Known answers: domain 18.1 to 18.3, worked out there from counts printed by others or by ourselves ──


def test_the_first_set_of_twelve():
    found = changed(*ONE)
    assert (found.n, found.up, found.same, found.down, found.test.zeros) == (12, 9, 3, 0, 3)
    assert (found.before.mean, found.before.median, found.after.median) == (2.5, 2.5, 4)
    assert found.after.mean == pytest.approx(44 / 12)
    assert (found.test.rises, found.test.falls, found.test.p, found.test.rank_biserial) == (45, 0, 2 / 512, 1)
    assert found.mean == pytest.approx(1.167, abs=5e-4)
    assert (found.mean_interval.low, found.mean_interval.high) == pytest.approx((0.636, 1.697), abs=5e-4)
    assert found.net == 0.75
    assert (found.net_interval.low, found.net_interval.high) == pytest.approx((0.3778, 0.9111), abs=5e-5)


def test_the_second_set_of_seventeen():
    found = changed(*TWO)
    assert (found.n, found.up, found.same, found.down) == (17, 11, 3, 3)
    assert (found.test.rises, found.test.falls, found.test.method) == (85.5, 19.5, "exact, over all signs")
    assert found.test.p == 602 / 16384
    assert found.test.rank_biserial == pytest.approx(0.6286, abs=5e-5)
    assert found.net == pytest.approx(0.4706, abs=5e-5)
    assert (found.net_interval.low, found.net_interval.high) == pytest.approx((0.0486, 0.7376), abs=5e-5)


def test_newcombe_by_his_own_table():
    table = PairedShares(both=36, first=12, second=2, neither=0)
    assert table.difference == 0.2
    found = newcombe(table)
    assert (found.low, found.high) == pytest.approx((0.0569, 0.3404), abs=5e-5)


def test_mann_whitney_by_all_divisions():
    found = rank_sum(Counter(numbers("2 3 3 2 4 3")), Counter(numbers("4 3 5 4 4 5")))
    assert (found.u, found.other_u) == (4, 32)
    assert found.p == 34 / 924


def test_mcnemar_of_one_and_eight():
    assert mcnemar(1, 8) == mcnemar(8, 1) == 0.0390625
    assert mcnemar(0, 0) == 1


def test_holm_keeps_the_order_it_was_given():
    assert holm([0.004, 0.011, 0.039, 0.020, 0.30]) == pytest.approx((0.020, 0.044, 0.078, 0.060, 0.300))
    assert holm([0.04, None, 0.9, 0.6]) == (pytest.approx(0.12), None, 1.0, 1.0)
    assert holm([]) == ()


@pytest.mark.parametrize(
    ("table", "statistic", "p"),
    [
        (((78, 25), (164, 279)), 50.74, 1.1e-12),  # relationship good or excellent [DAV03]
        (((80, 22), (123, 316)), 89.73, 2.7e-21),  # will improve [DAV03]
    ],
)
def test_shares_of_chief_executives_and_clinical_directors(table, statistic, p):
    found = chi_square(table)
    assert found.freedom == 1
    assert found.statistic == pytest.approx(statistic, abs=5e-3)
    assert found.p == pytest.approx(p, rel=0.05)


def test_an_exam_of_two_groups():
    table = ((21, 4), (36, 49))  # [ONG]
    assert fisher(table) == pytest.approx(0.000235, abs=5e-7)
    assert chi_square(table).p == pytest.approx(0.000249, abs=5e-7)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(78, 103, 0.666, 0.830), (164, 443, 0.327, 0.416)],  # Wilson, [DAV03]
)
def test_shares_with_their_intervals(part, whole, low, high):
    found = share(part, whole)
    assert found.value == part / whole
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high), abs=5e-4)


# ── Against a slow reading, which goes through everything ──


def ranks_of(sizes: list[float]) -> list[Fraction]:
    return [Fraction(2 * sum(o < one for o in sizes) + sizes.count(one) + 1, 2) for one in sizes]


@given(st.lists(st.integers(-4, 4), max_size=11))
def test_signed_ranks_equal_going_through_all_signs(differences):
    kept = [one for one in differences if one]
    ranks = ranks_of([abs(one) for one in kept])
    rises = sum(rank for one, rank in zip(kept, ranks, strict=True) if one > 0)
    found = signed_rank(Counter(differences))
    assert (found.n, found.zeros) == (len(differences), differences.count(0))
    assert found.rises == rises
    assert found.falls == sum(ranks) - rises
    if len(kept) < 6:
        assert (found.p, found.method) == (None, "fewer than 6 people changed their answer")
        return
    middle = sum(ranks) / 2
    far = sum(
        abs(sum(rank for rank, up in zip(ranks, ups, strict=True) if up) - middle) >= abs(rises - middle)
        for ups in product((False, True), repeat=len(ranks))
    )
    assert found.p == float(Fraction(far, 2 ** len(ranks)))


@given(st.lists(st.floats(-3, 3).filter(lambda one: abs(one) > 1e-6), min_size=6, max_size=60, unique_by=abs))
def test_without_ties_the_exact_test_is_that_of_scipy(differences):
    p = scipy.stats.wilcoxon(differences, method="exact").pvalue
    assert signed_rank(Counter(differences)).p == pytest.approx(p, rel=1e-9)


@given(st.lists(st.integers(-4, 4), min_size=260, max_size=400))
def test_of_many_the_normal_approximation_is_that_of_scipy(differences):
    found = signed_rank(Counter(differences))
    if len(differences) - found.zeros <= 200:
        return
    assert found.method == "normal approximation, corrected for ties and continuity"
    p = scipy.stats.wilcoxon(differences, correction=True, method="asymptotic").pvalue
    assert found.p == pytest.approx(p, rel=1e-9)


def test_two_hundred_are_still_counted_and_one_more_is_not():
    assert signed_rank({1: 120, -1: 80}).method == "exact, over all signs"
    assert signed_rank({1: 121, -1: 80}).method == "normal approximation, corrected for ties and continuity"
    # All of one size: the test of signs, whose answer is a binomial's.
    assert signed_rank({1: 120, -1: 80}).p == pytest.approx(scipy.stats.binomtest(80, 200).pvalue, rel=1e-9)


@given(st.lists(ANSWERS, min_size=1, max_size=6), st.lists(ANSWERS, min_size=1, max_size=6))
def test_rank_sums_equal_going_through_all_divisions(one, other):
    ranks = ranks_of([*one, *other])
    middle = Fraction(len(one) * (len(ranks) + 1), 2)
    apart = abs(sum(ranks[: len(one)]) - middle)
    far = sum(abs(sum(chosen) - middle) >= apart for chosen in combinations(ranks, len(one)))
    found = rank_sum(Counter(one), Counter(other))
    assert found.p == float(Fraction(far, comb(len(ranks), len(one))))
    wins = sum(Fraction((a > b) * 2 + (a == b), 2) for a in one for b in other)
    assert (found.u, found.other_u) == (wins, len(one) * len(other) - wins)


@given(st.lists(ANSWERS, min_size=40, max_size=80), st.lists(ANSWERS, min_size=40, max_size=80))
def test_rank_sums_of_many_are_those_of_scipy(one, other):
    if len({*one, *other}) == 1:
        assert rank_sum(Counter(one), Counter(other)).p == 1
        return
    p = scipy.stats.mannwhitneyu(one, other, use_continuity=True, method="asymptotic").pvalue
    assert rank_sum(Counter(one), Counter(other)).p == pytest.approx(p, rel=1e-9)


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_tables_of_two_by_two_are_those_of_scipy(cells):
    a, b, c, d = cells
    assert fisher(((a, b), (c, d))) == pytest.approx(scipy.stats.fisher_exact([[a, b], [c, d]]).pvalue, rel=1e-7)
    assert mcnemar(b, c) == pytest.approx(scipy.stats.binomtest(b, b + c).pvalue if b + c else 1)


@given(st.lists(st.lists(st.integers(1, 30), min_size=3, max_size=3), min_size=2, max_size=4))
def test_tables_of_any_size_are_those_of_scipy(table):
    asked = scipy.stats.chi2_contingency(table, correction=False)
    found = chi_square(table)
    assert (found.statistic, found.freedom, found.p) == pytest.approx((asked.statistic, asked.dof, asked.pvalue))


@given(st.integers(0, 40), st.integers(1, 40))
def test_wilson_is_that_of_scipy_and_stays_between_none_and_all(part, more):
    whole = part + more
    found, asked = wilson(part, whole), scipy.stats.binomtest(part, whole).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((asked.low, asked.high), abs=1e-12)
    assert 0 <= found.low <= part / whole <= found.high <= 1
    assert (found.low == 0) == (part == 0)


@given(*(st.integers(0, 20) for _ in range(4)))
def test_newcombe_holds_the_difference_and_turns_with_the_table(both, first, second, neither):
    if not both + first + second + neither:
        return
    table = PairedShares(both, first, second, neither)
    found, turned = newcombe(table), newcombe(PairedShares(both, second, first, neither))
    assert -1 <= found.low <= table.difference <= found.high <= 1
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low))


@given(st.lists(st.tuples(ANSWERS, ANSWERS), min_size=2, max_size=30))
def test_a_change_is_what_lists_of_answers_give(pairs):
    found = change(Counter(pairs))
    moved = [after - before for before, after in pairs]
    assert (found.up, found.down) == (sum(by > 0 for by in moved), sum(by < 0 for by in moved))
    assert found.n == found.up + found.same + found.down == len(pairs)
    assert found.mean == pytest.approx(sum(moved) / len(moved))
    if len(set(moved)) == 1:
        assert found.mean_interval is None
        assert found.standardised is None
        return
    deviation, asked = stdev(moved), scipy.stats.ttest_1samp(moved, 0).confidence_interval()
    assert (found.mean_interval.low, found.mean_interval.high) == pytest.approx((asked.low, asked.high))
    assert found.standardised == pytest.approx(found.mean / deviation)


@given(st.lists(ANSWERS, min_size=1, max_size=30))
def test_a_spread_is_what_a_list_of_answers_gives(answers):
    import numpy as np

    found = spread(Counter(answers))
    lower, middle, upper = np.quantile(answers, [0.25, 0.5, 0.75])
    assert (found.n, found.lower, found.median, found.upper) == (len(answers), lower, middle, upper)
    assert found.mean == pytest.approx(np.mean(answers))


# ── What there is not enough of ──


def test_nobody_and_one_person_have_no_figures_that_they_cannot_have():
    nobody = change({})
    assert (nobody.n, nobody.net, nobody.mean, nobody.test.p, nobody.test.rank_biserial) == (0, None, None, None, None)
    assert nobody.before == spread({})
    one = change({(2, 4): 1})
    assert (one.n, one.mean, one.mean_interval, one.standardised, one.net) == (1, 2, None, None, 1)
    assert share(0, 0).value is None
    assert rank_sum({}, {3: 4}).p is None
    assert chi_square(((3, 0), (4, 0))).p is None


def test_who_answered_once_is_not_linked():
    assert linked([(2, 4), (None, 3), (5, None), (2, 4)]) == {(2, 4): 2}


def test_five_who_changed_give_no_p_and_six_do():
    assert signed_rank({1: 5, 0: 20}).p is None
    assert signed_rank({1: 6}).p == 0.03125


def test_alpha_needs_thirty_people():
    rows = [[1 + (number * k) % 5 for k in (1, 2, 3)] for number in range(29)]
    assert alpha(rows).value is None
    assert alpha([*rows, [None, 2, 3]]).n == 29
    assert alpha([[2, 2]] * 40).value is None


def test_alpha_is_one_less_the_share_of_what_items_say_alone():
    # Two items that always agree, and the two halves of a coin: 1 and 0.
    same = [[k % 5, k % 5] for k in range(40)]
    assert alpha(same).value == pytest.approx(1)
    apart = [[k % 2, k // 2 % 2] for k in range(40)]
    found = alpha(apart)
    assert found.value == pytest.approx(0)
    assert found.interval.low < 0 < found.interval.high
    # Feldt: (1 - alpha) divided by an F of 39 and 39 degrees of freedom.
    assert 1 - found.interval.low == pytest.approx(scipy.stats.f.ppf(0.975, 39, 39))


def test_kappa_is_agreement_beyond_chance():
    # Cohen's coefficient by hand: 20 + 15 of 50 agree, 0.5 by chance.
    codes = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    found = kappa(codes)
    assert (found.n, found.agreed) == (50, 35)
    assert found.value == pytest.approx((0.7 - 0.5) / (1 - 0.5))
    assert kappa([("a", "a")] * 9).value is None
    assert kappa([]).value is None


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (lambda: share(4, 3), NotAShare),
        (lambda: wilson(0, 0), NotAShare),
        (lambda: PairedShares(0, 0, 0, 0), NotAShare),
        (lambda: PairedShares(1, -1, 0, 3), NotAShare),
        (lambda: change({(1, 2): -1}), NotAShare),
        (lambda: spread({1: -1}), NotAShare),
        (lambda: mcnemar(-1, 2), NotAShare),
        (lambda: fisher(((1, 2), (3, -4))), NotAShare),
        (lambda: holm([0.2, 1.2]), NotAProbability),
        (lambda: alpha([[1], [2]]), StatisticsError),
        (lambda: alpha([[1, 2], [2]]), StatisticsError),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(asked, refusal):
    with pytest.raises(refusal) as found:
        asked()
    assert str(found.value).endswith(".")
