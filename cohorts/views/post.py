"""The lead's pages over the messages of a cohort."""

from dataclasses import asdict

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from cohorts.forms.post import PostFilter
from cohorts.forms.wording import WordingForm
from cohorts.letters import PostBook, load_letter
from cohorts.loaders import load_cohort
from cohorts.one_letter import OneLetter
from cohorts.week_ahead import WeekAhead
from cohorts.wordings import placeholders_of
from reminders import outbox
from reminders.actions import edit_message, trust_address

A_PAGE = 50


@require_safe
@load_cohort
@requires("cohorts.see_post")
def post_list(request, cohort):
    filters = PostFilter(request.GET, cohort=cohort, user=request.user)
    book = PostBook(cohort=cohort, user=request.user, **filters.asked)
    pages = Paginator(book.rows, A_PAGE)
    pages.count = book.number  # known already: the paginator need not ask again
    page = pages.get_page(request.GET.get("page"))
    shown = {
        "cohort": cohort,
        "filters": filters.understood(),
        "person": filters.asked.get("person"),
        "book": book,
        "page": page,
        "lines": book.lines(page, now=timezone.now()),
        "previous": book.link(page.number - 1),
        "next": book.link(page.number + 1),
    }
    return render(request, "cohorts/post_list.html", shown)


@require_safe
@load_cohort
@requires("cohorts.see_post")
def post_week(request, cohort):
    week = WeekAhead(cohort=cohort, user=request.user, now=timezone.now())
    return render(request, "cohorts/post_week.html", {"cohort": cohort, "week": week})


@require_safe
@load_cohort
@requires("cohorts.see_post")
@load_letter
def post_detail(request, cohort, letter):
    page = OneLetter(cohort=cohort, letter=letter, user=request.user, now=timezone.now())
    return render(request, "cohorts/post_detail.html", {"cohort": cohort, "letter": letter, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("cohorts.handle_post")
@load_letter
def post_edit(request, cohort, letter):
    """The words of this one message. Nothing is saved before `save` is pressed, which stands beside the preview."""
    page = OneLetter(cohort=cohort, letter=letter, user=request.user, now=timezone.now())
    shown = {"cohort": cohort, "letter": letter, "page": page}
    if page.may_edit:
        is_sent = request.method == "POST"
        shown["form"] = WordingForm(request.POST if is_sent else None, kind=page.kind, initial=asdict(page.words))
        shown["placeholders"] = placeholders_of(page.kind)
        if shown["form"].is_valid():
            if "save" in request.POST:
                return edited(request, cohort, letter, shown["form"].words)
            shown["preview"] = page.read(shown["form"].words)
    return render(request, "cohorts/post_edit.html", shown)


def edited(request, cohort, letter, words):
    try:
        edit_message(message=letter, words=words, by=request.user)
    except outbox.CannotMove as problem:
        messages.warning(request, f"Nothing was changed. {problem}")
    else:
        messages.success(request, "The message goes out in your words.")
    return redirect("post_detail", cohort.pk, letter.pk)


def handled(request, cohort, letter, action, done: str):
    """Do it and say so, or say what came in between; then the page of the message, or of the one sent again."""
    try:
        letter = action(message=letter, by=request.user)
    except outbox.CannotMove as problem:
        messages.warning(request, f"Nothing was changed. {problem}")
    else:
        messages.success(request, done)
    return redirect("post_detail", cohort.pk, letter.pk)


@require_POST
@load_cohort
@requires("cohorts.handle_post")
@load_letter
def post_hold(request, cohort, letter):
    return handled(request, cohort, letter, outbox.hold, "The message is held back until you release it.")


@require_POST
@load_cohort
@requires("cohorts.handle_post")
@load_letter
def post_release(request, cohort, letter):
    return handled(request, cohort, letter, outbox.release, "The message goes out when its time comes.")


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("cohorts.handle_post")
@load_letter
def post_cancel(request, cohort, letter):
    if request.method == "POST":
        return handled(request, cohort, letter, outbox.cancel, "The message is cancelled and will not be sent.")
    return render(request, "cohorts/post_cancel.html", {"cohort": cohort, "letter": letter})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("cohorts.handle_post")
@load_letter
def post_send_again(request, cohort, letter):
    if request.method == "POST":
        return handled(request, cohort, letter, outbox.send_again, "The message is waiting to be sent again.")
    return render(request, "cohorts/post_send_again.html", {"cohort": cohort, "letter": letter})


@require_POST
@load_cohort
@requires("cohorts.handle_post")
@load_letter
def post_trust_address(request, cohort, letter):
    page = OneLetter(cohort=cohort, letter=letter, user=request.user, now=timezone.now())
    if trust_address(address=page.address, about=letter, scope=cohort.pk, by=request.user):
        messages.success(request, "Messages go to this address again. What failed before can be sent again.")
    return redirect("post_detail", cohort.pk, letter.pk)
