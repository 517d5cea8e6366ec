"""Which workshops somebody was at and for how long: for the record, the certificate and the counts."""

from dataclasses import dataclass
from datetime import date, datetime

from bookings.choices import WAS_THERE, Attendance
from bookings.models import Attendee
from cohorts.models import Participant
from elements import clock, paper
from workshops.choices import KIND
from workshops.models import Meeting

DOCUMENT = "workshops/paper/certificate.typ"


@dataclass(frozen=True)
class Attended:
    """One line: the minutes are those that somebody was really there."""

    on: date
    title: str
    minutes: int
    attendance: str

    @property
    def remark(self) -> str:
        return {Attendance.LATE: "came late", Attendance.PART: "part of it"}.get(self.attendance, "")


def attended_by(participant: Participant, *, now: datetime) -> list[Attended]:
    """The workshops of a cohort at which somebody was, in the order of time. Two queries.

    Once they are over: who is marked as there while one goes on, or before it begins, has not been there that long.
    """
    lines = Attendee.objects.booked().filter(
        participant=participant, session__kind=KIND, session__ends_at__lte=now, attendance__in=sorted(WAS_THERE)
    )
    rows = list(lines.order_by("session__starts_at", "pk").values_list("session", "minutes", "attendance"))
    known = (
        Meeting.objects.filter(session__in=[key for key, *_ in rows]).select_related("session", "workshop").in_bulk()
    )
    return [
        Attended(_day(known[key].session.starts_at), known[key].workshop.title, minutes, attendance)
        for key, minutes, attendance in rows
    ]


def certificate(participant: Participant, lines: list[Attended], *, on: date) -> bytes:
    """A page of paper: name, programme, each workshop with its actual minutes, and their sum."""
    cohort = participant.cohort
    return paper.pdf(
        DOCUMENT,
        {
            "title": f"Certificate of attendance of {participant.name}",
            "name": participant.name,
            "programme": cohort.programme.name,
            "cohort": cohort.name,
            "dates": f"{clock.in_full(cohort.starts_on)} to {clock.in_full(cohort.ends_on)}",
            "lines": [
                {
                    "title": each.title,
                    "day": clock.in_full(each.on),
                    "minutes": clock.duration(each.minutes),
                    "remark": each.remark,
                }
                for each in lines
            ],
            "total": clock.duration(sum(each.minutes for each in lines)),
            "number": len(lines),
            "on": clock.in_full(on),
        },
    )


def _day(moment: datetime) -> date:
    return clock.local(moment).date()
