"""Pages against the bare one: CPU, number of queries, and what ten times the people cost."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median

from django.test import Client
from django.urls import reverse

from reminders.models import Message
from tests.benchmarks.bare import bare_client
from tests.benchmarks.population import FEW_ENTRIES, FULL_FROM, MANY_ENTRIES, Populated, populated
from tests.benchmarks.turns import against, asked, row

FEW, MANY, TEN_TIMES = 10, 200, 2000
FULL = 50  # rows of a full page
REPEATED = 2  # how often one statement may be sent for one page


@dataclass(frozen=True)
class Budget:
    """What a kind of page may cost: CPU against the bare page, and queries."""

    ratio: float
    queries: int


LIST, DETAIL = Budget(2, 10), Budget(2.5, 12)
# Six, and one for each element asked and part shown. Timelines are told by four elements, panels by five, steps by
# eight, "needs you today" by seven. The hall's steps tell of the first meeting, the agreement, goals and how it goes,
# which stand in tables of their own and cost up to four more.
# Beside visits, shadowing asks what a partner has shared: reflections are no part of visits.
TIMELINE, PANELS, STEPS, ATTENTION, OF_THE_HALL, SHARED = 4, 5, 8, 7, 4, 1
OWN_HOME = Budget(5, 6 + STEPS + SHARED + OF_THE_HALL + TIMELINE + 1)  # and the one panel that stands on it
LEADS_HOME = COHORT = Budget(5, 6 + ATTENTION + TIMELINE)  # quiet pairs follow from the timelines
PARTNERS_PAIR = Budget(5, 6 + TIMELINE + PANELS + STEPS + OF_THE_HALL)
LEADS_PAIR = Budget(5, 6 + TIMELINE + PANELS)
# Composed as well: conversations, visits, reflections and surgeries have lines, and the letter to the rota asks five
# calendars and whether the timetable stands: the launch, whether everybody was told of it, people and pairs.
RECORD = Budget(5, 6 + 4 + 5 + 4)


@dataclass(frozen=True)
class Page:
    """A page as the benchmark asks for it: what it is about, who looks, and what it may cost."""

    url: str
    budget: Budget
    about: Callable[[Populated], list]
    viewer: Callable[[Populated], object]
    name: str = ""
    rows: Callable[[Populated], int] | None = None  # of a list: how many it shows
    query: Callable[[Populated], str] = lambda place: ""

    def address(self, place: Populated) -> str:
        return reverse(self.url, args=self.about(place)) + self.query(place)

    def client(self, place: Populated) -> Client:
        client = Client(SERVER_NAME="localhost")
        client.force_login(self.viewer(place))
        return client

    def __str__(self) -> str:
        return self.name or self.url


def _lead(place):
    return place.lead


def _member(place):
    return place.participant.user


def _cohort(place):
    return [place.cohort.pk]


def _run(place):
    return [place.run.pk]


def _people(place):
    return min(place.size, FULL)


def _pairs(place):
    return min(place.size // 2, FULL)


def _pair(place):
    return [place.pair.pk]


def _own(place):
    return [place.participant.pk]


def _entries(place):
    return FEW_ENTRIES if place.size < FULL_FROM else MANY_ENTRIES


def _talks(place):
    return min(_entries(place) - _entries(place) // 3, 25)


def _project(place):
    return [place.measure.project_id]


def _measure(place):
    return [place.measure.pk]


FILTERED = "?state=queued&kind=pairs.pair_published"


def _of_one_person(place):
    return f"{FILTERED}&person={place.participant.pk}"


def _letter(place):
    return [place.cohort.pk, Message.objects.within([place.cohort.pk]).first().pk]


# A list, and composed of what all elements say of each pair.
QUIET = Budget(5, 10)

LISTS = (
    Page("participant_list", LIST, _cohort, _lead, rows=_people),
    Page("pair_list", LIST, _cohort, _lead, rows=_pairs),
    Page("reciprocity_list", LIST, _cohort, _lead, rows=_pairs),
    Page("portfolio_list", LIST, _cohort, _lead, rows=_pairs),
    Page("portfolio_list", LIST, _cohort, _lead, "portfolio_list, late", query=lambda place: "?show=late&sort=next"),
    Page("post_list", LIST, _cohort, _lead, rows=_people),
    Page("post_list", LIST, _cohort, _lead, "post_list of one person", rows=lambda place: 1, query=_of_one_person),
    Page("post_list", LIST, _cohort, _lead, "post_list, filtered", rows=_people, query=lambda place: FILTERED),
    Page("run_list", LIST, _cohort, _lead, rows=lambda place: 2),
    Page("run_detail", LIST, _run, _lead, rows=_pairs),
    Page("quiet_list", QUIET, _cohort, _lead, rows=lambda place: min(place.size // 2, 20)),
    Page("pulse_list", LIST, _cohort, _lead, rows=_people),
    Page("word_list", LIST, _cohort, _lead, rows=lambda place: min(place.size, 30)),
    Page("conversation_list", LIST, _pair, _member, rows=_talks),
    Page("visit_list", LIST, _pair, _member, rows=lambda place: min(_entries(place) // 3, FULL)),
    Page("reflection_list", LIST, _own, _member, rows=lambda place: min(_entries(place), 30)),
)
OTHERS = (
    Page("home", OWN_HOME, lambda place: [], _member, "home of a participant"),
    Page("home", LEADS_HOME, lambda place: [], _lead, "home of a lead"),
    Page("cohort_detail", COHORT, _cohort, _lead),
    Page("participant_detail", DETAIL, lambda place: [place.participant.pk], _lead),
    Page("pair_detail", LEADS_PAIR, _pair, _lead, "pair_detail, a lead's"),
    Page("pair_detail", PARTNERS_PAIR, _pair, _member, "pair_detail, a partner's"),
    Page("agreement_detail", DETAIL, _pair, _member),
    Page("free_time", DETAIL, _pair, _member),
    Page("conversation_detail", DETAIL, lambda place: [place.conversation.pk], _member),
    Page("visit_detail", DETAIL, lambda place: [place.visit.pk], _member),
    Page("reflection_detail", DETAIL, lambda place: [place.reflection.pk], _member),
    Page("project_detail", DETAIL, _project, _member),
    Page("project_detail", DETAIL, _project, _lead, "project_detail, a lead's"),
    Page("measure_detail", DETAIL, _measure, _member),
    Page("cycle_list", DETAIL, _project, _member),
    Page("record", RECORD, _own, _member),
    Page("pairing", DETAIL, _cohort, _lead),
    Page("post_detail", DETAIL, _letter, _lead),
    Page("post_edit", DETAIL, _letter, _lead),
    Page("wording_list", DETAIL, _cohort, _lead),
)


def rows():
    """CPU of every page at few and many people, then what the database was asked."""
    few, many, ten_times = (populated(size) for size in (FEW, MANY, TEN_TIMES))
    found = [row for page in (*LISTS, *OTHERS) for place in (few, ten_times) for row in _timed(page, place)]
    most = 0
    for page in (*LISTS, *OTHERS):
        before, after = watched(page, many), watched(page, ten_times)
        most = max(most, after.most_repeated)
        found.append(against(f"{page}, queries", after.number, page.budget.queries, 1))
        found.append(against(f"{page}, queries at ten times the people", after.number, before.number, 1))
        found.append(against(f"{page}, bytes at ten times the people", after.bytes, before.bytes, 1.02))
        if page in LISTS:
            found.append(_sql_time(page, many, ten_times))
    found.append(against("one statement repeated on a page", most, 1, REPEATED))
    return found


def _timed(page, place):
    """A page against the bare one of fifty rows, and a shorter list once more, without a goal, against one as short.

    The goal of lists is set for a full page, "the same 50-row table", and what a page costs before its first row does
    not shrink with its rows, so that a short page is only asked not to cost more than a full one may. How much dearer
    it is than a bare page of its own length stays to be read in the second line.
    """
    client, bare = page.client(place), bare_client(place.lead)
    name, ours = f"{page}, {place.size:,} people", partial(fetch, client, page.address(place))
    yield row(name, ours, partial(fetch, bare, _bare(FULL)), page.budget.ratio)
    if page.rows and (shown := page.rows(place)) < FULL:
        yield row(f"{name}, against as many rows: {shown}", ours, partial(fetch, bare, _bare(shown)), None)


def _bare(rows):
    """Of 2,000 people, so that there are as many as any page shows."""
    return f"/people/{populated(TEN_TIMES).cohort.pk}/?rows={rows}"


def _sql_time(page, many, ten_times):
    """Seconds that the database took, not CPU: on a server of its own it works elsewhere."""
    turns = [(watched(page, ten_times).seconds, watched(page, many).seconds) for _ in range(9)]
    after, before = (median(column) for column in zip(*turns, strict=True))
    return against(f"{page}, SQL time at ten times the people", after, before, 1.5)


def fetch(client, address):
    """The body of a page; anything but 200 is a fault of the benchmark."""
    answer = client.get(address)
    if answer.status_code != 200:
        raise AssertionError(f"{address}: {answer.status_code}")
    return answer.content


def watched(page, place):
    """Ask once to warm up and once watched; what the database was asked, and the `bytes` of the page."""
    client, address = page.client(place), page.address(place)
    fetch(client, address)
    with asked() as seen:
        seen.bytes = len(fetch(client, address))
    return seen
