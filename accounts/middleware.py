"""What happens around signed-in pages: no cache keeps them, whoever was signed out comes back to a page, and what an
action refuses is said in words.
"""

import logging
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.actions import hand_in, keep_sent
from accounts.drafts import owner_of, seal_of, texts_of_post
from accounts.known_browsers import remember
from elements.refusals import IsGone, Refusal

logger = logging.getLogger(__name__)


def never_cached(get_response):
    """Mark every page of a signed-in person `no-store`; ask the browser to forget at sign-out."""

    def middleware(request):
        was_signed_in = request.user.is_authenticated
        response = get_response(request)
        if was_signed_in or request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        if not was_signed_in and request.user.is_authenticated:
            remember(request, response, request.user.email)
        if was_signed_in and request.method == "POST" and request.path == reverse("account_logout"):
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return middleware


def in_house_style(get_response):
    """Say in words that a page cannot be opened this way, where Django sends an empty answer."""

    def middleware(request):
        response = get_response(request)
        if response.status_code != 405 or response.content or request.method == "HEAD":
            return response
        said = render(request, "405.html", status=405)
        said["Allow"] = response["Allow"]
        return said

    return middleware


class RefusedInWords:
    """Say on a page what an action refused and no view said beside its form, and keep what was typed.

    Between the moment a page is loaded and the moment its form is taken a row may change, or go: that is nobody's
    fault, and no error of the house.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """The page of a refusal, and of a row that is gone when a form is taken; None for everything else."""
        if isinstance(exception, Refusal):
            refusal = exception
        elif isinstance(exception, ObjectDoesNotExist) and request.method == "POST":
            # With where it was looked for: it may as well be an error of the house, and nobody sees another sign of it.
            logger.warning("%s: gone between page and form", type(exception).__qualname__, exc_info=exception)
            refusal = IsGone()
        else:
            return None
        seal = keep_typed(request)
        is_own = seal and request.user.is_authenticated and seal.person == request.user.pk
        shown = {"sentence": refusal.sentence, "page": seal.page if is_own else ""}
        return render(request, "409.html", shown, status=409)


def handed_in(get_response):
    """Once a form was taken, what was kept of it is done with."""

    def middleware(request):
        response = get_response(request)
        is_taken = request.method == "POST" and 300 <= response.status_code < 400 and request.user.is_authenticated
        if is_taken and (seal := seal_of(request.POST)):
            hand_in(owner=request.user, page=seal.page, to=request.path)
        return response

    return middleware


def keep_typed(request):
    """Keep the form of a request that cannot be taken, for the person it was drawn for; its seal, else None.

    Nothing else is asked of the request, neither session nor token: only a page drawn for this person bears the seal.
    """
    seal = seal_of(request.POST) if request.method == "POST" else None
    owner, texts = owner_of(seal), texts_of_post(request.POST) if seal else {}
    if not (owner and texts):
        return None
    keep_sent(owner=owner, page=seal.page, texts=texts, to=request.path)
    return seal


def to_sign_in(request, login_url=None):
    """Send a person who is not signed in, or no longer, to sign in and back; what was typed is kept."""
    seal = keep_typed(request)
    if seal:
        request.session["typed_is_kept"] = True
    return redirect_to_login(seal.page if seal else way_back(request), login_url)


class SignInFirst(LoginRequiredMiddleware):
    """Django's rule that pages ask for sign-in, with a way back that can be opened."""

    def handle_no_permission(self, request, view_func):
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        return to_sign_in(request, self.get_login_url(view_func))


def way_back(request) -> str:
    """Where to go after signing in: the same page if it can be opened, else the page that the form was on."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    if opens(request.path_info):
        return request.get_full_path()
    came_from = request.headers.get("referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(came_from)
        if parts.netloc and not parts.path.startswith("//") and opens(parts.path):
            return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return reverse("home")


def opens(path: str) -> bool:
    """Whether the view at this path answers GET; it is not called."""
    try:
        view = resolve(path).func
    except Resolver404:
        return True  # a page that does not exist says so itself
    if view_class := getattr(view, "view_class", None):
        return hasattr(view_class, "get")
    while view is not None:
        # Django's `require_http_methods` keeps its list in the function that it makes, and nowhere else.
        for name, cell in zip(view.__code__.co_freevars, view.__closure__ or (), strict=True):
            if name == "request_method_list":
                return "GET" in cell.cell_contents
        view = getattr(view, "__wrapped__", None)
    return True
