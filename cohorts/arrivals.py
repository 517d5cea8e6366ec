"""One row of a sheet against the person it speaks of: what would be written, and what is doubtful."""

from dataclasses import dataclass, replace
from typing import Any

from allauth.account.models import EmailAddress
from django.utils.formats import date_format

from accounts.names import fold_email
from cohorts import spreadsheets
from cohorts.choices import Side, State, TermList
from cohorts.eligibility import takes
from cohorts.exclusions import Reader, joined, readable
from cohorts.models import Cohort, Organisation, Participant, Rung, Term
from cohorts.rereading import reads_back, richer
from cohorts.spreadsheets.lists import split_people
from cohorts.vocabulary import Meanings, meanings
from elements import clock

KEEP, TAKE, LEAVE = "keep", "take", "leave"
ELIGIBILITY = "eligibility"  # the code of a doubt that the cohort's own settings can answer
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
HIDDEN = "kept_apart_from"  # a lead who takes part does not read what names her
CODES = {column: code for code, column in LISTS.items()}
READ_BACK = CODES | {column: column for column in PLAIN}  # column to the field of the sheet
STAYS = frozenset({State.WITHDRAWN, State.DECLINED})  # an import accepts new people, and brings nobody back


@dataclass(frozen=True)
class Known:
    """What is here already, read once for all rows."""

    cohort: Cohort
    reader: Reader
    participants: dict[str, Participant]  # by folded address
    other_addresses: dict[str, str]  # folded address that a participant has proved, to the one above
    organisations: dict[str, Organisation]  # by folded name
    default_organisation: Organisation | None
    rungs: dict[int, Rung]  # by term
    takes: dict[str, str]  # by side: its eligible grades and bands in words
    grades: dict[str, Term]  # by primary key as text: what the bench calls a code
    meanings: Meanings
    vocabulary: Any

    @classmethod
    def of(cls, cohort: Cohort, *, reader: Reader, default_organisation: str = "") -> "Known":
        """Seven queries, whatever the number of people."""
        organisations = list(cohort.programme.organisations.all())
        chosen = next((each for each in organisations if str(each.pk) == default_organisation), None)
        if chosen is None and len(organisations) == 1:
            chosen = organisations[0]
        lists = meanings(cohort, [TermList.GRADE, TermList.BAND, TermList.STAFF_GROUP])
        grades = lists.by_list[TermList.BAND] | lists.by_list[TermList.GRADE]
        rungs = list(cohort.rungs.select_related("term"))
        return cls(
            cohort=cohort,
            reader=reader,
            other_addresses=_proved(cohort),
            participants={each.user.email: each for each in cohort.participants.select_related("user", "grade")},
            organisations={spreadsheets.fold(each.name): each for each in organisations},
            default_organisation=chosen,
            rungs={rung.term_id: rung for rung in rungs},
            takes={side: takes(rungs, side) for side in Side.values},
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

    def participant(self, email: str) -> Participant | None:
        return self.participants.get(self.other_addresses.get(email, email))


@dataclass(frozen=True)
class Arrival:
    """What a row would write: the participant it matches, the columns of the model, and what changes."""

    participant: Participant | None
    fields: dict[str, Any]
    changes: tuple[tuple[str, str, str], ...]  # (label, before, after)
    doubts: tuple[tuple[str, str, str, tuple | None], ...] = ()  # (code, field of the sheet, words, options)
    remarks: tuple[str, ...] = ()  # to be read only

    @property
    def is_unchanged(self) -> bool:
        return self.participant is not None and not self.changes


def _proved(cohort: Cohort) -> dict[str, str]:
    """{address that a participant has proved: the address of their account}, both folded; one query."""
    proved = EmailAddress.objects.filter(
        user__in=Participant.objects.filter(cohort=cohort).values("user"), verified=True
    ).values_list("email", "user__email")
    return {fold_email(address): email for address, email in proved}


def arrive(values: dict[str, Any], known: Known) -> Arrival:
    """Compare the parsed values of a row with the participant of that address. Empty cells change nothing."""
    participant = known.participant(values.get("email") or "")
    fields, doubts = _fields(values, known)
    if participant is None:
        return Arrival(None, fields, (), tuple(doubts), _remarks(values, None, known))
    if (reader := known.reader.of(participant)) is not known.reader:
        known = replace(known, reader=reader)
    fields = {column: value for column, value in fields.items() if value not in (None, "", [])}
    _keep_what_is_told_apart_by_hand(fields, values, participant)
    for column in [column for column, value in fields.items() if value != getattr(participant, column)]:
        before = getattr(participant, column)
        readable_before = readable(before, known.reader) if column == HIDDEN else before
        fields[column], lost = richer(fields[column], readable_before)
        if lost:
            doubts.append(_poorer(column, lost))
        if column == HIDDEN:
            fields[column] = _with_the_hidden(fields[column], values, before, known)
        elif column in READ_BACK and reads_back(READ_BACK[column], before, values, known.vocabulary):
            fields[column] = before
    changes = tuple(
        (_label(column), *(_shown(column, each, known.reader) for each in (getattr(participant, column), value)))
        for column, value in fields.items()
        if getattr(participant, column) != value
    )
    if changes and participant.state in STAYS:
        doubts.append(_stays(participant))
    return Arrival(participant, fields, changes, tuple(doubts) if changes else (), _remarks(values, participant, known))


def _keep_what_is_told_apart_by_hand(fields: dict[str, Any], values: dict[str, Any], participant: Participant) -> None:
    """Leave out what the file's words say no more of than is here: days and grades may have been set by a lead."""
    if fields.get("working_pattern") == participant.working_pattern:
        fields.pop("days", None)
    elif not participant.working_pattern and fields.get("days") == participant.days:
        fields.pop("working_pattern", None)  # only the days are known here, and the file names the same days
    if fields.get("grade_text") == participant.grade_text and participant.grade_id:
        fields.pop("grade", None)
    if not values.get("organisation"):
        fields.pop("organisation", None)


def _with_the_hidden(edited: list[str], values: dict[str, Any], before: list[str], known: Known) -> list[str]:
    """The exclusions of the file with what its reader could not see; the order here stays where all is the same."""
    seen = readable(before, known.reader)
    if not values.get("exclusions") or reads_back("exclusions", seen, values, known.vocabulary):
        previous, _ = richer(list(split_people(values.get("previous_partner") or "")), seen)
        edited = list(dict.fromkeys([*seen, *previous]))  # a previous partner joins what is here
    return before if set(seen) == set(edited) else joined(edited, before, known.reader)


def _poorer(column: str, lost: list[tuple[str, str]]):
    here, there = (" and ".join(f"“{words}”" for words in each) for each in zip(*lost, strict=True))
    words = f"{_label(column)} here is {here}; the file has {there}, with letters lost."
    return (
        f"poorer-{column}",
        CODES.get(column, column),
        words,
        ((KEEP, f"Keep {here}"), (LEAVE, "Leave this row out")),
    )


def _stays(participant: Participant):
    words = f"{_where(participant)} Change the state on their page."
    return ("stays", "email", words, ((TAKE, "Import this row all the same"), (LEAVE, "Leave this row out")))


def _where(participant: Participant) -> str:
    state = "has withdrawn here and stays withdrawn" if participant.state == State.WITHDRAWN else "stays declined here"
    return f"{participant.name} {state}."


def _remarks(values: dict[str, Any], participant: Participant | None, known: Known) -> tuple[str, ...]:
    said = []
    if participant and participant.state in STAYS:
        said.append(_where(participant))
    if partners := readable(split_people(values.get("previous_partner") or ""), known.reader):
        said.append(f"Not to be paired with {' or '.join(partners)}, their previous partner.")
    return tuple(said)


def introduction(values: dict[str, Any], arrival: Arrival, known: Known) -> str:
    """Somebody new in one line, as read: a swapped side or a misread date is seen before it is saved."""
    fields = arrival.fields
    said = [
        known.cohort.label(fields["side"]) if fields["side"] else "no side given",
        str(fields["grade"] or fields["grade_text"]),
        fields["role_title"],
        " and ".join(fields["directorates"]),
        f"leaves {date_format(fields['leaves_on'], 'j F Y')}" if fields["leaves_on"] else "",
        _managed_by(fields["manager_name"], fields["manager_email"]),
        _apart(values, known),
    ]
    return f"A new person: {', '.join(words for words in said if words)}"


def _managed_by(name: str, email: str) -> str:
    both = f"{name} ({email})" if name and email else name or email
    return f"managed by {both}" if both else ""


def _apart(values: dict[str, Any], known: Known) -> str:
    """What the row itself names; a previous partner has a sentence of their own. In her own row a lead reads none."""
    is_own = (values.get("email") or "") in known.reader.addresses
    named = readable(values.get("exclusions") or (), replace(known.reader, is_of_own_row=is_own))
    return f"not to be paired with {' or '.join(named)}" if named else ""


def _fields(values: dict[str, Any], known: Known) -> tuple[dict[str, Any], list]:
    doubts: list = []
    fields: dict[str, Any] = {column: values.get(column) or "" for column in PLAIN}
    fields |= {column: list(values.get(code) or ()) for code, column in LISTS.items()}
    # A partner of last time is not to be one again: a rule like any other of who is kept apart.
    before = split_people(values.get("previous_partner") or "")
    fields[HIDDEN] = list(dict.fromkeys([*fields[HIDDEN], *before]))
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
    where = f"on the {known.cohort.label(side)} side"
    if taken := known.takes[side]:
        words = f"“{grade.text}” is not eligible. This cohort takes {taken} {where}."
    else:
        words = f"“{grade.text}” is not eligible. This cohort takes no grade or band {where} yet."
    return (ELIGIBILITY, "grade", words, None)


def _label(column: str) -> str:
    return str(Participant._meta.get_field(column).verbose_name).capitalize()


def _shown(column: str, value: Any, reader: Reader) -> str:
    if isinstance(value, list):
        return "; ".join(readable(value, reader) if column == HIDDEN else value)
    return "" if value is None else str(value)
