"""200 people press for six places of a surgery at the same moment, three times each, at a server as it is deployed."""

import logging

import pytest

from tests.reliability.rush import Rush

log = logging.getLogger(__name__)  # to see the figures: --log-cli-level INFO

PLACES = 6
# Seconds, for nineteen of twenty of 200 answers at once. The aim is 2: a press costs the web process some 9 ms of CPU
# on SQLite and 11 on PostgreSQL, so that 200 of them take about 2 seconds of a core of its own. A machine that tests
# share has far less than that for it: where five times as many processes as cores wanted to work, it took 3 to 10.
SLOWEST = 12.0


@pytest.fixture
def rush(tmp_path):
    made = Rush(tmp_path, places=PLACES)
    yield made
    made.close()


@pytest.fixture
def twin(tmp_path):
    made = Rush(tmp_path, places=PLACES, unlocked=True, people=40)
    yield made
    made.close()


def test_exactly_six_get_a_place_the_others_wait_in_order_and_nobody_gets_an_error(rush, is_full):
    first, again = [], []
    for _ in range(100 if is_full else 5):
        stands, answers = rush.press()
        states = [state for _, state, _ in stands["bookings"]]
        assert states == ["booked"] * PLACES + ["waiting"] * (rush.people - PLACES)
        assert [places for *_, places in stands["bookings"]] == [1] * PLACES + [0] * (rush.people - PLACES)
        assert stands["taken"] == PLACES
        assert len({person for person, *_ in stands["bookings"]}) == rush.people
        assert {answer.status for presses in answers for answer in presses} == {302}
        # Three presses, one answer, and everybody another.
        assert [len(presses) for presses in answers] == [3] * rush.people
        assert all(len({answer.leads_to for answer in presses}) == 1 for presses in answers)
        assert len({presses[0].leads_to for presses in answers}) == rush.people
        first.append(quantile([presses[0].seconds for presses in answers]))
        again.append(quantile([answer.seconds for presses in answers for answer in presses[1:]]))
    # Of several rounds the quickest: a busy machine is not the finding.
    log.info("p95 of the first press %.2f s, of pressing again %.2f s", min(first), min(again))
    assert min(first) < SLOWEST


def quantile(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


def test_a_twin_without_the_lock_overbooks(twin):
    stands, _ = twin.press(times=1)
    assert sum(state == "booked" for _, state, _ in stands["bookings"]) > PLACES
