"""From an uploaded sheet to accepted participants: kept, corrected, confirmed all at once or dropped."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import make_known_all
from accounts.models import User
from cohorts import spreadsheets
from cohorts.actions.launches import invite
from cohorts.actions.lists import add_term
from cohorts.actions.refusals import NameIsTaken, NotPossible
from cohorts.actions.turns import take_turn
from cohorts.choices import State, TermList
from cohorts.models import Cohort, Meant, Participant, SheetImport, Term, Tie
from cohorts.preview import Line, Preview, preview
from elements.refusals import Refusal

KEPT_FOR = timedelta(days=7)  # an upload that nobody confirms
BATCH = 1000  # rows a statement
NAMED = ("manager-", "exclusion-")  # warnings that ask who is meant


class ImportNotReady(Refusal):
    """There are errors, open warnings or missing columns; nothing was written."""


class ImportIsOver(Refusal):
    """The upload was confirmed or dropped meanwhile."""


class SamePersonTwice(NotPossible):
    """Two rows have two addresses of one person; nothing was written."""

    def __init__(self, one: Line, other: Line):
        super().__init__(
            f"Nothing was saved: {one.email} in row {one.number} and {other.email} in row {other.number} "
            "reach the same person. Keep one of the two rows and upload the sheet again."
        )


@transaction.atomic
def keep_upload(*, cohort: Cohort, content: bytes, file_name: str, organisation: str, by) -> SheetImport:
    """Read a file and keep its cells until they are confirmed; raises `spreadsheets.SheetRefused` in words."""
    sheet = spreadsheets.read_sheet(content, file_name)
    SheetImport.objects.filter(cohort=cohort, by=by, confirmed_at=None).delete()
    upload = SheetImport.objects.create(
        cohort=cohort,
        by=by,
        file_name=file_name[-200:],
        sheet=spreadsheets.sheet_to_json(sheet),
        columns={str(index): code for index, code in spreadsheets.guess_columns(sheet.header, sheet.rows).items()},
        answers={"organisation": organisation} if organisation else {},
    )
    audit.record(by=by, did="uploaded a sheet of people", on=cohort, scope=cohort.pk)
    return upload


@transaction.atomic
def choose_columns(*, upload: SheetImport, columns: Mapping[int, str], by) -> None:
    """Keep which column is what; answers about warnings are asked anew. Raises ImportIsOver."""
    upload = _open(upload)
    upload.columns = {str(index): code for index, code in columns.items() if code}
    upload.answers.pop("warnings", None)
    upload.save(update_fields=["columns", "answers"])
    audit.record(by=by, did="chose the columns of a sheet", on=upload.cohort, scope=upload.cohort_id)


@transaction.atomic
def answer_warnings(*, upload: SheetImport, answers: Mapping[str, str], by) -> None:
    """Keep what the lead said about warnings, by their keys; an empty answer opens the question again.

    Raises ImportIsOver.
    """
    upload = _open(upload)
    kept = upload.answers.get("warnings", {}) | dict(answers)
    upload.answers["warnings"] = {key: value for key, value in kept.items() if value}
    upload.save(update_fields=["answers"])
    did = "answered a warning of a sheet" if len(answers) == 1 else f"answered {len(answers)} warnings of a sheet"
    audit.record(by=by, did=did, on=upload.cohort, scope=upload.cohort_id)


@transaction.atomic
def accept_all_warnings(*, upload: SheetImport, by) -> int:
    """Take the first answer for every open warning; returns how many there were."""
    found = preview(_open(upload)).open_warnings()
    answer_warnings(upload=upload, answers={warned.key: warned.options[0][0] for _, warned in found}, by=by)
    return len(found)


@transaction.atomic
def tie_words(*, cohort: Cohort, kind: TermList, ties: Mapping[str, Term | str | None], by) -> None:
    """Say what words mean in a cohort.

    `ties` are {words as tied: row of the list, label of a row to make, or none to keep them as own words}.
    """
    for words, meant in ties.items():
        term = _row_called(meant, cohort=cohort, kind=kind, by=by) if isinstance(meant, str) else meant
        if term is None:
            Tie.objects.filter(cohort=cohort, list=kind, words=words).delete()
        else:
            Tie.objects.update_or_create(cohort=cohort, list=kind, words=words, defaults={"term": term})
    audit.record(by=by, did=f"tied words to {TermList(kind).label.lower()}", on=cohort, scope=cohort.pk)


def _row_called(label: str, *, cohort: Cohort, kind: TermList, by) -> Term:
    """A new row of the cohort's list, or the one that another lead has made of the same words meanwhile."""
    try:
        return add_term(cohort=cohort, list=kind, label=label, by=by)
    except NameIsTaken:
        there = Term.objects.offered_to(cohort).filter(list=kind)
        return next(term for term in there if spreadsheets.fold(term.label) == spreadsheets.fold(label))


