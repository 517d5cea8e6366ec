"""Finding a time: two rotas of 200 events over four weeks, against the limit of 50 milliseconds."""

import random
from datetime import date, time, timedelta

from pairs import free_time
from tests.benchmarks.turns import ROUNDS, against, cpu

LIMIT = 50  # milliseconds
EVENTS = 200
FIRST = date(2027, 3, 15)  # the clocks go forward within these four weeks
LAST = FIRST + timedelta(days=27)
OFFICE = [free_time.Hours(weekday, time(9), time(17)) for weekday in range(5)]
EVENINGS = [free_time.Hours(weekday, time(17), time(20)) for weekday in range(5)]


def rota(seed):
    """Events of half an hour to ten hours, anywhere in the four weeks."""
    dealt = random.Random(seed)  # noqa: S311 - a fixed draw
    starts = (free_time.midnight(FIRST) + timedelta(minutes=5 * dealt.randrange(28 * 288)) for _ in range(EVENTS))
    return [free_time.Span(start, start + timedelta(minutes=dealt.choice([30, 60, 240, 600]))) for start in starts]


def text_of(shifts):
    """The same as an iCalendar file."""
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\nDTSTART:{shift.starts_at:%Y%m%dT%H%M%SZ}\r\n"
        f"DTEND:{shift.ends_at:%Y%m%dT%H%M%SZ}\r\nSUMMARY:Shift\r\nEND:VEVENT\r\n"
        for number, shift in enumerate(shifts)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n"


def rows():
    """One dict {name, ours, reference, ratio, goal} for each figure, milliseconds of CPU."""
    people = [free_time.Person(OFFICE, EVENINGS, rota(seed)) for seed in (1, 2)]
    texts = [text_of(rota(seed)) for seed in (1, 2)]
    works = {
        f"find a time, two rotas of {EVENTS} events, ms": lambda: free_time.free_days(people, first=FIRST, last=LAST),
        f"read two rotas of {EVENTS} events, ms": lambda: [
            free_time.read_rota(text, first=FIRST, last=LAST) for text in texts
        ],
    }
    return [against(name, min(cpu(work) for _ in range(ROUNDS)) * 1000, LIMIT, 1) for name, work in works.items()]
