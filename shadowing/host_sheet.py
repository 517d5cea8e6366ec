"""What a visitor takes along: place, time, dress, confidentiality, contact, what if late, the host's agreement."""

from dataclasses import dataclass
from datetime import datetime

from elements import paper
from elements.clock import in_full, local
from shadowing.checklists import needs_area
from shadowing.choices import Flag
from shadowing.models import Visit

DOCUMENT = "shadowing/paper/host_sheet.typ"
CONFIDENTIAL = "You owe the same confidentiality as the staff. What you see and hear about people stays there."
NO_PATIENTS = "Write down no detail of a patient, and leave at once if a patient or a member of staff asks you to."
NO_PAPERS = "Take no papers away, photograph none, and leave the room for items about single members of staff."


@dataclass(frozen=True)
class HostSheet:
    """One page about one visit, as plain words: the page prints it, and any other paper may."""

    heading: str
    programme: str
    visitor: str
    host: str
    setting: str
    when: str
    where: str
    dress: str
    contact: tuple[str, ...]
    confidentiality: tuple[str, ...]
    if_late: str
    host_agrees: str
    area_agrees: str  # empty where nobody is asked
    observer: str  # empty where both are of one organisation
    hopes: tuple[str, ...]
    notice: str

    @property
    def rows(self) -> list[tuple[str, str]]:
        """(what, words) of everything that is one line."""
        found = [
            ("Visitor", self.visitor),
            ("Host", self.host),
            ("Setting", self.setting),
            ("When", self.when),
            ("Where", self.where),
            ("What to wear", self.dress),
            ("Contact for the day", "\n".join(self.contact)),
            ("If you are late or cannot come", self.if_late),
            ("The host agrees", self.host_agrees),
            ("The area agrees", self.area_agrees),
            ("Observer agreement", self.observer),
        ]
        return [(what, words) for what, words in found if words]


def host_sheet(visit: Visit) -> HostSheet:
    """The sheet of a visit read `with_people()`. No queries."""
    host = visit.host
    reached = ", ".join(filter(None, [host.phone, host.user.email]))
    asked = [item for item in visit.items if item.asks_area]
    return HostSheet(
        heading=f"{visit.visitor.name} visits {host.name}",
        programme=visit.cohort.programme.name,
        visitor=_described(visit.visitor),
        host=_described(host),
        setting=visit.where,
        when=visit.when,
        where=visit.site or "Ask the host where to come",
        dress=visit.dress or dress_words(visit.flags),
        contact=tuple(filter(None, [visit.contact, f"{host.name}: {reached}"])),
        confidentiality=confidentiality(visit.flags),
        if_late=f"Ring {visit.contact or host.name} as soon as you know. Nobody minds: work comes first.",
        host_agrees=f"Agreed on {in_full(local(visit.agreed_at).date())}" if visit.agreed_at else "Not yet",
        area_agrees=_ticked(visit, asked[0].code) if asked and needs_area(visit.flags) else "",
        observer=_ticked(visit, "observer") if visit.is_from_elsewhere else "",
        hopes=tuple(visit.hopes),
        notice=visit.notice,
    )


def as_pdf(sheet: HostSheet) -> bytes:
    """One sheet to print or to send to the area."""
    return paper.pdf(
        DOCUMENT,
        {
            "title": sheet.heading,
            "footer": sheet.heading,
            "programme": sheet.programme,
            "facts": sheet.rows,
            "confidentiality": list(sheet.confidentiality),
            "hopes": list(sheet.hopes),
            "notice": sheet.notice,
        },
    )


def dress_words(flags: str) -> str:
    """In our own words, where the host has not said anything else."""
    if Flag.CLINICAL in flags or Flag.PATIENTS in flags:
        return "Badge where it can be seen, arms bare below the elbow, hair tied back. Ask your host about the rest."
    return "As for work, with your badge"


def confidentiality(flags: str) -> tuple[str, ...]:
    is_clinical = Flag.CLINICAL in flags or Flag.PATIENTS in flags
    return (
        CONFIDENTIAL,
        *([NO_PATIENTS] if is_clinical else []),
        *([NO_PAPERS] if Flag.PAPERS in flags or not is_clinical else []),
    )


def _described(person) -> str:
    return ", ".join(filter(None, [person.name, person.role_title, person.organisation and person.organisation.name]))


def _ticked(visit: Visit, code: str) -> str:
    """Who said so and when: "Yes, says Alex Birch on Friday 5 March 2027"."""
    tick = visit.ticks.get(code)
    if not tick:
        return "Not recorded yet"
    name = visit.host.name if tick["by"] == str(visit.host_id) else visit.visitor.name
    return f"Yes, says {name} on {in_full(local(datetime.fromisoformat(tick['at'])).date())}"