@transaction.atomic
def confirm_import(*, upload: SheetImport, by) -> dict[str, int]:
    """Write every row of a ready preview, or nothing; returns the counts.

    Imported people are accepted, and get the invitation to a launch ahead.

    The preview is made again once it is this import's turn: whom another lead has brought meanwhile is here already.
    Raises ImportIsOver, ImportNotReady and SamePersonTwice.
    """
    take_turn(upload.cohort)
    upload = _open(upload)
    found = preview(upload)
    if not found.is_ready:
        raise ImportNotReady
    written = [line for line in found.lines if line.is_written]
    new = [line for line in written if line.arrival.participant is None]
    changed = [line for line in written if line.arrival.participant is not None]
    people = make_known_all(people={line.email: line.name for line in new}, by=by)
    _refuse_the_same_twice(written, people)
    Participant.objects.bulk_create(
        (
            Participant(cohort=upload.cohort, user=people[line.email], state=State.ACCEPTED, **line.arrival.fields)
            for line in new
        ),
        batch_size=BATCH,
    )
    invite(cohort=upload.cohort, people=[people[line.email] for line in new], by=by)
    _write_changes(changed)
    _keep_who_is_meant(upload, written)
    return _close(upload, found, by)


@transaction.atomic
def forget_uploads() -> int:
    """Delete the sheets that nobody confirmed or dropped in a week; returns how many there were."""
    abandoned = SheetImport.objects.filter(confirmed_at=None, made_at__lt=timezone.now() - KEPT_FOR)
    for upload in abandoned.select_related("cohort").defer("sheet"):
        audit.record(by=None, did="forgot an abandoned sheet", on=upload.cohort, scope=upload.cohort_id)
    return abandoned.delete()[0]


@transaction.atomic
def drop_import(*, upload: SheetImport, by) -> None:
    """Forget an upload; nothing of it was written."""
    audit.record(by=by, did="dropped an uploaded sheet", on=upload.cohort, scope=upload.cohort_id)
    upload.delete()


def _open(upload: SheetImport) -> SheetImport:
    """The upload, locked for this transaction; refused when it is over."""
    mine = SheetImport.objects.select_for_update(of=("self",)).select_related("cohort__programme", "cohort__launch")
    found = mine.filter(pk=upload.pk, confirmed_at=None).first()
    if found is None:
        raise ImportIsOver
    found.by = upload.by
    return found


def _refuse_the_same_twice(lines: list[Line], people: Mapping[str, User]) -> None:
    seen: dict[Any, Line] = {}
    for line in lines:
        person = people.get(line.email) or line.arrival.participant.user
        first = seen.setdefault(person.pk, line)
        if first is not line:
            raise SamePersonTwice(first, line)


def _write_changes(lines: list[Line]) -> None:
    columns: set[str] = set()
    for line in lines:
        for column, value in line.arrival.fields.items():
            if getattr(line.arrival.participant, column) != value:
                setattr(line.arrival.participant, column, value)
                columns.add(column)
    if columns:
        people = [line.arrival.participant for line in lines]
        Participant.objects.bulk_update(people, sorted(columns), batch_size=BATCH)


def _keep_who_is_meant(upload: SheetImport, lines: list[Line]) -> None:
    """What was answered about a name that fits several people; addresses become participants."""
    answered = [
        (line, warned) for line in lines for warned in line.warnings if warned.key.split(".", 1)[1].startswith(NAMED)
    ]
    if not answered:
        return
    by_email = {each.user.email: each for each in upload.cohort.participants.select_related("user")}
    rows: list[Meant] = []
    for line, warned in answered:
        part = warned.key.split(".", 1)[1].split("-", 1)[0]
        for email, _ in warned.options[1:-1]:
            if email in by_email and line.address in by_email:
                is_meant = warned.answer in {"all", email}
                rows.append(
                    Meant(participant=by_email[line.address], part=part, other=by_email[email], is_meant=is_meant)
                )
    Meant.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["participant", "part", "other"], update_fields=["is_meant"]
    )


def _close(upload: SheetImport, found: Preview, by) -> dict[str, Any]:
    outcome = dict(found.counts)
    upload.sheet, upload.answers = "", {}
    upload.confirmed_at, upload.outcome = timezone.now(), outcome
    upload.save(update_fields=["sheet", "answers", "confirmed_at", "outcome"])
    did = f"imported a sheet: {outcome['new']} new, {outcome['matched']} changed, {outcome['unchanged']} unchanged"
    audit.record(by=by, did=did, on=upload.cohort, scope=upload.cohort_id)
    return outcome
