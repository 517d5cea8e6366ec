"""How a view says what it needs. The permission matrix reads these marks back."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404

from elements.house import is_switched_off


def requires(permission: str, *, where_off: str = ""):
    """Let only those through who have `permission` on the object that a loader above put into the call.

    The object is the last keyword argument given by a loader (`load_cohort`, `load_pair` …), or none. Not allowed is
    403: what one may not even see was answered 404 by the loader. Every page of an element that the object's cohort has
    switched off is 404 as well: the permission's first half names the element, so that no view can forget to ask.

    `where_off` is what opens a page also there: what somebody wrote stays hers. Whoever has it not finds the same 404.
    """
    app = permission.partition(".")[0]

    def mark(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            about = next((value for value in reversed(list(kwargs.values())) if hasattr(value, "_meta")), None)
            if is_switched_off(app, about):
                if not where_off or not request.user.has_perm(where_off, about):
                    raise Http404
            elif not request.user.has_perm(permission, about):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission, guarded.where_off = permission, where_off
        return guarded

    return mark


def open_to_signed_in(view):
    """Mark a view that asks for sign-in and nothing else, because it shows people only what is their own."""
    view.permission = "signed in"
    return view
