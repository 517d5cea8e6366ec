"""Signed-in pages stay out of caches, and sign-out clears what a shared computer kept."""

from django.urls import reverse


def never_cached(get_response):
    """Mark every page of a signed-in person `no-store`; ask the browser to forget at sign-out."""

    def middleware(request):
        was_signed_in = request.user.is_authenticated
        response = get_response(request)
        if was_signed_in or request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        if was_signed_in and request.method == "POST" and request.path == reverse("account_logout"):
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return middleware
