"""From a sheet to people: upload, columns, words, preview, confirm. Nothing is saved before the last step."""

from collections import Counter
from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from cohorts import launches, spreadsheets
from cohorts.actions import importing
from cohorts.choices import TermList
from cohorts.forms.importing import ColumnsForm, UploadForm, WarningsForm, WordsForm
from cohorts.loaders import load_cohort, load_sheet_import
from cohorts.models import SheetImport, Term
from cohorts.preview import STATUSES, preview
from cohorts.vocabulary import meanings, tied_as, ties_of, unmatched
from elements import clock, exports
from elements.contract import Column

LINES_A_PAGE = 50
WARNINGS_A_PAGE = 50
WORDS_A_PAGE = 60
TIED_LISTS = {"settings": (TermList.SETTING, ("offers", "wants")), "themes": (TermList.THEME, ("idea",))}


def still_open(view):
    """Answer in words when the upload was confirmed already, or is confirmed or dropped in another tab meanwhile."""

    @wraps(view)
    def answered(request, *args, sheet_import, **kwargs):
        if sheet_import.confirmed_at:
            messages.info(request, f"This sheet was saved already. {outcome_sentence(sheet_import.outcome)}")
            return redirect("participant_list", cohort_id=sheet_import.cohort_id)
        try:
            return view(request, *args, sheet_import=sheet_import, **kwargs)
        except importing.ImportIsOver:
            messages.error(request, "This sheet was saved or dropped already. Upload it again if you need to.")
            return redirect("participant_list", cohort_id=sheet_import.cohort_id)

    return answered


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("cohorts.import_people")
def import_upload(request, cohort):
    posted = request.method == "POST"
    form = UploadForm(request.POST if posted else None, request.FILES if posted else None, cohort=cohort)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            upload = importing.keep_upload(
                cohort=cohort,
                content=sent.read(),
                file_name=sent.name,
                organisation=form.cleaned_data.get("organisation", ""),
                by=request.user,
            )
        except spreadsheets.SheetRefused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("import_columns", sheet_import_id=upload.pk)
    sheets = SheetImport.objects.visible_to(request.user).waiting_in(cohort).defer("sheet")
    waiting = [(each, clock.in_full(clock.local(each.made_at)), clock.in_figures(each.made_at)) for each in sheets]
    return render(request, "cohorts/import_upload.html", {"cohort": cohort, "form": form, "waiting": waiting})


@require_safe
@load_cohort
@requires("cohorts.import_people")
def import_template(request, cohort):
    """An empty sheet with the headings that need no choosing."""
    columns = [Column(each, hint) for each, hint in template_columns()]
    return exports.workbook_response(
        file_name="people-template", title="People", row_meaning="One person who applies.", columns=columns, rows=[]
    )


def template_columns() -> list[tuple[str, str]]:
    hints = {each.label: each.hint for each in spreadsheets.FIELDS}
    return [(heading, hints.get(heading, "")) for heading in spreadsheets.TEMPLATE_HEADINGS]


@require_http_methods(["GET", "HEAD", "POST"])
@load_sheet_import
@requires("cohorts.import_people")
@still_open
def import_columns(request, sheet_import):
    form = ColumnsForm(request.POST if request.method == "POST" else None, upload=sheet_import)
    if form.is_valid():
        importing.choose_columns(upload=sheet_import, columns=form.cleaned_data["columns"], by=request.user)
        return redirect("import_preview", sheet_import_id=sheet_import.pk)
    return render(
        request,
        "cohorts/import_columns.html",
        {"upload": sheet_import, "form": form, "sheet": spreadsheets.sheet_from_json(sheet_import.sheet)},
    )


