"""The object that a room hands down."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from elements.contract.parts import (
    Attention,
    Counts,
    Door,
    Entry,
    Event,
    Export,
    Kind,
    OfferedText,
    Panel,
    RecordLine,
    Reminder,
    Row,
    Stage,
    Step,
)
from elements.keys import as_written


class Element:
    """What a programme element gives the house. Every part may be left out."""

    app: str = ""
    slug: str = ""
    name: str = ""
    optional: bool = True  # a cohort may switch an optional element off
    is_on_home: bool = False  # whether one of its panels stands on the home page
    messages: tuple[Kind, ...] = ()
    exports: tuple[Export, ...] = ()

    def doors(self, *, viewer, pair=None, cohort=None) -> Iterable[Door]:
        """Links to this element; no queries."""
        return ()

    def panels(self, *, pair, viewer) -> Iterable[Panel]:
        """What the pair's page shows at a glance, and the participant's home where `is_on_home`."""
        return ()

    def about(self, *, participant, viewer) -> Iterable[Panel]:
        """What a lead sees about somebody who takes part, on that person's page and before a withdrawal."""
        return ()

    def next_steps(self, *, participants, on: date) -> Iterable[Step]:
        """Lines of the task lists of these participants."""
        return ()

    def attention(self, *, cohorts, on: date, viewer) -> Iterable[Attention]:
        """What needs this lead of these cohorts today; nothing that she may not read."""
        return ()

    def stages(self, *, cohort, on: date) -> Iterable[Stage]:
        """This element's lines of the cohort's timetable."""
        return ()

    def timeline(self, *, pairs, viewer) -> Iterable[Entry]:
        """What happened between the partners of these pairs and what is coming; one query.

        `viewer` is somebody who may see the pairs. None is the house itself: every entry's date, kind and contact,
        without address. A former partner and a lead get no address of what they may not open.
        """
        return ()

    def contacts(self, *, pairs, on: date) -> Iterable[tuple[Any, date | None, date | None]]:
        """(key of a pair, last contact until this day, next planned day from it on), as the timeline says; one query.

        `pairs` is a queryset, the key is text (`elements.keys.written`). One line or several to a pair: who has many
        rows lets the database reckon.
        """
        for told in self.timeline(pairs=pairs, viewer=None):
            is_ahead = told.state == "planned" and told.on >= on
            yield (
                as_written(told.pair),
                told.on if told.is_contact and told.on <= on else None,
                told.on if is_ahead else None,
            )

    def offered(self, *, cohorts) -> Iterable[OfferedText]:
        """Texts that authors of these cohorts offered to the evaluation, in no order that tells of whom; one query."""
        return ()

    def record(self, *, participant) -> Iterable[RecordLine]:
        """This person's own record: what took place, with the hours."""
        return ()

    def calendar(self, *, users) -> Iterable[Event]:
        """What the calendars of these people show, past and to come: one query, and each event says `whose` it is.

        What stands in the calendars of several is yielded for each of them, as that person reads it. An optional
        element leaves out cohorts that have switched it off: nobody asks it cohort by cohort.
        """
        return ()

    def reminders(self, *, on: date, until: date | None = None) -> Iterable[Reminder]:
        """Who should hear what: everything due on this day, and what was due before and is still of use.

        With `until`, of all the days from `on` to that one, each thing once: the sweep asks for one day, the page of
        the week ahead for seven. Each reminder says itself when it is due: from `at`, until its `until`. What asks for
        something (`Kind.nudge`) is due on every day between the two, at nine after the first, and is yielded once too;
        how often somebody is really asked, the post room knows.

        Derived from today's rows each time. The key of a message makes it go out once, so a day that was missed is
        caught up by itself, and nothing has to chase a change. An optional element leaves out cohorts that have
        switched it off: nobody asks it cohort by cohort.
        """
        return ()

    def let_go(self, *, participant=None, pair=None, by) -> None:
        """Somebody withdraws or a pair ends: give back what was held for the time to come."""

    def measures(self, *, cohorts) -> Mapping[Any, Counts]:
        """{primary key of a participant of these cohorts: how often that person did what}; one query.

        Numbers alone, and of people one by one: whoever shows them to others sends them through `elements/disclosure`.
        """
        return {}

    def everything_about(self, *, user) -> Iterable[Row]:
        """Every row with what this person wrote or is named in, to be handed to that person; two queries at most.

        What a partner wrote in the same place, and what leads confided to each other, is not hers to take along.
        """
        return ()

    def forget(self, *, user, by) -> None:
        """Take out what this person wrote and who she is, before the floors below take out her name; rows that others
        need stay without it. A fixed number of queries, and a second time nothing is left to do.
        """

    def copy(self, *, source, target, moved: Callable[[date], date], by) -> None:
        """Next year's cohort begins with what this one has worked out: lists, links and settings, and nothing of
        people. `moved` says on which day something of a day of the source falls there. A second time adds nothing.
        """
