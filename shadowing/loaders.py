"""From the id in an address to what this person may see; everything else is the same 404."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404

from cohorts.loaders import loader
from cohorts.models import Participant
from shadowing.models import Reflection, Visit

load_visit = loader("visit", lambda user: Visit.objects.visible_to(user).marked_open_to(user).with_people())
load_reflection = loader(
    "reflection",
    lambda user: Reflection.objects.visible_to(user).with_what_it_is_about().select_related("author__user"),
)
load_offered = loader("reflection", lambda user: Reflection.objects.offered_to(user).with_what_it_is_about())


def load_author(view):
    """The participant of an address and, where one is named, the visit that this person was in.

    Both are looked for before either is missing: the number of questions tells nothing.
    """

    @wraps(view)
    def loaded(request, *args, **kwargs):
        visit_id, participant_id = kwargs.pop("visit_id", None), kwargs.pop("participant_id")
        visits = Visit.objects.visible_to(request.user).marked_open_to(request.user).select_related("setting")
        visit = visits.filter(pk=visit_id).first() if visit_id else None
        people = Participant.objects.visible_to(request.user).with_people()
        participant = get_object_or_404(people, pk=participant_id)
        if visit_id and (visit is None or participant.pk not in {visit.visitor_id, visit.host_id}):
            raise Http404
        return view(request, *args, **kwargs, visit=visit, participant=participant)

    return loaded
