"""From the id in an address to an object that this person may see; everything else is the same 404."""

from functools import wraps

from django.shortcuts import get_object_or_404

from cohorts.models import (
    Circular,
    Cohort,
    ConfidentialWord,
    Organisation,
    Participant,
    Programme,
    Role,
    SheetImport,
    Term,
)


def loader(name, read, *, sooner=None):
    """A decorator that turns the keyword `<name>_id` into the object `name`, out of what `read(user)` gives.

    `sooner(user)` is asked first: a part of the same that costs less and has what nearly everybody looks for.
    """

    def load(view):
        @wraps(view)
        def loaded(request, *args, **kwargs):
            key = kwargs.pop(f"{name}_id")
            found = list(sooner(request.user).filter(pk=key).order_by()) if sooner else ()
            kwargs[name] = found[0] if found else get_object_or_404(read(request.user), pk=key)
            return view(request, *args, **kwargs)

        return loaded

    return load


load_cohort = loader("cohort", lambda user: Cohort.objects.visible_to(user).select_related("programme"))
load_programme = loader("programme", lambda user: Programme.objects.visible_to(user))
load_participant = loader("participant", lambda user: Participant.objects.visible_to(user).with_people())
load_sheet_import = loader(
    "sheet_import",
    lambda user: SheetImport.objects.visible_to(user).select_related("cohort__programme", "by"),
)
load_organisation = loader("organisation", lambda user: Organisation.objects.visible_to(user))
load_role = loader(
    "role", lambda user: Role.objects.visible_to(user).select_related("user", "programme", "cohort__programme")
)
load_term = loader(
    "term", lambda user: Term.objects.visible_to(user).filter(cohort__isnull=False).select_related("cohort__programme")
)
load_circular = loader(
    "circular", lambda user: Circular.objects.visible_to(user).select_related("cohort__programme", "by")
)
load_word = loader(
    "word",
    lambda user: ConfidentialWord.objects.visible_to(user).select_related(
        "author__user", "author__cohort__programme", "answered_by"
    ),
)
