"""A learning agreement as it is read, on a page or on paper: its own words, the programme's, and who signed."""

from dataclasses import dataclass

from elements import clock
from elements import paper as sheets
from pairs.agreements import Accord, members_of
from pairs.models import Agreement, Pair

DOCUMENT = "pairs/paper/agreement.typ"

# The programme's own words: the same for everybody, and nobody can take them out.
FIXED = (
    "Either of us may leave this pair without blame. A lead helps us to find another partner.",
    "We write nothing by which a patient could be known: not here, not in messages, nowhere.",
    "Where safety or a professional duty asks for it, we raise what we heard with the right senior, "
    "and tell each other first if we can.",
    "Leads see that we meet, when and for how long, and whether this agreement is signed. "
    "They never see what we write to each other.",
)


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Signed:
    """Somebody who signs, and the day in full; "" for who has yet to."""

    name: str
    role_title: str
    day: str


@dataclass(frozen=True)
class AgreementPaper:
    """Everything that a page or one sheet of paper needs; no queries."""

    title: str
    programme: str
    cohort: str
    names: tuple[str, ...]
    goals: tuple[str, ...]
    sections: tuple[Section, ...]
    fixed: tuple[str, ...]
    signed: tuple[Signed, ...]
    version: int
    written_on: str


def paper(agreement: Agreement, accord: Accord) -> AgreementPaper:
    """One version, of a pair read with everybody who is or was in it."""
    cohort = accord.pair.cohort
    people = {each.participant_id: each.participant for each in accord.pair.everybody}
    days = {each.participant_id: each.signed_at for each in agreement.signatures.all()}
    signing = dict.fromkeys([*(person.pk for person in accord.members), *(pk for pk in days if pk in people)])
    begins = people.get(agreement.first_move_id)
    asked = (
        ("How often we meet", agreement.rhythm),
        ("Where", agreement.place),
        ("Who makes the next move", begins.name if begins else ""),
        ("If one of us has to call off", agreement.notice),
        ("If there is no answer", agreement.silence),
        ("What we leave out", agreement.left_out),
        ("What stays between us", agreement.between_us),
        ("We look at this agreement again", clock.in_full(agreement.review_on) if agreement.review_on else ""),
    )
    return AgreementPaper(
        title="Learning agreement",
        programme=cohort.programme.name,
        cohort=cohort.name,
        names=tuple(people[pk].name for pk in signing),
        goals=tuple(agreement.goals),
        sections=tuple(Section(heading, tuple(text.splitlines())) for heading, text in asked if text),
        fixed=FIXED,
        signed=tuple(_signed(people[pk], days.get(pk)) for pk in signing),
        version=agreement.version,
        written_on=clock.in_full(clock.local(agreement.written_at).date()),
    )


def _signed(person, moment) -> Signed:
    return Signed(person.name, person.role_title, clock.in_full(clock.local(moment).date()) if moment else "")


def paper_of(agreement: Agreement) -> AgreementPaper:
    """One version with everything around it, read anew."""
    pair = Pair.objects.with_members().get(pk=agreement.pair_id)
    return paper(agreement, Accord(pair, members_of(pair)))


def as_pdf(paper: AgreementPaper) -> bytes:
    """One sheet of it, as long as the texts are of usual length."""
    return sheets.pdf(
        DOCUMENT,
        {
            "title": paper.title,
            "footer": f"{paper.title}, version {paper.version}",
            "names": ", ".join(paper.names),
            "programme": f"{paper.programme}, {paper.cohort}",
            "written_on": paper.written_on,
            "goals": list(paper.goals),
            "terms": [(section.heading, "\n".join(section.lines)) for section in paper.sections],
            "fixed": list(paper.fixed),
            "signed": [
                {"name": each.name, "role": each.role_title, "day": each.day or "Not yet"} for each in paper.signed
            ],
        },
    )
