"""One row of a sheet against the person it speaks of: what would be written, and what is doubtful."""

from dataclasses import dataclass
from typing import Any

from cohorts import spreadsheets
from cohorts.choices import Side, TermList
from cohorts.models import Cohort, Organisation, Participant, Rung, Term
from cohorts.vocabulary import Meanings, meanings
from elements import clock

KEEP, TAKE, LEAVE = "keep", "take", "leave"
PLAIN = ("name", "role_title", "working_pattern", "manager_name", "manager_email", "phone", "second_email", "idea")
PLAIN += ("statement", "biography", "adjustments")
LISTS = {
    "directorates": "directorates",
    "sites": "sites",
    "offers": "offers",
    "wants": "wants",
    "interests": "interests",
    "exclusions": "kept_apart_from",
}


@dataclass(frozen=True)
class Known:
    """What is here already, read once for all rows."""

    cohort: Cohort
    participants: dict[str, Participant]  # by folded address
    organisations: dict[str, Organisation]  # by folded name
    default_organisation: Organisation | None
    rungs: dict[int, Rung]  # by term
    grades: dict[str, Term]  # by primary key as text: what the bench calls a code
    meanings: Meanings
    vocabulary: Any

    @classmethod
    def of(cls, cohort: Cohort, *, default_organisation: str = "") -> "Known":
        """Six queries, whatever the number of people."""
        organisations = list(cohort.programme.organisations.all())
        chosen = next((each for each in organisations if str(each.pk) == default_organisation), None)
        if chosen is None and len(organisations) == 1:
            chosen = organisations[0]
        lists = meanings(cohort, [TermList.GRADE, TermList.BAND, TermList.STAFF_GROUP])
        grades = lists.by_list[TermList.BAND] | lists.by_list[TermList.GRADE]
        return cls(
            cohort=cohort,
            participants={each.user.email: each for each in cohort.participants.select_related("user", "grade")},
            organisations={spreadsheets.fold(each.name): each for each in organisations},
            default_organisation=chosen,
            rungs={rung.term_id: rung for rung in cohort.rungs.all()},
            grades={str(term.pk): term for term in grades.values()},
            meanings=lists,
            vocabulary=spreadsheets.Vocabulary(
                sides=spreadsheets.side_words(cohort.label_a, cohort.label_b)
                | {spreadsheets.fold(cohort.plural_a): "a", spreadsheets.fold(cohort.plural_b): "b"},
                grades={words: (str(term.pk), float(term.rank or 0)) for words, term in grades.items()},
                today=clock.today(),
                labels=(cohort.label_a, cohort.label_b),
            ),
        )


@dataclass(frozen=True)
class Arrival:
    """What a row would write: the participant it matches, the columns of the model, and what changes."""

    participant: Participant | None
    fields: dict[str, Any]
    changes: tuple[tuple[str, str, str], ...]  # (label, before, after)
    doubts: tuple[tuple[str, str, str, tuple | None], ...] = ()  # (code, field of the sheet, words, options)

    @property
    def is_unchanged(self) -> bool:
        return self.participant is not None and not self.changes


def arrive(values: dict[str, Any], known: Known) -> Arrival:
    """Compare the parsed values of a row with the participant of that address. Empty cells change nothing."""
    participant = known.participants.get(values.get("email") or "")
    fields, doubts = _fields(values, known)
    if participant:
        for column, value in list(fields.items()):
            before = getattr(participant, column)
            if isinstance(value, str) and spreadsheets.same_but_poorer(value, before):
                doubts.append(_poorer(column, before, value))
        fields = {column: value for column, value in fields.items() if value not in (None, "", [])}
        fields = {column: value for column, value in fields.items() if not _is_poorer(participant, column, value)}
    changes = tuple(
        (_label(column), _shown(getattr(participant, column)), _shown(value))
        for column, value in fields.items()
        if participant and getattr(participant, column) != value
    )
    return Arrival(participant, fields, changes, tuple(doubts) if not participant or changes else ())


def _is_poorer(participant: Participant, column: str, value: Any) -> bool:
    return isinstance(value, str) and spreadsheets.same_but_poorer(value, getattr(participant, column))


def _poorer(column: str, before: str, value: str):
    words = f"{_label(column)} here is “{before}”; the file has “{value}”, with letters lost."
    return (f"poorer-{column}", column, words, ((KEEP, f"Keep “{before}”"), (LEAVE, "Leave this row out")))


def _fields(values: dict[str, Any], known: Known) -> tuple[dict[str, Any], list]:
    doubts: list = []
    fields: dict[str, Any] = {column: values.get(column) or "" for column in PLAIN}
    fields |= {column: list(values.get(code) or ()) for code, column in LISTS.items()}
    fields["side"] = values.get("side") or ""
    fields["days"] = "".join(str(day) for day in values.get("days") or ())
    fields["leaves_on"] = values.get("leaves_on")
    fields["staff_group"] = known.meanings.term(TermList.STAFF_GROUP, values.get("staff_group") or "")
    grade = values.get("grade")
    fields["grade_text"] = grade.text if grade else ""
    fields["grade"] = known.grades.get(grade.code or "") if grade else None
    fields["organisation"] = known.default_organisation
    if named := values.get("organisation"):
        fields["organisation"] = known.organisations.get(spreadsheets.fold(named))
        if fields["organisation"] is None:
            doubts.append(
                ("organisation", "organisation", f"“{named}” is not an organisation of this programme.", None)
            )
    if doubt := _ineligible(fields["grade"], fields["side"], grade, known):
        doubts.append(doubt)
    return fields, doubts


def _ineligible(term: Term | None, side: str, grade, known: Known):
    """A grade or band outside what the cohort takes on that side."""
    if term is None or not side:
        return None
    rung = known.rungs.get(term.pk)
    if rung and (rung.eligible_a if side == Side.A else rung.eligible_b):
        return None
    words = f"“{grade.text}” is not among the grades and bands of the {known.cohort.plural(side)} of this cohort."
    return ("eligibility", "grade", words, None)


def _label(column: str) -> str:
    return str(Participant._meta.get_field(column).verbose_name).capitalize()


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else str(value)