@require_safe
@load_sheet_import
@requires("cohorts.import_people")
@still_open
def import_preview(request, sheet_import):
    found = preview(sheet_import)
    status = request.GET.get("status", "")
    lines = [line for line in found.lines if line.status == status] if status in STATUSES else found.lines
    page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "cohorts/import_preview.html",
        {
            "upload": sheet_import,
            "preview": found,
            "launch": launches.coming(sheet_import.cohort, now=timezone.now()),
            "page_obj": page,
            "status": status,
            "statuses": [(code, label, found.counts.get(code, 0)) for code, label in STATUSES.items()],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@load_sheet_import
@requires("cohorts.import_people")
@still_open
def import_warnings(request, sheet_import):
    found = preview(sheet_import)
    asked = found.open_warnings()
    form = WarningsForm(request.POST if request.method == "POST" else None, warnings=asked[:WARNINGS_A_PAGE])
    if request.method == "POST" and "accept_all" in request.POST:
        count = importing.accept_all_warnings(upload=sheet_import, by=request.user)
        messages.success(request, f"Accepted {count} warning{'s' if count != 1 else ''}.")
        return redirect("import_preview", sheet_import_id=sheet_import.pk)
    if form.is_valid():
        importing.answer_warnings(upload=sheet_import, answers=form.answers(), by=request.user)
        return redirect("import_preview", sheet_import_id=sheet_import.pk)
    return render(
        request,
        "cohorts/import_warnings.html",
        {
            "upload": sheet_import,
            "form": form,
            "count": len(asked),
            "shown": min(len(asked), WARNINGS_A_PAGE),
            "preview": found,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@load_sheet_import
@requires("cohorts.import_people")
@still_open
def import_words(request, sheet_import, part):
    """Tie words of the sheet to rows of a list; what is not tied stays people's own words."""
    if part not in TIED_LISTS:
        raise Http404
    kind, columns = TIED_LISTS[part]
    known, tied = meanings(sheet_import.cohort, [kind]), ties_of(sheet_import.cohort, kind)
    written = [
        words
        for line in preview(sheet_import).lines
        for column in columns
        for words in _as_list(line.arrival.fields.get(column))
    ]
    asked = words_to_tie(written, known, kind, tied)
    page = Paginator(asked, WORDS_A_PAGE).get_page(request.GET.get("page"))
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        words=WordsForm.sent(asked, request.POST) if request.method == "POST" else page.object_list,
        terms=list(Term.objects.offered_to(sheet_import.cohort).filter(list=kind)),
        tied=tied,
        new="A new theme in these words" if part == "themes" else "",
    )
    if form.is_valid():
        importing.tie_words(cohort=sheet_import.cohort, kind=kind, ties=form.ties(), by=request.user)
        messages.success(request, "Saved what these words mean.")
        if page.has_next():
            return redirect(f"{request.path}?page={page.next_page_number()}")
        return redirect("import_preview", sheet_import_id=sheet_import.pk)
    return render(
        request,
        "cohorts/import_words.html",
        {"upload": sheet_import, "form": form, "kind": kind, "part": part, "count": len(asked), "page_obj": page},
    )


def words_to_tie(written, known, kind, tied) -> list[tuple[str, str, int]]:
    """(as tied, as written, how many people): what is tied already first, then what no row of the list matches."""
    first = {tied_as(words): words for words in reversed(written)}
    counts = Counter(tied_as(words) for words in written)
    kept = [(words, first.get(words, words), counts[words]) for words in sorted(tied)]
    return kept + unmatched([words for words in written if tied_as(words) not in tied], known, kind)


def _as_list(value) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


@require_POST
@load_sheet_import
@requires("cohorts.import_people")
@still_open
def import_confirm(request, sheet_import):
    try:
        outcome = importing.confirm_import(upload=sheet_import, by=request.user)
    except importing.ImportNotReady:
        messages.error(request, "Nothing was saved: correct the errors and answer the warnings first.")
        return redirect("import_preview", sheet_import_id=sheet_import.pk)
    except importing.SamePersonTwice as problem:
        messages.error(request, str(problem))
        return redirect("import_preview", sheet_import_id=sheet_import.pk)
    messages.success(request, outcome_sentence(outcome))
    return redirect("participant_list", cohort_id=sheet_import.cohort_id)


def outcome_sentence(outcome: dict[str, int]) -> str:
    """What an import did, in one sentence."""
    if not outcome["new"] and not outcome["matched"]:
        return f"Nothing changed: all {outcome['unchanged']} people are here already, just as in the file."
    counted = (("new", "new"), ("matched", "changed"), ("unchanged", "unchanged"), ("left out", "left out"))
    said = [f"{outcome[status]} {words}" for status, words in counted if outcome[status]]
    return f"The sheet was imported: {', '.join(said)}."


@require_POST
@load_sheet_import
@requires("cohorts.import_people")
@still_open
def import_drop(request, sheet_import):
    importing.drop_import(upload=sheet_import, by=request.user)
    messages.success(request, "The sheet was dropped. Nothing was saved.")
    return redirect("participant_list", cohort_id=sheet_import.cohort_id)


@require_safe
@load_sheet_import
@requires("cohorts.import_people")
@still_open
def import_report(request, sheet_import) -> HttpResponse:
    """Every error and warning with its cell, as a workbook to work through."""
    columns = [
        Column("Row", "The row's number in your file"),
        Column("Name", "As read from the row"),
        Column("Kind", "Error: must be corrected. Warning: accept it or leave the row out"),
        Column("Cell", "The cell's address in your file"),
        Column("What to do", "In words"),
    ]
    rows = [
        (line.number, line.name, kind, cell, words)
        for line in preview(sheet_import).lines
        for kind, cell, words in (
            *(("Error", cell, words) for cell, words in line.errors),
            *(("Warning", warned.cell, warned.words) for warned in line.warnings),
        )
    ]
    return exports.workbook_response(
        file_name="import-report",
        title="Errors and warnings",
        row_meaning="One error or warning of the uploaded sheet.",
        columns=columns,
        rows=rows,
    )
