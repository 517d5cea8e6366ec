"""The first person, drafts, and the plain pages for what went wrong."""

import json

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions, first_person
from accounts.drafts import PAGE_LIMIT, TEXT_LIMIT, can_be_stored
from accounts.forms import FirstPersonForm
from accounts.middleware import keep_typed
from accounts.permission import open_to_signed_in
from elements.uploads import LONGEST_BODY, taken_by

TOO_MUCH = RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def first_person_create(request, token):
    """The page behind the one-time link: shown to anybody who holds it while there is nobody yet."""
    if not (first_person.is_needed() and first_person.is_good(token)):
        raise Http404
    form = FirstPersonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            person = actions.make_first_person(**form.cleaned_data)
        except actions.SomebodyIsHereAlready:
            raise Http404 from None
        login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
        messages.success(request, "You are the administrator. Next, make your organisation and programme.")
        return redirect("home")
    return render(request, "accounts/first_person_create.html", {"form": form})


@require_POST
@open_to_signed_in
def draft_keep(request):
    """Save the long texts of a page while they are typed; answers 204."""
    try:
        sent = json.loads(request.body)
        page, texts = (
            str(sent["page"])[:PAGE_LIMIT],
            {str(k)[:100]: str(v)[:TEXT_LIMIT] for k, v in sent["texts"].items()},
        )
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        return JsonResponse({"problem": "A draft is a page and its texts."}, status=400)
    if not all(can_be_stored(text) for text in (page, *texts, *texts.values())):
        return JsonResponse({"problem": "The text contains a character that cannot be stored."}, status=400)
    actions.keep_draft(owner=request.user, page=page, texts=texts)
    return HttpResponse(status=204)


@require_POST
@open_to_signed_in
def draft_drop(request):
    """Throw away the draft of a page and show the page again."""
    page = request.POST.get("page", "")
    if (
        not can_be_stored(page)
        or not url_has_allowed_host_and_scheme(page, allowed_hosts=None)
        or not page.startswith("/")
    ):
        return redirect("home")
    actions.drop_draft(owner=request.user, page=page)
    return redirect(page)


@login_not_required
def csrf_failure(request, reason=""):
    """Say that the page was open too long; what was typed on it waits for whom it was drawn for."""
    kept = keep_typed(request)
    is_own = kept and (not request.user.is_authenticated or kept.person == request.user.pk)
    return render(request, "403_csrf.html", {"kept": kept, "page": kept.page if is_own else ""}, status=403)


@login_not_required
def bad_request(request, exception=None):
    """Say that something was too large and what would not be, or that it could not be read."""
    if isinstance(exception, TOO_MUCH):
        shown = {"takes": taken_by(request), "megabytes": LONGEST_BODY // 1024**2}
        return render(request, "413.html", shown, status=413)
    return render(request, "400.html", status=400)


@login_not_required
def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


@login_not_required
def not_found(request, exception=None):
    return render(request, "404.html", status=404)


@login_not_required
def server_error(request):
    return render(request, "500.html", status=500)
